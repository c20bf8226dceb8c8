//! What must hold whatever the numbers.

use kexun_stats::discovery::{benjamini_hochberg, most_certain};
use kexun_stats::funnel::{mean_limits, over_dispersion, share_limits};
use kexun_stats::histogram::{DecodeError, Histogram};
use kexun_stats::moments::{ClusterMoments, LogMoments, log_seconds, share_design_effect};
use kexun_stats::shrinkage::moderate;
use kexun_stats::special::{beta_cdf, beta_quantile, student_cdf, student_quantile};
use proptest::prelude::*;

fn seconds() -> impl Strategy<Value = Vec<u32>> {
    prop::collection::vec(prop_oneof![0_u32..200, 0_u32..100_000, Just(u32::MAX)], 0..60)
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn histogram_agrees_with_the_sorted_list(list in seconds(), percent in 0_u8..=100, t in 0_u32..300) {
        let mut one_by_one = Histogram::new();
        list.iter().for_each(|&s| one_by_one.add(s));
        let histogram: Histogram = list.iter().copied().collect();
        prop_assert_eq!(&one_by_one, &histogram);
        let mut sorted = list.clone();
        sorted.sort_unstable();
        let sum: u128 = list.iter().map(|&s| u128::from(s)).sum();
        prop_assert_eq!(histogram.total(), list.len() as u64);
        prop_assert_eq!(histogram.sum(), sum);
        prop_assert_eq!(histogram.at_most(t), list.iter().filter(|&&s| s <= t).count() as u64);
        let capped: u128 = list.iter().map(|&s| u128::from(s.min(t))).sum();
        prop_assert_eq!(histogram.capped_sum(t), capped);
        let rank = (usize::from(percent) * list.len()).div_ceil(100).max(1);
        prop_assert_eq!(histogram.percentile(percent), sorted.get(rank - 1).copied());
        let logs: f64 = list.iter().map(|&s| log_seconds(f64::from(s))).sum();
        prop_assert!((histogram.log_moments().sum - logs).abs() < 1e-9);
    }

    #[test]
    fn merging_adds_and_subtracting_undoes(a in seconds(), b in seconds()) {
        let (left, right): (Histogram, Histogram) = (a.iter().copied().collect(), b.iter().copied().collect());
        let both: Histogram = a.iter().chain(&b).copied().collect();
        let (mut merged, mut other_way) = (left.clone(), right.clone());
        merged.merge(&right);
        other_way.merge(&left);
        prop_assert_eq!(&merged, &both);
        prop_assert_eq!(&other_way, &both);
        merged.subtract(&right).unwrap();
        prop_assert_eq!(merged, left);
    }

    #[test]
    fn bytes_come_back_and_cut_bytes_are_refused(list in seconds(), cut in any::<prop::sample::Index>()) {
        let histogram: Histogram = list.into_iter().collect();
        let bytes = histogram.encode();
        prop_assert_eq!(Histogram::decode(&bytes).unwrap(), histogram);
        prop_assert!(Histogram::decode(&bytes[..cut.index(bytes.len())]).is_err());
    }

    #[test]
    fn any_bytes_are_an_error_or_one_histogram(mut bytes in prop::collection::vec(any::<u8>(), 0..40), format in any::<bool>()) {
        if format && !bytes.is_empty() {
            bytes[0] = 1;
        }
        if let Ok(histogram) = Histogram::decode(&bytes) {
            prop_assert_eq!(histogram.encode(), bytes);
        }
    }

    #[test]
    fn cluster_moments_of_single_cases_are_the_usual_ones(list in prop::collection::vec(0_u32..5000, 2..50)) {
        let (mut clusters, mut plain) = (ClusterMoments::default(), LogMoments::default());
        for &s in &list {
            clusters.add(1, log_seconds(f64::from(s)));
            plain.add_many(s, 1);
        }
        let expected = plain.variance().unwrap() / list.len() as f64;
        prop_assert!((clusters.variance_of_mean().unwrap() - expected).abs() < 1e-9);
        prop_assert!((clusters.mean().unwrap() - plain.mean().unwrap()).abs() < 1e-12);
    }

    #[test]
    fn quantiles_invert(a in 0.1_f64..500.0, b in 0.1_f64..500.0, df in 0.5_f64..200.0, p in 0.001_f64..0.999) {
        let x = beta_quantile(a, b, p);
        // Where the density is so steep that neighbouring numbers differ more, nothing is to be had.
        if x > 1e-12 && x < 1.0 - 1e-9 {
            prop_assert!((beta_cdf(a, b, x) - p).abs() < 1e-6);
        }
        prop_assert!((student_cdf(student_quantile(p, df), df) - p).abs() < 1e-8);
    }

    #[test]
    fn the_list_is_the_longest_of_its_rate(certainty in prop::collection::vec(0.0_f64..=1.0, 0..40), q in 0.01_f64..0.5) {
        let listed = most_certain(&certainty, q, 0.0);
        let errors: Vec<f64> = certainty.iter().zip(&listed).filter(|(_, l)| **l).map(|(c, _)| 1.0 - c).collect();
        prop_assert!(errors.iter().sum::<f64>() <= q * errors.len() as f64 + 1e-12);
        let best_left = certainty.iter().zip(&listed).filter(|(_, l)| !**l).map(|(c, _)| *c).fold(f64::NAN, f64::max);
        if !best_left.is_nan() {
            let with_it = errors.iter().sum::<f64>() + 1.0 - best_left;
            prop_assert!(with_it > q * (errors.len() + 1) as f64 - 1e-12);
        }
    }

    #[test]
    fn adjusted_p_values_are_larger_and_in_order(p in prop::collection::vec(0.0_f64..=1.0, 1..40)) {
        let adjusted = benjamini_hochberg(&p);
        for i in 0..p.len() {
            prop_assert!(adjusted[i] >= p[i] && adjusted[i] <= 1.0);
            for j in 0..p.len() {
                prop_assert!(p[i] > p[j] || adjusted[i] <= adjusted[j]);
            }
        }
    }

    #[test]
    fn funnels_hold_their_centre_and_nest(centre in 0.001_f64..0.999, n in 0_u64..3000, wide in 1.0_f64..4.0) {
        let limits = share_limits(centre, wide, &[n])[0];
        prop_assert!(limits.limits_998.0 <= limits.limits_95.0 && limits.limits_95.1 <= limits.limits_998.1);
        prop_assert!(limits.limits_95.0 <= centre + 1e-9);
        prop_assert!(limits.limits_998.1 + 1e-9 >= centre);
        let limits = mean_limits(3.0, 0.9, wide, &[n])[0];
        prop_assert!(limits.limits_998.0 <= limits.limits_95.0 && limits.limits_95.0 <= 3.0);
    }

    #[test]
    fn moderated_variances_lie_between(samples in prop::collection::vec((0.01_f64..10.0, 0_u8..50), 1..40)) {
        let samples: Vec<(f64, f64)> = samples.into_iter().map(|(v, df)| (v, f64::from(df))).collect();
        for (moderated, sample) in moderate(&samples).iter().zip(&samples) {
            prop_assert!(moderated.variance.is_finite() && moderated.variance > 0.0);
            prop_assert!(moderated.df > sample.1);
        }
    }
}

