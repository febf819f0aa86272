"""The debug adapter protocol over debug_request: https://jupyter-client.readthedocs.io/en/stable/messaging.html#debug-request"""

import itertools
import time

from harness.check import check
from harness.expect import contains, equal, matches, true

CELL = (
    "function scale9301(x: number) {\n  const factor = 10;\n  const scaled = x * factor;\n  return scaled;\n}\nconst got9301 = scale9301(4);\ngot9301",
    "def scale9301(x):\n  factor = 10\n  scaled = x * factor\n  return scaled\n\ngot9301 = scale9301(4)\ngot9301",
)
numbers = itertools.count(1)


def dap(k, command, arguments=None, seconds=4):
    content = {"type": "request", "seq": next(numbers), "command": command, "arguments": arguments or {}}
    reply = k.client.request("debug_request", content, channel="control", seconds=seconds)["content"]
    equal(reply.get("success"), True, f"success of {command} ({str(reply)[:400]})")
    return reply.get("body", {})


def event(k, name, since, seconds=8):
    def find():
        for message in k.client.iopub[since:]:
            if message["msg_type"] == "debug_event" and message["content"].get("event") == name:
                return message["content"]
        return None

    return k.client.until(find, seconds, f"debug event {name}")


def begin(k):
    dap(k, "initialize", {"clientID": "checks", "clientName": "checks", "adapterID": "", "pathFormat": "path", "linesStartAt1": True, "columnsStartAt1": True, "supportsVariableType": True})
    dap(k, "attach")


def stop_in_cell(k, lines):
    """Run the cell with breakpoints; returns the thread, the cell's path and the request."""
    code = k.code(*CELL)
    path = dap(k, "dumpCell", {"code": code})["sourcePath"]
    body = dap(k, "setBreakpoints", {"source": {"path": path}, "breakpoints": [{"line": line} for line in lines], "lines": lines, "sourceModified": False})
    equal([b["verified"] for b in body["breakpoints"]], [True] * len(lines), "verified breakpoints")
    dap(k, "configurationDone")
    since = len(k.client.iopub)
    msg_id = k.client.start(code)
    stopped = event(k, "stopped", since)
    return stopped["body"]["threadId"], path, msg_id


@check("kernel_info says that there is a debugger", own_kernel=True)
def supported(k):
    info = k.client.request("kernel_info_request")["content"]
    true(info.get("debugger") is True or "debugger" in info.get("supported_features", []), "debugger", info)


@check("debugInfo is answered before a session: not started, how cells are named", own_kernel=True)
def debug_info(k):
    body = dap(k, "debugInfo")
    equal(body["isStarted"], False, "isStarted")
    for field in ("hashMethod", "hashSeed", "tmpFilePrefix", "tmpFileSuffix", "breakpoints", "stoppedThreads"):
        contains(body, field, "debugInfo")


@check("initialize, attach and disconnect; debugInfo says when it is started", own_kernel=True)
def attach(k):
    begin(k)
    equal(dap(k, "debugInfo")["isStarted"], True, "isStarted")
    dap(k, "disconnect", {"restart": False, "terminateDebuggee": True})
    equal(dap(k, "debugInfo")["isStarted"], False, "isStarted after disconnect")
    equal(k.run("1 + 1").value, "2", "a cell afterwards")


@check("a breakpoint in a cell stops there; the stack names function, line and the cell's path", own_kernel=True)
def breakpoint(k):
    begin(k)
    thread, path, msg_id = stop_in_cell(k, [3])
    frames = dap(k, "stackTrace", {"threadId": thread})["stackFrames"]
    contains(frames[0]["name"], "scale9301", "name of the top frame")
    equal((frames[0]["line"], frames[0]["source"]["path"]), (3, path), "line and path of the top frame")
    equal(frames[1]["line"], 6, "line of the caller")
    dap(k, "continue", {"threadId": thread})
    equal(k.client.finish(msg_id).value, "40", "value of the cell")


@check("variables of the stopped frame have names, values and types; evaluate sees them", own_kernel=True)
def variables(k):
    begin(k)
    thread, _, msg_id = stop_in_cell(k, [3])
    frame = dap(k, "stackTrace", {"threadId": thread})["stackFrames"][0]["id"]
    scopes = dap(k, "scopes", {"frameId": frame})["scopes"]
    found = {v["name"]: v for v in dap(k, "variables", {"variablesReference": scopes[0]["variablesReference"]})["variables"]}
    equal((found["x"]["value"], found["factor"]["value"]), ("4", "10"), "values")
    equal(dap(k, "evaluate", {"expression": "x + factor", "frameId": frame, "context": "repl"})["result"], "14", "evaluate")
    dap(k, "continue", {"threadId": thread})
    k.client.finish(msg_id)


