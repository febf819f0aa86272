"""Writes profileOracle.json: the lowest objective with a quantity held, as scipy finds it from many starts.

Run from anywhere with numpy and scipy (Debian's python3-scipy, 1.10): python3 helpers/test/fit/profileOracle.py
Takes a few minutes. The runs are stored with few digits, so that both sides see the same doubles.
"""

import json
import os

import numpy as np
from scipy.optimize import minimize

here = os.path.dirname(os.path.abspath(__file__))
sizes = [20, 24, 30, 40, 60, 120, 240]
truth = np.array([np.log(1.8), np.log(480.0), np.log(2100.0), 0.35, 0.37])
point = (np.log(3e10), np.log(6e11))


def law(z, lnN, lnD):
    e, a, b, alpha, beta = z
    E, u, v = np.exp(e), np.exp(a - alpha * lnN), np.exp(b - beta * lnD)
    total = E + u + v
    return total, np.stack([E + 0 * u, u, v, -u * lnN, -v * lnD], -1)


def objective(z, lnN, lnD, lnL, loss):
    total, slope = law(z, lnN, lnD)
    r, J = np.log(total) - lnL, slope / total[:, None]
    if loss == 0:
        return np.sum(r * r), 2 * J.T @ r
    small = np.abs(r) <= loss
    rho = np.where(small, 0.5 * r * r, loss * (np.abs(r) - 0.5 * loss))
    return np.sum(rho), J.T @ np.where(small, r, loss * np.sign(r))


def predicted(z):
    total, slope = law(z, *map(np.float64, point))
    return total, slope


quantities = {
    "alpha": lambda z: (z[3], np.array([0, 0, 0, 1.0, 0])),
    "E": lambda z: (np.exp(z[0]), np.array([np.exp(z[0]), 0, 0, 0, 0])),
    "ratio": lambda z: (
        z[4] / (z[3] + z[4]),
        np.array([0, 0, 0, -z[4], z[3]]) / (z[3] + z[4]) ** 2,
    ),
    "predicted": predicted,
}
box = [(-30, 5), (-5, 60), (-5, 60), (0, 5), (0, 5)]


def free_minimum(data, random):
    best = None
    for k in range(30):
        start = truth + (k > 0) * random.normal(size=5) * [0.5, 2, 2, 0.1, 0.1]
        z = start
        for _ in range(4):
            found = minimize(objective, z, args=data, jac=True, method="BFGS", options={"gtol": 1e-14})
            z = found.x
        if best is None or found.fun < best.fun:
            best = found
    return best


def held_minimum(data, quantity, target, free, spread, unit, random):
    """Best of many SLSQP searches, each polished by trust-constr's and its own restarts."""
    scale = 1 / free.fun
    f = lambda z: tuple(scale * part for part in objective(z, *data))
    constraint = {
        "type": "eq",
        "fun": lambda z: (quantity(z)[0] - target) / unit,
        "jac": lambda z: quantity(z)[1] / unit,
    }
    root = np.linalg.cholesky(spread + 1e-12 * np.diag(np.diag(spread)))
    slope = quantity(free.x)[1]
    drift = spread @ slope / unit**2
    moved = free.x + (target - quantity(free.x)[0]) * drift
    best = np.inf
    for k in range(24):
        z = moved + (k > 0) * root @ random.normal(size=5) * (0.5 + k / 8)
        z = np.clip(z, [low for low, _ in box], [high for _, high in box])
        for _ in range(3):
            with np.errstate(all="ignore"):
                found = minimize(
                    f, z, jac=True, method="SLSQP", bounds=box, constraints=[constraint],
                    options={"ftol": 1e-15, "maxiter": 500},
                )
            if not np.all(np.isfinite(found.x)):
                break
            z = found.x
        if np.all(np.isfinite(z)) and abs(constraint["fun"](z)) < 1e-9:
            best = min(best, objective(z, *data)[0])
    return best


def main():
    sets = []
    for k in range(35):
        random = np.random.RandomState(100 + k)
        n = sizes[k % len(sizes)]
        noise = [0.005, 0.02][k % 2]
        errors = random.standard_t(3, n) if k % 3 == 1 else random.normal(size=n)
        four = lambda values: np.array([float(f"{value:.4g}") for value in values])
        N = four(np.exp(random.uniform(np.log(2e7), np.log(5e9), n)))
        D = four(np.exp(random.uniform(np.log(1e9), np.log(4e11), n)))
        lnN, lnD = np.log(N), np.log(D)
        loss = np.round(law(truth, lnN, lnD)[0] * np.exp(noise * errors), 4)
        delta = [1e-3, 0, 0.01][k % 3]
        data = (lnN, lnD, np.log(loss), delta)
        free = free_minimum(data, random)
        J = law(free.x, lnN, lnD)[1] / law(free.x, lnN, lnD)[0][:, None]
        r = np.log(law(free.x, lnN, lnD)[0]) - np.log(loss)
        spread = np.linalg.pinv(J.T @ J) * np.sum(r * r) / (n - 5)
        held = []
        for name, quantity in quantities.items():
            value, slope = quantity(free.x)
            unit = np.sqrt(slope @ spread @ slope)
            for side in (-1.5, 1.5):
                target = float(f"{value + side * unit:.5g}")
                if target <= 0:
                    continue
                lowest = held_minimum(data, quantity, target, free, spread, unit, random)
                if np.isfinite(lowest):
                    held.append({"quantity": name, "target": target, "objective": lowest})
        runs = [list(map(float, run)) for run in zip(N, D, loss)]
        sets.append({"delta": delta, "free": free.fun, "held": held, "runs": runs})
        print(k, n, delta, free.fun, len(held), flush=True)
    with open(os.path.join(here, "profileOracle.json"), "w") as file:
        json.dump({"point": [3e10, 6e11], "sets": sets}, file, separators=(",", ":"))
        file.write("\n")


main()
