"""Interrupts, heartbeat, shutdown, restart, and cells that try to take the kernel down."""

import os
import signal
import subprocess
import sys
import time

import psutil

from harness.check import check
from harness.expect import below, contains, equal, matches, true

BUSY = ("while (true) {}", "while True: pass")
AWAIT = ("await new Promise((r) => setTimeout(r, 60_000))", "import time; time.sleep(60)")


def interrupted(k, typescript, python, interrupt, within=2.0):
    """Start the cell, interrupt it, and see that it ends as an error, the state kept."""
    k.run("let kept8401 = 7", "kept8401 = 7")
    msg_id = k.client.start(k.code(typescript, python), stop_on_error=False)
    k.client.until(lambda: k.client.of(msg_id, "execute_input"), 10, "execute_input")
    time.sleep(0.3)
    began = time.monotonic()
    interrupt()
    outcome = k.client.finish(msg_id, seconds=6)
    took = time.monotonic() - began
    equal(outcome.status, "error", "status of the interrupted cell")
    matches(outcome.error_text, r"(?i)interrupt", "error of the interrupted cell")
    below(took, within, "seconds from interrupt to reply")
    equal(k.run("kept8401 + 1", "kept8401 + 1").value, "8", "state after the interrupt")


def by_message(k):
    return lambda: equal(k.interrupt_by_message()["content"]["status"], "ok", "interrupt_reply")


def by_signal(k):
    return k.interrupt_by_signal


@check("an interrupt message ends while(true){} and keeps the state")
def interrupt_loop_by_message(k):
    k.typescript_only()
    interrupted(k, *BUSY, by_message(k))


@check("SIGINT ends while(true){} and keeps the state")
def interrupt_loop_by_signal(k):
    interrupted(k, *BUSY, by_signal(k))


@check("an interrupt message ends a busy loop inside try/catch")
def interrupt_catching_loop_by_message(k):
    k.typescript_only()
    interrupted(k, "while (true) { try { while (true) {} } catch {} }", None, by_message(k))


@check("SIGINT ends a busy loop inside try/catch")
def interrupt_catching_loop_by_signal(k):
    k.typescript_only()
    interrupted(k, "while (true) { try { while (true) {} } catch {} }", None, by_signal(k))


@check("an interrupt ends a busy loop inside try/finally with continue")
def interrupt_finally_loop(k):
    k.typescript_only()
    interrupted(k, "outer: while (true) { try { while (true) {} } finally { continue outer; } }", None, by_message(k))


@check("an interrupt message ends a 60 s await")
def interrupt_await_by_message(k):
    k.typescript_only()
    interrupted(k, *AWAIT, by_message(k))


@check("SIGINT ends a 60 s await")
def interrupt_await_by_signal(k):
    interrupted(k, *AWAIT, by_signal(k))


@check("an interrupt message ends the wait for a promise that never settles")
def interrupt_never_by_message(k):
    k.typescript_only()
    interrupted(k, "await new Promise(() => {})", None, by_message(k))


@check("SIGINT ends the wait for a promise that never settles")
def interrupt_never_by_signal(k):
    k.typescript_only()
    interrupted(k, "await new Promise(() => {})", None, by_signal(k))


@check("an interrupt message ends for(;;) await null")
def interrupt_microtasks_by_message(k):
    k.typescript_only()
    interrupted(k, "for (;;) await null", None, by_message(k))


@check("SIGINT ends for(;;) await null")
def interrupt_microtasks_by_signal(k):
    k.typescript_only()
    interrupted(k, "for (;;) await null", None, by_signal(k))


@check("a loop of awaits does not go on behind the back of whoever interrupted it")
def interrupt_loop_of_awaits(k):
    k.typescript_only()
    k.value("let steps8402 = 0; const pause8402 = (ms: number) => new Promise((r) => setTimeout(r, ms)); async function step8402() { await pause8402(20); steps8402++; }")
    interrupted(k, "for (let i = 0; i < 500; i++) await step8402()", None, by_message(k))
    equal(k.value("const before8402 = steps8402; await pause8402(200); steps8402 - before8402"), "0", "steps after the interrupt")


@check("a cell interrupted before it started to run does not run afterwards", own_kernel=True)
def interrupt_while_checked(k):
    k.typescript_only()
    k.value("let ran8403 = 0; ran8403")
    # Many lines, so that checking and compiling take a while.
    code = "\n".join(f"const many8403_{i}: number = {i};" for i in range(4000)) + "\nran8403 = 1; while (true) {}"
    msg_id = k.client.start(code, stop_on_error=False)
    k.client.until(lambda: k.client.of(msg_id, "execute_input"), 10, "execute_input")
    k.interrupt_by_message()
    equal(k.client.finish(msg_id, seconds=10).status, "error", "status of the interrupted cell")
    time.sleep(1)
    equal(k.value("ran8403"), "0", "whether it ran")


