"""The wire protocol, version 5.4: https://jupyter-client.readthedocs.io/en/stable/messaging.html"""

import re
import time
from datetime import datetime

from harness.check import check
from harness.client import Client
from harness.expect import below, contains, equal, lacks, matches, true

PRINT = ("console.log('hello, world')", "print('hello, world')")
THROW = ("throw new RangeError('too far')", "raise IndexError('too far')")


@check("kernel_info_reply has status, protocol version 5.x, implementation, banner and help links")
def kernel_info_fields(k):
    content = k.client.request("kernel_info_request")["content"]
    equal(content.get("status"), "ok", "status")
    matches(content.get("protocol_version"), r"^5\.[0-9]+(\.[0-9]+)?$", "protocol_version")
    true(int(content["protocol_version"].split(".")[1]) >= 3, "protocol is 5.3 or newer", content["protocol_version"])
    for field in ("implementation", "implementation_version", "banner"):
        true(isinstance(content.get(field), str) and content[field], f"{field} is a text", content.get(field))
    for link in content.get("help_links", []):
        true(set(link) >= {"text", "url"}, "a help link has text and url", link)


@check("kernel_info_reply says TypeScript 5.4: protocol 5.4, language, extension, MIME type, CodeMirror mode, Node's version")
def kernel_info_language(k):
    k.typescript_only()
    content = k.client.request("kernel_info_request")["content"]
    matches(content["protocol_version"], r"^5\.4", "protocol_version")
    info = content["language_info"]
    equal(info["name"], "typescript", "language_info.name")
    equal(info["file_extension"], ".ts", "language_info.file_extension")
    matches(info["mimetype"], r"typescript", "language_info.mimetype")
    true(bool(info.get("version")), "language_info.version", info)
    equal(info["codemirror_mode"], "typescript", "language_info.codemirror_mode, by which editors find TypeScript")
    equal(info["pygments_lexer"], "typescript", "language_info.pygments_lexer")
    true("nbconvert_exporter" in info, "language_info.nbconvert_exporter", info)


@check("kernel_info is answered on the control channel too")
def kernel_info_on_control(k):
    reply = k.client.request("kernel_info_request", channel="control")
    equal(reply["msg_type"], "kernel_info_reply", "reply type")
    equal(reply["content"]["status"], "ok", "status")


@check("a reply's header has a fresh id, the kernel's session, a date, the type and version 5.x; its parent is the request")
def reply_header(k):
    msg_id = k.client.send("shell", "kernel_info_request")
    reply = k.client.until(lambda: k.client.replies.get(msg_id), 5, "the reply")
    header = reply["header"]
    true(header["msg_id"] and header["msg_id"] != msg_id, "msg_id is new", header)
    true(header["session"] and header["session"] != k.client.session.session, "session is the kernel's", header)
    true(isinstance(header["date"], datetime) and header["date"].tzinfo is not None, "date with time zone", header)
    equal(header["msg_type"], "kernel_info_reply", "msg_type")
    matches(header["version"], r"^5\.", "version")
    equal(reply["parent_header"]["msg_id"], msg_id, "parent msg_id")
    equal(reply["parent_header"]["session"], k.client.session.session, "parent session")


@check("all messages of one kernel carry one session id and ids that never repeat")
def one_session(k):
    start = len(k.client.arrived)
    k.run(*PRINT)
    k.client.complete("con")
    seen = [m["header"] for m in k.client.arrived[start:]]
    true(len(seen) > 4, "messages came", seen)
    equal(len({h["session"] for h in seen}), 1, "sessions")
    equal(len({h["msg_id"] for h in seen}), len(seen), "different ids")


@check("a cell sends busy, execute_input, its output, idle in this order, and the reply is ok with its count")
def order_of_messages(k):
    outcome = k.run(*PRINT)
    equal(outcome.types, ["status", "execute_input", "stream", "status"], "order on iopub")
    equal([c["execution_state"] for c in outcome.contents("status")], ["busy", "idle"], "states")
    equal(outcome.status, "ok", "reply status")
    equal(outcome.content["payload"], [], "payload")
    equal(outcome.content["user_expressions"], {}, "user_expressions")


