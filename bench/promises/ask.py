#!/usr/bin/env python3
"""Asks one kernel every probe once; prints one JSON line a probe.

    /usr/bin/python3 bench/promises/ask.py --kernel CMD --dialect isoflop|python|deno|tslab --folder DIR [--only NAME] [--list]

Each probe has a fresh kernel with a variable set. A line: {"name", "sentence", "outcome", "figure", "unit", "seconds"};
the outcome "not measured" comes with a "why" when the probe itself broke.
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
REPOSITORY = os.path.dirname(os.path.dirname(HERE))
sys.path.insert(0, HERE)
sys.path.insert(0, os.path.join(REPOSITORY, "kernel", "test", "conformance"))

from harness.requirements import require  # noqa: E402

require("jupyter_client", "zmq", "psutil")

from probe import PROBES, NoSuchThing, Observed  # noqa: E402
from subject import Subject  # noqa: E402

for group in ("wire", "names", "deep", "errors", "lifetime"):
    importlib.import_module(f"probes.{group}")


class TooLong(Exception):
    pass


def overdue(*_):
    raise TooLong()


START = 90


def started(probe, make):
    """A subject that is well; a port that somebody else took meanwhile is no fault of the kernel's, so twice."""
    for attempt in (1, 2):
        subject = make()
        signal.setitimer(signal.ITIMER_REAL, START)
        try:
            return subject if probe.starts_itself else subject.start()
        except Exception:
            signal.setitimer(signal.ITIMER_REAL, 0)
            subject.stop()
            if attempt == 2:
                raise
    return None


def ask(probe, make):
    try:
        subject = started(probe, make)
    except Exception:
        return dict(outcome="not measured", why=traceback.format_exc()[-1500:])
    signal.setitimer(signal.ITIMER_REAL, probe.seconds)
    try:
        found = probe.body(subject)
        found = found if isinstance(found, Observed) else Observed(found)
        return dict(outcome=found.outcome, figure=found.figure, unit=found.unit)
    except NoSuchThing:
        return dict(outcome="n/a")
    except TooLong:
        return dict(outcome=f"no end in {probe.seconds:.0f} s")
    except Exception:
        return dict(outcome="not measured", why=traceback.format_exc()[-1500:])
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        subject.stop()


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--kernel")
    parser.add_argument("--dialect", choices=["isoflop", "python", "deno", "tslab"])
    parser.add_argument("--folder")
    parser.add_argument("--only", action="append")
    parser.add_argument("--list", action="store_true", help="print the probes without asking them")
    a = parser.parse_args()
    if a.list:
        for probe in PROBES:
            print(json.dumps({"name": probe.name, "sentence": probe.sentence}))
        return 0
    signal.signal(signal.SIGALRM, overdue)
    # A history or configuration of the person who runs this must not leak into it, nor the garbage into theirs.
    home = tempfile.mkdtemp(prefix="home-")
    env = {
        "NO_COLOR": "1",
        "ISOFLOP_DATA_DIR": home,
        "JUPYTER_DATA_DIR": os.path.join(home, "data"),
        "JUPYTER_RUNTIME_DIR": os.path.join(home, "runtime"),
        "IPYTHONDIR": os.path.join(home, "ipython"),
        "DENO_DIR": os.path.join(home, "deno"),
    }
    os.makedirs(env["JUPYTER_RUNTIME_DIR"])
    os.environ.update(env)
    try:
        for probe in PROBES:
            if a.only and probe.name not in a.only:
                continue
            began = time.monotonic()
            found = ask(probe, lambda: Subject(shlex.split(a.kernel), a.dialect, a.folder, env))
            line = dict(name=probe.name, sentence=probe.sentence, **found, seconds=round(time.monotonic() - began, 1))
            print(json.dumps(line), flush=True)
    finally:
        shutil.rmtree(home, ignore_errors=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