@check("the scopes of a stopped cell hold the user's variables and nothing of the kernel's", own_kernel=True)
def own_names_hidden(k):
    k.typescript_only()
    begin(k)
    k.value("const Buffer = 8701; Buffer")
    code = "const local8701 = 1;\n{ const inner8701 = 2; console.log(inner8701 + Buffer); }"
    path = dap(k, "dumpCell", {"code": code})["sourcePath"]
    dap(k, "setBreakpoints", {"source": {"path": path}, "breakpoints": [{"line": 2}], "lines": [2], "sourceModified": False})
    dap(k, "configurationDone")
    since = len(k.client.iopub)
    msg_id = k.client.start(code)
    thread = event(k, "stopped", since)["body"]["threadId"]
    frame = dap(k, "stackTrace", {"threadId": thread})["stackFrames"][0]["id"]
    names = set()
    for scope in dap(k, "scopes", {"frameId": frame})["scopes"]:
        names |= {v["name"] for v in dap(k, "variables", {"variablesReference": scope["variablesReference"]})["variables"]}
    equal(sorted(name for name in names if name.startswith("$") or name in ("eval", "code")), [], "names of the kernel")
    contains(names, "local8701", "the session's variables")
    contains(names, "Buffer", "a variable with the name of a global")
    equal(dap(k, "evaluate", {"expression": "Buffer + 1", "frameId": frame, "context": "repl"})["result"], "8702", "evaluate")
    dap(k, "continue", {"threadId": thread})
    k.client.finish(msg_id)


@check("a stopped frame has Locals, Closure and Globals, each name once, as the code there sees them; no frame is 0", own_kernel=True)
def scopes_by_name(k):
    k.typescript_only()
    begin(k)
    k.value("const other8702 = 'seen'; other8702")
    code = (
        "function outer8702(x: number) {\n  const kept = [x, 2];\n  return function (y: number) {\n    let sum = 0;\n"
        "    for (const value of kept) {\n      const y = value * 2;\n      sum += y;\n    }\n    return sum;\n  };\n}\nouter8702(1)(5)"
    )
    path = dap(k, "dumpCell", {"code": code})["sourcePath"]
    dap(k, "setBreakpoints", {"source": {"path": path}, "breakpoints": [{"line": 7}], "lines": [7], "sourceModified": False})
    dap(k, "configurationDone")
    since = len(k.client.iopub)
    msg_id = k.client.start(code)
    thread = event(k, "stopped", since)["body"]["threadId"]
    dap(k, "setBreakpoints", {"source": {"path": path}, "breakpoints": [], "lines": [], "sourceModified": False})
    frames = dap(k, "stackTrace", {"threadId": thread})["stackFrames"]
    equal([frame["name"] for frame in frames], ["<anonymous>", "<cell>"], "names of the frames")
    true(all(frame["id"] > 0 for frame in frames), "frames are numbered from 1", frames)

    def variables_of(frame):
        scopes = dap(k, "scopes", {"frameId": frame["id"]})["scopes"]
        listed = [(s["name"], dap(k, "variables", {"variablesReference": s["variablesReference"]})["variables"]) for s in scopes]
        return {name: {v["name"]: v["value"] for v in variables} for name, variables in listed}

    inner = variables_of(frames[0])
    equal(list(inner), ["Locals", "Closure", "Globals"], "names of the scopes")
    equal(inner["Locals"], {"y": "2", "value": "1", "sum": "0"}, "Locals")
    equal(inner["Closure"], {"kept": "[1, 2]"}, "Closure")
    equal(inner["Globals"]["other8702"], '"seen"', "a variable of another cell")
    equal(list(variables_of(frames[1])), ["Globals"], "scopes of the cell itself")
    rich = dap(k, "richInspectVariables", {"variableName": "kept", "frameId": frames[0]["id"]})
    contains(rich["data"]["text/plain"], "1, 2", "a variable shown by itself")
    dap(k, "continue", {"threadId": thread})
    equal(k.client.finish(msg_id).value, "6", "value of the cell")


@check("next, stepIn and stepOut move as they say", own_kernel=True)
def stepping(k):
    begin(k)
    thread, _, msg_id = stop_in_cell(k, [6])
    line = lambda: dap(k, "stackTrace", {"threadId": thread})["stackFrames"][0]["line"]  # noqa: E731
    equal(line(), 6, "line at the breakpoint")
    for command, expected in (("stepIn", (2,)), ("next", (3,)), ("stepOut", (6, 7))):
        since = len(k.client.iopub)
        dap(k, command, {"threadId": thread})
        event(k, "stopped", since)
        true(line() in expected, f"line after {command} is one of {expected}", line())
    dap(k, "continue", {"threadId": thread})
    equal(k.client.finish(msg_id).value, "40", "value of the cell")


