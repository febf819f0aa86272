# /usr/bin/python3 helpers/test/inference/risingOracle.py > helpers/test/inference/risingOracle.json
# scipy.optimize.lsq_linear on T = F(p) + (o - 1) (g0 + g1 p) with F written as sums of steps that are at least 0.
import json
import numpy as np
from scipy.optimize import lsq_linear

random = np.random.default_rng(11)
cases = []
for case in range(24):
    rising = case % 3 == 2
    sizes = sorted(random.choice([1, 16, 64, 128, 256, 512, 1024, 2048], size=int(random.integers(2, 7)), replace=False).tolist())
    rows = []
    for p in sizes:
        for o in random.choice([1, 2, 5, 17, 33, 65, 129], size=int(random.integers(2, 6)), replace=False).tolist():
            # Noise as large as F, so that constraints bind in most cases.
            t = p / 20000 + (o - 1) * (0.002 + (0.004 * p / 2048 if rising else 0)) + 0.02 * random.standard_normal()
            rows.append([int(p), int(o), round(float(max(t, 1e-3)), 9)])
    K = len(sizes)
    A = np.zeros((len(rows), K + (2 if rising else 1)))
    y = np.array([row[2] for row in rows])
    for i, (p, o, _) in enumerate(rows):
        A[i, : sizes.index(p) + 1] = 1
        A[i, K] = o - 1
        if rising:
            A[i, K + 1] = (o - 1) * p / sizes[-1]
    low = np.concatenate([np.zeros(K), np.full(A.shape[1] - K, -np.inf)])
    fit = lsq_linear(A, y, bounds=(low, np.full(A.shape[1], np.inf)), method="bvls", tol=1e-15, max_iter=1000)
    cases.append(
        {
            "rising": rising,
            "rows": rows,
            "prompt": np.cumsum(fit.x[:K]).tolist(),
            "base": float(fit.x[K]),
            "rise": float(fit.x[K + 1] / sizes[-1]) if rising else 0,
            "squares": float(2 * fit.cost),
        }
    )
print(json.dumps(cases))
