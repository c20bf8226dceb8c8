//! Weighted least squares with absorbed effects and errors clustered by unit.
//!
//! Everything is multiplied by √weight first, so that weighted least squares becomes the ordinary
//! kind. The working model of the correction is then: errors independent, their variances inverse
//! to the weights. It only has to be near the truth: the variance itself is taken from the
//! residuals of whole clusters.
//!
//! Absorbed effects belong to one cluster each, so that taking means out leaves CR2 unchanged
//! (Pustejovsky and Tipton 2018, theorem 2, which holds for ordinary least squares); effects that
//! span clusters, those of the periods, stay as columns.

use std::collections::BTreeMap;

use super::Errors;
use super::linear::{Matrix, Root, add_scaled, dot, inverse_root_times};

/// One observation as the regression sees it.
pub(super) struct Row {
    /// Errors of rows with the same number may go together.
    pub cluster: usize,
    /// Rows with the same number share an effect that is absorbed; it lies within one cluster.
    pub absorbed: Option<usize>,
    /// Positive.
    pub weight: f64,
    pub value: f64,
    /// The regressors that are not 0.
    pub regressors: Vec<(usize, f64)>,
}

/// The rows of one cluster, scaled by √weight, the absorbed means taken out.
struct Cluster {
    /// Where its rows stand among all.
    places: Vec<usize>,
    x: Matrix,
    residuals: Vec<f64>,
}

/// A regression, solved.
pub(super) struct Fit {
    clusters: Vec<Cluster>,
    root: Root,
    coefficients: Vec<f64>,
    rows: usize,
    /// Coefficients and absorbed effects that were estimated.
    parameters: f64,
}

/// A coefficient with its standard error and degrees of freedom.
#[derive(Clone, Copy)]
pub(super) struct Coefficient {
    pub value: f64,
    pub se: f64,
    pub dof: f64,
}

impl Fit {
    /// Regresses on `columns` regressors. A regressor that the ones before it already determine is
    /// left out.
    pub fn of(rows: &[Row], columns: usize) -> Self {
        let mut sizes = vec![0.0; columns];
        for row in rows {
            row.regressors.iter().for_each(|(j, x)| sizes[*j] += row.weight * x * x);
        }
        let means = Means::of(rows, columns);
        let count = rows.iter().map(|row| row.cluster + 1).max().unwrap_or(0);
        let mut members: Vec<Vec<usize>> = vec![Vec::new(); count];
        rows.iter().enumerate().for_each(|(place, row)| members[row.cluster].push(place));
        let members = members.into_iter().filter(|places| !places.is_empty());
        let mut clusters: Vec<Cluster> = members.map(|places| means.out_of(rows, places, columns)).collect();

        let root = Root::of(&cross_products(&clusters, columns), &sizes);
        let mut moments = vec![0.0; columns];
        for cluster in &clusters {
            add_scaled(&mut moments, 1.0, &cluster.x.transposed_times(&cluster.residuals));
        }
        let coefficients = root.expand(&root.reduce(&moments));
        for cluster in &mut clusters {
            let fitted = cluster.x.times(&coefficients);
            add_scaled(&mut cluster.residuals, -1.0, &fitted);
        }
        let kept = root.kept.iter().filter(|kept| **kept).count();
        let parameters = (kept + means.groups.iter().filter(|g| g.weight > 0.0).count()) as f64;
        Self { clusters, root, coefficients, rows: rows.len(), parameters }
    }

    /// What is left unexplained of every row's value, times √weight, in the order of the rows.
    pub fn residuals(&self) -> Vec<f64> {
        let mut all = vec![0.0; self.rows];
        for cluster in &self.clusters {
            cluster.places.iter().zip(&cluster.residuals).for_each(|(place, e)| all[*place] = *e);
        }
        all
    }

    /// Whether the data determine the coefficient of the regressor `j`, beside those before it.
    fn determines(&self, j: usize) -> bool {
        self.root.kept[j]
    }

    /// The coefficients of the regressors `wanted`; none for what the regressors before it determine.
    pub fn coefficients(&self, wanted: &[usize], errors: Errors) -> Vec<Option<Coefficient>> {
        let determined: Vec<usize> = wanted.iter().copied().filter(|j| self.determines(*j)).collect();
        let inverses: Vec<Vec<f64>> = determined.iter().map(|j| self.root.inverse_column(*j)).collect();
        let uncertain = match errors {
            Errors::Cr2 => self.adjusted(&inverses),
            _ => {
                determined.iter().zip(&inverses).map(|(j, inverse)| self.plain(*j, inverse, errors)).collect()
            }
        };
        let told = determined.iter().zip(uncertain).map(|(j, (variance, dof))| {
            let se = variance.max(0.0).sqrt();
            (*j, Coefficient { value: self.coefficients[*j], se, dof })
        });
        let told: BTreeMap<usize, Coefficient> = told.collect();
        wanted.iter().map(|j| told.get(j).copied()).collect()
    }