#[test]
fn corrupt_bytes_are_named() {
    use DecodeError::*;
    for (bytes, error) in [
        (&[][..], Truncated),
        (&[9][..], Format(9)),
        (&[1][..], Truncated),
        (&[1, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x7f][..], Truncated),
        (&[1, 0x80, 0][..], Number),
        (&[1, 1, 5, 0][..], Contradiction),
        (&[1, 2, 5, 1, 0, 1][..], Contradiction),
        (&[1, 1, 5, 1, 7][..], LeftOver),
        (&[1, 1, 0xff, 0xff, 0xff, 0xff, 0x1f, 1][..], Number),
    ] {
        assert_eq!(Histogram::decode(bytes), Err(error), "{bytes:?}");
    }
}

#[test]
fn what_is_not_there_cannot_be_taken_away() {
    let mut histogram: Histogram = [3, 3, 7].into_iter().collect();
    let before = histogram.clone();
    let other: Histogram = [3, 7, 7].into_iter().collect();
    let error = histogram.subtract(&other).unwrap_err();
    assert_eq!((error.seconds, error.present, error.wanted), (7, 1, 2));
    assert_eq!(histogram, before);
    assert_eq!(Histogram::new().mean(), None);
    assert_eq!(Histogram::new().percentile(50), None);
}

#[test]
fn clusters_of_equal_cases_count_once() {
    // Each cluster repeats one case four times: the true number of cases is a quarter.
    let mut unit = ClusterMoments::default();
    for i in 0..400 {
        unit.add(4, if i % 4 == 0 { 4.0 } else { 0.0 });
    }
    assert!((share_design_effect([&unit]) - 4.0).abs() < 0.02);
    assert_eq!(share_design_effect([]), 1.0);
}

#[test]
fn over_dispersion_ignores_the_outliers_that_the_plot_is_to_show() {
    let mut z: Vec<f64> = (0..100).map(|i| (f64::from(i) - 49.5) / 29.0).collect();
    let usual = over_dispersion(&z);
    z[0] = -50.0;
    z[99] = 80.0;
    assert_eq!(over_dispersion(&z), usual);
    assert_eq!(over_dispersion(&[]), 1.0);
    assert!((over_dispersion(&[-3.0, 3.0, -3.0, 3.0]) - 9.0).abs() < 1e-12);
}
