//! Weighted least squares with absorbed effects and errors clustered by unit.
//!
//! Everything is multiplied by √weight first, so that weighted least squares becomes the ordinary
//! kind. The working model of the correction is then: errors independent, their variances inverse
//! to the weights. It only has to be near the truth: the variance itself is taken from the
//! residuals of whole clusters.
//!
//! Rows come in blocks, and a block's effects are in no other. So nothing is ever as wide as all
//! effects together: each block is factorised by itself, what it explains is taken out of the
//! regressors and values (Frisch and Waugh 1933, Lovell 1963), and only the regressors are left to
//! be solved over all blocks. That is the Cholesky factorisation of the whole, its zeros left out.
//!
//! The level of a cluster in a block belongs to one cluster, so that taking means out leaves CR2
//! unchanged (Pustejovsky and Tipton 2018, theorem 2, which holds for ordinary least squares);
//! effects that span clusters, those of the periods, are part of what the leverage is made of.

use std::collections::BTreeMap;
use std::ops::Range;

use super::Errors;
use super::leverage::{Leverage, inverse_root_times};
use super::linear::{Matrix, Root, add_scaled, dot};

/// One observation as the regression sees it.
pub(super) struct Row {
    /// Errors of rows with the same number may go together.
    pub cluster: usize,
    /// Rows with the same number share effects.
    pub block: usize,
    /// The effects of its block that the row has.
    pub effects: [Option<usize>; 2],
    /// Positive.
    pub weight: f64,
    pub value: f64,
    /// The only regressor that is not 0.
    pub regressor: Option<(usize, f64)>,
}

impl Row {
    fn effects(&self) -> impl Iterator<Item = usize> {
        self.effects.into_iter().flatten()
    }
}

/// The rows of one cluster in one block.
struct Part {
    block: usize,
    rows: Range<usize>,
}

/// A block's effects, solved, with what they explain of the regressors and the values.
struct Block {
    root: Root,
    /// Where its effects stand among those of all blocks.
    offset: usize,
    /// How far each effect (row) explains each regressor.
    explains: Matrix,
    /// The coefficients of the effects.
    coefficients: Vec<f64>,
}

/// A regression, solved.
pub(super) struct Fit {
    /// Sorted by cluster and block.
    rows: Vec<Row>,
    /// Where each of the rows stood before.
    places: Vec<usize>,
    clusters: Vec<Vec<Part>>,
    blocks: Vec<Block>,
    /// Whether each part's own level is taken out.
    absorbs: bool,
    root: Root,
    coefficients: Vec<f64>,
    /// Effects of all blocks.
    effects: usize,
    /// Coefficients and levels that were estimated.
    parameters: f64,
    /// The largest value, sign left out.
    largest: f64,
}

/// A coefficient with its standard error and degrees of freedom.
#[derive(Clone, Copy)]
pub(super) struct Coefficient {
    pub value: f64,
    pub se: f64,
    pub dof: f64,
    /// Whether the values scatter at all; rounding alone is none.
    pub scatters: bool,
}

/// What rounding leaves of a standard error of 0, as a share of the largest value.
const ROUNDING: f64 = 1e-12;

/// So many coefficients are judged in one go: what each cluster says of them is in memory meanwhile.
const AT_ONCE: usize = 8;

