"""The scipy side of bench/fit.js: the same 240 runs, process CPU time of one thread, printed as JSON.

Run by bench/fit.js with Debian's python3 (python3-scipy). Arguments: the runs' CSV, starts to time, resamples to time.
"""

import csv
import json
import os
import sys
import time

os.environ.update(OMP_NUM_THREADS="1", OPENBLAS_NUM_THREADS="1")
import numpy as np
from scipy.optimize import minimize

table, n_starts, n_resamples = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
rows = [r for r in csv.DictReader(open(table)) if r["is_outlier"] == "0"]
lnN, lnD, lnL = (np.log([float(r[c]) for r in rows]) for c in ("n_params", "n_tokens", "loss_nats"))
delta = 1e-3


def objective(z, lnN, lnD, lnL):
    """Sum of Huber and its analytic gradient; z = e, a, b, alpha, beta as in Hoffmann et al."""
    e, a, b, alpha, beta = z
    E, u, v = np.exp(e), np.exp(a - alpha * lnN), np.exp(b - beta * lnD)
    total = E + u + v
    r = np.log(total) - lnL
    small = np.abs(r) <= delta
    psi = np.where(small, r, delta * np.sign(r)) / total
    value = np.where(small, 0.5 * r * r, delta * (np.abs(r) - 0.5 * delta)).sum()
    pu, pv = psi * u, psi * v
    return value, np.array([E * psi.sum(), pu.sum(), pv.sum(), -(pu * lnN).sum(), -(pv * lnD).sum()])


def cpu(work):
    started = time.process_time()
    result = work()
    return 1000 * (time.process_time() - started), result


hoffmann = np.array([0.5267228, 6.0073404, 6.0179186, 0.33917084, 0.2849083])
grid = [
    np.array([e, a, b, x, y])
    for e in np.arange(-1, 1.1, 0.5)
    for a in range(0, 30, 5)
    for b in range(0, 30, 5)
    for x in np.arange(0, 2.5, 0.5)
    for y in np.arange(0, 2.5, 0.5)
]
rng = np.random.default_rng(1)
chosen = [grid[k] for k in rng.choice(len(grid), n_starts, replace=False)]
options = {"ftol": 1e-12, "gtol": 1e-9, "maxiter": 15000}


def run_grid():
    return min(minimize(objective, z, args=(lnN, lnD, lnL), jac=True, method="L-BFGS-B", options=options).fun for z in chosen)


def one_start():
    return minimize(objective, hoffmann, args=(lnN, lnD, lnL), jac=True, method="BFGS", options={"gtol": 1e-10}).fun


np.random.seed(42)
draws = [np.random.choice(len(rows), len(rows)) for _ in range(n_resamples)]


def run_bootstrap():
    return [
        minimize(objective, hoffmann, args=(lnN[i], lnD[i], lnL[i]), jac=True, method="BFGS", options={"gtol": 1e-10}).fun for i in draws
    ]


with np.errstate(all="ignore"):
    grid_ms, best = cpu(run_grid)
    one = sorted(cpu(one_start)[0] for _ in range(15))
    bootstrap_ms, objectives = cpu(run_bootstrap)
    # For the quality of the resamples: the better of two methods, not timed.
    tight = [
        min(
            value,
            minimize(objective, hoffmann, args=(lnN[i], lnD[i], lnL[i]), jac=True, method="L-BFGS-B",
                     options={"ftol": 1e-15, "gtol": 1e-12, "maxiter": 15000}).fun,
        )
        for value, i in zip(objectives, draws)
    ]
json.dump(
    {
        "gridMsAStart": grid_ms / n_starts,
        "gridBest": best,
        "gridSize": len(grid),
        "bfgsMs": one[len(one) // 2],
        "bootstrapMsAResample": bootstrap_ms / n_resamples,
        "bestObjectives": tight,
    },
    sys.stdout,
)
