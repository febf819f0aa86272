"""Writes coverageOracle.json: scipy's curve_fit of c(k) = exp(a k^-b) for seven Pythia models.

Run from anywhere: python3 helpers/test/inference/coverageOracle.py
"""

import csv
import json
import os

import numpy as np
from scipy.optimize import curve_fit
from scipy.special import gammaln

here = os.path.dirname(os.path.abspath(__file__))
table = os.path.join(here, "../../../datasets/tables/monkeys_pythia_math_counts.csv")
counts = {}
for row in csv.DictReader(open(table)):
    counts.setdefault(row["model"], []).append(int(row["n_correct"]))

n = 10_000
ks = sorted({int(round(k)) for k in np.logspace(0, 4, 40)})


def pass_at_k(c, k):
    if n - c < k:
        return 1.0
    log_failure = gammaln(n - c + 1) - gammaln(n - c - k + 1) - gammaln(n + 1) + gammaln(n - k + 1)
    return 1 - np.exp(log_failure)


fits = []
for model, corrects in counts.items():
    curve = [float(np.mean([pass_at_k(c, k) for c in corrects])) for k in ks]
    (a, b), _ = curve_fit(lambda k, a, b: np.exp(a * k**-b), np.array(ks, float), curve, p0=(-5, 0.3))
    fits.append({"model": model, "a": a, "b": b, "coverage": curve, "ks": ks})
with open(os.path.join(here, "coverageOracle.json"), "w") as out:
    json.dump(fits, out)
    out.write("\n")
