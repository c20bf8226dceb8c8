//! Against values computed outside this code.
//!
//! Made with SciPy 1.x and statsmodels (Python):
//!
//! ```python
//! from scipy import special as s, stats as t
//! s.gammaln(x), s.digamma(x), s.polygamma(1, x)
//! s.betainc(a, b, x), s.betaln(a, b), s.betaincinv(a, b, p)
//! t.binom.cdf(k, n, p), t.t.cdf(x, df), t.t.ppf(p, df), t.norm.cdf(x), t.norm.ppf(p)
//! t.betabinom.logpmf(hits, n, a, b)
//! statsmodels.stats.multitest.multipletests(p, method="fdr_bh")[1]
//! # funnel limit: r smallest with binom.cdf(r, n, c) > p, then
//! (r - (t.binom.cdf(r, n, c) - p) / t.binom.pmf(r, n, c)) / n      # cut to [0, 1]
//! ```

use kexun_stats::discovery::benjamini_hochberg;
use kexun_stats::funnel::share_limits;
use kexun_stats::shrinkage::log_beta_binomial;
use kexun_stats::special::{
    beta_cdf, beta_quantile, binomial_cdf, digamma, inverse_trigamma, ln_beta, ln_gamma, normal_cdf,
    normal_quantile, student_cdf, student_quantile, trigamma,
};

#[track_caller]
fn near(ours: f64, theirs: f64) {
    let error = (ours - theirs).abs() / theirs.abs().max(1e-300);
    assert!(error < 1e-10 || (ours - theirs).abs() < 1e-15, "{ours} instead of {theirs}");
}

#[test]
fn gamma_and_its_derivatives() {
    for (x, ln, psi, psi1) in [
        (0.1, 2.252712651734206, -10.423754940411076, 101.43329915079275),
        (0.5, 0.5723649429247, -1.9635100260214235, 4.93480220054468),
        (1.0, 0.0, -0.5772156649015329, 1.6449340668482266),
        (2.5, 0.2846828704729192, 0.7031566406452432, 0.4903577561002349),
        (10.0, 12.801827480081469, 2.251752589066721, 0.10516633568168576),
        (123.4, 469.3360974421906, 4.8113737751162775, 0.008136651610865263),
    ] {
        near(ln_gamma(x), ln);
        near(digamma(x), psi);
        near(trigamma(x), psi1);
        near(inverse_trigamma(psi1), x);
    }
}

#[test]
fn beta_distribution() {
    for (a, b, x, cdf, ln) in [
        (0.5, 0.5, 0.3, 0.36901011956554536, 1.1447298858494),
        (2.0, 3.0, 0.4, 0.5247999999999999, -2.4849066497880004),
        (1.0, 9.0, 0.02, 0.1662522378698501, -2.197224577336219),
        (30.0, 70.0, 0.35, 0.8615754758661092, -61.6866180786798),
        (800.0, 4200.0, 0.17, 0.9716839843326612, -2200.6854803025126),
        (0.2, 50.0, 0.001, 0.5924616633839166, 0.7432624040908773),
        (5.0, 5.0, 0.999, 0.9999999999998744, -6.4457198193855785),
        (25000.0, 75000.0, 0.2512, 0.8096587285275089, -56237.51499425236),
    ] {
        near(beta_cdf(a, b, x), cdf);
        near(ln_beta(a, b), ln);
    }
    for (a, b, p, x) in [
        (0.5, 0.5, 0.1, 0.024471741852423214),
        (2.0, 3.0, 0.975, 0.8058795503167565),
        (30.0, 70.0, 0.025, 0.2146679929679869),
        (800.0, 4200.0, 0.999, 0.176402933467149),
        (0.2, 50.0, 0.9, 0.012121251635426919),
        (1.3, 0.4, 0.5, 0.8691656963579742),
    ] {
        near(beta_quantile(a, b, p), x);
    }
}

