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
    x: Matrix,
    residuals: Vec<f64>,
}

/// A regression, solved.
pub(super) struct Fit {
    clusters: Vec<Cluster>,
    root: Root,
    coefficients: Vec<f64>,
    /// Rows.
    n: f64,
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
        let mut members: Vec<Vec<&Row>> = (0..count).map(|_| Vec::new()).collect();
        rows.iter().for_each(|row| members[row.cluster].push(row));
        let members = members.iter().filter(|rows| !rows.is_empty());
        let mut clusters: Vec<Cluster> = members.map(|rows| means.out_of(rows, columns)).collect();

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
        Self { clusters, root, coefficients, n: rows.len() as f64, parameters }
    }

    /// The coefficient of the regressor `j`; none if the regressors before it determine it.
    pub fn coefficient(&self, j: usize, errors: Errors) -> Option<Coefficient> {
        if !self.root.kept[j] {
            return None;
        }
        let inverse = self.root.inverse_column(j);
        let (variance, dof) = match errors {
            Errors::Cr2 => self.adjusted(&inverse),
            Errors::Cr1 => {
                let count = self.clusters.len() as f64;
                let scale = count / (count - 1.0) * (self.n - 1.0) / (self.n - self.parameters);
                (scale * self.sandwich(&inverse), count - 1.0)
            }
            Errors::Cr0 => (self.sandwich(&inverse), self.clusters.len() as f64 - 1.0),
            Errors::Classical => {
                let dof = self.n - self.parameters;
                let squares: f64 = self.clusters.iter().map(|c| dot(&c.residuals, &c.residuals)).sum();
                (squares / dof * inverse[j], dof)
            }
        };
        Some(Coefficient { value: self.coefficients[j], se: variance.max(0.0).sqrt(), dof })
    }

    /// Σ over clusters of (cᵀM Xᵢᵀ eᵢ)²: Liang and Zeger (1986).
    fn sandwich(&self, inverse: &[f64]) -> f64 {
        self.clusters.iter().map(|c| dot(&c.x.times(inverse), &c.residuals).powi(2)).sum()
    }

    /// CR2 of Bell and McCaffrey (2002) and Satterthwaite's degrees of freedom.
    ///
    /// With gᵢ = (I − Xᵢ M Xᵢᵀ)^(−½) Xᵢ M c the variance is Σ (gᵢᵀeᵢ)², unbiased under the working
    /// model. Its degrees of freedom are (Σ Pᵢᵢ)² / Σ Pᵢⱼ², Pᵢⱼ = gᵢᵀ(I − H)ᵢⱼ gⱼ.
    fn adjusted(&self, inverse: &[f64]) -> (f64, f64) {
        let columns = self.coefficients.len();
        let (mut variance, mut trace, mut own, mut mixed) = (0.0, 0.0, 0.0, 0.0);
        let mut shared = Matrix::zero(columns, columns);
        for cluster in &self.clusters {
            let weights = inverse_root_times(&self.leverage(cluster), &cluster.x.times(inverse));
            variance += dot(&weights, &cluster.residuals).powi(2);
            let square = dot(&weights, &weights);
            let reach = self.root.reduce(&cluster.x.transposed_times(&weights));
            let taken = dot(&reach, &reach);
            trace += square - taken;
            own += square * square;
            mixed += square * taken;
            for (i, factor) in reach.iter().enumerate() {
                add_scaled(shared.row_mut(i), *factor, &reach);
            }
        }
        let both: f64 = (0..columns).map(|i| dot(shared.row(i), shared.row(i))).sum();
        let squares = own - 2.0 * mixed + both;
        (variance, if squares > 0.0 { trace * trace / squares } else { 0.0 })
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

    fn out_of(&self, rows: &[&Row], columns: usize) -> Cluster {
        let mut x = Matrix::zero(rows.len(), columns);
        let mut residuals = Vec::with_capacity(rows.len());
        for (i, row) in rows.iter().enumerate() {
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
        Cluster { x, residuals }
    }
}