@check("every request on shell and control is framed by busy and idle with the request as parent")
def status_around_requests(k):
    for channel, msg_type, content in [
        ("shell", "kernel_info_request", {}),
        ("shell", "complete_request", {"code": "con", "cursor_pos": 3}),
        ("shell", "is_complete_request", {"code": "1"}),
        ("shell", "history_request", {"output": False, "raw": True, "hist_access_type": "tail", "n": 1}),
        ("control", "kernel_info_request", {}),
    ]:
        msg_id = k.client.send(channel, msg_type, content)
        k.client.until(lambda: k.client.idle(msg_id), 5, f"idle after {msg_type} on {channel}")
        states = [m["content"]["execution_state"] for m in k.client.of(msg_id, "status")]
        equal(states, ["busy", "idle"], f"states around {msg_type} on {channel}")


@check("execute_input repeats the code and the count of the reply; counts go up by one")
def execute_input(k):
    first = k.run("1")
    second = k.run("2 + 2")
    equal(second.contents("execute_input")[0]["code"], "2 + 2", "code")
    equal(second.contents("execute_input")[0]["execution_count"], second.content["execution_count"], "count")
    equal(second.content["execution_count"], first.content["execution_count"] + 1, "next count")


@check("the last value is an execute_result with text/plain, metadata and the count, and is not printed")
def execute_result(k):
    outcome = k.run("6 * 7")
    results = outcome.contents("execute_result")
    equal(len(results), 1, "execute_results")
    equal(results[0]["data"]["text/plain"], "42", "text/plain")
    equal(results[0]["execution_count"], outcome.content["execution_count"], "count")
    true(isinstance(results[0]["metadata"], dict), "metadata is an object", results[0])
    equal(outcome.stdout, "", "stdout")


@check("text/plain of a result has no ANSI colours")
def result_without_colours(k):
    outcome = k.run("({ a: 1, b: 'two', c: null, d: [true] })", "{'a': 1, 'b': 'two'}")
    lacks(outcome.value, "\x1b", "text/plain")


@check("stdout and stderr arrive as streams of that name")
def streams(k):
    outcome = k.run("console.log('out'); console.error('err')", "import sys; print('out'); print('err', file=sys.stderr)")
    equal(outcome.stdout, "out\n", "stdout")
    equal(outcome.stderr, "err\n", "stderr")


@check("text written without a newline arrives as it is, in order with what follows")
def partial_lines(k):
    outcome = k.run(
        "process.stdout.write('a'); process.stdout.write('b'); console.log('c')", "print('a', end=''); print('b', end=''); print('c')"
    )
    equal(outcome.stdout, "abc\n", "stdout")


@check("unicode, emoji and NUL in output arrive unharmed")
def unicode_output(k):
    outcome = k.run("console.log('é 漢字 😀 \\u0000|')", "print('é 漢字 😀 \\x00|')")
    equal(outcome.stdout, "é 漢字 😀 \x00|\n", "stdout")


@check("an error is sent with ename, evalue and traceback, in the error message and in the reply alike")
def error_message(k):
    outcome = k.run(*THROW)
    name = k.code("RangeError", "IndexError")
    equal(outcome.status, "error", "reply status")
    for place, content in (("error message", outcome.error), ("reply", outcome.content)):
        true(content is not None, f"{place} is there")
        equal(content["ename"], name, f"ename in the {place}")
        equal(content["evalue"], "too far", f"evalue in the {place}")
        true(isinstance(content["traceback"], list) and content["traceback"], f"traceback in the {place}", content)
        true(all(isinstance(line, str) for line in content["traceback"]), "traceback is made of texts", content["traceback"])
        contains("\n".join(content["traceback"]), "too far", f"traceback in the {place}")
    equal(len(outcome.contents("error")), 1, "error messages")
    true(isinstance(outcome.content["execution_count"], int), "execution_count in an error reply", outcome.content)


@check("a cell after an error runs as if nothing had happened")
def after_error(k):
    k.run(*THROW)
    equal(k.run("1 + 1").value, "2", "next cell")


@check("throwing something that is not an Error is still a proper error message", seconds=20)
def throw_non_error(k):
    k.typescript_only()
    for code, piece in [("throw 'only text'", "only text"), ("throw undefined", "undefined"), ("throw null", "null"), ("throw { code: 7 }", "7")]:
        outcome = k.run(code)
        equal(outcome.status, "error", f"status of {code}")
        contains(outcome.error_text, piece, f"error of {code}")
        true(isinstance(outcome.error["ename"], str) and isinstance(outcome.error["evalue"], str), "ename and evalue are texts")