impl Fit {
    /// Regresses on the effects of each block (with `absorbs`, on a level per cluster and block too)
    /// and on `columns` regressors. A regressor that the effects and the ones before it already
    /// determine is left out.
    pub fn of(rows: Vec<Row>, columns: usize, absorbs: bool) -> Self {
        let mut numbered: Vec<(usize, Row)> = rows.into_iter().enumerate().collect();
        numbered.sort_by_key(|(place, row)| (row.cluster, row.block, *place));
        let (places, rows): (Vec<usize>, Vec<Row>) = numbered.into_iter().unzip();
        let clusters = parts(&rows);
        let levels = if absorbs { clusters.iter().map(Vec::len).sum() } else { 0 };

        let mut sums = Sums::of(&rows, columns);
        for part in clusters.iter().flatten() {
            sums.add(part.block, &rows[part.rows.clone()], absorbs);
        }
        let Sums { blocks, mut shared } = sums;
        let (mut solved, mut offset) = (Vec::with_capacity(blocks.len()), 0);
        for block in blocks {
            let effects = block.moments.len();
            solved.push(block.solve(offset, &mut shared));
            offset += effects;
        }
        let root = Root::of(&shared.cross, &shared.sizes);
        let coefficients = root.expand(&root.reduce(&shared.moments));
        for block in &mut solved {
            let explained = block.explains.times(&coefficients);
            add_scaled(&mut block.coefficients, -1.0, &explained);
        }
        let kept = |root: &Root| root.kept.iter().filter(|kept| **kept).count();
        let kept = kept(&root) + solved.iter().map(|block| kept(&block.root)).sum::<usize>();
        Self {
            largest: rows.iter().map(|row| row.value.abs()).fold(0.0, f64::max),
            rows,
            places,
            clusters,
            blocks: solved,
            absorbs,
            root,
            coefficients,
            effects: offset,
            parameters: (kept + levels) as f64,
        }
    }

    /// What is left unexplained of every row's value, times √weight, in the order of the rows.
    pub fn residuals(&self) -> Vec<f64> {
        let mut all = vec![0.0; self.rows.len()];
        for part in self.clusters.iter().flatten() {
            let unexplained = self.unexplained(part);
            let places = &self.places[part.rows.clone()];
            places.iter().zip(unexplained).for_each(|(place, e)| all[*place] = e);
        }
        all
    }

    fn unexplained(&self, part: &Part) -> Vec<f64> {
        let (rows, block) = (&self.rows[part.rows.clone()], &self.blocks[part.block]);
        let left = |row: &Row| {
            let effects: f64 = row.effects().map(|a| block.coefficients[a]).sum();
            row.value - effects - row.regressor.map_or(0.0, |(j, x)| x * self.coefficients[j])
        };
        let level = if self.absorbs { mean(rows, left) } else { 0.0 };
        rows.iter().map(|row| row.weight.sqrt() * (left(row) - level)).collect()
    }

    /// The coefficients of the regressors `wanted`; none for what is determined without them.
    pub fn coefficients(&self, wanted: &[usize], errors: Errors) -> Vec<Option<Coefficient>> {
        let determined: Vec<usize> = wanted.iter().copied().filter(|j| self.root.kept[*j]).collect();
        let inverses: Vec<Vec<f64>> = determined.iter().map(|j| self.root.inverse_column(*j)).collect();
        let uncertain: Vec<(f64, f64)> = match errors {
            Errors::Cr2 => inverses.chunks(AT_ONCE).flat_map(|some| self.adjusted(some)).collect(),
            _ => {
                determined.iter().zip(&inverses).map(|(j, inverse)| self.plain(*j, inverse, errors)).collect()
            }
        };
        let told = determined.iter().zip(uncertain).map(|(j, (variance, dof))| {
            let se = variance.max(0.0).sqrt();
            let scatters = se > ROUNDING * self.largest;
            (*j, Coefficient { value: self.coefficients[*j], se, dof, scatters })
        });
        let told: BTreeMap<usize, Coefficient> = told.collect();
        wanted.iter().map(|j| told.get(j).copied()).collect()
    }