@check("an interrupt ends a loop that started after an await")
def interrupt_loop_after_await(k):
    k.typescript_only()
    interrupted(k, "await new Promise((r) => setTimeout(r, 20)); while (true) {}", None, by_message(k))


@check("an interrupt ends a loop in a timer that the running cell awaits")
def interrupt_loop_in_timer(k):
    k.typescript_only()
    interrupted(k, "await new Promise((r) => setTimeout(() => { while (true) {} }, 20))", None, by_message(k))


@check("an interrupt ends a loop that awaits in a try/catch")
def interrupt_catching_awaits(k):
    k.typescript_only()
    interrupted(
        k, "for (;;) { try { await new Promise((r) => setTimeout(r, 5)); } catch {} }", None, by_message(k)
    )
    # The abandoned loop must not hold the next cells up.
    equal(k.value("1 + 1"), "2", "the next cell")


@check("an interrupt ends a spawnSync that waits")
def interrupt_spawn_sync(k):
    k.typescript_only()
    interrupted(
        k, "import { spawnSync } from 'node:child_process'; spawnSync('sleep', ['30'])", None, by_message(k), within=5
    )


@check("an interrupt ends a cell that waits for input")
def interrupt_input(k):
    k.typescript_only()
    for code in ("prompt('waiting')", "await input('waiting')"):
        msg_id = k.client.start(code, allow_stdin=True)
        k.client.until(lambda: any(q["parent_header"]["msg_id"] == msg_id for q in k.client.input_requests), 5, "the question")
        k.interrupt_by_message()
        # finish() would answer the question, so wait for the reply alone.
        reply = k.client.until(lambda: k.client.replies.get(msg_id), 5, f"the reply to {code}")
        equal(reply["content"]["status"], "error", f"status of {code}")
        k.client.input_requests.clear()
    equal(k.value("1 + 1"), "2", "the next cell")


@check("the interrupted cell's reply names the interruption in ename")
def interrupt_name(k):
    msg_id = k.client.start(k.code(*BUSY))
    k.client.until(lambda: k.client.of(msg_id, "execute_input"), 10, "execute_input")
    time.sleep(0.2)
    by_signal(k)()
    outcome = k.client.finish(msg_id, seconds=5)
    matches(outcome.content["ename"], r"(?i)interrupt", "ename")
    equal(len(outcome.contents("error")), 1, "error messages")


@check("an interrupt while idle does nothing, by message and by signal")
def interrupt_idle(k):
    k.run("let calm8402 = 1", "calm8402 = 1")
    if not k.is_python:
        k.interrupt_by_message()
    k.interrupt_by_signal()
    time.sleep(0.2)
    outcome = k.run("calm8402 + 1", "calm8402 + 1")
    equal((outcome.status, outcome.value), ("ok", "2"), "the next cell")


@check("twenty interrupts in a row leave a working kernel with its state", seconds=40)
def many_interrupts(k):
    k.run("let many8403 = 1", "many8403 = 1")
    for _ in range(20):
        msg_id = k.client.start(k.code(*BUSY), stop_on_error=False)
        k.client.until(lambda: k.client.of(msg_id, "execute_input"), 10, "execute_input")
        time.sleep(0.05)
        by_signal(k)()
        equal(k.client.finish(msg_id, seconds=5).status, "error", "status")
    equal(k.run("many8403 + 1", "many8403 + 1").value, "2", "state")


@check("cells queued behind an interrupted one are aborted, the ones sent later run")
def interrupt_aborts_queue(k):
    first = k.client.start(k.code(*BUSY))
    second = k.client.start("5")
    k.client.until(lambda: k.client.of(first, "execute_input"), 10, "execute_input")
    time.sleep(0.3)
    by_signal(k)()
    equal(k.client.finish(first).status, "error", "first")
    outcome = k.client.finish(second)
    true(outcome.status in ("aborted", "abort") or outcome.content.get("ename") == "Aborted", "second is aborted", outcome.content)
    k.client.settle()
    equal(k.run("1 + 1").value, "2", "later cell")


def while_running(k, typescript, python, ask):
    msg_id = k.client.start(k.code(typescript, python), stop_on_error=False)
    k.client.until(lambda: k.client.of(msg_id, "execute_input"), 10, "execute_input")
    time.sleep(0.2)
    try:
        ask()
        true(msg_id not in k.client.replies, "the cell is still running")
    finally:
        by_signal(k)()
        k.client.finish(msg_id, seconds=6)