@check("an empty cell, a cell of blanks and a cell of comments are ok and show nothing")
def empty_cells(k):
    for code in ("", "  \n\n ", k.code("// nothing\n/* here */", "# nothing")):
        outcome = k.client.run(code)
        equal(outcome.status, "ok", f"status of {code!r}")
        true(set(outcome.types) <= {"status", "execute_input"}, f"messages of {code!r}", outcome.types)


@check("silent: no execute_input, no execute_result, the count stays")
def silent(k):
    before = k.run("1").content["execution_count"]
    outcome = k.run("6 * 7", silent=True)
    equal(outcome.status, "ok", "status")
    lacks(outcome.types, "execute_input", "messages")
    lacks(outcome.types, "execute_result", "messages")
    equal(k.run("1").content["execution_count"], before + 1, "count after")


@check("store_history false: the cell is not in the history and does not use up a count")
def store_history(k):
    before = k.run("1").content["execution_count"]
    marker = k.code("'not stored 8271'", "'not stored 8271'")
    outcome = k.client.run(marker, store_history=False)
    contains(outcome.value, "not stored 8271", "the cell ran")
    equal(k.run("2").content["execution_count"], before + 1, "count after")
    history = k.client.request(
        "history_request", {"output": False, "raw": True, "hist_access_type": "tail", "n": 3}
    )["content"]["history"]
    lacks([entry[2] for entry in history], marker, "history")


@check("user_expressions are evaluated after the cell, each with its own status")
def user_expressions(k):
    outcome = k.run("1", user_expressions={"sum": "20 + 3", "broken": "doesNotExist8271"})
    got = outcome.content["user_expressions"]
    equal(set(got), {"sum", "broken"}, "names")
    equal(got["sum"]["status"], "ok", "status of sum")
    equal(got["sum"]["data"]["text/plain"], "23", "value of sum")
    true("metadata" in got["sum"], "metadata of sum", got["sum"])
    equal(got["broken"]["status"], "error", "status of broken")
    equal(got["broken"]["ename"], k.code("ReferenceError", "NameError"), "ename of broken")


@check("user_expressions see what the cell defined")
def user_expressions_scope(k):
    outcome = k.run("const fresh8272 = 5", "fresh8272 = 5", user_expressions={"it": "fresh8272 * 2"})
    equal(outcome.content["user_expressions"]["it"]["data"]["text/plain"], "10", "value")


@check("stop_on_error: cells queued behind a failing one are answered as aborted and do not run", seconds=40)
def stop_on_error(k):
    slow = k.code(
        "await new Promise((r) => setTimeout(r, 300)); throw new Error('stop here')",
        "import time; time.sleep(0.3); raise ValueError('stop here')",
    )
    first = k.client.start(slow)
    second = k.client.start(k.code("globalThis.ran8273 = 1; console.log('ran')", "ran8273 = 1; print('ran')"))
    third = k.client.start("3")
    equal(k.client.finish(first).status, "error", "first")
    for name, msg_id in (("second", second), ("third", third)):
        outcome = k.client.finish(msg_id)
        true(outcome.status in ("aborted", "abort") or outcome.content.get("ename") == "Aborted", f"{name} is aborted", outcome.content)
        lacks(outcome.types, "execute_input", f"{name}'s messages")
        equal(outcome.stdout, "", f"{name}'s stdout")
    k.client.settle()
    equal(k.run("1 + 1").value, "2", "a later cell runs")


@check("stop_on_error false: cells queued behind a failing one run", seconds=40)
def do_not_stop_on_error(k):
    slow = k.code(
        "await new Promise((r) => setTimeout(r, 300)); throw new Error('go on')",
        "import time; time.sleep(0.3); raise ValueError('go on')",
    )
    first = k.client.start(slow, stop_on_error=False)
    second = k.client.start("40 + 2")
    equal(k.client.finish(first).status, "error", "first")
    equal(k.client.finish(second).value, "42", "second")


