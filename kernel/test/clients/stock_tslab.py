#!/usr/bin/env python3
"""Runs a few cells that use the helpers in a kernel of stock tslab; prints one JSON object per cell.

    /usr/bin/python3 kernel/test/clients/stock_tslab.py TSLAB FOLDER     (TSLAB: its bin/tslab)
"""

import json
import os
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "conformance"))

from harness.requirements import require  # noqa: E402

require("jupyter_client", "zmq", "psutil")

from harness.expect import plain  # noqa: E402
from harness.kernel import Kernel  # noqa: E402

CELLS = [
    "import { chinchilla, computeOptimal, fit, huber } from 'isoflop';",
    "import { chinchillaFigure4 } from 'isoflop-datasets';",
    "const runs = chinchillaFigure4().filter((r) => !r.isOutlier);\nruns.length",
    "const law = fit(chinchilla, runs, { loss: huber(1e-3) });\nlaw.objective",
    "law.parameters",
    "computeOptimal(law, { flops: 5.88e23 }).nParams",
    "import { defineLaw } from 'isoflop/formula';",
    "fit(defineLaw('loss = E + A / nParams^alpha + B / nTokens^beta'), runs, { loss: huber(1e-3) }).objective",
    "const replicates = await law.bootstrap({ resamples: 20, threads: 2 });\nreplicates.resamples",
]


def main():
    tslab, folder = sys.argv[1:]
    kernel = Kernel(["node", tslab, "kernel", "--config-path", "{connection_file}"], "typescript", "signal", folder)
    try:
        kernel.start()
        for code in CELLS:
            outcome = kernel.client.run(code, seconds=90)
            # tslab prints a cell's value and its errors.
            print(json.dumps({"code": code, "status": outcome.status, "stdout": plain(outcome.stdout), "stderr": plain(outcome.stderr)}), flush=True)
    finally:
        kernel.stop()


if __name__ == "__main__":
    main()
