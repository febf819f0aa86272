"""Writes oracle.json: scipy's best least squares of laws that the grammar has, from many starts.

Run from anywhere with numpy and scipy: python3 helpers/test/discover/oracle.py. The rows are stored in the fixture, so that
both sides see the same doubles.
"""

import json
import os

import numpy as np
from scipy.optimize import least_squares

random = np.random.default_rng(14)
N = 10 ** random.uniform(7, 9.5, 60)
D = 10 ** random.uniform(8.5, 11, 60)
noise = 1 + 0.005 * random.standard_normal(60)

laws = {
    "sum": lambda p: p[0] + np.exp(p[1] - p[2] * np.log(N / 1e8)) + np.exp(p[3] - p[4] * np.log(D / 1e10)),
    "product": lambda p: p[0] + np.exp(p[1] - p[2] * np.log(N / 1e8) - p[3] * np.log(D / 1e10)),
    "offset": lambda p: p[0] + np.exp(p[1]) * (D / 1e10 + np.exp(p[2])) ** -p[3],
}
truths = {
    "sum": [1.7, -0.3, 0.34, -0.4, 0.3],
    "product": [1.5, 0.4, 0.2, 0.15],
    "offset": [1.2, 0.3, -1.0, 0.5],
}

out = {}
for name, law in laws.items():
    truth = np.array(truths[name])
    y = law(truth) * noise
    best = min(
        (
            least_squares(
                lambda p: law(p) - y, truth + random.normal(0, 0.3, len(truth)), xtol=1e-15, ftol=1e-15, gtol=1e-15
            )
            for _ in range(40)
        ),
        key=lambda found: found.cost,
    )
    out[name] = {"y": y.tolist(), "value": 2 * best.cost, "parameters": best.x.tolist()}

here = os.path.dirname(os.path.abspath(__file__))
with open(os.path.join(here, "oracle.json"), "w") as file:
    json.dump({"N": N.tolist(), "D": D.tolist(), "laws": out}, file, indent=1)
    file.write("\n")