    /// Variance and degrees of freedom of a coefficient, without adjustment of the residuals.
    fn plain(&self, j: usize, inverse: &[f64], errors: Errors) -> (f64, f64) {
        let (n, count) = (self.rows.len() as f64, self.clusters.len() as f64);
        if errors == Errors::Classical {
            let residuals = self.residuals();
            let variance = dot(&residuals, &residuals) / (n - self.parameters) * inverse[j];
            return (variance, n - self.parameters);
        }
        // Σ over clusters of (cᵀM Xᵢᵀ eᵢ)²: Liang and Zeger (1986).
        let score = |parts: &Vec<Part>| -> f64 {
            let of_part = |part| dot(&self.left(part).times(inverse), &self.unexplained(part));
            parts.iter().map(of_part).sum()
        };
        let sandwich: f64 = self.clusters.iter().map(|parts| score(parts).powi(2)).sum();
        let scale = match errors {
            Errors::Cr1 => count / (count - 1.0) * (n - 1.0) / (n - self.parameters),
            _ => 1.0,
        };
        (scale * sandwich, count - 1.0)
    }

    /// CR2 of Bell and McCaffrey (2002) and Satterthwaite's degrees of freedom, for the coefficients
    /// whose columns of the inverse are given.
    ///
    /// With gᵢ = (I − Xᵢ M Xᵢᵀ)^(−½) Xᵢ M c the variance is Σ (gᵢᵀeᵢ)², unbiased under the working
    /// model. Its degrees of freedom are (Σ Pᵢᵢ)² / Σ Pᵢⱼ², Pᵢⱼ = gᵢᵀ(I − H)ᵢⱼ gⱼ. X is here the
    /// effects, orthonormal, beside what they leave of the regressors.
    fn adjusted(&self, inverses: &[Vec<f64>]) -> Vec<(f64, f64)> {
        let columns = self.effects + self.coefficients.len();
        let mut sums = vec![Satterthwaite::new(columns, self.clusters.len()); inverses.len()];
        for parts in &self.clusters {
            let effects: Vec<Matrix> = parts.iter().map(|part| self.orthonormal(part)).collect();
            let left = Matrix::stacked(parts.iter().map(|part| self.left(part)), self.coefficients.len());
            let mut reduced = Matrix::zero(left.rows, left.columns);
            (0..left.rows).for_each(|i| reduced.row_mut(i).copy_from_slice(&self.root.reduce(left.row(i))));
            let residuals: Vec<f64> = parts.iter().flat_map(|part| self.unexplained(part)).collect();
            let leverage = Leverage::of(&effects, reduced);
            for (inverse, sums) in inverses.iter().zip(&mut sums) {
                let weights = inverse_root_times(&leverage, &left.times(inverse));
                let mut reach = vec![0.0; columns];
                let mut from = 0;
                for (part, effects) in parts.iter().zip(&effects) {
                    let offset = self.blocks[part.block].offset;
                    let own = effects.transposed_times(&weights[from..from + effects.rows]);
                    reach[offset..offset + own.len()].copy_from_slice(&own);
                    from += effects.rows;
                }
                let shared = leverage.shared.transposed_times(&weights);
                reach[self.effects..].copy_from_slice(&shared);
                sums.add(dot(&weights, &residuals), dot(&weights, &weights), reach);
            }
        }
        sums.iter().map(|sums| (sums.variance, sums.degrees_of_freedom())).collect()
    }

    /// A part's rows of the block's effects, made orthonormal: √weight · Rᵀ(effects − their mean).
    fn orthonormal(&self, part: &Part) -> Matrix {
        let (rows, block) = (&self.rows[part.rows.clone()], &self.blocks[part.block]);
        self.centred(rows, block.root.kept.len(), |row, sum, factor| {
            row.effects().for_each(|a| add_scaled(sum, factor, block.root.row(a)));
        })
    }

    /// What the effects leave of a part's regressors, times √weight.
    fn left(&self, part: &Part) -> Matrix {
        let (rows, block) = (&self.rows[part.rows.clone()], &self.blocks[part.block]);
        self.centred(rows, self.coefficients.len(), |row, sum, factor| {
            row.effects().for_each(|a| add_scaled(sum, -factor, block.explains.row(a)));
            row.regressor.into_iter().for_each(|(j, x)| sum[j] += factor * x);
        })
    }