@check("the heartbeat echoes within 100 ms during a busy loop and during an await")
def heartbeat_while_running(k):
    for code in (BUSY, AWAIT):
        while_running(k, *code, lambda: below(k.heartbeat(), 100, "milliseconds of an echo"))


@check("control answers kernel_info within 0.5 s during a busy loop and during an await")
def control_while_running(k):
    def ask():
        began = time.monotonic()
        k.client.request("kernel_info_request", channel="control", seconds=3)
        below(time.monotonic() - began, 0.5, "seconds")

    for code in (BUSY, AWAIT):
        while_running(k, *code, ask)


@check("completion answers within 1 s during a busy loop and during an await, with earlier cells' names")
def completion_while_running(k):
    k.typescript_only()
    k.run("const lookup8404 = { first: 1, second: 'two' }")

    def ask():
        began = time.monotonic()
        reply = k.client.complete("lookup8404.", seconds=4)
        below(time.monotonic() - began, 1.0, "seconds")
        contains(reply["matches"], "second", "matches")

    for code in (BUSY, AWAIT):
        while_running(k, *code, ask)


@check("inspection answers within 1 s during a busy loop and during an await")
def inspection_while_running(k):
    k.typescript_only()
    k.run("/** Looks it up. */ function lookup8405(key: string): number { return key.length; }")

    def ask():
        began = time.monotonic()
        reply = k.client.inspect("lookup8405", 4, seconds=4)
        below(time.monotonic() - began, 1.0, "seconds")
        true(reply["found"], "found", reply)
        contains(reply["data"]["text/plain"], "lookup8405", "text/plain")

    for code in (BUSY, AWAIT):
        while_running(k, *code, ask)


@check("is_complete answers during a busy loop")
def is_complete_while_running(k):
    k.typescript_only()
    while_running(k, *BUSY, lambda: equal(k.client.is_complete("1 + 1")["status"], "complete", "status"))


def gone(processes, seconds):
    """Whether all processes end in time; those that do not are ended here."""
    left = []
    for process in psutil.wait_procs(processes, timeout=seconds)[1]:
        try:
            # A zombie has ended; that nobody collected it is its parent's affair.
            if process.status() != psutil.STATUS_ZOMBIE:
                left.append(str(process))
                process.kill()
        except psutil.NoSuchProcess:
            pass
    return left


@check("shutdown while idle: the reply repeats restart, all processes are gone within 1 s", own_kernel=True)
def shutdown_idle(k):
    k.run("1")
    processes = k.processes()
    reply = k.client.request("shutdown_request", {"restart": False}, channel="control")
    equal(reply["content"], {"status": "ok", "restart": False}, "reply")
    equal(gone(processes, 1.0 if not k.is_python else 3), [], "processes left")


@check("shutdown during a busy loop: all processes are gone within 1 s", own_kernel=True)
def shutdown_busy(k):
    k.typescript_only()
    msg_id = k.client.start(k.code(*BUSY))
    k.client.until(lambda: k.client.of(msg_id, "execute_input"), 10, "execute_input")
    time.sleep(0.3)
    processes = k.processes()
    k.client.send("control", "shutdown_request", {"restart": False})
    equal(gone(processes, 1.0), [], "processes left")


@check("shutdown is taken on the shell channel too", own_kernel=True)
def shutdown_on_shell(k):
    processes = k.processes()
    k.client.request("shutdown_request", {"restart": False})
    equal(gone(processes, 3), [], "processes left")


@check("SIGTERM ends the kernel and all its processes within 1 s, also during a busy loop", own_kernel=True)
def sigterm(k):
    k.typescript_only()
    msg_id = k.client.start(k.code(*BUSY))
    k.client.until(lambda: k.client.of(msg_id, "execute_input"), 10, "execute_input")
    processes = k.processes()
    os.kill(k.pid, signal.SIGTERM)
    equal(gone(processes, 1.0), [], "processes left")


@check("SIGKILL of the kernel's process leaves no child behind", own_kernel=True)
def sigkill(k):
    k.typescript_only()
    msg_id = k.client.start(k.code(*BUSY))
    k.client.until(lambda: k.client.of(msg_id, "execute_input"), 10, "execute_input")
    processes = k.processes()
    os.kill(k.pid, signal.SIGKILL)
    equal(gone(processes, 3.0), [], "processes left")