@check("a failing cell aborts only execute_requests: a kernel_info queued behind it is answered")
def abort_only_cells(k):
    first = k.client.start(
        k.code("await new Promise((r) => setTimeout(r, 200)); throw new Error('x')", "import time; time.sleep(0.2); raise ValueError('x')")
    )
    info = k.client.send("shell", "kernel_info_request")
    k.client.finish(first)
    reply = k.client.until(lambda: k.client.replies.get(info), 5, "kernel_info_reply")
    equal(reply["content"]["status"], "ok", "status")


@check("cells run one after another in the order they were sent, also when they await")
def queue_order(k):
    codes = [k.code(f"await new Promise((r) => setTimeout(r, {30 - 10 * i})); console.log({i})", f"print({i})") for i in range(3)]
    ids = [k.client.start(code) for code in codes]
    outcomes = [k.client.finish(msg_id) for msg_id in ids]
    equal([o.stdout for o in outcomes], ["0\n", "1\n", "2\n"], "outputs")
    counts = [o.content["execution_count"] for o in outcomes]
    equal(counts, [counts[0], counts[0] + 1, counts[0] + 2], "counts")


@check("input_request goes to the client that asked, with the prompt, and the answer comes back")
def input_request(k):
    outcome = k.run("const name8274 = prompt('Your name? '); console.log(`<${name8274}>`)", "print('<%s>' % input('Your name? '))", answers=["Ada"])
    equal(len(outcome.input_requests), 1, "input requests")
    contains(outcome.input_requests[0]["content"]["prompt"], "Your name?", "prompt")
    equal(outcome.input_requests[0]["content"]["password"], False, "password")
    contains(outcome.stdout, "<Ada>", "stdout")


@check("a cell that asks for input when the client forbids it fails instead of hanging")
def input_forbidden(k):
    outcome = k.run("prompt('?')", "input('?')", allow_stdin=False)
    equal(outcome.status, "error", "status")
    matches(outcome.error_text, r"(?i)stdin|input", "error")


@check("history: tail gives the last n cells, with output when asked")
def history_tail(k):
    k.run("11 * 11")
    k.run("12 * 12")
    ask = {"output": False, "raw": True, "hist_access_type": "tail", "n": 2}
    content = k.client.request("history_request", ask)["content"]
    equal(content["status"], "ok", "status")
    equal([entry[2] for entry in content["history"]], ["11 * 11", "12 * 12"], "cells")
    true(all(len(entry) == 3 for entry in content["history"]), "entries are triples", content["history"])
    with_output = k.client.request("history_request", {**ask, "output": True})["content"]["history"]
    equal([entry[2][0] for entry in with_output], ["11 * 11", "12 * 12"], "cells with output")
    equal(len(with_output[0][2]), 2, "input and output")


@check("history: range gives the cells of a session between two line numbers")
def history_range(k):
    line = k.run("13 * 13").content["execution_count"]
    k.run("14 * 14")
    content = k.client.request(
        "history_request",
        {"output": False, "raw": True, "hist_access_type": "range", "session": 0, "start": line, "stop": line + 1},
    )["content"]
    equal([entry[1:] for entry in content["history"]], [[line, "13 * 13"]], "line and cell")


@check("history: search finds cells by glob, newest n, unique when asked")
def history_search(k):
    for code in ("150 + 1", "150 + 2", "150 + 1"):
        k.run(code)
    ask = {"output": False, "raw": True, "hist_access_type": "search", "pattern": "150 +*"}
    found = [e[2] for e in k.client.request("history_request", {**ask, "n": 10})["content"]["history"]]
    equal(found, ["150 + 1", "150 + 2", "150 + 1"], "matches")
    newest = [e[2] for e in k.client.request("history_request", {**ask, "n": 1})["content"]["history"]]
    equal(newest, ["150 + 1"], "newest")
    unique = [e[2] for e in k.client.request("history_request", {**ask, "n": 10, "unique": True})["content"]["history"]]
    equal(sorted(unique), ["150 + 1", "150 + 2"], "unique")


