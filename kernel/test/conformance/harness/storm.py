"""Interrupts at random moments, of cells that wait and compute in all ways: none may wedge the kernel, hit another
cell, or cost the session its state."""

import random
import time

# Each never ends by itself. Those that wait for a child process are ended by its SIGINT, half a second later.
ENDLESS = {
    "sync loop": "while (true) {}",
    "loop that allocates": "while (true) new Array(1000).fill({})",
    "loop that catches": "while (true) { try { while (true) {} } catch {} }",
    "loop that finally continues": "again: while (true) { try { while (true) {} } finally { continue again; } }",
    "loop that prints": "while (true) console.log('x')",
    "loop that displays": "while (true) display({ [Symbol.for('Jupyter.display')]: () => ({ 'text/plain': 'd' }) })",
    "await that never settles": "await new Promise(() => {})",
    "await of a timer": "await new Promise((r) => setTimeout(r, 600_000))",
    "loop of short timers": "for (;;) await new Promise((r) => setTimeout(r, 1))",
    "loop of caught awaits": "for (;;) { try { await new Promise((r) => setTimeout(r, 1)); } catch {} }",
    "loop in a timer": "await new Promise(() => setTimeout(() => { console.log('begun'); while (true) {} }, 3))",
    "loop in an immediate": "await new Promise(() => setImmediate(() => { console.log('begun'); while (true) {} }))",
    "immediates without end": "await new Promise(() => { const mine = kept8420; const on = () => { if (kept8420 === mine) setImmediate(on); }; on(); })",
    "ticks without end": "await new Promise(() => { const on = () => { process.nextTick(on); }; on(); })",
    "microtask loop": "for (;;) await null",
    "microtask loop beside": "void (async () => { for (;;) await null; })(); await new Promise(() => {})",
    "microtasks by then": "await new Promise(() => { const on = (): unknown => Promise.resolve().then(on); void on(); })",
    "Atomics.wait": "Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0)",
    "loop of Atomics.wait": "for (;;) Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 5)",
    "generator": "function* all() { for (let i = 0; ; i++) yield i; }\nfor (const i of all()) i",
    "async generator": "async function* all() { for (let i = 0; ; i++) yield i; }\nfor await (const i of all()) i",
    "recursion": "function walk(depth: number): number { while (depth > 500) {} return 1 + walk(depth + 1); }\nwalk(0)",
    "regular expression": "/^(a+)+$/.test('a'.repeat(60) + 'b')",
    "sort": "[...Array(1e6).keys()].sort((a, b) => { while (true) {} })",
    "getter": "({ get a(): number { while (true) {} } }).a",
    "toString": "`${{ toString() { while (true) {} } }}`",
    "proxy": "(new Proxy({}, { get() { while (true) {} } }) as any).a",
    "JSON": "JSON.stringify({ toJSON() { while (true) {} } })",
    "dispose": "{ using held = { [Symbol.dispose]() { while (true) {} } }; }",
    "inspection of the result": "({ [Symbol.for('nodejs.util.inspect.custom')]() { while (true) {} } })",
    "display of the result": "({ [Symbol.for('Jupyter.display')]() { while (true) {} } })",
    "display that never settles": "({ [Symbol.for('Jupyter.display')]: () => new Promise(() => {}) })",
    "error whose message loops": "throw Object.defineProperty(new Error('x'), 'message', { get() { while (true) {} } })",
    "fetch to nowhere": "import { createServer } from 'node:net'; const deaf = createServer().listen(0); deaf.unref(); await fetch(`http://127.0.0.1:${(deaf.address() as any).port}/`)",
    "event that never comes": "import { once, EventEmitter } from 'node:events'; await once(new EventEmitter(), 'never')",
    "import that loops": "const looping8420: string = 'data:text/javascript,while (true) {}'; await import(looping8420)",
    "import that never settles": "const never8420: string = 'data:text/javascript,await new Promise(() => {})'; await import(never8420)",
    "worker thread": "import { Worker } from 'node:worker_threads'; const busy = new Worker('for (const end = Date.now() + 1000; Date.now() < end; );', { eval: true }); await new Promise((r) => busy.on('exit', r)); await new Promise(() => {})",
    "prompt": "prompt('waiting')",
    "prompt that is caught": "for (;;) { try { prompt('waiting') } catch {} }",
    "input": "await input('waiting')",
    "two inputs": "await Promise.all([input('one'), input('two')])",
}
CHILDREN = {
    "execSync": "import { execSync } from 'node:child_process'; execSync('sleep 600', { stdio: 'ignore' })",
    "spawnSync": "import { spawnSync } from 'node:child_process'; spawnSync('sleep', ['600'])",
    "spawn": "import { spawn } from 'node:child_process'; await new Promise((r) => spawn('sleep', ['600']).on('exit', r))",
}
LONGEST = 5