@check("the client's restart brings a fresh kernel on the same ports, ready within 5 s", own_kernel=True)
def restart(k):
    k.run("let old8406 = 1", "old8406 = 1")
    old = k.processes()
    began = time.monotonic()
    k.manager.restart_kernel()
    k.client.ready(20)
    below(time.monotonic() - began, 5, "seconds")
    equal(gone([p for p in old if p.pid != k.pid], 2), [], "processes of the old kernel")
    outcome = k.run("typeof (globalThis as never)['old8406']", "'old8406' in globals()")
    equal(outcome.value.strip("'\""), k.code("undefined", "False"), "old name")
    equal(outcome.content["execution_count"], 1, "execution_count")


@check("the kernel ends itself, with all its processes, when its parent dies", own_kernel=True, seconds=40)
def parent_dies(k):
    parent = (
        "import sys, json, time\n"
        "from jupyter_client.manager import KernelManager\n"
        "from jupyter_client.kernelspec import KernelSpecManager\n"
        "import psutil\n"
        f"km = KernelManager(kernel_name='under-test', kernel_spec_manager=KernelSpecManager(kernel_dirs=[{k.specs!r}], ensure_native_kernel=False))\n"
        "km.start_kernel(); kc = km.blocking_client(); kc.start_channels(); kc.wait_for_ready(timeout=20)\n"
        "p = psutil.Process(km.provisioner.pid)\n"
        "print(json.dumps([p.pid] + [c.pid for c in p.children(recursive=True)]), flush=True)\n"
        "time.sleep(60)\n"
    )
    import json

    process = subprocess.Popen([sys.executable, "-c", parent], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, env={**os.environ, **k.env})
    try:
        pids = json.loads(process.stdout.readline())
        kernels = [psutil.Process(pid) for pid in pids]
    finally:
        process.kill()
        process.wait()
    equal(gone(kernels, 5), [], "processes left 5 s after the parent's death")


def survives(k, code, pattern, lost, says=r"(?i)fresh|new session|restart|lost|gone", seconds=20):
    """The cell ends with an error that the pattern describes; the kernel lives; where the state is lost, it says so."""
    pid = k.pid
    k.run("let before8407 = 1")
    outcome = k.client.run(code, seconds=seconds)
    equal(outcome.status, "error", "status of the cell")
    k.client.settle()
    shown = outcome.error_text + "".join(m["content"]["text"] for m in k.client.of(outcome.request_id, "stream"))
    matches(shown, pattern, "what the cell shows")
    true(k.manager.is_alive() and k.pid == pid, "the kernel's process lives")
    if lost:
        matches(shown, says, "what the cell says about the lost state")
        equal(k.value("typeof (globalThis as any)['before8407']").strip("'\""), "undefined", "a name from before")
    else:
        equal(k.value("before8407"), "1", "a name from before")
    equal(k.value("20 + 1"), "21", "the next cell")


@check("process.exit() in a cell: the cell errors and says the state is lost, the kernel lives")
def process_exit(k):
    k.typescript_only()
    survives(k, "process.exit(3)", r"(?i)exit", lost=True)


@check("process.abort() in a cell: the cell errors and says the state is lost, the kernel lives")
def process_abort(k):
    k.typescript_only()
    survives(k, "process.abort()", r"(?i)SIGABRT|abort|crash|ended|died", lost=True)


@check("process.kill(process.pid, 'SIGKILL') in a cell: said at the cell, the kernel lives")
def process_kill(k):
    k.typescript_only()
    survives(k, "process.kill(process.pid, 'SIGKILL'); await new Promise(() => {})", r"SIGKILL", lost=True)


@check("a cell that runs out of memory: said at the cell, the kernel lives", without_kernel=True, seconds=60)
def out_of_memory(k):
    k.typescript_only()
    # A small heap, so that the check does not have to fill the machine's memory.
    k.env = {**k.env, "NODE_OPTIONS": "--max-old-space-size=120"}
    k.start()
    survives(
        k,
        "const hog8408: unknown[] = []; while (true) hog8408.push(Array.from({ length: 10_000 }, (_, i) => ({ i })))",
        r"(?i)memory",
        lost=True,
        seconds=50,
    )


@check("a stack overflow is an ordinary RangeError, the state is kept")
def stack_overflow(k):
    k.typescript_only()
    survives(k, "function deeper(): number { return 1 + deeper(); }\ndeeper()", r"RangeError|call stack", lost=False)


@check("names from before a lost session are unknown to the type checker afterwards")
def types_after_loss(k):
    k.typescript_only()
    k.run("const gone8409 = { a: 1 }")
    k.client.run("process.exit()")
    outcome = k.client.run("gone8409.a")
    equal(outcome.status, "error", "status")
    contains(outcome.error_text, "gone8409", "error")


