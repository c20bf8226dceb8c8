//! Which of many suspicions may be put on a list, so that at most a stated share is false.

/// The largest set whose expected share of false members is at most `q`, given for each member
/// the posterior probability that it is true.
///
/// The expected share of false members of a list is the mean of 1 − `certainty` over it (Newton,
/// Noueiry, Sarkar, Ahlquist 2004; Müller, Parmigiani, Rice 2006). A large number of certain
/// members must not carry along one that is more likely wrong than right, so no member with a
/// certainty below `least` is listed (a bound on the *local* false discovery rate, Efron 2007).
/// Equal certainties stand or fall together. Returns one flag per input; NaN is never listed.
#[must_use]
pub fn most_certain(certainty: &[f64], q: f64, least: f64) -> Vec<bool> {
    let mut order: Vec<usize> = (0..certainty.len()).filter(|&i| certainty[i] >= least).collect();
    order.sort_by(|&a, &b| certainty[b].total_cmp(&certainty[a]));
    let (mut error, mut listed) = (0.0, 0);
    for (rank, &i) in order.iter().enumerate() {
        error += 1.0 - certainty[i];
        let tied = order.get(rank + 1).is_some_and(|&j| certainty[j] == certainty[i]);
        if !tied && error <= q * (rank + 1) as f64 {
            listed = rank + 1;
        }
    }
    let mut flags = vec![false; certainty.len()];
    for &i in &order[..listed] {
        flags[i] = true;
    }
    flags
}

/// p-values adjusted after Benjamini and Hochberg (1995): the list of those with an adjusted
/// value ≤ q has a false discovery rate ≤ q if the tests are independent or positively dependent.
///
/// One adjusted value per input, in the order of the input; each in \[0, 1\] if the inputs are.
#[must_use]
pub fn benjamini_hochberg(p_values: &[f64]) -> Vec<f64> {
    let mut order: Vec<usize> = (0..p_values.len()).collect();
    order.sort_by(|&a, &b| p_values[b].total_cmp(&p_values[a]));
    let count = p_values.len() as f64;
    let mut adjusted = vec![1.0; p_values.len()];
    let mut smallest: f64 = 1.0;
    for (from_top, &i) in order.iter().enumerate() {
        let rank = count - from_top as f64;
        smallest = smallest.min(p_values[i] * (count / rank));
        adjusted[i] = smallest;
    }
    adjusted
}
