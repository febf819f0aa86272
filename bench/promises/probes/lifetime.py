"""Exits, interrupts, questions, and what is left behind."""

import os
import random
import re
import signal
import time

from harness.client import TimedOut
from harness.strays import left, strays

from probe import Observed, probe
from subject import shown, told


@probe("`process.exit(1)` in a cell (Python: `os._exit(1)`)")
def process_exit(s):
    return s.try_cell(s.code("process.exit(1)", "import os; os._exit(1)"))


@probe("200 interrupts of a loop, 0 to 30 ms after its beginning", seconds=150)
def quick_interrupts(s):
    at_random = random.Random(1)
    code = s.code("while (true) {}", "while True: pass")
    tries = again = 0
    until = time.monotonic() + 90
    is_stuck = False
    while tries < 200 and time.monotonic() < until and s.alive() and not is_stuck:
        tries += 1
        msg_id = s.client.start(code, stop_on_error=False)
        if not s.begun(msg_id):
            again += 1
            break
        time.sleep(at_random.uniform(0, 0.03))
        s.interrupt()
        if not ended(s, msg_id, 3):
            again += 1
            s.interrupt()
            is_stuck = not ended(s, msg_id, 3)
        s.client.forget()
    if not s.alive():
        return f"dies at interrupt {tries}"
    return Observed(s.aftermath(True), 100 * again / tries, "% not answered in 3 s")


def ended(s, msg_id, seconds):
    deadline = time.monotonic() + seconds
    while msg_id not in s.client.replies and time.monotonic() < deadline and s.alive():
        s.pump(0.05)
    return msg_id in s.client.replies


@probe("two `input()` asked at once (Python: in two threads)")
def two_inputs(s):
    code = s.code(
        "await Promise.all([input('a'), input('b')])",
        "from concurrent.futures import ThreadPoolExecutor\nlist(ThreadPoolExecutor().map(input, ['a', 'b']))",
        # Deno has `prompt`, which waits for its answer, tslab has no question at all.
        deno=None,
        tslab=None,
    )
    msg_id = s.client.start(code, allow_stdin=True, stop_on_error=False)
    asked = 0
    deadline = time.monotonic() + 10
    while msg_id not in s.client.replies and time.monotonic() < deadline and s.alive():
        s.pump(0.1)
        for question in s.client.input_requests[asked:]:
            asked += 1
            value = question["content"]["prompt"] + "!"
            s.client.send("stdin", "input_reply", {"status": "ok", "value": value}, parent=question)
    s.wait(msg_id, 1)
    outcome = s.outcome(msg_id)
    if not outcome.reply:
        what = "no reply"
    elif re.fullmatch(r"\[\s*'a!',\s*'b!'\s*\]", shown(outcome)):
        what = "each has its answer"
    else:
        what = "error" if told(outcome) else "wrong answers"
    return s.after(what, told(outcome))


def detached_child(s):
    """A cell that starts a child in a session of its own; the name by which it is found."""
    # Nobody else sleeps that long.
    name = str(90_000_000 + 10 * os.getpid() + random.randrange(10))
    code = s.code(
        f"import {{ spawn }} from 'node:child_process'; spawn('sleep', ['{name}'], {{ detached: true, stdio: 'ignore' }}).unref(); 7",
        f"import subprocess; child = subprocess.Popen(['sleep', '{name}'], start_new_session=True); 7",
    )
    outcome = s.cell(code)
    deadline = time.monotonic() + 5
    while not left([name]):
        if time.monotonic() > deadline:
            raise RuntimeError(f"the child was not started: {outcome!r}")
        time.sleep(0.05)
    return name


def fate(name):
    return "left behind" if strays({"child": name}, 3) else "ended"


@probe("a detached child, after the kernel's shutdown")
def child_after_shutdown(s):
    name = detached_child(s)
    try:
        s.client.request("shutdown_request", {"restart": False}, channel="control", seconds=5)
    except TimedOut:
        pass
    deadline = time.monotonic() + 5
    while s.alive() and time.monotonic() < deadline:
        time.sleep(0.05)
    still = s.alive()
    return fate(name) + ("; the kernel itself does not end" if still else "")


@probe("a detached child, after `kill -9` of the kernel")
def child_after_kill(s):
    name = detached_child(s)
    os.kill(s.kernel.pid, signal.SIGKILL)
    return fate(name)