    /// Variance and degrees of freedom of a coefficient, without adjustment of the residuals.
    fn plain(&self, j: usize, inverse: &[f64], errors: Errors) -> (f64, f64) {
        let (n, count) = (self.rows as f64, self.clusters.len() as f64);
        if errors == Errors::Classical {
            let squares: f64 = self.clusters.iter().map(|c| dot(&c.residuals, &c.residuals)).sum();
            return (squares / (n - self.parameters) * inverse[j], n - self.parameters);
        }
        // Σ over clusters of (cᵀM Xᵢᵀ eᵢ)²: Liang and Zeger (1986).
        let score = |c: &Cluster| dot(&c.x.times(inverse), &c.residuals);
        let sandwich: f64 = self.clusters.iter().map(|c| score(c).powi(2)).sum();
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
    /// model. Its degrees of freedom are (Σ Pᵢᵢ)² / Σ Pᵢⱼ², Pᵢⱼ = gᵢᵀ(I − H)ᵢⱼ gⱼ.
    fn adjusted(&self, inverses: &[Vec<f64>]) -> Vec<(f64, f64)> {
        let columns = self.coefficients.len();
        let mut sums = vec![Satterthwaite::new(columns); inverses.len()];
        for cluster in &self.clusters {
            let leverage = self.leverage(cluster);
            for (inverse, sums) in inverses.iter().zip(&mut sums) {
                let weights = inverse_root_times(&leverage, &cluster.x.times(inverse));
                let reach = self.root.reduce(&cluster.x.transposed_times(&weights));
                sums.add(dot(&weights, &cluster.residuals), dot(&weights, &weights), &reach);
            }
        }
        sums.iter().map(|sums| (sums.variance, sums.degrees_of_freedom())).collect()
    }

    /// Xᵢ M Xᵢᵀ of one cluster.
    fn leverage(&self, cluster: &Cluster) -> Matrix {
        let n = cluster.x.rows;
        let reduced: Vec<Vec<f64>> = (0..n).map(|i| self.root.reduce(cluster.x.row(i))).collect();
        let mut leverage = Matrix::zero(n, n);
        for i in 0..n {
            for j in 0..=i {
                let value = dot(&reduced[i], &reduced[j]);
                leverage.row_mut(i)[j] = value;
                leverage.row_mut(j)[i] = value;
            }
        }
        leverage
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
    /// Σ hᵢ hᵢᵀ, lower half.
    shared: Matrix,
}

impl Satterthwaite {
    fn new(columns: usize) -> Self {
        Self { variance: 0.0, trace: 0.0, own: 0.0, shared: Matrix::zero(columns, columns) }
    }

    fn add(&mut self, score: f64, square: f64, reach: &[f64]) {
        let taken = dot(reach, reach);
        self.variance += score * score;
        self.trace += square - taken;
        self.own += square * (square - 2.0 * taken);
        for (i, factor) in reach.iter().enumerate() {
            add_scaled(&mut self.shared.row_mut(i)[..=i], *factor, &reach[..=i]);
        }
    }

    fn degrees_of_freedom(&self) -> f64 {
        let both = |i: usize| {
            let row = self.shared.row(i);
            2.0 * dot(&row[..i], &row[..i]) + row[i] * row[i]
        };
        let squares = self.own + (0..self.shared.rows).map(both).sum::<f64>();
        if squares > 0.0 { self.trace * self.trace / squares } else { 0.0 }
    }
}

/// XᵀX over all clusters.
fn cross_products(clusters: &[Cluster], columns: usize) -> Matrix {
    let mut cross = Matrix::zero(columns, columns);
    for cluster in clusters {
        for i in 0..cluster.x.rows {
            let row = cluster.x.row(i);
            for (j, factor) in row.iter().enumerate() {
                add_scaled(&mut cross.row_mut(j)[..=j], *factor, &row[..=j]);
            }
        }
    }
    for j in 0..columns {
        for i in 0..j {
            let value = cross.at(j, i);
            cross.row_mut(i)[j] = value;
        }
    }
    cross
}

/// The weighted means of every absorbed group.
struct Means {
    groups: Vec<Group>,
}

#[derive(Clone)]
struct Group {
    weight: f64,
    value: f64,
    regressors: Vec<f64>,
}

impl Means {
    fn of(rows: &[Row], columns: usize) -> Self {
        let count = rows.iter().filter_map(|row| row.absorbed).max().map_or(0, |g| g + 1);
        let mut groups = vec![Group { weight: 0.0, value: 0.0, regressors: vec![0.0; columns] }; count];
        for row in rows {
            let Some(group) = row.absorbed.map(|g| &mut groups[g]) else { continue };
            group.weight += row.weight;
            group.value += row.weight * row.value;
            row.regressors.iter().for_each(|(j, x)| group.regressors[*j] += row.weight * x);
        }
        for group in groups.iter_mut().filter(|g| g.weight > 0.0) {
            group.value /= group.weight;
            group.regressors.iter_mut().for_each(|x| *x /= group.weight);
        }
        Self { groups }
    }

    fn out_of(&self, rows: &[Row], places: Vec<usize>, columns: usize) -> Cluster {
        let mut x = Matrix::zero(places.len(), columns);
        let mut residuals = Vec::with_capacity(places.len());
        for (i, row) in places.iter().map(|place| &rows[*place]).enumerate() {
            let scale = row.weight.sqrt();
            let target = x.row_mut(i);
            row.regressors.iter().for_each(|(j, x)| target[*j] += scale * x);
            let mut value = row.value;
            if let Some(group) = row.absorbed.map(|g| &self.groups[g]) {
                add_scaled(target, -scale, &group.regressors);
                value -= group.value;
            }
            residuals.push(scale * value);
        }
        Cluster { places, x, residuals }
    }
}
