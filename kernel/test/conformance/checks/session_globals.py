"""What a cell finds without importing it, also importable from isoflop-kernel/session."""

import time

from harness.check import check
from harness.expect import contains, equal, matches, true


def shown(k, code):
    outcome = k.client.run(code)
    equal(outcome.status, "ok", f"status of {code!r} ({outcome.error_text})")
    return outcome


@check("display.html, md, svg, latex, json, text send their MIME types")
def display_kinds(k):
    for call, mime, value in [
        ("display.html('<b>x</b>')", "text/html", "<b>x</b>"),
        ("display.md('*x*')", "text/markdown", "*x*"),
        ("display.svg('<svg width=\"1\"/>')", "image/svg+xml", '<svg xmlns="http://www.w3.org/2000/svg" width="1"/>'),
        ("display.latex('$x$')", "text/latex", "$x$"),
        ("display.json({ a: [1] })", "application/json", {"a": [1]}),
        ("display.text('plain')", "text/plain", "plain"),
    ]:
        outcome = shown(k, f"{call}; undefined")
        equal([d.get(mime) for d in outcome.displays], [value], f"{mime} of {call}")


@check("display.png takes bytes and base64")
def display_png(k):
    outcome = shown(k, "display.png(Uint8Array.of(137, 80, 78, 71)); display.png('iVBORw=='); undefined")
    equal([d["image/png"].rstrip() for d in outcome.displays], ["iVBORw==", "iVBORw=="], "image/png")


@check("display.raw(mime, data, metadata)")
def display_raw(k):
    outcome = shown(k, "display.raw('application/vnd.x+json', { a: 1 }, { m: 2 }); undefined")
    content = outcome.contents("display_data")[0]
    equal((content["data"]["application/vnd.x+json"], content["metadata"]), ({"a": 1}, {"m": 2}), "data and metadata")


@check("display(value, { id }) has that id; without one it has a fresh id; update(value) changes it")
def display_handle(k):
    outcome = shown(k, "const h9001 = display('a', { id: 'mine9001' }); h9001.update('b'); const g9001 = display('c'); g9001.update({ [Symbol.for('Jupyter.display')]() { return { 'text/html': '<b>d</b>' }; } }); undefined")
    first, second = outcome.contents("display_data")
    updates = outcome.contents("update_display_data")
    equal(first["transient"]["display_id"], "mine9001", "given id")
    true(second["transient"]["display_id"] not in ("", "mine9001"), "fresh id", second["transient"])
    equal([u["transient"]["display_id"] for u in updates], ["mine9001", second["transient"]["display_id"]], "ids of the updates")
    equal(updates[1]["data"]["text/html"], "<b>d</b>", "the updated value")


@check("a cell that ends with display(...) shows it once, not its handle as well")
def display_last(k):
    outcome = shown(k, "display('once9002')")
    equal(len(outcome.rich), 1, "results and displays")
    contains(outcome.rich[0]["text/plain"], "once9002", "text")


@check("clearOutput({ wait: true }) and clearOutput()")
def clear_output(k):
    outcome = shown(k, "console.log(1); clearOutput({ wait: true }); console.log(2); clearOutput(); console.log(3)")
    equal([c["wait"] for c in outcome.contents("clear_output")], [True, False], "wait")
    kinds = [m["msg_type"] for m in outcome.messages if m["msg_type"] in ("stream", "clear_output")]
    equal(kinds, ["stream", "clear_output", "stream", "clear_output", "stream"], "order")


@check("prompt(text) is synchronous and returns the answer; without text the prompt is empty")
def prompt(k):
    outcome = k.client.run("[prompt('one? '), prompt()]", answers=["1", "zwei"])
    equal(outcome.value, "[ '1', 'zwei' ]", "value")
    equal([q["content"]["prompt"] for q in outcome.input_requests], ["one? ", ""], "prompts")


@check("prompt inside a function called in a loop works, and prints before it are shown before the question")
def prompt_in_loop(k):
    outcome = k.client.run("const got9003: string[] = []; for (const i of [1, 2, 3]) { console.log('ask', i); got9003.push(prompt(`${i}?`) ?? ''); } got9003.join()", answers=["a", "b", "c"])
    equal(outcome.value, "'a,b,c'", "value")


