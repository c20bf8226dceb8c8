//! What the regressors take of a cluster's residuals, and the correction of CR2 for it.

use super::linear::{Matrix, add_scaled, dot, eigen};

/// H of one cluster: Xᵢ M Xᵢᵀ. Rows of different blocks meet in the shared regressors only.
pub(super) struct Leverage {
    own: Own,
    /// The orthonormal rows of what blocks share.
    pub shared: Matrix,
}

enum Own {
    /// All of it, of a cluster within one block.
    Whole(Matrix),
    /// Block by block, without what is shared.
    Blocks(Vec<Matrix>),
}

impl Leverage {
    /// From the orthonormal rows of each block's effects and of what blocks share.
    pub fn of(effects: &[Matrix], shared: Matrix) -> Self {
        let own = match effects {
            [only] => {
                let mut whole = products(only);
                add_products(&mut whole, &shared);
                Own::Whole(whole)
            }
            blocks => Own::Blocks(blocks.iter().map(products).collect()),
        };
        Self { own, shared }
    }

    fn times(&self, vector: &[f64]) -> Vec<f64> {
        let blocks = match &self.own {
            Own::Whole(whole) => return whole.times(vector),
            Own::Blocks(blocks) => blocks,
        };
        let mut product = self.shared.times(&self.shared.transposed_times(vector));
        let mut from = 0;
        for block in blocks {
            let part = from..from + block.rows;
            add_scaled(&mut product[part.clone()], 1.0, &block.times(&vector[part]));
            from += block.rows;
        }
        product
    }
}

/// The dot products of all rows with each other.
fn products(rows: &Matrix) -> Matrix {
    let mut all = Matrix::zero(rows.rows, rows.rows);
    add_products(&mut all, rows);
    all
}

fn add_products(sum: &mut Matrix, rows: &Matrix) {
    for i in 0..rows.rows {
        for j in 0..=i {
            let value = dot(rows.row(i), rows.row(j));
            sum.row_mut(i)[j] += value;
            if j < i {
                sum.row_mut(j)[i] += value;
            }
        }
    }
}

/// Terms after which the series of the inverse root gives way to the eigenvectors.
const MOST_TERMS: u32 = 200;

/// Eigenvalues of I − H below this are taken as zero.
const VANISHING: f64 = 1e-10;

/// (I − H)^(−½) · `vector`; H has eigenvalues from 0 to 1, and parts of the vector where I − H
/// vanishes are left out (Moore–Penrose).
///
/// By the binomial series Σ C(2m, m)/4ᵐ · Hᵐ, which takes a few terms where many clusters share
/// the work; where one cluster decides a coefficient almost alone, by eigenvectors.
pub(super) fn inverse_root_times(h: &Leverage, vector: &[f64]) -> Vec<f64> {
    let mut sum = vector.to_vec();
    let mut power = vector.to_vec();
    let (mut factor, mut before) = (1.0, dot(vector, vector).sqrt());
    let enough = before * 1e-16;
    if before == 0.0 {
        return sum;
    }
    for m in 1..=MOST_TERMS {
        power = h.times(&power);
        let m = f64::from(m);
        factor *= (2.0 * m - 1.0) / (2.0 * m);
        add_scaled(&mut sum, factor, &power);
        let size = dot(&power, &power).sqrt();
        let ratio = size / before;
        if size == 0.0 || (ratio < 1.0 && size / (1.0 - ratio) < enough) {
            return sum;
        }
        before = size;
    }
    match &h.own {
        Own::Whole(whole) => by_eigenvectors(whole, vector),
        Own::Blocks(_) => by_lanczos(h, vector),
    }
}

fn inverse_root(left: f64) -> f64 {
    if left > VANISHING { left.sqrt().recip() } else { 0.0 }
}

fn by_eigenvectors(whole: &Matrix, vector: &[f64]) -> Vec<f64> {
    let (values, vectors) = eigen(whole.clone());
    let mut sum = vec![0.0; vector.len()];
    for (place, value) in values.iter().enumerate() {
        let direction = vectors.row(place);
        add_scaled(&mut sum, dot(direction, vector) * inverse_root(1.0 - value), direction);
    }
    sum
}

/// After so many steps it is seen whether more change anything.
const STEPS: usize = 8;

