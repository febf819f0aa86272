"""Writes fitOracle.json: scipy's best fits of several laws, on the data that the tests use.

Run from anywhere with numpy and scipy (Debian's python3-scipy, 1.10): python3 helpers/test/fit/fitOracle.py
Takes about two minutes. Synthetic runs are stored in the fixture, so that both sides see the same doubles.
"""

import csv
import json
import os

import numpy as np
from scipy.optimize import least_squares, linprog, minimize

here = os.path.dirname(os.path.abspath(__file__))
tables = os.path.join(here, "../../../datasets/tables")


def read(name):
    with open(os.path.join(tables, name + ".csv")) as file:
        return list(csv.DictReader(file))


# --- Chinchilla's 240 runs -------------------------------------------------------------------------------------
rows = [r for r in read("chinchilla_figure4") if r["is_outlier"] == "0"]
N = np.array([float(r["n_params"]) for r in rows])
D = np.array([float(r["n_tokens"]) for r in rows])
L = np.array([float(r["loss_nats"]) for r in rows])
lnN, lnD, lnL = np.log(N), np.log(D), np.log(L)


def residual_and_jacobian(z, lnN=lnN, lnD=lnD, lnL=lnL):
    """z = ln E, ln A, ln B, alpha, beta; residuals of the logarithms."""
    e, a, b, alpha, beta = z
    E, u, v = np.exp(e), np.exp(a - alpha * lnN), np.exp(b - beta * lnD)
    total = E + u + v
    jacobian = np.stack([np.full_like(u, E), u, v, -u * lnN, -v * lnD], 1) / total[:, None]
    return np.log(total) - lnL, jacobian


def huber_sum(z, delta, weights=1.0, **data):
    r, J = residual_and_jacobian(z, **data)
    small = np.abs(r) <= delta
    rho = np.where(small, 0.5 * r * r, delta * (np.abs(r) - 0.5 * delta))
    psi = np.where(small, r, delta * np.sign(r))
    return np.sum(weights * rho), J.T @ (weights * psi)


def best_huber(delta, starts, weights=1.0):
    best = None
    for start in starts:
        for method, options in [("BFGS", {"gtol": 1e-13}), ("L-BFGS-B", {"ftol": 1e-16, "gtol": 1e-13, "maxcor": 30})]:
            z = start
            for _ in range(3):
                found = minimize(huber_sum, z, args=(delta, weights), jac=True, method=method, options=options)
                z = found.x
            if best is None or found.fun < best.fun:
                best = found
    return best


def named(z):
    return dict(zip(["E", "A", "B", "alpha", "beta"], [*np.exp(z[:3]), *z[3:]]))


hoffmann = np.array([0.5267228, 6.0073404, 6.0179186, 0.33917084, 0.2849083])
starts = [hoffmann] + [np.array([e, a, b, x, y]) for e in (0.3, 0.7) for a in (4, 8) for b in (5, 9) for x in (0.3, 0.5) for y in (0.3, 0.5)]
huber = best_huber(1e-3, starts)

# Least absolute deviations: Huber annealed, then linear programs over the linearised residuals in a shrinking box.
z = huber.x
for delta in 10.0 ** -np.arange(3, 9):
    z = minimize(huber_sum, z, args=(delta,), jac=True, method="BFGS", options={"gtol": 1e-14}).x
box = 1e-2
for _ in range(60):
    r, J = residual_and_jacobian(z)
    n, p = J.shape
    # Columns scaled to unit size; unknowns: step, then the absolute residuals.
    scale = np.abs(J).max(0)
    A = np.block([[J / scale, -np.eye(n)], [-J / scale, -np.eye(n)]])
    program = linprog(
        np.r_[np.zeros(p), np.ones(n)], A, np.r_[-r, r], bounds=[(-box, box)] * p + [(0, None)] * n, method="highs"
    )
    trial = z + program.x[:p] / scale
    if np.abs(residual_and_jacobian(trial)[0]).sum() < np.abs(r).sum():
        z = trial
    else:
        box /= 4