@check("an exception in a timer is shown at the cell that set the timer, the kernel and its state live")
def timer_exception(k):
    k.typescript_only()
    outcome = k.client.run("let alive8410 = 1; setTimeout(() => { throw new Error('from a timer 8410'); }, 100)")
    equal(outcome.status, "ok", "status")
    k.client.run("await new Promise((r) => setTimeout(r, 400))")

    def shown():
        return [m for m in k.client.of(outcome.request_id, "error", "stream") if "from a timer 8410" in str(m["content"])]

    k.client.until(shown, 5, "the error at its cell")
    equal(k.value("alive8410"), "1", "state")


@check("an unhandled rejection is shown at the cell that caused it, the kernel and its state live")
def unhandled_rejection(k):
    k.typescript_only()
    outcome = k.client.run("let alive8411 = 1; void Promise.reject(new Error('nobody caught 8411')); 1")

    def shown():
        return [m for m in k.client.of(outcome.request_id, "error", "stream") if "nobody caught 8411" in str(m["content"])]

    k.client.until(shown, 5, "the error at its cell")
    equal(k.value("alive8411"), "1", "state")


@check("an exception in a timer while the cell still awaits ends neither the kernel nor its state")
def timer_exception_during_cell(k):
    k.typescript_only()
    outcome = k.client.run(
        "let alive8412 = 1; setTimeout(() => { throw new Error('meanwhile 8412'); }, 50); await new Promise((r) => setTimeout(r, 300)); 5"
    )
    k.client.settle()
    contains(str([m["content"] for m in k.client.of(outcome.request_id, "error", "stream")]), "meanwhile 8412", "what the cell shows")
    equal(k.value("alive8412"), "1", "state")


@check("an error event that nobody listens to is shown and survived")
def unheard_error_event(k):
    k.typescript_only()
    outcome = k.client.run(
        "import { EventEmitter } from 'node:events'; const e8413 = new EventEmitter(); setTimeout(() => e8413.emit('error', new Error('unheard 8413')), 50); 1"
    )
    k.client.run("await new Promise((r) => setTimeout(r, 200))")
    k.client.until(lambda: "unheard 8413" in str([m["content"] for m in k.client.of(outcome.request_id, "error", "stream")]), 5, "the error at its cell")
    equal(k.value("1 + 1"), "2", "the next cell")


@check("replacing or breaking globals in a cell does not break the kernel", own_kernel=True)
def broken_globals(k):
    k.typescript_only()
    k.client.run("// @ts-nocheck\nglobalThis.Promise = undefined; JSON.stringify = () => 'broken'; Array.prototype.push = () => { throw 1 }; console.log = undefined")
    outcome = k.client.run("40 + 2", seconds=5)
    equal(outcome.status, "ok", "status")
    equal(outcome.value, "42", "value")


@check("a cell that closes the file descriptors 1 and 2 does not end the kernel", own_kernel=True)
def closed_descriptors(k):
    k.typescript_only()
    k.client.run("import { closeSync } from 'node:fs'; closeSync(1); closeSync(2)")
    equal(k.value("1 + 1"), "2", "the next cell")


@check("children that a cell started are ended with the kernel", own_kernel=True)
def children_end(k):
    k.typescript_only()
    k.client.run("import { spawn } from 'node:child_process'; const child8414 = spawn('sleep', ['77']); 1")
    processes = k.processes()
    true(any("sleep" in p.name() for p in processes), "the child runs", [p.name() for p in processes])
    k.client.send("control", "shutdown_request", {"restart": False})
    equal(gone(processes, 2), [], "processes left")


@check("the kernel starts nothing besides its own processes: no npm that fetches types", own_kernel=True)
def no_npm(k):
    k.typescript_only()
    started = set()
    for _ in range(8):
        k.client.run("// @ts-nocheck\nimport triple8416 from 'cjs-default'; triple8416(2)")
        k.client.run("[1, 2].map((x) => x * 2)")
        started |= {p.name() for p in k.processes()}
        time.sleep(0.2)
    equal([name for name in started if "npm" in name], [], "npm processes")


@check("changes of process.cwd(), process.env and process.title in a cell stay in the session and are reset by a restart", own_kernel=True)
def session_environment(k):
    k.typescript_only()
    k.client.run("process.env.MARK8415 = 'x'; process.chdir('/')")
    equal(k.value("process.env.MARK8415").strip("'\""), "x", "environment in the next cell")
    equal(k.value("process.cwd()").strip("'\""), "/", "folder in the next cell")
    k.manager.restart_kernel()
    k.client.ready(20)
    equal(k.client.run("process.env.MARK8415").value, None, "environment after a restart")
