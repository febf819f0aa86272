"""Writes runtimeOracle.json: scipy's least squares for every profiled model of Narayanan et al. 2023.

Run from anywhere: python3 helpers/test/inference/runtimeOracle.py
"""

import csv
import json
import os

import numpy as np
from scipy import stats
from scipy.optimize import lsq_linear

here = os.path.dirname(os.path.abspath(__file__))
table = os.path.join(here, "../../../datasets/tables/helm_profiled_runtimes.csv")
profiles = {}
for row in csv.DictReader(open(table)):
    key = f"{row['hardware']}/{row['model_key']}"
    seconds = float(row["runtime_s"]) * int(row["runtime_multiplier"])
    profiles.setdefault(key, {})[(int(row["prompt_tokens"]), int(row["output_tokens"]))] = seconds

fits = []
for key, cells in sorted(profiles.items()):
    measured = {p: seconds for (p, o), seconds in cells.items() if o == 1}
    if len(measured) < 2:
        continue
    # F as measured, made never to fall: sums of steps that are at least 0
    sizes = sorted(measured)
    sums = np.tril(np.ones((len(sizes), len(sizes))))
    rising = lsq_linear(sums, [measured[p] for p in sizes], bounds=(0, np.inf), method="bvls", tol=1e-15)
    prompt_seconds = dict(zip(sizes, sums @ rising.x))
    steps = np.array([o - 1 for (p, o) in cells])
    decode = np.array([seconds - prompt_seconds[p] for (p, o), seconds in cells.items()])
    line = stats.linregress(steps, decode)
    free = stats.linregress(steps, [seconds - measured[p] for (p, o), seconds in cells.items()])
    # one F a prompt size that never falls, one slope, jointly
    design = np.zeros((len(cells), len(sizes) + 1))
    for i, (p, o) in enumerate(cells):
        design[i, : sizes.index(p) + 1] = 1
        design[i, -1] = o - 1
    low = np.append(np.zeros(len(sizes)), -np.inf)
    times = np.array(list(cells.values()))
    joint = lsq_linear(design, times, bounds=(low, np.inf), method="bvls", tol=1e-15, max_iter=1000)
    fits.append(
        {
            "key": key,
            "slope": line.slope,
            "intercept": line.intercept,
            "r2": line.rvalue**2,
            "slopeStandardError": line.stderr,
            "freeSlope": free.slope,
            "freeIntercept": free.intercept,
            "freeR2": free.rvalue**2,
            "jointSlope": joint.x[-1],
            "jointPromptSeconds": np.cumsum(joint.x[:-1]).tolist(),
        }
    )
with open(os.path.join(here, "runtimeOracle.json"), "w") as out:
    json.dump(fits, out, indent=1)
    out.write("\n")
