//! The little linear algebra that the regression needs: dense, symmetric, small.

/// A dense matrix, row by row.
#[derive(Clone, Debug)]
pub(super) struct Matrix {
    pub rows: usize,
    pub columns: usize,
    values: Vec<f64>,
}

impl Matrix {
    pub fn zero(rows: usize, columns: usize) -> Self {
        Self { rows, columns, values: vec![0.0; rows * columns] }
    }

    /// The rows of several matrices of so many columns, one below the other.
    pub fn stacked(parts: impl Iterator<Item = Self>, columns: usize) -> Self {
        let mut all = Self::zero(0, columns);
        for part in parts {
            all.rows += part.rows;
            all.values.extend(part.values);
        }
        all
    }

    pub fn row(&self, i: usize) -> &[f64] {
        &self.values[i * self.columns..(i + 1) * self.columns]
    }

    pub fn row_mut(&mut self, i: usize) -> &mut [f64] {
        &mut self.values[i * self.columns..(i + 1) * self.columns]
    }

    pub fn at(&self, i: usize, j: usize) -> f64 {
        self.values[i * self.columns + j]
    }

    /// The matrix times a vector.
    pub fn times(&self, vector: &[f64]) -> Vec<f64> {
        (0..self.rows).map(|i| dot(self.row(i), vector)).collect()
    }

    /// The transposed matrix times a vector.
    pub fn transposed_times(&self, vector: &[f64]) -> Vec<f64> {
        let mut sum = vec![0.0; self.columns];
        for (i, factor) in vector.iter().enumerate() {
            add_scaled(&mut sum, *factor, self.row(i));
        }
        sum
    }
}

pub(super) fn dot(a: &[f64], b: &[f64]) -> f64 {
    a.iter().zip(b).map(|(x, y)| x * y).sum()
}

/// `sum` += `factor` · `vector`.
pub(super) fn add_scaled(sum: &mut [f64], factor: f64, vector: &[f64]) {
    if factor != 0.0 {
        sum.iter_mut().zip(vector).for_each(|(s, v)| *s += factor * v);
    }
}

/// A generalised inverse of XᵀX with X's redundant columns left out, as R with R·Rᵀ the inverse
/// (upper triangular; rows and columns of redundant columns are zero).
pub(super) struct Root {
    /// For each column whether it is kept.
    pub kept: Vec<bool>,
    upper: Matrix,
}

/// A column counts as a combination of those before it when so small a share of its sum of
/// squares is left.
const REDUNDANT: f64 = 1e-10;

impl Root {
    /// Of the symmetric `cross` = XᵀX; `sizes` are the columns' sums of squares before anything was
    /// taken out of them, against which what is left is judged.
    pub fn of(cross: &Matrix, sizes: &[f64]) -> Self {
        let k = cross.rows;
        let mut lower = Matrix::zero(k, k);
        let mut kept = vec![false; k];
        for j in 0..k {
            for i in (0..j).filter(|i| kept[*i]) {
                let left = cross.at(j, i) - dot(&lower.row(j)[..i], &lower.row(i)[..i]);
                let value = left / lower.at(i, i);
                lower.row_mut(j)[i] = value;
            }
            let pivot = cross.at(j, j) - dot(&lower.row(j)[..j], &lower.row(j)[..j]);
            kept[j] = pivot > REDUNDANT * sizes[j] && pivot > 0.0;
            if kept[j] {
                lower.row_mut(j)[j] = pivot.sqrt();
            } else {
                lower.row_mut(j).fill(0.0);
            }
        }
        Self { upper: inverse_transposed(&lower, &kept), kept }
    }

    /// Rᵀ · `vector`.
    pub fn reduce(&self, vector: &[f64]) -> Vec<f64> {
        let mut sum = vec![0.0; vector.len()];
        for (i, factor) in vector.iter().enumerate() {
            add_scaled(&mut sum[i..], *factor, &self.upper.row(i)[i..]);
        }
        sum
    }

    /// The row `i` of R, which is Rᵀ times the unit vector `i`.
    pub fn row(&self, i: usize) -> &[f64] {
        self.upper.row(i)
    }

    /// R · `vector`.
    pub fn expand(&self, vector: &[f64]) -> Vec<f64> {
        (0..vector.len()).map(|i| dot(&self.upper.row(i)[i..], &vector[i..])).collect()
    }

    /// The column `j` of the inverse.
    pub fn inverse_column(&self, j: usize) -> Vec<f64> {
        self.expand(self.upper.row(j))
    }
}

/// (L⁻¹)ᵀ by forward substitution, column by column of the unit matrix.
fn inverse_transposed(lower: &Matrix, kept: &[bool]) -> Matrix {
    let k = lower.rows;
    let mut upper = Matrix::zero(k, k);
    for j in (0..k).filter(|j| kept[*j]) {
        // Row j of the result is column j of L⁻¹.
        let row = upper.row_mut(j);
        row[j] = 1.0 / lower.at(j, j);
        for i in (j + 1..k).filter(|i| kept[*i]) {
            row[i] = -dot(&lower.row(i)[j..i], &row[j..i]) / lower.at(i, i);
        }
    }
    upper
}

/// Eigenvalues and, as rows, eigenvectors of a symmetric matrix, by Jacobi's rotations.
pub(super) fn eigen(mut a: Matrix) -> (Vec<f64>, Matrix) {
    let n = a.rows;
    let mut vectors = Matrix::zero(n, n);
    (0..n).for_each(|i| vectors.row_mut(i)[i] = 1.0);
    // Each sweep squares the error; a dozen is more than any matrix here needs.
    for _ in 0..30 {
        let off: f64 = (0..n).map(|i| dot(&a.row(i)[..i], &a.row(i)[..i])).sum();
        if off < 1e-30 {
            break;
        }
        for i in 1..n {
            for j in 0..i {
                rotate(&mut a, &mut vectors, i, j);
            }
        }
    }
    ((0..n).map(|i| a.at(i, i)).collect(), vectors)
}

/// Makes the element (i, j) zero.
fn rotate(a: &mut Matrix, vectors: &mut Matrix, i: usize, j: usize) {
    let off = a.at(i, j);
    if off.abs() < 1e-300 {
        return;
    }
    let theta = (a.at(j, j) - a.at(i, i)) / (2.0 * off);
    let tangent = theta.signum() / (theta.abs() + theta.hypot(1.0));
    let cosine = 1.0 / tangent.hypot(1.0);
    let sine = tangent * cosine;
    for k in 0..a.rows {
        let (x, y) = (a.at(i, k), a.at(j, k));
        a.row_mut(i)[k] = cosine * x - sine * y;
        a.row_mut(j)[k] = sine * x + cosine * y;
    }
    for k in 0..a.rows {
        let row = a.row_mut(k);
        (row[i], row[j]) = (cosine * row[i] - sine * row[j], sine * row[i] + cosine * row[j]);
        let (x, y) = (vectors.at(i, k), vectors.at(j, k));
        vectors.row_mut(i)[k] = cosine * x - sine * y;
        vectors.row_mut(j)[k] = sine * x + cosine * y;
    }
}
