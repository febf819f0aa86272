"""Writes densingOracle.json: numpy's and scipy's regressions for all 24 densing specifications.

Run from anywhere: python3 helpers/test/inference/densingOracle.py
"""

import csv
import datetime
import json
import math
import os

from scipy import stats

here = os.path.dirname(os.path.abspath(__file__))
table = os.path.join(here, "../../../datasets/tables/base_model_scores.csv")
rows = list(csv.DictReader(open(table)))
origin = datetime.date(2023, 2, 24)
# code models, and the two suites trained to study scaling rather than to be good
apart = {"CodeLlama", "StarCoder", "StarCoder2", "DeepSeek-Coder", "DeepSeek-Coder-V2", "Codegen"}
apart |= {"Pythia", "Cerebras-GPT"}
floors = {"mmlu": 0.25, "gsm8k": 0.0, "humaneval": 0.0}


def logit(score, floor):
    scaled = (float(score) - floor) / (1 - floor)
    return math.log(scaled / (1 - scaled)) if 0 < scaled < 1 else None


def specification(families, benchmark, phi):
    floor = floors[benchmark]
    points = []
    for row in rows:
        if row["family"] in families and row[benchmark] and logit(row[benchmark], floor) is not None:
            points.append((math.log(float(row["n_params"])), logit(row[benchmark], floor)))
    reference = stats.linregress(*zip(*points))
    best = {}
    for row in rows:
        if not (row["release_date"] and row[benchmark] and row["n_params"]) or row["family"] in apart:
            continue
        day = (datetime.date.fromisoformat(row["release_date"]) - origin).days
        value = logit(row[benchmark], floor)
        if day < 0 or value is None or (row["family"] == "Phi" and not phi):
            continue
        density = math.exp((value - reference.intercept) / reference.slope) / float(row["n_params"])
        best[day] = max(best.get(day, 0), density)
    envelope, top = [], 0
    for day in sorted(best):
        if best[day] > top:
            top = best[day]
            envelope.append((day, math.log(top)))
    line = stats.linregress(*zip(*envelope))
    return {
        "families": list(families),
        "benchmark": benchmark,
        "phi": phi,
        "referenceSlope": reference.slope,
        "referenceIntercept": reference.intercept,
        "slopePerDay": line.slope,
        "r2": line.rvalue**2,
        "nEnvelope": len(envelope),
    }


specifications = [
    specification(families, benchmark, phi)
    for families in (("Llama-2",), ("Llama",), ("Llama", "Llama-2"), ("Qwen1.5",))
    for benchmark in floors
    for phi in (True, False)
]
with open(os.path.join(here, "densingOracle.json"), "w") as out:
    json.dump(specifications, out, indent=1)
    out.write("\n")
