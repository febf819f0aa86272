"""Interrupts at moments when they race with the beginning and the end of cells."""

import time

from harness.check import check
from harness.expect import below, equal
from harness.storm import storm


@check("interrupts at random moments, of cells that wait and compute in all ways: none wedges the kernel or costs its state", own_kernel=True, seconds=100)
def quick(k):
    k.typescript_only()
    counts = storm(k, 60, seed=11)
    below(counts["slowest"], 3.0, "seconds from interrupt to reply, at most")


@check("an interrupt that comes when its cell has ended hits no other cell", own_kernel=True)
def late(k):
    k.typescript_only()
    k.value("let survived8421 = 0; survived8421")
    for n in range(30):
        first = k.client.start("1 + 1")
        # Sent together: some interrupts meet the end of the first cell, some the wait between the two.
        k.client.send("control", "interrupt_request")
        k.client.finish(first, 5)
        outcome = k.client.run(f"await new Promise((r) => setTimeout(r, {n % 5})); survived8421 += 1")
        equal(outcome.value, str(n + 1), "the cell after it")


@check("a loop over what comes from elsewhere ends with its cell, and prints no more", own_kernel=True)
def endless_iterators(k):
    k.typescript_only()
    sources = (
        "require('node:timers/promises').setInterval(5)",
        "require('node:events').on(setInterval(() => bell.emit('x'), 5) && bell, 'x')",
        "new ReadableStream({ async pull(c) { await new Promise((r) => setTimeout(r, 5)); c.enqueue(1) } })",
        "require('node:stream').Readable.from((async function* () { for (;;) { await new Promise((r) => setTimeout(r, 5)); yield 1 } })())",
    )
    k.run("const bell = new (require('node:events'))()")
    for source in sources:
        for body in ("{ console.log('tick') }", "console.log('tick')"):
            msg_id = k.client.start(f"for await (const _ of {source}) {body}", stop_on_error=True)
            k.client.until(lambda: k.client.of(msg_id, "stream"), 10, "the first round")
            k.interrupt_by_message()
            equal(k.client.finish(msg_id, 5).error["ename"], "KeyboardInterrupt", f"the end of {source} {body}")
            k.client.settle(0.1)
            before = len(k.client.of(msg_id, "stream"))
            k.client.settle(0.2)
            equal(len(k.client.of(msg_id, "stream")), before, f"what {source} {body} prints after its end")


@check("an interrupt of the first cell, while the kernel is still being loaded, ends it", own_kernel=True, seconds=60)
def while_loading(k):
    k.typescript_only()
    for wait in (0.03, 0.15):
        k.client.close()
        k.manager.restart_kernel(now=True)
        k.client = type(k.client)(k.manager)
        first = k.client.send("shell", "kernel_info_request")
        k.client.until(lambda: first in k.client.replies, 20, "kernel_info")
        msg_id = k.client.start("while (true);", stop_on_error=True)
        time.sleep(wait)
        k.interrupt_by_message()
        outcome = k.client.finish(msg_id, 8)
        equal((outcome.error or {}).get("ename"), "KeyboardInterrupt", f"the cell interrupted after {wait} s")
        equal(k.value("1 + 1"), "2", "the next cell")


@check("an interrupt right behind its cell, on the same channel, ends it", own_kernel=True)
def right_behind(k):
    k.typescript_only()
    k.value("1 + 1")
    for code in ("while (true);", "await new Promise(() => {})"):
        for _ in range(3):
            msg_id = k.client.start(code, stop_on_error=True)
            k.client.send("shell", "interrupt_request", {})
            outcome = k.client.finish(msg_id, 8)
            equal(outcome.status in ("error", "aborted"), True, f"status of {code}: {outcome.status}")
            equal(k.value("1 + 1"), "2", "the next cell")


@check("cells behind an interrupted one are aborted, and the next one runs", own_kernel=True)
def queue(k):
    k.typescript_only()
    for code in ("while (true) {}", "await new Promise(() => {})", "prompt('waiting')"):
        ids = [k.client.start(code, allow_stdin=True)] + [k.client.start(f"{n}") for n in range(5)]
        k.client.until(lambda: k.client.of(ids[0], "execute_input"), 10, "execute_input")
        time.sleep(0.05)
        k.interrupt_by_message()
        k.client.until(lambda: all(i in k.client.replies and k.client.idle(i) for i in ids), 10, "all replies")
        statuses = [k.client.replies[i]["content"]["status"] for i in ids]
        equal(statuses, ["error"] + ["aborted"] * 5, "statuses")
        equal(k.value("1 + 1"), "2", "the next cell")


@check("an interrupt while modules load does not leave them half for good", own_kernel=True, seconds=60)
def loading(k):
    k.typescript_only()
    for n in range(5):
        # A fresh executor has no module loaded yet.
        k.client.run("process.exit()")
        k.value("1")
        msg_id = k.client.start("import * as math8422 from 'mathjs'; math8422.add(1, 2)")
        k.client.until(lambda: k.client.of(msg_id, "execute_input"), 10, "execute_input")
        time.sleep(0.05 * n)
        k.interrupt_by_message()
        k.client.finish(msg_id, 5)
        equal(k.value("import * as math8422 from 'mathjs'; math8422.add(1, 2)"), "3", "the import after it")
