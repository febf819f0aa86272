"""Writes groupsOracle.json: joint fits of simulated groups by scipy, for groups.test.ts.

Debian's python3-scipy. Run: /usr/bin/python3 helpers/test/groups/groupsOracle.py
Model: loss = L_g + B_g / (S_g + D^beta), beta shared; and loss = E_g + A_g / N^alpha + B / D^beta with B, alpha, beta shared.
Squares of logarithmic residuals; least_squares from several starts, tightest tolerances.
"""

import json
from pathlib import Path

import numpy as np
from scipy.optimize import least_squares

rng = np.random.default_rng(13)


def solve(residuals, starts, lower):
    found = [
        least_squares(residuals, x0, bounds=(lower, np.inf), xtol=1e-15, ftol=1e-15, gtol=1e-14, max_nfev=4000, x_scale="jac")
        for x0 in starts
    ]
    best = min(found, key=lambda r: r.cost)
    n, p = best.jac.shape
    covariance = np.linalg.inv(best.jac.T @ best.jac) * 2 * best.cost / (n - p)
    return 2 * best.cost, best.x, np.sqrt(np.diag(covariance))


def saturating(groups, per_group, noise):
    rows = []
    for g in range(groups):
        L, B, S = 1 + 2 * rng.random(), 5 + 20 * rng.random(), 1 + 20 * rng.random()
        for k in range(per_group):
            D = 200 * 2**k
            loss = (L + B / (S + D**0.25)) * (1 + noise * rng.standard_normal())
            rows.append((f"g{g}", D, float(f"{loss:.8g}")))
    G = np.array([int(r[0][1:]) for r in rows])
    D = np.array([r[1] for r in rows], float)
    y = np.log([r[2] for r in rows])
    m = groups

    def residuals(p):
        return np.log(p[1 : 1 + m][G] + np.exp(p[1 + m : 1 + 2 * m])[G] / (p[1 + 2 * m :][G] + D ** p[0])) - y

    starts = [np.r_[b, np.full(m, 1.0), np.full(m, 2.0), np.full(m, 5.0)] for b in (0.15, 0.25, 0.35)]
    lower = np.r_[0, np.zeros(m), np.full(m, -50), np.zeros(m)]
    rss, x, se = solve(residuals, starts, lower)
    return {"rows": rows, "objective": rss, "beta": x[0], "seBeta": se[0], "first": {"L": x[1], "seL": se[1]}}


def two_terms(groups, noise):
    rows = []
    for g in range(groups):
        E, A = 1.5 + 0.2 * g, 300 + 100 * g
        for N in (1e7, 1e8, 1e9, 1e10):
            for D in (1e9, 1e10, 1e11):
                loss = (E + A / N**0.34 + 1200 / D**0.33) * (1 + noise * rng.standard_normal())
                rows.append((f"g{g}", N, D, float(f"{loss:.8g}")))
    G = np.array([int(r[0][1:]) for r in rows])
    N, D = (np.array([r[k] for r in rows], float) for k in (1, 2))
    y = np.log([r[3] for r in rows])
    m = groups

    def residuals(p):
        alpha, beta, b = p[:3]
        return np.log(p[3 : 3 + m][G] + np.exp(p[3 + m :][G] - alpha * np.log(N)) + np.exp(b - beta * np.log(D))) - y

    starts = [np.r_[a, b, 7.0, np.full(m, 1.5), np.full(m, 6.0)] for a in (0.25, 0.4) for b in (0.25, 0.4)]
    rss, x, se = solve(residuals, starts, np.r_[0, 0, -50, np.zeros(m), np.full(m, -50)])
    return {"rows": rows, "objective": rss, "alpha": x[0], "beta": x[1], "B": np.exp(x[2]), "seAlpha": se[0], "seBeta": se[1], "E": list(x[3 : 3 + m])}


out = {"five": saturating(5, 10, 0.004), "fortyTwo": saturating(42, 12, 0.003), "twoTerms": two_terms(4, 0.003)}
Path(__file__).with_suffix(".json").write_text(json.dumps(out, separators=(",", ":")) + "\n")
print({k: (v["objective"], len(v["rows"])) for k, v in out.items()})