def storm(k, tries, seed, report=lambda done: None, names=tuple(ENDLESS)):
    """Interrupts `tries` cells at random moments; returns counts. Raises at the first wedge or wrong answer."""
    at_random = random.Random(seed)
    counts = dict(interrupts=0, before_the_start=0, again=0, slowest=0.0)
    assert k.client.run("let kept8420 = 0; kept8420").value == "0"
    counter = 0
    for n in range(tries):
        # Every kind in turn, so that a short storm meets them all; a child costs half a second.
        name = at_random.choice(list(CHILDREN)) if n % 50 == 49 else names[n % len(names)]
        code = CHILDREN.get(name) or ENDLESS[name]
        how = f"try {n} ({name}, seed {seed})"
        msg_id = k.client.start(code, allow_stdin=True, stop_on_error=True)
        if "begun" in code:
            # What an interrupted cell has set a timer for still happens, and would hold up the cells after it.
            k.client.until(lambda: k.client.of(msg_id, "stream"), LONGEST, f"{how}: its first words")
        pause(k, at_random.uniform(0, 0.03))
        took = interrupt(k, msg_id, at_random.random() < 0.3, how, counts)
        counts["slowest"] = max(counts["slowest"], took)
        reply = k.client.replies[msg_id]["content"]
        if reply["status"] != "error" or reply["ename"] != "KeyboardInterrupt":
            raise AssertionError(f"{how}: expected a KeyboardInterrupt, got {str(reply)[:600]}")
        counter += 1
        # The next cell is right, and so is the older state.
        try:
            after = k.client.run("kept8420 += 1", seconds=LONGEST, user_expressions={"sum": "1 + 1"})
        except AssertionError as problem:
            raise AssertionError(f"{how}: the next cell: {problem}") from problem
        sums = after.content.get("user_expressions", {}).get("sum", {}).get("data", {}).get("text/plain")
        if (after.value, sums) != (str(counter), "2"):
            raise AssertionError(f"{how}: the next cell is {after!r} with 1 + 1 = {sums}, expected {counter}")
        k.client.forget()
        report(n + 1)
    return counts


def pause(k, seconds):
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        k.client.pump(until - time.monotonic())


def interrupt(k, msg_id, by_signal, how, counts):
    """Seconds from the interrupt that met the cell until it said so."""
    first = time.monotonic()
    while time.monotonic() - first < 4 * LONGEST:
        began = time.monotonic()
        # Shell and control are two channels: an interrupt that is there before the cell finds nothing to interrupt.
        is_known = bool(k.client.of(msg_id, "execute_input"))
        if by_signal:
            k.interrupt_by_signal()
        else:
            k.client.send("control", "interrupt_request")
        counts["interrupts"] += 1
        counts["before_the_start"] += not is_known
        deadline = began + (LONGEST if is_known else 0.5)
        while time.monotonic() < deadline:
            k.client.pump(0.1)
            if msg_id in k.client.replies:
                took = time.monotonic() - began
                # What it displayed before may still be on its way: this client reads more slowly than a loop writes.
                k.client.until(lambda: k.client.idle(msg_id), 12 * LONGEST, f"{how}: idle")
                return took
        if is_known:
            last = k.client.of(msg_id)[-1]
            raise AssertionError(f"{how}: not ended {LONGEST} s after its interrupt; the last message: {last!r:.300}")
        counts["again"] += 1
    raise AssertionError(f"{how}: the cell neither began nor ended")