    /// What `add` adds for every row, their mean taken out where levels are absorbed, times √weight.
    fn centred(&self, rows: &[Row], columns: usize, add: impl Fn(&Row, &mut [f64], f64)) -> Matrix {
        let mut level = vec![0.0; columns];
        if self.absorbs {
            let weight: f64 = rows.iter().map(|row| row.weight).sum();
            rows.iter().for_each(|row| add(row, &mut level, row.weight / weight));
        }
        let mut all = Matrix::zero(rows.len(), columns);
        for (i, row) in rows.iter().enumerate() {
            let scale = row.weight.sqrt();
            add(row, all.row_mut(i), scale);
            add_scaled(all.row_mut(i), -scale, &level);
        }
        all
    }
}

/// The clusters, each as its parts; the rows are sorted.
fn parts(rows: &[Row]) -> Vec<Vec<Part>> {
    let mut clusters: Vec<Vec<Part>> = Vec::new();
    let mut from = 0;
    for part in rows.chunk_by(|a, b| (a.cluster, a.block) == (b.cluster, b.block)) {
        if from == 0 || rows[from - 1].cluster != part[0].cluster {
            clusters.push(Vec::new());
        }
        let range = from..from + part.len();
        clusters.last_mut().into_iter().for_each(|parts| {
            parts.push(Part { block: part[0].block, rows: range.clone() });
        });
        from += part.len();
    }
    clusters
}

fn mean(rows: &[Row], of: impl Fn(&Row) -> f64) -> f64 {
    let weight: f64 = rows.iter().map(|row| row.weight).sum();
    rows.iter().map(|row| row.weight / weight * of(row)).sum()
}

/// Sums over the rows from which a regression follows.
struct Sums {
    blocks: Vec<Moments>,
    shared: Moments,
}

/// Cross products of some columns, with the values and, of a block's effects, with the regressors.
struct Moments {
    cross: Matrix,
    /// Sums of squares before anything is taken out.
    sizes: Vec<f64>,
    moments: Vec<f64>,
    /// Regressor by effect; of the regressors themselves nothing.
    mixed: Matrix,
}

impl Moments {
    fn zero(columns: usize, regressors: usize) -> Self {
        Self {
            cross: Matrix::zero(columns, columns),
            sizes: vec![0.0; columns],
            moments: vec![0.0; columns],
            mixed: Matrix::zero(regressors, columns),
        }
    }

    /// Solves the effects of a block, and takes what they explain out of what is `shared`.
    fn solve(self, offset: usize, shared: &mut Moments) -> Block {
        let root = Root::of(&self.cross, &self.sizes);
        let values = root.reduce(&self.moments);
        let regressors = self.mixed.rows;
        let reduced: Vec<Vec<f64>> = (0..regressors).map(|k| root.reduce(self.mixed.row(k))).collect();
        let mut explains = Matrix::zero(self.moments.len(), regressors);
        for (k, explained) in reduced.iter().enumerate() {
            for (l, other) in reduced.iter().enumerate() {
                shared.cross.row_mut(k)[l] -= dot(explained, other);
            }
            shared.moments[k] -= dot(explained, &values);
            root.expand(explained).iter().enumerate().for_each(|(a, x)| explains.row_mut(a)[k] = *x);
        }
        let coefficients = root.expand(&values);
        Block { root, offset, explains, coefficients }
    }
}

impl Sums {
    fn of(rows: &[Row], columns: usize) -> Self {
        let mut widths: Vec<usize> = Vec::new();
        for row in rows {
            widths.resize(widths.len().max(row.block + 1), 0);
            let width = row.effects().map(|a| a + 1).max().unwrap_or(0);
            widths[row.block] = widths[row.block].max(width);
        }
        let blocks = widths.into_iter().map(|width| Moments::zero(width, columns)).collect();
        Self { blocks, shared: Moments::zero(columns, 0) }
    }