@check("comm_info is answered; a comm for an unknown target is closed at once")
def comm_unknown_target(k):
    content = k.client.request("comm_info_request", {})["content"]
    equal(content["status"], "ok", "status")
    true(isinstance(content["comms"], dict), "comms is an object", content)
    msg_id = k.client.send("shell", "comm_open", {"comm_id": "c-unknown", "target_name": "nobody.here", "data": {}})
    k.client.until(lambda: k.client.of(msg_id, "comm_close"), 5, "comm_close")
    equal(k.client.of(msg_id, "comm_close")[0]["content"]["comm_id"], "c-unknown", "closed comm")
    lacks(k.client.request("comm_info_request", {})["content"]["comms"], "c-unknown", "comms")


@check("comm_msg and comm_close for a comm that does not exist are harmless")
def comm_stray(k):
    k.client.send("shell", "comm_msg", {"comm_id": "ghost", "data": {"x": 1}})
    k.client.send("shell", "comm_close", {"comm_id": "ghost", "data": {}})
    equal(k.run("1 + 1").value, "2", "next cell")


PY_REGISTER = """
def _target(c, message):
    c.on_msg(lambda m: c.send({'echo': m['content']['data']}))
    c.send({'opened with': message['content']['data']})
get_ipython().kernel.comm_manager.register_target('echo.target', _target)
"""
TS_REGISTER = """
comm.register('echo.target', (channel, data) => {
  channel.onMessage((message: unknown) => channel.send({ echo: message }));
  channel.send({ 'opened with': data });
});
"""


@check("a comm opened by the client reaches the registered handler, which answers and echoes messages")
def comm_from_client(k):
    equal(k.run(TS_REGISTER, PY_REGISTER).status, "ok", "registering")
    opened = k.client.send("shell", "comm_open", {"comm_id": "c1", "target_name": "echo.target", "data": {"n": 1}})
    k.client.until(lambda: k.client.of(opened, "comm_msg"), 5, "the handler's message")
    equal(k.client.of(opened, "comm_msg")[0]["content"], {"comm_id": "c1", "data": {"opened with": {"n": 1}}}, "message at open")
    contains(k.client.request("comm_info_request", {})["content"]["comms"], "c1", "comms")
    equal(k.client.request("comm_info_request", {})["content"]["comms"]["c1"], {"target_name": "echo.target"}, "comm's target")
    sent = k.client.send("shell", "comm_msg", {"comm_id": "c1", "data": {"x": [1, 2]}})
    k.client.until(lambda: k.client.of(sent, "comm_msg"), 5, "the echo")
    equal(k.client.of(sent, "comm_msg")[0]["content"]["data"], {"echo": {"x": [1, 2]}}, "echo")
    k.client.send("shell", "comm_close", {"comm_id": "c1", "data": {}})
    k.run("1")
    lacks(k.client.request("comm_info_request", {})["content"]["comms"], "c1", "comms after close")


@check("a comm opened by the kernel is announced with target and data, takes messages and can be closed")
def comm_from_kernel(k):
    outcome = k.run(
        "const channel8275 = comm.open('front.target', { hello: 'there' }); channel8275.onMessage((m: unknown) => console.log('got', JSON.stringify(m))); channel8275.send({ step: 1 })",
        "from ipykernel.comm import Comm\nchannel8275 = Comm('front.target', data={'hello': 'there'})\nimport json\nchannel8275.on_msg(lambda m: print('got', json.dumps(m['content']['data'], separators=(',', ':'))))\nchannel8275.send({'step': 1})",
    )
    equal(outcome.status, "ok", "status")
    opened = outcome.contents("comm_open")
    equal(len(opened), 1, "comm_open messages")
    equal(opened[0]["target_name"], "front.target", "target")
    equal(opened[0]["data"], {"hello": "there"}, "data")
    equal([c["data"] for c in outcome.contents("comm_msg")], [{"step": 1}], "messages")
    sent = k.client.send("shell", "comm_msg", {"comm_id": opened[0]["comm_id"], "data": {"y": 2}})
    k.client.until(lambda: k.client.of(sent, "stream"), 5, "the handler's print")
    equal(k.client.of(sent, "stream")[0]["content"]["text"].strip(), 'got {"y":2}', "handler's print, with the message as parent")
    closed = k.run("channel8275.close()", "channel8275.close()")
    equal([c["comm_id"] for c in closed.contents("comm_close")], [opened[0]["comm_id"]], "comm_close")