@check("await input(text) returns the answer")
def input_(k):
    outcome = k.client.run("await input('Name: ')", answers=["Grace"])
    equal(outcome.value, "'Grace'", "value")
    equal(outcome.input_requests[0]["content"], {"prompt": "Name: ", "password": False}, "request")


@check("await input(text, { password: true }) asks for a password")
def input_password(k):
    outcome = k.client.run("(await input('Key: ', { password: true })).length", answers=["secret"])
    equal(outcome.input_requests[0]["content"]["password"], True, "password")
    equal(outcome.value, "6", "value")


@check("timers go on while await input waits")
def input_keeps_timers(k):
    msg_id = k.client.start("let ticks9004 = 0; const t9004 = setInterval(() => { ticks9004++; }, 10); await input('?'); clearInterval(t9004); ticks9004 > 3", allow_stdin=True)
    k.client.until(lambda: any(q["parent_header"]["msg_id"] == msg_id for q in k.client.input_requests), 5, "the question")
    time.sleep(0.4)
    outcome = k.client.finish(msg_id, answers=["x"])
    equal(outcome.value, "true", "value")


@check("an answer with unicode and with newlines arrives unharmed")
def input_unicode(k):
    outcome = k.client.run("prompt('?')", answers=["é 😀"])
    equal(outcome.value, "'é 😀'", "value")


@check("comm.open and comm.register are there, typed, and give a channel with id, send, onMessage, onClose and close")
def comm_shape(k):
    outcome = shown(k, "const ch9005 = comm.open('t9005', { a: 1 }); [typeof ch9005.id, typeof ch9005.send, typeof ch9005.onMessage, typeof ch9005.onClose, typeof ch9005.close, typeof comm.register]")
    equal(outcome.value, "[ 'string', 'function', 'function', 'function', 'function', 'function' ]", "shape")


@check("a comm's close by the client reaches onClose")
def comm_close(k):
    outcome = shown(k, "const ch9006 = comm.open('t9006', {}); ch9006.onClose(() => console.log('closed 9006'))")
    comm_id = outcome.contents("comm_open")[0]["comm_id"]
    msg_id = k.client.send("shell", "comm_close", {"comm_id": comm_id, "data": {}})
    k.client.until(lambda: any("closed 9006" in m["content"]["text"] for m in k.client.of(msg_id, "stream")), 5, "the handler's print")


@check("comm messages carry binary buffers both ways")
def comm_buffers(k):
    outcome = shown(k, "const ch9007 = comm.open('t9007', {}); ch9007.onMessage((_m: unknown, buffers: readonly Uint8Array[] = []) => console.log('bytes', buffers.map((b) => [...b].join('+')).join())); ch9007.send({ x: 1 }, [Uint8Array.of(1, 2, 250)])")
    messages = [m for m in outcome.messages if m["msg_type"] == "comm_msg"]
    equal([bytes(b) for b in messages[0]["buffers"]], [bytes([1, 2, 250])], "buffers to the client")
    comm_id = outcome.contents("comm_open")[0]["comm_id"]
    msg_id = k.client.send("shell", "comm_msg", {"comm_id": comm_id, "data": {}}, buffers=[b"\x07\x08"])
    k.client.until(lambda: k.client.of(msg_id, "stream"), 5, "the handler's print")
    equal(k.client.of(msg_id, "stream")[0]["content"]["text"], "bytes 7+8\n", "buffers from the client")


@check("a comm handler that throws shows the error and does not disturb the session")
def comm_handler_throws(k):
    outcome = shown(k, "const ch9008 = comm.open('t9008', {}); ch9008.onMessage(() => { throw new Error('handler 9008'); })")
    msg_id = k.client.send("shell", "comm_msg", {"comm_id": outcome.contents("comm_open")[0]["comm_id"], "data": {}})
    k.client.until(lambda: "handler 9008" in str([m["content"] for m in k.client.of(msg_id, "stream", "error")]), 5, "the handler's error")
    equal(k.value("1 + 1"), "2", "the next cell")


@check("progress(total, { label }) shows a bar once and updates it with tick()")
def progress(k):
    outcome = shown(k, "const bar9009 = progress(4, { label: 'fits 9009' }); for (let i = 0; i < 4; i++) { bar9009.tick(); await new Promise((r) => setTimeout(r, 120)); }")
    equal(len(outcome.displays), 1, "displays")
    contains(str(outcome.displays[0]), "fits 9009", "the bar")
    updates = outcome.contents("update_display_data")
    true(1 <= len(updates) <= 12, "updates", len(updates))
    ids = {c["transient"]["display_id"] for c in outcome.contents("display_data", "update_display_data")}
    equal(len(ids), 1, "one place")
    matches(str(updates[-1]["data"]), r"100 ?%|4 ?(/|of) ?4", "the last update")