#[test]
fn binomial_and_beta_binomial() {
    for (k, n, p, cdf) in [
        (0, 5, 0.1, 0.59049),
        (3, 11, 0.15, 0.9305551430083985),
        (120, 800, 0.17, 0.07058168427238173),
        (799, 800, 0.99, 0.9996777776371197),
    ] {
        near(binomial_cdf(k, n, p), cdf);
    }
    for (hits, n, a, b, log) in [
        (2.0, 11.0, 1.5, 8.0, -1.6663797835034813),
        (80.0, 800.0, 20.0, 180.0, -3.8664138102889183),
        (0.0, 5.0, 0.3, 3.0, -0.3166541127763924),
    ] {
        near(log_beta_binomial(hits, n, a, b), log);
    }
}

#[test]
fn normal_and_student() {
    for (x, cdf) in [
        (-8.0, 6.22096057427174e-16),
        (-3.0, 0.0013498980316300933),
        (-1.0, 0.15865525393145707),
        (0.0, 0.5),
        (0.5, 0.6914624612740131),
        (2.0, 0.9772498680518208),
        (6.0, 0.9999999990134123),
    ] {
        near(normal_cdf(x), cdf);
    }
    for (p, x) in [
        (1e-12, -7.034483825301131),
        (1e-5, -4.264890793922825),
        (0.025, -1.9599639845400545),
        (0.3, -0.5244005127080409),
        (0.5, 0.0),
        (0.9, 1.2815515655446004),
        (0.999, 3.090232306167813),
    ] {
        near(normal_quantile(p), x);
    }
    for (x, df, cdf) in [
        (-2.5, 3.0, 0.04385332350403278),
        (0.7, 1.0, 0.6944001122142147),
        (1.96, 30.0, 0.9703288435519748),
        (-8.0, 12.0, 1.879949112375129e-06),
        (2.0, 1e5, 0.9772485182712467),
    ] {
        near(student_cdf(x, df), cdf);
    }
    for (p, df, x) in [
        (0.975, 4.0, 2.7764451051977934),
        (0.001, 2.0, -22.327124770119873),
        (0.9, 120.0, 1.288646233656378),
        (0.6, 1.5, 0.30074539256979543),
    ] {
        near(student_quantile(p, df), x);
    }
}

#[test]
fn benjamini_hochberg_like_statsmodels() {
    let p = [
        0.216, 0.001, 0.008, 0.039, 0.041, 0.042, 0.06, 0.074, 0.205, 0.212, 0.222, 0.251, 0.269, 0.275,
        0.34, 0.341, 0.384, 0.569, 0.594, 0.696,
    ];
    let adjusted = [
        0.39285714285714285,
        0.02,
        0.08,
        0.168,
        0.168,
        0.168,
        0.2,
        0.21142857142857144,
        0.3928571428571429,
        0.3928571428571429,
        0.3928571428571429,
        0.3928571428571429,
        0.3928571428571429,
        0.3928571428571429,
        0.42625,
        0.42625,
        0.45176470588235296,
        0.6252631578947369,
        0.6252631578947369,
        0.696,
    ];
    for (ours, theirs) in benjamini_hochberg(&p).into_iter().zip(adjusted) {
        near(ours, theirs);
    }
}

#[test]
fn funnel_limits_like_spiegelhalter() {
    for (n, centre, limits) in [
        (10, 0.15, [0.0, 0.3622754908164214, 0.0, 0.5306918349487019]),
        (100, 0.15, [0.07838301068515736, 0.21833220286997757, 0.045096855934617874, 0.26495277906074977]),
        (731, 0.02, [0.009793527595316705, 0.03004808724247677, 0.0053834341724818035, 0.03707244659328531]),
    ] {
        let ours = share_limits(centre, 1.0, &[n])[0];
        near(ours.limits_95.0, limits[0]);
        near(ours.limits_95.1, limits[1]);
        near(ours.limits_998.0, limits[2]);
        near(ours.limits_998.1, limits[3]);
    }
}