@check("comm_info filters by target name")
def comm_info_filter(k):
    k.run("comm.open('target.a', {}); comm.open('target.b', {})", "from ipykernel.comm import Comm; ca = Comm('target.a'); cb = Comm('target.b')")
    comms = k.client.request("comm_info_request", {"target_name": "target.a"})["content"]["comms"]
    equal({c["target_name"] for c in comms.values()}, {"target.a"}, "targets")


@check("update_display_data changes a display by its id; both carry the id in transient")
def update_display(k):
    outcome = k.run(
        "const h8276 = display('first', { id: 'spot' }); h8276.update('second')",
        "from IPython.display import display, update_display\ndisplay('first', display_id='spot')\nupdate_display('second', display_id='spot')",
    )
    shown = outcome.contents("display_data")
    updates = outcome.contents("update_display_data")
    equal([c["transient"]["display_id"] for c in shown + updates], ["spot", "spot"], "ids")
    contains(shown[0]["data"]["text/plain"], "first", "first text")
    contains(updates[0]["data"]["text/plain"], "second", "second text")


@check("a later cell can update the display of an earlier one")
def update_display_later(k):
    k.run("var keep8277 = display('one')", "from IPython.display import display\nkeep8277 = display('one', display_id=True)")
    outcome = k.run("keep8277.update('two')", "keep8277.update('two')")
    equal(outcome.status, "ok", "status")
    equal(len(outcome.contents("update_display_data")), 1, "updates")


@check("clear_output is sent with wait true and false")
def clear_output(k):
    outcome = k.run(
        "console.log('a'); clearOutput(); clearOutput({ wait: true })",
        "from IPython.display import clear_output\nprint('a'); clear_output(); clear_output(wait=True)",
    )
    equal([c["wait"] for c in outcome.contents("clear_output")], [False, True], "wait")
    true(outcome.types.index("stream") < outcome.types.index("clear_output"), "print comes before", outcome.types)


@check("requests of unknown type are harmless on shell and control")
def unknown_messages(k):
    k.client.send("shell", "nonsense_request", {"a": 1})
    k.client.send("control", "nonsense_request", {"a": 1})
    equal(k.run("1 + 1").value, "2", "next cell")


@check("requests with missing or wrong fields are harmless")
def wrong_fields(k):
    for channel, msg_type, content in [
        ("shell", "execute_request", {}),
        ("shell", "complete_request", {"code": "con"}),
        ("shell", "complete_request", {"code": "con", "cursor_pos": 1000}),
        ("shell", "inspect_request", {"code": "", "cursor_pos": -5}),
        ("shell", "is_complete_request", {}),
        ("shell", "history_request", {}),
        ("shell", "comm_open", {}),
        ("shell", "comm_msg", {"data": 1}),
    ]:
        k.client.send(channel, msg_type, content)
    k.client.settle(0.5)
    equal(k.run("1 + 1").value, "2", "next cell")


@check("two clients at once: each gets its own replies, both see all output")
def two_clients(k):
    other = k.another_client()
    mine = k.client.start("100 + 1")
    theirs = other.start("200 + 2")
    first = k.client.finish(mine)
    second = other.finish(theirs)
    equal((first.value, second.value), ("101", "202"), "values")
    lacks(k.client.replies, theirs, "my replies")
    lacks(other.replies, mine, "their replies")
    k.client.until(lambda: k.client.of(theirs, "execute_result"), 5, "the other client's result")


@check("input is asked of the client that runs the cell, not of the other")
def two_clients_input(k):
    other = k.another_client()
    outcome = other.run(
        k.code("console.log('<' + prompt('who') + '>')", "print('<' + input('who') + '>')"), answers=["Bob"]
    )
    contains(outcome.stdout, "<Bob>", "stdout")
    equal([m for m in k.client.input_requests if m["parent_header"].get("msg_id") == outcome.request_id], [], "my questions")


@check("no output of a cell comes after its idle, in 60 cells that print, show and return")
def output_before_idle(k):
    ids = []
    for i in range(60):
        code = k.code(
            f"for (let i = 0; i < 20; i++) console.log('line', i); console.error('e'); display({i}); {i}",
            f"import sys\nfor i in range(20): print('line', i)\nprint('e', file=sys.stderr)\ndisplay({i})\n{i}",
        )
        ids.append(k.client.run(code).request_id)
    k.client.settle()
    late = 0
    for msg_id in ids:
        types = [m["msg_type"] + str(m["content"].get("execution_state", "")) for m in k.client.of(msg_id)]
        equal(types[-1], "statusidle", "last message")
        late += types.index("statusidle") != len(types) - 1
    equal(late, 0, "cells with output after idle")