lad = z

raw = None
for start in starts:
    found = least_squares(
        lambda z: np.exp(residual_and_jacobian(z)[0] + lnL) - L, start, method="trf", x_scale="jac", ftol=1e-15, xtol=1e-15, gtol=1e-15, max_nfev=5000
    )
    if raw is None or found.cost < raw.cost:
        raw = found

# The first 60 resamples of Epoch's notebook.
np.random.seed(42)
resamples = []
for _ in range(60):
    counts = np.bincount(np.random.choice(240, 240), minlength=240)
    resamples.append(best_huber(1e-3, [hoffmann, huber.x], counts).fun)

# --- Gadre et al., five runs per training set --------------------------------------------------------------------
gadre = {}
for train_set in ("c4", "redpajama", "refinedweb"):
    five = []
    for row in read("gadre_testbed"):
        n, m = float(row["n_params"]), float(row["token_multiplier"])
        if row["train_set"] == train_set and ((m == 20 and n < 5e8) or (m == 320 and n < 2e7)):
            five.append((np.log(6 * n * n * m), np.log(m), float(row["loss_nats_c4_val"])))
    C, M, y = np.array(five).T
    best = None
    for eta in np.linspace(0.05, 0.3, 26):
        X = np.stack([np.ones_like(C), np.exp(eta * (M - C)), np.exp(-eta * (M + C))], 1)
        linear = np.linalg.lstsq(X / np.abs(X).max(0), y, rcond=None)[0] / np.abs(X).max(0)
        start = [linear[0], np.log(max(linear[1], 1e-3)), np.log(max(linear[2], 1e-3)), eta]
        found = least_squares(
            lambda t: t[0] + np.exp(t[1] + t[3] * (M - C)) + np.exp(t[2] - t[3] * (M + C)) - y,
            start, x_scale="jac", ftol=1e-15, xtol=1e-15, gtol=1e-15, max_nfev=20000,
        )
        if best is None or found.cost < best.cost:
            best = found
    gadre[train_set] = {
        "n": len(y),
        "objective": 2 * best.cost,
        "parameters": {"E": best.x[0], "a": np.exp(best.x[1]), "b": np.exp(best.x[2]), "eta": best.x[3]},
    }

# --- Laws on synthetic runs with noise ---------------------------------------------------------------------------
rng = np.random.default_rng(7)


def synthetic(name, runs, model, truth, log_parameters, spread, response="loss"):
    """Fits ln(model) to ln(runs) by least squares from many starts around and far from the truth."""
    keys = list(truth)
    true = np.array([np.log(truth[k]) if k in log_parameters else truth[k] for k in keys])

    def theta(z):
        return {k: np.exp(v) if k in log_parameters else v for k, v in zip(keys, z)}

    def residuals(z):
        with np.errstate(all="ignore"):
            r = np.log(model(theta(z))) - np.log(runs[response])
        return np.where(np.isfinite(r), r, 1e3)

    best = None
    for k in range(60):
        start = true + (0 if k == 0 else spread * rng.standard_normal(len(true)) * np.array([1.0 if key in log_parameters else max(abs(truth[key]), 0.05) for key in keys]))
        try:
            found = least_squares(residuals, start, x_scale="jac", ftol=1e-15, xtol=1e-15, gtol=1e-15, max_nfev=4000)
        except ValueError:
            continue
        if best is None or found.cost < best.cost:
            best = found
    return {
        "runs": [dict(zip(runs, map(float, values))) for values in zip(*runs.values())],
        "objective": 2 * best.cost,
        "parameters": {k: float(v) for k, v in theta(best.x).items()},
    }


def grid(a, b):
    x, y = np.meshgrid(a, b)
    return x.ravel(), y.ravel()


