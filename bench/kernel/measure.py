#!/usr/bin/env python3
"""Measures one kernel once and prints one JSON object of figures: milliseconds, and megabytes of 10^6 bytes.

    /usr/bin/python3 bench/kernel/measure.py --kernel CMD --dialect isoflop|python|deno|tslab --folder DIR [--starts N] [--cells N]

The client is the conformance suite's: plain sockets, a Python loop, the same for every kernel.
"""

import argparse
import json
import os
import shlex
import statistics
import sys
import time

REPOSITORY = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
sys.path.insert(0, os.path.join(REPOSITORY, "kernel", "test", "conformance"))

from harness.requirements import require  # noqa: E402

require("jupyter_client", "zmq", "psutil")

import psutil  # noqa: E402
from harness.client import TimedOut  # noqa: E402
from harness.kernel import Kernel  # noqa: E402

TYPESCRIPT = {
    "typed": "const start: number = 1; start",
    "print": "console.log('x')",
    "declare": lambda n: (
        f"interface Run{n} {{ nParams: number; nTokens: number; loss: number }}\n"
        f"const run{n}: Run{n} = {{ nParams: {n}, nTokens: 20, loss: 2.5 }};\n"
        f"function best{n}<T extends Run{n}>(runs: readonly T[]): T | undefined {{ return runs.find((r) => r.loss < {n}); }}"
    ),
    "mathjs": "import { evaluate } from 'mathjs'; evaluate('sqrt(16)')",
    "mathjs again": "evaluate('sqrt(25) + 1')",
    "let": "let total = 0",
    "loop": "for (let i = 0; i < 30_000_000; i++) total += i & 1; total",
    "prints": "for (let i = 0; i < 100_000; i++) console.log(i)",
    "long": "\n".join(f"const line{i}: number = {i} + 1;" for i in range(5000)),
    "error": "const wrong: number = 'text'",
    "complete": "run1.",
}
PYTHON = {
    "typed": "start: int = 1; start",
    "print": "print('x')",
    "declare": lambda n: (
        f"class Run{n}:\n  def __init__(self, n_params, loss): self.n_params = n_params; self.loss = loss\n"
        f"run{n} = Run{n}({n}, 2.5)\ndef best{n}(runs): return next((r for r in runs if r.loss < {n}), None)"
    ),
    "let": "total = 0",
    "loop": "for i in range(30_000_000): total += i & 1",
    "prints": "for i in range(100_000): print(i)",
    "long": "\n".join(f"line{i} = {i} + 1" for i in range(5000)),
    "complete": "run1.",
}


def timed(client, code, seconds=60):
    """Milliseconds from sending a cell to both its reply and its idle; the cell must succeed."""
    client.forget()  # the client reads all it has at every message: that time is not the kernel's
    began = time.perf_counter()
    outcome = client.run(code, seconds=seconds)
    took = (time.perf_counter() - began) * 1000
    if outcome.status != "ok":
        raise RuntimeError(f"{code[:80]!r} failed: {outcome!r} {outcome.error_text[:300]}")
    return took, outcome


def median(client, code, n):
    return statistics.median(timed(client, code)[0] for _ in range(n))