@check("output of a timer that fires after the cell keeps the cell as parent")
def late_output(k):
    outcome = k.run("setTimeout(() => console.log('late8278'), 250)", "import threading; t = threading.Timer(0.25, lambda: print('late8278')); t.start()")
    k.client.until(lambda: any("late8278" in m["content"]["text"] for m in k.client.of(outcome.request_id, "stream")), 5, "the late print")


@check("late output keeps the parent of the cell that made it while another cell runs")
def late_output_during_other_cell(k):
    k.typescript_only()
    first = k.client.run("void (async () => { await new Promise((r) => setTimeout(r, 200)); console.log('from the first'); })()")
    second = k.client.run("await new Promise((r) => setTimeout(r, 600)); console.log('from the second')")
    k.client.settle()
    texts = lambda o: "".join(m["content"]["text"] for m in k.client.of(o.request_id, "stream"))  # noqa: E731
    equal(texts(first), "from the first\n", "output with the first cell as parent")
    equal(texts(second), "from the second\n", "output with the second cell as parent")


@check("a late display keeps the parent of the cell that made it")
def late_display(k):
    k.typescript_only()
    first = k.client.run("setTimeout(() => display('late display'), 150); 1")
    k.client.run("await new Promise((r) => setTimeout(r, 400))")
    k.client.until(lambda: k.client.of(first.request_id, "display_data"), 5, "the late display")


@check("output of a subprocess reaches the notebook, both streams")
def subprocess_output(k):
    outcome = k.run(
        "import { spawnSync } from 'node:child_process'; spawnSync('sh', ['-c', 'echo from a child; echo on stderr >&2'], { stdio: 'inherit' }).status",
        "import subprocess; _ = subprocess.run(['sh', '-c', 'echo from a child; echo on stderr >&2'])",
    )
    k.client.settle()
    text = "".join(m["content"]["text"] for m in k.client.of(outcome.request_id, "stream"))
    contains(text, "from a child", "streams")
    contains(text, "on stderr", "streams")


@check("10 MB in one line arrive whole within 5 s", seconds=40)
def ten_megabytes(k):
    outcome = k.run("console.log('x'.repeat(10_000_000))", "print('x' * 10_000_000)", seconds=30)
    equal(len(outcome.stdout), 10_000_001, "characters")
    below(outcome.seconds, 5, "seconds")


@check("100,000 prints arrive whole, in order, merged into far fewer messages", seconds=60)
def many_prints(k):
    outcome = k.run("for (let i = 0; i < 100_000; i++) console.log(i)", "for i in range(100_000): print(i)", seconds=50)
    equal(outcome.stdout.count("\n"), 100_000, "lines")
    true(outcome.stdout == "".join(f"{i}\n" for i in range(100_000)), "lines are in order")
    below(len(outcome.contents("stream")), 2000, "stream messages")


@check("2,000 displays in a row arrive, none lost", seconds=60)
def many_displays(k):
    outcome = k.run("for (let i = 0; i < 2000; i++) display(i)", "for i in range(2000): display(i)", seconds=50)
    equal([d["text/plain"] for d in outcome.displays], [str(i) for i in range(2000)], "displays")


@check("stdout and stderr interleaved with displays keep their order")
def order_of_outputs(k):
    outcome = k.run("console.log('a'); display('b'); console.log('c'); display('d')", "print('a'); display('b'); print('c'); display('d')")
    order = [m["msg_type"] for m in outcome.messages if m["msg_type"] in ("stream", "display_data")]
    equal(order, ["stream", "display_data", "stream", "display_data"], "order")


@check("output appears while the cell runs, not only at its end")
def streaming(k):
    code = k.code(
        "console.log('first'); await new Promise((r) => setTimeout(r, 1500)); console.log('last')",
        "import time; print('first', flush=True); time.sleep(1.5); print('last')",
    )
    began = time.monotonic()
    msg_id = k.client.start(code)
    k.client.until(lambda: k.client.of(msg_id, "stream"), 5, "the first print")
    below(time.monotonic() - began, 1.0, "seconds to the first print")
    k.client.finish(msg_id)


