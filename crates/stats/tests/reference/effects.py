"""Reference values for crates/stats/tests/effects.rs, computed outside of this code.

    python3 -m venv /tmp/venv && /tmp/venv/bin/pip install numpy scipy statsmodels
    /tmp/venv/bin/python crates/stats/tests/reference/effects.py > crates/stats/tests/reference/effects.csv

Coefficients and the standard errors CR0 and CR1 come from statsmodels (WLS with a dummy per unit and
per period). CR2 of Bell and McCaffrey and Satterthwaite's degrees of freedom are computed here by
brute force with full matrices, unit dummies included, after multiplying everything by the square
root of the weights. Rows of the output:

    panel,name,unit,period,value,weight
    from,name,unit,period
    estimate,name,what,value,cr0,cr1,cr2,dof
"""

import numpy as np
import statsmodels.api as sm

REFERENCE = -1


def panel(seed, units, periods, starts, missing=0.0, weighted=False):
    """Rows (unit, period, value, weight): levels, common periods, AR(1) errors."""
    rng = np.random.default_rng(seed)
    common = rng.normal(size=periods).cumsum()
    rows = []
    for unit in range(units):
        level, error = rng.normal(20, 3), rng.normal()
        for period in range(periods):
            error = 0.5 * error + rng.normal()
            weight = float(rng.integers(10, 120)) if weighted else 25.0
            start = starts.get(unit)
            effect = -1.5 if start is not None and period >= start else 0.0
            value = level + common[period] + effect + error * (1 + 20 / weight)
            if rng.random() >= missing:
                rows.append((unit, period, round(float(value), 6), weight))
    # Somebody who left before, and somebody who came after.
    if missing:
        rows = [r for r in rows if not (r[0] == units - 1 and r[1] >= periods // 2)]
        rows = [r for r in rows if not (r[0] == 0 and r[1] < periods // 2)]
    return rows


def symmetric_inverse_root(b):
    values, vectors = np.linalg.eigh(b)
    inverse = np.where(values > 1e-9, 1 / np.sqrt(np.maximum(values, 1e-300)), 0.0)
    return vectors @ np.diag(inverse) @ vectors.T


def cr2(x, y, clusters, c):
    """Standard error and degrees of freedom of c'b, by full matrices; identity working model."""
    m = np.linalg.pinv(x.T @ x)
    hat = x @ m @ x.T
    annihilator = np.eye(len(y)) - hat
    residuals = annihilator @ y
    variance, columns = 0.0, []
    for cluster in np.unique(clusters):
        at = clusters == cluster
        a = symmetric_inverse_root(annihilator[np.ix_(at, at)])
        g = a @ x[at] @ m @ c
        variance += (g @ residuals[at]) ** 2
        columns.append(annihilator[:, at] @ g)
    p = np.array(columns).T
    p = p.T @ p
    return np.sqrt(variance), np.trace(p) ** 2 / (p**2).sum()


def stacked(rows, starts):
    """(unit, period, start, trained, value, weight) for every allowed comparison."""
    out = []
    last = max(row[1] for row in rows)
    # Who starts after the last period is only a control.
    for start in sorted(s for s in set(starts.values()) if s <= last):
        for unit, period, value, weight in rows:
            own = starts.get(unit)
            if own == start:
                out.append((unit, period, start, True, value, weight))
            elif own is None or (own > start and period < own):
                out.append((unit, period, start, False, value, weight))
    return out


def dummies(keys):
    distinct = sorted(set(keys))
    return np.array([[float(k == d) for d in distinct] for k in keys])


def independent(x):
    """Leaves out columns that those before them determine."""
    kept = []
    for j in range(x.shape[1]):
        if np.linalg.matrix_rank(x[:, kept + [j]]) > len(kept):
            kept.append(j)
    return x[:, kept]


def estimate(name, what, entries, regressors, j, weighted):
    unit = np.array([e[0] for e in entries])
    value = np.array([e[4] for e in entries])
    weight = np.array([e[5] for e in entries]) if weighted else np.ones(len(entries))
    fixed = np.hstack([dummies([(e[2], e[0]) for e in entries]), dummies([(e[2], e[1]) for e in entries])])
    x = np.hstack([regressors, independent(fixed)])
    # statsmodels inverts by QR or pinv and needs no particular order; j is ours.
    assert np.linalg.matrix_rank(x) == x.shape[1], (name, what)
    model = sm.WLS(value, x, weights=weight)
    plain = model.fit(cov_type="cluster", cov_kwds={"groups": unit, "use_correction": False})
    scaled = model.fit(cov_type="cluster", cov_kwds={"groups": unit, "use_correction": True})
    c = np.zeros(x.shape[1])
    c[j] = 1
    root = np.sqrt(weight)
    se, dof = cr2(x * root[:, None], value * root, unit, c)
    numbers = (plain.params[j], plain.bse[j], scaled.bse[j], se, dof)
    print(",".join(["estimate", name, what] + [repr(float(v)) for v in numbers]))


def report(name, rows, starts, weighted):
    for unit, period, value, weight in rows:
        print(f"panel,{name},{unit},{period},{value!r},{weight!r}")
    for unit, start in starts.items():
        print(f"from,{name},{unit},{start}")
    entries = stacked(rows, starts)
    after = np.array([[float(e[3] and e[1] >= e[2])] for e in entries])
    estimate(name, "effect", entries, after, 0, weighted)
    before = [e for e in entries if e[1] < e[2]]
    slope = np.array([[float(e[3]) * (e[1] - e[2])] for e in before])
    estimate(name, "trend", before, slope, 0, weighted)
    relative = sorted({e[1] - e[2] for e in entries if e[3]} - {REFERENCE})
    time = np.array([[float(e[3] and e[1] - e[2] == r) for r in relative] for e in entries])
    for j, r in enumerate(relative):
        if len({e[0] for e in entries if e[3] and e[1] - e[2] == r}) >= 3:
            estimate(name, f"time {r}", entries, time, j, weighted)


def main():
    half = {unit: 5 for unit in range(5)}
    report("balanced", panel(1, 10, 9, half), half, False)
    report("weighted", panel(2, 10, 9, half, weighted=True), half, True)
    four = {unit: 4 for unit in range(4)}
    report("unbalanced", panel(3, 11, 10, four, missing=0.15, weighted=True), four, True)
    # Several starts, one of them after the last period.
    starts = {0: 3, 1: 3, 2: 3, 3: 5, 4: 5, 5: 5, 6: 7, 7: 20}
    report("staggered", panel(4, 14, 10, starts, missing=0.1, weighted=True), starts, True)


main()
