#!/usr/bin/env python3
"""A long use of one kernel. Each round runs 200 cells of all kinds, 20 interrupts, 20 errors,
completions and a stop in the debugger; three rounds of the
same cells share a session, as when a notebook is run again, then the session is lost and the kernel restarted.

Fails (exit status 1) when an answer is missing or wrong, when a process is left behind after a restart or at the
end, or when the memory after a round exceeds that of the same round of the first session by more than a fifth.
"""

import argparse
import os
import shlex
import sys
import tempfile
import time

REPOSITORY = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
sys.path.insert(0, os.path.join(REPOSITORY, "kernel", "test", "conformance"))

from harness.requirements import require  # noqa: E402

require("jupyter_client", "zmq", "psutil")

import psutil  # noqa: E402
from checks.debugger import begin, dap, stop_in_cell  # noqa: E402
from harness.folder import make_folder  # noqa: E402
from harness.kernel import Kernel  # noqa: E402

GROWTH = 1.2
ROUNDS_IN_SESSION = 3


def cell(n):
    kind = n % 5
    if kind == 0:
        return f"interface Row{n} {{ a: number }}\nconst row{n}: Row{n} = {{ a: {n} }}; row{n}.a", str(n)
    if kind == 1:
        return f"let sum{n} = 0; for (let i = 0; i < 1e5; i++) sum{n} += i % 2; console.log('sum', sum{n}); sum{n}", "50000"
    if kind == 2:
        return f"await new Promise((r) => setTimeout(r, 2)); display.html('<b>{n}</b>'); {n}", str(n)
    if kind == 3:
        return f"const list{n} = Array.from({{ length: 1000 }}, (_, i) => ({{ i }})); list{n}.length", "1000"
    return "const bar = progress(50); for (let i = 0; i < 50; i++) bar.tick(); 'done'", "'done'"


def debugged(k):
    """Stops a cell at a breakpoint, goes on and lets the debugger go; the cell's value."""
    begin(k)
    thread, _, msg_id = stop_in_cell(k, [3])
    dap(k, "continue", {"threadId": thread})
    value = k.client.finish(msg_id).value
    dap(k, "disconnect", {"restart": False, "terminateDebuggee": True})
    return value


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--kernel", required=True)
    parser.add_argument("--minutes", type=float, default=3)
    a = parser.parse_args()
    folder = make_folder(tempfile.mkdtemp(prefix="soak-"), REPOSITORY)
    k = Kernel(shlex.split(a.kernel), "typescript", "message", folder).start()
    every = {}
    faults, memories = [], []
    counts = dict(cells=0, interrupts=0, errors=0, completions=0, stops=0, lost=0, restarts=0)

    def expect(condition, what):
        if not condition:
            faults.append(what)
            print(f"FAULT: {what}", flush=True)

    def note_processes():
        for process in k.processes():
            every[(process.pid, process.create_time())] = process

    def left(kept):
        found = []
        for process in every.values():
            try:
                if process.is_running() and process.pid not in kept and process.status() != psutil.STATUS_ZOMBIE:
                    found.append(f"{process.pid} {' '.join(process.cmdline())[:120]}")
            except psutil.Error:
                pass
        return found

    until = time.monotonic() + 60 * a.minutes
    rounds = 0
    while time.monotonic() < until or rounds < 2 * ROUNDS_IN_SESSION or rounds % ROUNDS_IN_SESSION:
        rounds += 1
        for n in range(200):
            code, value = cell(n)
            outcome = k.client.run(code, seconds=30)
            counts["cells"] += 1
            expect(outcome.status == "ok" and outcome.value == value, f"round {rounds} cell {n}: {outcome!r}")
            if n % 10 == 3:
                failing = k.client.run("throw new Error('wanted')" if n % 20 == 3 else "const wrong: number = 'text'", seconds=30)
                counts["errors"] += 1
                expect(failing.status == "error", f"round {rounds}: an error after cell {n}: {failing!r}")
            if n % 10 == 7:
                looping = k.client.start("while (true) {}" if n % 20 == 7 else "for (;;) await null", stop_on_error=False)
                k.client.until(lambda: k.client.of(looping, "execute_input"), 30, "execute_input")
                time.sleep(0.05)
                k.interrupt_by_message(30)
                counts["interrupts"] += 1
                expect(k.client.finish(looping, 30).status == "error", f"round {rounds}: an interrupt after cell {n}")
            if n % 50 == 0:
                expect(any(match.endswith("a") for match in k.client.complete("row0.")["matches"]), f"round {rounds}: completion after cell {n}")
                counts["completions"] += 1
                note_processes()
            if n == 150:
                expect(debugged(k) == "40", f"round {rounds}: a cell with a breakpoint")
                counts["stops"] += 1
        time.sleep(1)
        memories.append(k.memory())
        print(f"round {rounds}: {k.memory():.0f} MB in {len(k.processes())} processes", flush=True)
        # What the client keeps of the last round would only slow it down.
        k.client.iopub.clear()
        k.client.arrived.clear()
        if rounds % ROUNDS_IN_SESSION:
            continue
        outcome = k.client.run("process.exit(1)", seconds=30)
        counts["lost"] += 1
        expect(outcome.status == "error", f"round {rounds}: process.exit()")
        expect(k.client.run("1 + 1", seconds=30).value == "2", f"round {rounds}: the cell after a lost session")
        note_processes()
        k.manager.restart_kernel()
        k.client.ready(60)
        counts["restarts"] += 1
        note_processes()
        kept = {p.pid for p in k.processes()}
        time.sleep(1)
        expect(left(kept) == [], f"round {rounds}: processes left after a restart: {left(kept)}")
    k.client.request("shutdown_request", {"restart": False}, channel="control", seconds=30)
    time.sleep(2)
    expect(left(set()) == [], f"processes left at the end: {left(set())}")
    first = memories[:ROUNDS_IN_SESSION]
    for number, memory in enumerate(memories):
        bound = GROWTH * first[number % ROUNDS_IN_SESSION]
        expect(memory <= bound, f"round {number + 1} ended with {memory:.0f} MB, above {bound:.0f}")
    k.stop()
    print(", ".join(f"{value} {name}" for name, value in counts.items()), f"in {rounds} rounds")
    print(
        f"memory at the end of the rounds of the first session: {', '.join(f'{m:.0f}' for m in first)} MB; "
        f"of the last: {', '.join(f'{m:.0f}' for m in memories[-ROUNDS_IN_SESSION:])} MB; most {max(memories):.0f} MB; "
        f"bound {GROWTH} × the first session's"
    )
    print("no fault" if not faults else f"{len(faults)} faults")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