@check("output of a synchronous loop appears while the loop runs")
def streaming_while_busy(k):
    code = k.code(
        "console.log('first'); { const end = Date.now() + 1500; while (Date.now() < end); } console.log('last')",
        "import time; print('first', flush=True)\nend = time.time() + 1.5\nwhile time.time() < end: pass\nprint('last')",
    )
    began = time.monotonic()
    msg_id = k.client.start(code)
    k.client.until(lambda: k.client.of(msg_id, "stream"), 5, "the first print")
    below(time.monotonic() - began, 1.0, "seconds to the first print")
    equal(k.client.finish(msg_id).stdout, "first\nlast\n", "stdout")


@check("a value too large to show is cut, with a note that says so")
def large_value(k):
    k.typescript_only()
    outcome = k.run("Array.from({ length: 1_000_000 }, (_, i) => i)", seconds=20)
    equal(outcome.status, "ok", "status")
    below(len(str(outcome.data)), 1_000_000, "characters of the bundle")
    matches(outcome.value, r"more|cut|truncated|…", "text/plain")


@check("a very long text as value is cut, with a note that says so")
def large_text(k):
    k.typescript_only()
    outcome = k.run("'y'.repeat(20_000_000)", seconds=20)
    equal(outcome.status, "ok", "status")
    below(len(str(outcome.data)), 2_000_000, "characters of the bundle")
    matches(outcome.value, r"more|cut|truncated|…", "text/plain")


@check("iopub messages of each kind carry a topic that subscribers can filter by, and content that is JSON")
def message_shapes(k):
    for message in k.client.iopub:
        true(isinstance(message["content"], dict) and isinstance(message["metadata"], dict), "content and metadata are objects", message)
        true(re.match(r"^[a-z_]+$", message["msg_type"]) is not None, "a plain type", message["msg_type"])


@check("every message of a session satisfies jupyter_kernel_test's schemas")
def schemas(k):
    from harness.requirements import require

    require("jupyter_kernel_test")
    from jupyter_kernel_test.msgspec_v5 import schema_fragments, validate_message

    start = len(k.client.arrived)
    k.run("console.log('x'); console.error('y'); display('z'); 5", "print('x'); display('z'); 5")
    k.run(*THROW)
    k.client.complete("con")
    k.client.inspect("Math", 3)
    k.client.is_complete("if (x) {")
    k.client.request("comm_info_request", {})
    k.client.request("history_request", {"output": True, "raw": True, "hist_access_type": "tail", "n": 2})
    checked = 0
    for message in k.client.arrived[start:]:
        if message["msg_type"] in schema_fragments:
            bare = {key: value for key, value in message.items() if key != "channel"}
            try:
                validate_message(bare)
            except Exception as problem:
                true(False, f"schema of {message['msg_type']}", f"{problem}"[:600])
            checked += 1
    true(checked > 15, "messages were checked", checked)


@check("a subscriber that joins late gets iopub messages of the next cell")
def late_subscriber(k):
    client = Client(k.manager)
    k.extra_clients.append(client)
    client.ready()
    outcome = client.run("7 * 8")
    equal(outcome.value, "56", "value")


@check("a subscriber is welcomed with iopub_welcome when it subscribes (JEP 65)")
def iopub_welcome(k):
    k.typescript_only()
    import zmq
    from jupyter_client.session import Session

    # A session refuses a signature it has seen, and the first client sees the same messages.
    session = Session(key=k.manager.session.key)
    socket = k.manager.connect_iopub()
    socket.linger = 0
    try:
        deadline = time.monotonic() + 3
        while time.monotonic() < deadline:
            if socket.poll(200, zmq.POLLIN):
                _, message = session.recv(socket)
                if message["msg_type"] == "iopub_welcome":
                    return
        true(False, "iopub_welcome within 3 s")
    finally:
        socket.close(linger=0)


@check("connect_request, deprecated but in the protocol, does no harm")
def connect_request(k):
    k.client.send("shell", "connect_request", {})
    equal(k.run("1 + 1").value, "2", "next cell")