    fn add(&mut self, block: usize, rows: &[Row], absorbs: bool) {
        let (block, shared) = (&mut self.blocks[block], &mut self.shared);
        let level = if absorbs { mean(rows, |row| row.value) } else { 0.0 };
        let (mut effects, mut regressors) = (vec![0.0; block.moments.len()], vec![0.0; shared.moments.len()]);
        for row in rows {
            let (weight, value) = (row.weight, row.weight * (row.value - level));
            for a in row.effects() {
                row.effects().for_each(|b| block.cross.row_mut(a)[b] += weight);
                block.sizes[a] += weight;
                block.moments[a] += value;
                effects[a] += weight;
            }
            if let Some((j, x)) = row.regressor {
                row.effects().for_each(|a| block.mixed.row_mut(j)[a] += weight * x);
                shared.cross.row_mut(j)[j] += weight * x * x;
                shared.sizes[j] += weight * x * x;
                shared.moments[j] += value * x;
                regressors[j] += weight * x;
            }
        }
        if absorbs {
            let weight: f64 = rows.iter().map(|row| row.weight).sum();
            for (a, sum) in effects.iter().enumerate() {
                add_scaled(block.cross.row_mut(a), -sum / weight, &effects);
            }
            for (k, sum) in regressors.iter().enumerate() {
                add_scaled(block.mixed.row_mut(k), -sum / weight, &effects);
                add_scaled(shared.cross.row_mut(k), -sum / weight, &regressors);
            }
        }
    }
}

/// The sums over clusters from which a variance and its degrees of freedom follow.
#[derive(Clone)]
struct Satterthwaite {
    variance: f64,
    /// Σ Pᵢᵢ.
    trace: f64,
    /// Σ (gᵢᵀgᵢ)² − 2 gᵢᵀgᵢ · hᵢᵀhᵢ, hᵢ being what the regressors take away.
    own: f64,
    shared: Shared,
}

/// What Σᵢⱼ (hᵢᵀhⱼ)² is added up from: whichever is smaller.
#[derive(Clone)]
enum Shared {
    /// Σ hᵢ hᵢᵀ, lower half.
    Products(Matrix),
    /// All hᵢ.
    Reaches(Vec<Vec<f64>>),
}

impl Satterthwaite {
    fn new(columns: usize, clusters: usize) -> Self {
        let shared = match clusters < columns {
            true => Shared::Reaches(Vec::with_capacity(clusters)),
            false => Shared::Products(Matrix::zero(columns, columns)),
        };
        Self { variance: 0.0, trace: 0.0, own: 0.0, shared }
    }

    fn add(&mut self, score: f64, square: f64, reach: Vec<f64>) {
        let taken = dot(&reach, &reach);
        self.variance += score * score;
        self.trace += square - taken;
        self.own += square * (square - 2.0 * taken);
        match &mut self.shared {
            Shared::Products(products) => {
                for (i, factor) in reach.iter().enumerate() {
                    add_scaled(&mut products.row_mut(i)[..=i], *factor, &reach[..=i]);
                }
            }
            Shared::Reaches(reaches) => reaches.push(reach),
        }
    }

    fn degrees_of_freedom(&self) -> f64 {
        let shared: f64 = match &self.shared {
            Shared::Products(products) => {
                let both = |i: usize| {
                    let row = products.row(i);
                    2.0 * dot(&row[..i], &row[..i]) + row[i] * row[i]
                };
                (0..products.rows).map(both).sum()
            }
            Shared::Reaches(reaches) => {
                let with_others = |i: usize| {
                    let others: f64 = reaches[..i].iter().map(|other| dot(&reaches[i], other).powi(2)).sum();
                    2.0 * others + dot(&reaches[i], &reaches[i]).powi(2)
                };
                (0..reaches.len()).map(with_others).sum()
            }
        };
        let squares = self.own + shared;
        if squares > 0.0 { self.trace * self.trace / squares } else { 0.0 }
    }
}