laws = {}
n_params, n_tokens = grid(np.logspace(6, 9.5, 8), np.logspace(7.3, 10.5, 7))
kaplan = lambda t: ((t["Nc"] / n_params) ** (t["alphaN"] / t["alphaD"]) + t["Dc"] / n_tokens) ** t["alphaD"]
truth = {"Nc": 6.4e13, "Dc": 1.8e13, "alphaN": 0.076, "alphaD": 0.103}
loss = kaplan(truth) * np.exp(0.01 * rng.standard_normal(n_params.size))
laws["kaplanParamsTokens"] = synthetic("kaplanParamsTokens", {"nParams": n_params, "nTokens": n_tokens, "loss": loss}, kaplan, truth, {"Nc", "Dc"}, 0.3)

n_params, n_steps = grid(np.logspace(6, 9.5, 8), np.logspace(3, 5.5, 8))
steps = lambda t: (t["Nc"] / n_params) ** t["alphaN"] + (t["Sc"] / n_steps) ** t["alphaS"]
truth = {"Nc": 6.5e13, "Sc": 2.1e3, "alphaN": 0.077, "alphaS": 0.76}
loss = steps(truth) * np.exp(0.01 * rng.standard_normal(n_params.size))
laws["kaplanParamsSteps"] = synthetic("kaplanParamsSteps", {"nParams": n_params, "nSteps": n_steps, "loss": loss}, steps, truth, {"Nc", "Sc"}, 0.3)

flops = np.logspace(18, 24, 70)
broken = lambda t: t["E"] + t["A"] * flops ** -t["c0"] * (1 + (flops / t["d1"]) ** (1 / t["f1"])) ** (-t["c1"] * t["f1"])
truth = {"E": 1.2, "A": 40.0, "c0": 0.05, "c1": 0.2, "d1": 3e20, "f1": 0.4}
loss = broken(truth) * np.exp(0.003 * rng.standard_normal(flops.size))
laws["brokenPowerLaw"] = synthetic("brokenPowerLaw", {"flops": flops, "loss": loss}, broken, truth, {"E", "A", "d1", "f1"}, 0.3)

power = lambda t: t["E"] + t["A"] * flops ** -t["alpha"]
truth = {"E": 1.7, "A": 2.2e3, "alpha": 0.15}
loss = power(truth) * np.exp(0.004 * rng.standard_normal(flops.size))
laws["powerLaw"] = synthetic("powerLaw", {"flops": flops, "loss": loss}, power, truth, {"E", "A"}, 0.2)

logistic = lambda t: t["low"] + t["span"] / (1 + (flops / t["midpoint"]) ** -t["slope"])
truth = {"low": 0.25, "span": 0.6, "slope": 0.9, "midpoint": 2e21}
score = logistic(truth) * np.exp(0.02 * rng.standard_normal(flops.size))
laws["saturatingLogistic"] = synthetic("saturatingLogistic", {"flops": flops, "score": score}, logistic, truth, {"slope", "midpoint"}, 0.2, "score")

n_samples = np.unique(np.round(np.logspace(0, 4, 40)))
coverage = lambda t: np.exp(-t["a"] * n_samples ** -t["b"])
truth = {"a": 3.1, "b": 0.42}
share = np.minimum(coverage(truth) * np.exp(0.02 * rng.standard_normal(n_samples.size)), 0.9999)
laws["exponentiatedPowerLaw"] = synthetic("exponentiatedPowerLaw", {"nSamples": n_samples, "coverage": share}, coverage, truth, {"a"}, 0.2, "coverage")

with open(os.path.join(here, "fitOracle.json"), "w") as file:
    json.dump(
        {
            "chinchilla": {
                "huber": {"objective": huber.fun, "parameters": named(huber.x)},
                "l1": {"objective": float(np.abs(residual_and_jacobian(lad)[0]).sum()), "parameters": named(lad)},
                "squaredRaw": {"objective": 2 * raw.cost, "parameters": named(raw.x)},
                "resampledObjectives": resamples,
            },
            "gadre": gadre,
            "laws": laws,
        },
        file,
        indent=1,
    )
    file.write("\n")