@check("while stopped, the kernel still answers: heartbeat, control, and an interrupt or disconnect frees the cell", own_kernel=True)
def alive_while_stopped(k):
    k.typescript_only()
    begin(k)
    _, _, msg_id = stop_in_cell(k, [3])
    k.heartbeat()
    k.client.request("kernel_info_request", channel="control", seconds=3)
    dap(k, "disconnect", {"restart": False, "terminateDebuggee": True})
    equal(k.client.finish(msg_id).status, "ok", "status of the cell")


@check("inspectVariables lists the session's variables without a stop, richInspectVariables shows one", own_kernel=True)
def inspect_variables(k):
    k.run("const seen9302 = { a: 1 }; let count9302 = 5", "seen9302 = {'a': 1}; count9302 = 5")
    begin(k)
    found = {v["name"]: v for v in dap(k, "inspectVariables")["variables"]}
    equal(found["count9302"]["value"], "5", "value")
    contains(found, "seen9302", "names")
    body = dap(k, "richInspectVariables", {"variableName": "count9302"})
    contains(body["data"]["text/plain"], "5", "text/plain")


@check("source returns a cell's text by its path", own_kernel=True)
def source(k):
    begin(k)
    code = k.code(*CELL)
    path = dap(k, "dumpCell", {"code": code})["sourcePath"]
    equal(dap(k, "source", {"source": {"path": path}})["content"], code, "content")


@check("stepping goes over Node's code and the kernel's, at the end of a cell out of it, and stops only where there is a line of the user", own_kernel=True)
def user_code_only(k):
    k.typescript_only()
    begin(k)
    code = "const doubled = [3, 1].map((x) => x * 2);\nconsole.log(doubled);\nawait Promise.resolve();\ndoubled"
    path = dap(k, "dumpCell", {"code": code})["sourcePath"]
    dap(k, "setBreakpoints", {"source": {"path": path}, "breakpoints": [{"line": 1}], "lines": [1], "sourceModified": False})
    dap(k, "configurationDone")
    since = len(k.client.iopub)
    msg_id = k.client.start(code)
    lines = []
    while True:
        done = k.client.until(lambda: msg_id in k.client.replies or any(m["msg_type"] == "debug_event" and m["content"]["event"] == "stopped" for m in k.client.iopub[since:]), 10, "a stop or the end")
        if msg_id in k.client.replies:
            break
        true(done and len(lines) < 20, "the cell ends after some steps", lines)
        frames = dap(k, "stackTrace", {"threadId": 1})["stackFrames"]
        true(frames and all(frame["source"]["path"] == path for frame in frames), "frames of the cell only", frames)
        lines.append(frames[0]["line"])
        since = len(k.client.iopub)
        dap(k, "stepIn", {"threadId": 1})
    equal(sorted(set(lines)), [1, 2, 3, 4], "lines that were stopped at")
    equal(k.client.finish(msg_id).value, "[ 6, 2 ]", "value of the cell")


def start_with(k, code, breakpoints):
    """Run a cell with breakpoints; returns what set them, where its messages begin and the request."""
    path = dap(k, "dumpCell", {"code": code})["sourcePath"]
    wanted = {"source": {"path": path}, "breakpoints": breakpoints}
    dap(k, "setBreakpoints", wanted)
    since = len(k.client.iopub)
    return wanted, since, k.client.start(code)


def stop_at(k, code, line):
    """Run a cell with one breakpoint and wait for the stop; returns the path and the request."""
    wanted, since, msg_id = start_with(k, code, [{"line": line}])
    event(k, "stopped", since)
    return wanted["source"]["path"], msg_id


@check("an interrupt ends a cell that is stopped, though a breakpoint is ahead of it, and keeps the variables", own_kernel=True)
def interrupt_while_stopped(k):
    k.typescript_only()
    begin(k)
    k.value("let kept8801 = 1; kept8801")
    loop = "for (let i = 0; i < 1e9; i++) {\n  kept8801 += 1;\n}"
    short = "kept8801 = 7;\nkept8801 + 1;\nkept8801 = 8;\nkept8801"
    for code in (loop, short):
        path, msg_id = stop_at(k, code, 2)
        k.client.request("interrupt_request", {}, channel="control", seconds=4)
        equal(k.client.finish(msg_id).error["ename"], "KeyboardInterrupt", f"how the cell ends: {code}")
        equal(dap(k, "debugInfo")["stoppedThreads"], [], "stopped threads")
        dap(k, "setBreakpoints", {"source": {"path": path}, "breakpoints": []})
    equal(k.run("kept8801").value, "7", "the variable")
    stop_at(k, "kept8801;\nkept8801 + 2", 2)
    dap(k, "continue")


