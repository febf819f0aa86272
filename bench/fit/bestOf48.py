"""The scipy side of bench/bestFits.js: each fit from 48 scattered starts, process CPU time of one thread, printed as JSON.

Run by bench/bestFits.js with Debian's python3 (python3-scipy); cases come on the standard input. Jacobians are exact
(complex step), tolerances the tightest, and the best end is polished by a second method: what is compared is scipy at its
best, not at its defaults.
"""

import json
import os
import sys
import time

os.environ.update(OMP_NUM_THREADS="1", OPENBLAS_NUM_THREADS="1")
import numpy as np
from scipy.optimize import least_squares, minimize

STARTS = int(sys.argv[1])
functions = {"exp": np.exp, "log": np.log, "sqrt": np.sqrt, "tanh": np.tanh}


class Model:
    """Residuals of a case as a function of one vector: own parameters once a group, logarithms where they span decades."""

    def __init__(self, case):
        self.code = compile(case["formula"].replace("^", "**"), case["name"], "eval")
        self.columns = {name: np.array(column, float) for name, column in case["columns"].items()}
        self.y = np.array(case["response"], float)
        self.log = case["residual"] == "log"
        self.group = np.array(case["group"], int)
        m = int(self.group.max()) + 1
        self.parameters, at = [], 0
        for parameter in case["parameters"]:
            size = 1 if parameter["shared"] else m
            self.parameters.append((parameter, at, size))
            at += size
        self.size = at

    def values(self, z):
        names = {}
        for parameter, at, size in self.parameters:
            value = z[at : at + size]
            if parameter["log"]:
                value = np.exp(value)
            names[parameter["name"]] = value[0] if size == 1 else value[self.group]
        return eval(self.code, {"__builtins__": {}}, {**functions, **self.columns, **names})

    def residuals(self, z):
        f = self.values(z)
        return np.log(f) - np.log(self.y) if self.log else f - self.y

    def jacobian(self, z):
        out = np.empty((len(self.y), self.size))
        for k in range(self.size):
            w = z.astype(complex)
            w[k] += 1e-30j
            f = self.values(w)
            out[:, k] = (np.log(f) if self.log else f).imag / 1e-30
        return out

    def bounds(self):
        low, high = [], []
        for parameter, _, size in self.parameters:
            a, b = (float(limit) if abs(limit) < 1e299 else np.sign(limit) * np.inf for limit in parameter["domain"])
            if parameter["log"]:
                a, b = (np.log(a) if a > 0 else -np.inf), np.log(b) if b < np.inf else np.inf
            low += [a] * size
            high += [b] * size
        return np.array(low), np.array(high)

    def start(self, rng):
        z = []
        for parameter, _, size in self.parameters:
            a, b = parameter["start"]
            if parameter["log"]:
                a, b = np.log(a), np.log(b)
            # Groups begin alike: from starts of their own scipy never ends in the lowest valley.
            z += [a + (b - a) * rng.random()] * size
        return np.array(z)


def huber(model, delta):
    def value(z):
        r = model.residuals(z)
        small = np.abs(r) <= delta
        psi = np.where(small, r, delta * np.sign(r))
        total = np.where(small, 0.5 * r * r, delta * (np.abs(r) - 0.5 * delta)).sum()
        gradient = model.jacobian(z).T @ psi
        return (total, gradient) if np.isfinite(total) and np.all(np.isfinite(gradient)) else (1e10, np.zeros_like(z))

    return value


def solve(case):
    rng = np.random.default_rng(48)
    model = Model(case)
    low, high = model.bounds()
    span = lambda z: np.clip(z, low + 1e-9, high - 1e-9)
    started = time.process_time()
    ends = []
    for _ in range(STARTS):
        z = span(model.start(rng))
        try:
            if case["loss"] == "squared":
                r = least_squares(model.residuals, z, model.jacobian, bounds=(low, high), x_scale="jac", xtol=1e-15, ftol=1e-15, gtol=1e-15, max_nfev=300)
                ends.append((2 * r.cost, r.x))
            else:
                f = huber(model, case["loss"])
                r = minimize(f, z, jac=True, method="L-BFGS-B", bounds=list(zip(low, high)), options={"ftol": 1e-15, "gtol": 1e-12, "maxiter": 2000, "maxfun": 3000})
                ends.append((r.fun, r.x))
        except (ValueError, np.linalg.LinAlgError, FloatingPointError):
            pass
    ms = 1000 * (time.process_time() - started)
    best, z = min(ends, key=lambda end: end[0])
    if case["loss"] != "squared":
        f = huber(model, case["loss"])
        polished = minimize(f, z, jac=True, method="BFGS", options={"gtol": 1e-13, "maxiter": 200})
        if polished.fun < best and np.all(polished.x >= low) and np.all(polished.x <= high):
            best = polished.fun
    return {"name": case["name"], "objective": float(best), "ms": ms}


def mixed(case):
    """Maximum likelihood of y = a_g + b x with a_g normal around a, from 48 starts: -log likelihood."""
    rng = np.random.default_rng(48)
    x, y, group = (np.array(case[k], float) for k in ("x", "response", "group"))
    blocks = [np.flatnonzero(group == g) for g in np.unique(group)]

    def minus(p):
        a, b, ls, lt = p
        s2, t2 = np.exp(2 * ls), np.exp(2 * lt)
        total = 0.0
        for i in blocks:
            r, n = y[i] - a - b * x[i], len(i)
            total += 0.5 * (n * np.log(2 * np.pi) + (n - 1) * np.log(s2) + np.log(s2 + n * t2) + (r @ r - t2 * r.sum() ** 2 / (s2 + n * t2)) / s2)
        return total

    started = time.process_time()
    slope, level = np.polyfit(x, y, 1)
    best = np.inf
    for _ in range(STARTS):
        p = np.array([level, slope, np.log(y.std()), np.log(y.std())]) + rng.normal(size=4) * np.array([0.3, 0.1 * abs(slope), 1, 1])
        r = minimize(minus, p, method="L-BFGS-B", options={"ftol": 1e-15, "gtol": 1e-10})
        r = minimize(minus, r.x, method="Nelder-Mead", options={"xatol": 1e-11, "fatol": 1e-13, "maxiter": 4000})
        best = min(best, r.fun)
    return {"name": case["name"], "objective": float(best), "ms": 1000 * (time.process_time() - started)}


with np.errstate(all="ignore"):
    for line in sys.stdin:
        case = json.loads(line)
        print(json.dumps(mixed(case) if case.get("mixed") else solve(case)), flush=True)
