#!/usr/bin/env python3
"""Checks a Jupyter kernel from outside, through jupyter_client and plain ZeroMQ sockets.

    /usr/bin/python3 kernel/test/conformance/run.py --kernel CMD [--group G] [--only NAME] [--list]

CMD is the kernel's command line with {connection_file} in it. One JSON line per check:
{"group", "name", "sentence", "status": "passed" | "failed" | "not applicable", "seconds", "expected", "got"}.
Exit status 0 when every check passed, 1 when one failed, 3 when a Python package is missing.
"""

import argparse
import importlib
import json
import os
import shlex
import shutil
import signal
import sys
import tempfile
import time
import traceback

HERE = os.path.dirname(os.path.abspath(__file__))
REPOSITORY = os.path.dirname(os.path.dirname(os.path.dirname(HERE)))
sys.path.insert(0, HERE)

from harness.requirements import require  # noqa: E402

require("jupyter_client", "zmq", "psutil")

from harness.check import CHECKS, NotApplicable  # noqa: E402
from harness.expect import Unmet, shorten  # noqa: E402
from harness.folder import make_folder  # noqa: E402
from harness.kernel import Kernel  # noqa: E402

GROUPS = [
    "protocol",
    "hostile",
    "control",
    "lifetime",
    "interrupts",
    "questions",
    "language",
    "imports",
    "magics",
    "small_points",
    "narrowing",
    "types",
    "versions",
    "completion",
    "display",
    "outputs",
    "session_globals",
    "helpers_preloaded",
    "tsconfig",
    "tslab",
    "install",
    "debugger",
    "vscode",
    "nteract",
]


class TooLong(AssertionError):
    pass


def overdue(*_):
    raise TooLong("the check took too long")


def describe(problem):
    if isinstance(problem, Unmet):
        return {"what": problem.what, "expected": problem.expected, "got": problem.got}
    if isinstance(problem, AssertionError):
        return {"what": "", "expected": "", "got": shorten(str(problem))}
    return {"what": "the check itself broke", "expected": "", "got": shorten(traceback.format_exc(), 2000)}


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--kernel", default=f"node {REPOSITORY}/kernel/dist/server/main.js {{connection_file}}")
    parser.add_argument("--language", default="typescript", choices=["typescript", "python"])
    parser.add_argument("--interrupt-mode", default="message", choices=["message", "signal"])
    parser.add_argument("--group", action="append")
    parser.add_argument("--only", action="append")
    parser.add_argument("--list", action="store_true", help="print the checks without running them")
    arguments = parser.parse_args()

    for group in GROUPS:
        if os.path.exists(os.path.join(HERE, "checks", f"{group}.py")):
            importlib.import_module(f"checks.{group}")
    chosen = [
        c
        for c in CHECKS
        if (not arguments.group or c.group in [g.replace("_", "-") for g in arguments.group])
        and (not arguments.only or c.name in arguments.only or f"{c.group}/{c.name}" in arguments.only)
    ]
    if not chosen:
        print("no check has that name; see --list", file=sys.stderr)
        return 2
    if arguments.list:
        for c in chosen:
            print(json.dumps({"group": c.group, "name": c.name, "sentence": c.sentence}))
        return 0

    signal.signal(signal.SIGALRM, overdue)
    folder = make_folder(tempfile.mkdtemp(prefix="notebook-folder-"), REPOSITORY)
    # A history or configuration of the person who runs the suite must not leak into it.
    home = tempfile.mkdtemp(prefix="home-")
    env = {
        "ISOFLOP_DATA_DIR": home,
        "JUPYTER_DATA_DIR": os.path.join(home, "data"),
        "JUPYTER_RUNTIME_DIR": os.path.join(home, "runtime"),
        "IPYTHONDIR": os.path.join(home, "ipython"),
    }
    os.makedirs(env["JUPYTER_RUNTIME_DIR"])
    os.environ.update(env)
    argv = shlex.split(arguments.kernel)

    def fresh():
        return Kernel(argv, arguments.language, arguments.interrupt_mode, folder, env)

    shared = None
    failed = 0
    try:
        for c in chosen:
            began = time.monotonic()
            kernel = None
            report = {"group": c.group, "name": c.name, "sentence": c.sentence}
            signal.setitimer(signal.ITIMER_REAL, c.seconds)
            try:
                if c.own_kernel or c.without_kernel:
                    kernel = fresh()
                    if c.own_kernel:
                        kernel.start()
                else:
                    shared = shared or fresh().start()
                    kernel = shared
                c.body(kernel)
                report["status"] = "passed"
            except NotApplicable:
                report["status"] = "not applicable"
            except Exception as problem:
                failed += 1
                report.update(status="failed", **describe(problem))
                if kernel and kernel.last_words():
                    report["log"] = kernel.last_words()
            signal.setitimer(signal.ITIMER_REAL, 0)
            report["seconds"] = round(time.monotonic() - began, 3)
            print(json.dumps(report), flush=True)
            if (c.own_kernel or c.without_kernel) and kernel:
                kernel.stop()
            elif shared:
                shared.close_extra_clients()
                if report["status"] == "failed" and not shared.healthy():
                    shared.stop()
                    shared = None
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        if shared:
            shared.stop()
        shutil.rmtree(folder, ignore_errors=True)
        shutil.rmtree(home, ignore_errors=True)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