/// The same within the space of `vector`, H·`vector`, H²·`vector` … (Lanczos, every step made
/// orthogonal to all before): few steps even for hundreds of rows, and exact after as many steps as
/// I − H has different eigenvalues.
fn by_lanczos(h: &Leverage, vector: &[f64]) -> Vec<f64> {
    let size = dot(vector, vector).sqrt();
    let mut basis: Vec<Vec<f64>> = vec![vector.iter().map(|v| v / size).collect()];
    let (mut diagonal, mut beside, mut before) = (Vec::new(), Vec::new(), Vec::new());
    loop {
        let last = &basis[basis.len() - 1];
        let mut next = last.clone();
        add_scaled(&mut next, -1.0, &h.times(last));
        diagonal.push(dot(&next, last));
        // Twice: once leaves rounding errors that grow from step to step.
        for direction in basis.iter().chain(&basis) {
            let along = dot(&next, direction);
            add_scaled(&mut next, -along, direction);
        }
        let length = dot(&next, &next).sqrt();
        let at_end = length < 1e-13 || basis.len() == vector.len();
        if at_end || basis.len().is_multiple_of(STEPS) {
            let found = first_column(&diagonal, &beside);
            if at_end || same(&found, &before) {
                let mut sum = vec![0.0; vector.len()];
                basis.iter().zip(&found).for_each(|(b, x)| add_scaled(&mut sum, size * x, b));
                return sum;
            }
            before = found;
        }
        beside.push(length);
        basis.push(next.iter().map(|v| v / length).collect());
    }
}

/// The first column of the inverse root of a symmetric matrix with these values on and beside its
/// diagonal.
fn first_column(diagonal: &[f64], beside: &[f64]) -> Vec<f64> {
    let n = diagonal.len();
    let mut matrix = Matrix::zero(n, n);
    for (i, value) in diagonal.iter().enumerate() {
        matrix.row_mut(i)[i] = *value;
    }
    for (i, value) in beside.iter().enumerate().take(n - 1) {
        matrix.row_mut(i)[i + 1] = *value;
        matrix.row_mut(i + 1)[i] = *value;
    }
    let (values, vectors) = eigen(matrix);
    let mut column = vec![0.0; n];
    for (place, value) in values.iter().enumerate() {
        let direction = vectors.row(place);
        add_scaled(&mut column, direction[0] * inverse_root(*value), direction);
    }
    column
}

fn same(found: &[f64], before: &[f64]) -> bool {
    let mut change = found.to_vec();
    add_scaled(&mut change, -1.0, before);
    !before.is_empty() && dot(&change, &change) <= 1e-26 * dot(found, found)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Rows of numbers that look like chance, scaled so that eigenvalues of the products stay below 1.
    fn rows(n: usize, columns: usize, scale: f64) -> Matrix {
        let mut all = Matrix::zero(n, columns);
        for i in 0..n {
            for j in 0..columns {
                all.row_mut(i)[j] = scale * ((i * 31 + j * 17 + i * i * 7) % 97) as f64 / 97.0 - scale / 2.0;
            }
        }
        all
    }

    #[test]
    fn lanczos_finds_what_eigenvectors_find() {
        for (parts, columns, scale) in [(2, 3, 0.3), (5, 4, 0.2), (9, 2, 0.25)] {
            let effects: Vec<Matrix> = (0..parts).map(|part| rows(6 + part, columns, scale)).collect();
            let n = effects.iter().map(|e| e.rows).sum();
            let h = Leverage::of(&effects, rows(n, 2, 0.1));
            let mut whole = Matrix::zero(n, n);
            for j in 0..n {
                let unit: Vec<f64> = (0..n).map(|i| f64::from(i == j)).collect();
                h.times(&unit).iter().enumerate().for_each(|(i, x)| whole.row_mut(i)[j] = *x);
            }
            let vector: Vec<f64> = (0..n).map(|i| (i as f64 * 0.7).sin()).collect();
            let (a, b) = (by_eigenvectors(&whole, &vector), by_lanczos(&h, &vector));
            for (a, b) in a.iter().zip(&b) {
                assert!((a - b).abs() < 1e-9, "{a} and {b} of {n} rows");
            }
        }
    }
}