@check("progress(0) is an empty bar, also with a label and when it is moved on; less is refused")
def progress_empty(k):
    for code in ("progress(0)", "progress(0, { label: 'none' })", "progress(0).tick()", "progress(0).tick(5)", "progress([].length)", "const nothing9010 = progress(0); for (const _ of []) nothing9010.tick()"):
        outcome = shown(k, f"{code}; undefined")
        shows = outcome.contents("display_data", "update_display_data")
        for each in shows:
            contains(each["data"]["text/plain"], "[....................]", f"bar of {code}")
            contains(each["data"]["text/plain"], "0 of 0", f"text of {code}")
            contains(each["data"]["text/html"], '<progress value="0" max="1" ', f"html of {code}")
        true(len(shows) >= 1, f"shown by {code}")
    for code in ("progress(-1)", "progress(NaN)", "progress(-Infinity)"):
        contains(k.client.run(code).error_text, "total must be ≥ 0", code)


@check("a fast loop of 10,000 ticks sends few updates and ends at the total")
def progress_throttled(k):
    outcome = shown(k, "const bar9010 = progress(10_000); for (let i = 0; i < 10_000; i++) bar9010.tick()")
    k.client.settle()
    updates = k.client.of(outcome.request_id, "update_display_data")
    true(len(updates) < 100, "updates below 100", len(updates))
    true(len(updates) > 0, "an update came")
    matches(str(updates[-1]["content"]["data"]), r"100 ?%|10[,_\u202f]?000 ?(/|of) ?10[,_\u202f]?000", "the last update")


@check("the session's globals are typed in completion")
def typed(k):
    reply = k.client.complete("display.")
    for name in ("html", "md", "svg", "latex", "png", "json", "text", "raw"):
        contains(reply["matches"], name, "members of display")
    for prefix, name in [("clearO", "clearOutput"), ("prom", "prompt"), ("inpu", "input"), ("progr", "progress"), ("com", "comm")]:
        contains(k.client.complete(prefix)["matches"], name, f"matches of {prefix}")
    contains(k.client.complete("comm.")["matches"], "register", "members of comm")
    contains(k.client.complete("progress(3).")["matches"], "tick", "members of a progress bar")


@check("the session's globals are type-checked")
def checked(k):
    for code in ("display.html(5)", "clearOutput({ wiat: true })", "progress('many')", "prompt(5 as any as { a: 1 })"):
        outcome = k.client.run(code, seconds=5)
        equal(outcome.status, "error", f"status of {code}")
        matches(outcome.error_text, r"2345|2353|2561|2322", f"error of {code}")


@check("all of them can be imported from isoflop-kernel/session")
def importable(k):
    outcome = shown(k, "import { clearOutput as c9011, comm as m9011, display as d9011, html as h9011, input as i9011, md as k9011, progress as p9011, prompt as r9011, svg as s9011 } from 'isoflop-kernel/session'; [c9011, m9011.open, d9011, h9011, i9011, k9011, p9011, r9011, s9011].map((f) => typeof f).every((t) => t === 'function')")
    equal(outcome.value, "true", "all are functions")
    outcome = shown(k, "d9011.html('<u>x</u>'); undefined")
    equal(outcome.displays[0]["text/html"], "<u>x</u>", "an imported display")


@check("a local .ts file may import isoflop-kernel/session and display from there")
def importable_in_file(k):
    k.write("shows9012.ts", "import { display } from 'isoflop-kernel/session';\nexport const show = (text: string) => { display.md(text); };\n")
    outcome = shown(k, "import { show as show9012 } from './shows9012.ts'; show9012('*from a file*')")
    equal(outcome.displays[0]["text/markdown"], "*from a file*", "text/markdown")


@check("a cell may declare a name of the session's globals, later cells see the cell's", own_kernel=True)
def shadowing(k):
    equal(k.value("const progress = 5; progress + 1"), "6", "in the cell")
    equal(k.value("progress * 2"), "10", "in a later cell")
