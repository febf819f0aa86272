"""Writes runtimeOracle.json: scipy's least squares for every profiled model of Narayanan et al. 2023.

Run from anywhere: python3 helpers/test/inference/runtimeOracle.py
"""

import csv
import json
import os

import numpy as np
from scipy import stats

here = os.path.dirname(os.path.abspath(__file__))
table = os.path.join(here, "../../../datasets/tables/helm_profiled_runtimes.csv")
profiles = {}
for row in csv.DictReader(open(table)):
    key = f"{row['hardware']}/{row['model_key']}"
    seconds = float(row["runtime_s"]) * int(row["runtime_multiplier"])
    profiles.setdefault(key, {})[(int(row["prompt_tokens"]), int(row["output_tokens"]))] = seconds

fits = []
for key, cells in sorted(profiles.items()):
    prompt_seconds = {p: seconds for (p, o), seconds in cells.items() if o == 1}
    if len(prompt_seconds) < 2:
        continue
    steps = np.array([o - 1 for (p, o) in cells])
    decode = np.array([seconds - prompt_seconds[p] for (p, o), seconds in cells.items()])
    line = stats.linregress(steps, decode)
    # one intercept a prompt size, one slope: ordinary least squares on dummy variables
    sizes = sorted(prompt_seconds)
    design = np.zeros((len(cells), len(sizes) + 1))
    for i, (p, o) in enumerate(cells):
        design[i, sizes.index(p)] = 1
        design[i, -1] = o - 1
    joint, *_ = np.linalg.lstsq(design, np.array(list(cells.values())), rcond=None)
    fits.append(
        {
            "key": key,
            "slope": line.slope,
            "intercept": line.intercept,
            "r2": line.rvalue**2,
            "slopeStandardError": line.stderr,
            "jointSlope": joint[-1],
            "jointFirstPromptSeconds": joint[0],
        }
    )
with open(os.path.join(here, "runtimeOracle.json"), "w") as out:
    json.dump(fits, out, indent=1)
    out.write("\n")
