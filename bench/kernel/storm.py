#!/usr/bin/env python3
"""Interrupts by the thousand, of cells that wait and compute in all ways (see the harness's storm).

Fails (exit status 1) at the first cell that does not end, the first one hit that was not meant, and where the next
cell or the older state is wrong.
"""

import argparse
import os
import shlex
import sys
import tempfile

REPOSITORY = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
sys.path.insert(0, os.path.join(REPOSITORY, "kernel", "test", "conformance"))

from harness.requirements import require  # noqa: E402

require("jupyter_client", "zmq", "psutil")

from harness.folder import make_folder  # noqa: E402
from harness.kernel import Kernel  # noqa: E402
from harness.storm import storm  # noqa: E402


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--kernel", required=True)
    parser.add_argument("--tries", type=int, default=5000)
    parser.add_argument("--seed", type=int, default=1)
    a = parser.parse_args()
    folder = make_folder(tempfile.mkdtemp(prefix="storm-"), REPOSITORY)
    k = Kernel(shlex.split(a.kernel), "typescript", "message", folder).start()

    def report(done):
        if done % 500 == 0:
            print(f"interrupts: {done} of {a.tries} cells", flush=True)

    try:
        counts = storm(k, a.tries, a.seed, report)
        print("interrupts: " + ", ".join(f"{value:.4g} {name.replace('_', ' ')}" for name, value in counts.items()))
    except AssertionError as problem:
        print(f"FAULT: {problem}")
        return 1
    finally:
        k.stop()
    return 0


if __name__ == "__main__":
    sys.exit(main())