def proportional_memory(kernel):
    """Megabytes with shared pages divided among those who share them."""
    total = 0
    for process in kernel.processes():
        try:
            total += process.memory_full_info().pss
        except (psutil.Error, AttributeError):
            pass
    return total / 1e6


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--kernel", required=True)
    parser.add_argument("--dialect", required=True, choices=["isoflop", "python", "deno", "tslab"])
    parser.add_argument("--folder", required=True)
    parser.add_argument("--starts", type=int, default=3)
    parser.add_argument("--cells", type=int, default=200)
    a = parser.parse_args()
    codes = PYTHON if a.dialect == "python" else TYPESCRIPT
    language = "python" if a.dialect == "python" else "typescript"
    env = {"NO_COLOR": "1"}
    figures = {}

    def kernel():
        return Kernel(shlex.split(a.kernel), language, "message", a.folder, env)

    def note(name, value):
        figures.setdefault(name, []).append(round(value, 3))

    def note_start():
        k = kernel()
        try:
            began = time.perf_counter()
            k.start(wait=False)
            k.client.request("kernel_info_request", seconds=60)
            note("start to kernel_info", (time.perf_counter() - began) * 1000)
            reply = k.client.start(codes["typed"])
            k.client.until(lambda: reply in k.client.replies, 60, "the first result")
            note("start to first result", (time.perf_counter() - began) * 1000)
        finally:
            k.stop()

    def note_idle(k):
        note("first cell 1+1", timed(k.client, "1 + 1")[0])
        time.sleep(2)
        note("idle MB", k.memory())
        note("idle MB (proportional)", proportional_memory(k))

    def note_small_cells(k):
        note("1+1", median(k.client, "1 + 1", 40))
        note("print", median(k.client, codes["print"], 40))
        if a.dialect == "isoflop":
            timed(k.client, "%check off")
            note("1+1 unchecked", median(k.client, "1 + 1", 40))
            timed(k.client, "%check on")
        elif a.dialect == "deno":
            note("1+1 unchecked", figures["1+1"][-1])

    def note_many_cells(k):
        near, far = [], []
        for n in range(1, a.cells + 1):
            took, _ = timed(k.client, codes["declare"](n))
            if 3 <= n <= 9:
                near.append(took)
            if n > a.cells - 11:
                far.append(took)
        note("declaring cell at 5", statistics.median(near))
        note("declaring cell at 200", statistics.median(far))
        completions = []
        for _ in range(21):
            began = time.perf_counter()
            reply = k.client.complete(codes["complete"])
            completions.append((time.perf_counter() - began) * 1000)
        note("completion at 200", statistics.median(completions))
        note("completion matches", len(reply["matches"]))
        note("1+1 at 200", median(k.client, "1 + 1", 20))
        time.sleep(1)
        note("MB after 200 cells", k.memory())
        note("MB after 200 cells (proportional)", proportional_memory(k))

    def note_type_error(k):
        began = time.perf_counter()
        k.client.run(codes["error"])
        note("cell with a type error", (time.perf_counter() - began) * 1000)

    def note_mathjs(k):
        timed(k.client, "1 + 1")
        note("mathjs first import", timed(k.client, codes["mathjs"])[0])
        note("mathjs next use", median(k.client, codes["mathjs again"], 5))

    def note_loop(k):
        timed(k.client, codes["let"])
        for _ in range(1 if a.dialect in ("tslab", "python") else 3):
            note("loop of 3e7", timed(k.client, codes["loop"])[0])

    def note_long_cell(k):
        note("5,000-line cell", timed(k.client, codes["long"])[0])
        note("cell after it", timed(k.client, "1 + 1")[0])

    def note_prints(k):
        took, outcome = timed(k.client, codes["prints"], seconds=90)
        note("100,000 prints", took)
        note("100,000 prints: missing at idle", 100_000 - outcome.stdout.count("\n"))

    def attempt(figure, *arguments):
        try:
            figure(*arguments)
            return True
        except (TimedOut, RuntimeError) as problem:
            print(f"{a.dialect}, {figure.__name__}: {problem}", file=sys.stderr)
            return False

    def in_turn(parts):
        """The parts in one kernel; what hangs it costs its own figures, and the next have a kernel of their own."""
        k = None
        for part in parts:
            if k is None:
                k = kernel()
                if not attempt(k.start):
                    k.stop()
                    k = None
                    continue
            if not attempt(part, k):
                k.stop()
                k = None
        if k is not None:
            k.stop()

    for _ in range(a.starts):
        attempt(note_start)
    checks_types = a.dialect in ("isoflop", "tslab")
    in_turn([note_idle, note_small_cells, note_many_cells] + ([note_type_error] if checks_types else []))
    # tslab loses messages after 512 sends in a row, so its cell of prints would never end.
    prints = [] if a.dialect == "tslab" else [note_prints]
    in_turn(([note_mathjs] if "mathjs" in codes else []) + [note_loop, note_long_cell] + prints)
    print(json.dumps(figures))


if __name__ == "__main__":
    main()