@check("a breakpoint that is asked for again while code runs is not passed meanwhile", own_kernel=True)
def asked_again(k):
    k.typescript_only()
    begin(k)
    code = "let got8804 = 0;\nfor (let n = 0; n < 60; n++) {\n  await new Promise((done) => setTimeout(done, 5));\n  got8804 += n;\n}\ngot8804"
    wanted, since, msg_id = start_with(k, code, [{"line": 4, "condition": "n % 10 === 9"}, {"line": 6}])
    stops = []

    def stopped():
        return [m for m in k.client.iopub[since:] if m["msg_type"] == "debug_event" and m["content"].get("event") == "stopped"]

    for _ in range(7):
        # As JupyterLab does a second after something was typed anywhere in the notebook.
        while len(stopped()) == len(stops):
            dap(k, "setBreakpoints", wanted)
        stops.append(dap(k, "stackTrace", {"threadId": 1})["stackFrames"][0]["line"])
        dap(k, "continue")
    equal(stops, [4] * 6 + [6], "lines that were stopped at")
    equal(k.client.finish(msg_id).value, "1770", "value of the cell")


@check("a cell that is sent at once after its process has ended stops at its breakpoint", own_kernel=True)
def breakpoints_outlive(k):
    k.typescript_only()
    begin(k)
    code = "const again8802 = 1;\nagain8802 + 1"
    path = dap(k, "dumpCell", {"code": code})["sourcePath"]
    dap(k, "setBreakpoints", {"source": {"path": path}, "breakpoints": [{"line": 2}]})
    for _ in range(2):
        k.run("process.exit(2)")
        since = len(k.client.iopub)
        msg_id = k.client.start(code)
        event(k, "stopped", since)
        dap(k, "continue")
        equal(k.client.finish(msg_id).value, "2", "value of the cell")


@check("breakpoints that are none are refused or not verified, and those beside them are kept", own_kernel=True)
def wrong_breakpoints(k):
    k.typescript_only()
    begin(k)
    code = "let sum8803 = 0;\nfor (let i = 0; i < 5; i++)\n  sum8803 += i;\nsum8803"
    path = dap(k, "dumpCell", {"code": code})["sourcePath"]

    def ask(arguments):
        content = {"type": "request", "seq": next(numbers), "command": "setBreakpoints", "arguments": arguments}
        return k.client.request("debug_request", content, channel="control", seconds=4)["content"]

    for arguments in ({}, {"source": None}, {"source": {"path": 5}}):
        contains(ask(arguments)["message"], "source.path", "message")
    for wrong in ([None], "x", [{"line": "1"}], [{"line": 1.5}], [{"line": 1, "condition": 5}]):
        contains(ask({"source": {"path": path}, "breakpoints": wrong})["message"], "a breakpoint needs a line", "message")
    equal(dap(k, "debugInfo")["breakpoints"], [], "what is kept of them")
    wanted = [{"line": 0}, {"line": -3}, {"line": 99999}, {"line": 3, "condition": "i ==="}, {"line": 3, "condition": "i === 2"}]
    found = dap(k, "setBreakpoints", {"source": {"path": path}, "breakpoints": wanted})["breakpoints"]
    equal([each["verified"] for each in found], [False, False, False, False, True], "verified")
    contains(found[3]["message"], "no JavaScript", "why a condition is none")
    since = len(k.client.iopub)
    msg_id = k.client.start(code)
    event(k, "stopped", since)
    frame = dap(k, "stackTrace")["stackFrames"][0]["id"]
    equal(dap(k, "evaluate", {"expression": "i", "frameId": frame})["result"], "2", "where the condition holds")
    dap(k, "continue")
    k.client.finish(msg_id)


@check("of a long array the first members are listed, and how many more there are", own_kernel=True)
def long_arrays(k):
    k.typescript_only()
    begin(k)
    for expression in ("Array.from({ length: 1000000 }, (_, i) => i)", "new Float64Array(1000000)"):
        listed = dap(k, "evaluate", {"expression": expression})
        variables = dap(k, "variables", {"variablesReference": listed["variablesReference"]})["variables"]
        equal((len(variables), variables[999]["name"], variables[1000]["value"]), (1001, "999", "999,000 more"), expression)
    listed = dap(k, "evaluate", {"expression": "[5, 6]"})
    variables = dap(k, "variables", {"variablesReference": listed["variablesReference"]})["variables"]
    equal([(v["name"], v["value"]) for v in variables if v["name"] != "length"], [("0", "5"), ("1", "6")], "a short one")


@check("errors that end a promise are a reason of their own to stop: exception", own_kernel=True)
def exception_reasons(k):
    k.typescript_only()
    begin(k)
    dap(k, "setExceptionBreakpoints", {"filters": ["all"]})
    for code in ("function f8805() { throw new Error('sync') }\nf8805()", "await (async () => { throw new Error('async') })()"):
        since = len(k.client.iopub)
        msg_id = k.client.start(code)
        equal(event(k, "stopped", since)["body"]["reason"], "exception", code)
        dap(k, "continue")
        k.client.finish(msg_id)
