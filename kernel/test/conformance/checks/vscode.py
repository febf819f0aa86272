"""What VS Code's Jupyter extension sends, in its order: https://github.com/microsoft/vscode-jupyter, src/kernels and src/notebooks.

Its messages are made by @jupyterlab/services: version 5.2, the name of a subshell in the header, null where there is none.
"""

import uuid
from datetime import datetime, timezone

from checks.debugger import dap, event
from harness.check import check
from harness.expect import contains, equal, lacks, matches, true


def send(k, channel, msg_type, content=None, metadata=None, parent=None):
    message = k.client.session.msg(msg_type, content or {}, parent=parent, metadata=metadata)
    message["header"].update(version="5.2", username="", subshell_id=None, date=datetime.now(timezone.utc))
    k.client.session.send(k.client.sockets[channel], message)
    return message["header"]["msg_id"]


def start_cell(k, code, cell_metadata=None):
    metadata = {"cellId": f"vscode-notebook-cell:/home/ada/a.ipynb#W{uuid.uuid4().hex[:8]}", **(cell_metadata or {})}
    content = {"code": code, "silent": False, "store_history": True, "user_expressions": {}, "allow_stdin": True, "stop_on_error": False}
    return send(k, "shell", "execute_request", content, metadata)


def start_hidden(k, code):
    """`executeSilently`: its output is read, its number is not counted."""
    content = {"code": code, "silent": False, "store_history": False, "user_expressions": {}, "allow_stdin": True, "stop_on_error": False}
    return send(k, "shell", "execute_request", content)


@check("VS Code's start: kernel_info on control and shell at once, both answered, and a message on iopub", own_kernel=True)
def starts(k):
    on_control = send(k, "control", "kernel_info_request")
    on_shell = send(k, "shell", "kernel_info_request")
    for replies, msg_id in ((k.client.control_replies, on_control), (k.client.replies, on_shell)):
        equal(k.client.until(lambda: replies.get(msg_id), 5, "the reply")["content"]["status"], "ok", "status")
    k.client.until(lambda: k.client.idle(on_shell), 5, "idle on iopub")
    # What it warms up a language server with, whatever the language.
    msg_id = send(k, "shell", "complete_request", {"code": "__file__.", "cursor_pos": 9})
    equal(k.client.until(lambda: k.client.replies.get(msg_id), 10, "complete_reply")["content"]["status"], "ok", "status of the completion")


@check("VS Code's cells: sent with the cell's metadata, not stopped by an error before them, each with its count from execute_input")
def cells(k):
    ids = [start_cell(k, k.code(*code), {"tags": ["x"], "collapsed": False}) for code in (("1 + 1", "1 + 1"), ("throw new Error('no')", "raise ValueError('no')"), ("2 + 2", "2 + 2"))]
    outcomes = [k.client.finish(msg_id) for msg_id in ids]
    equal([o.status for o in outcomes], ["ok", "error", "ok"], "statuses")
    equal([outcomes[0].value, outcomes[2].value], ["2", "4"], "values")
    counts = [o.contents("execute_input")[0]["execution_count"] for o in outcomes]
    equal(counts, [counts[0], counts[0] + 1, counts[0] + 2], "counts")
    equal([o.content["execution_count"] for o in outcomes], counts, "counts of the replies")
    for outcome in outcomes:
        states = [c["execution_state"] for c in outcome.contents("status")]
        equal((states[0], outcome.types[-1], states[-1]), ("busy", "status", "idle"), "busy first, idle last")


@check("code that VS Code runs hidden is answered, and neither counted nor kept in the history")
def hidden(k):
    before = k.run("1").content["execution_count"]
    outcome = k.client.finish(start_hidden(k, k.code("console.log('asked9701')", "print('asked9701')")))
    equal((outcome.status, outcome.stdout), ("ok", "asked9701\n"), "the hidden cell")
    equal(k.run("1").content["execution_count"], before + 1, "count of the next cell")
    history = k.client.request("history_request", {"hist_access_type": "tail", "n": 5, "output": False, "raw": True})
    lacks(repr(history["content"]["history"]), "asked9701", "history")


PYTHON = (
    "import builtins\nimport ipykernel\nbuiltins.print(\"5dc3\" + ipykernel.__version__ + \"5dc3\")",
    "import debugpy\ndebugpy.debug_this_thread()",
    "import os as _VSCODE_os\n_VSCODE_fileList = [\"/home/ada/x\"]\nfor file in _VSCODE_fileList:\n    try:\n        _VSCODE_os.remove(file)\n    except:\n        pass\ndel _VSCODE_fileList\ndel _VSCODE_os",
    "pass",
)


@check("Python that VS Code runs hidden in whatever kernel fails by itself: the session, its count and its variables stay")
def hidden_python(k):
    k.typescript_only()
    before = k.run("let kept9702 = 5;").content["execution_count"]
    for code in PYTHON:
        outcome = k.client.finish(start_hidden(k, code))
        equal(outcome.status, "error", f"status of {code!r}")
        true(bool(outcome.error and outcome.error["traceback"]), "an error output", outcome)
    after = k.run("kept9702")
    equal((after.value, after.content["execution_count"]), ("5", before + 1), "the next cell")


@check("a question is answered as VS Code does, a cancelled box is an empty answer, and a secret says so")
def questions(k):
    k.typescript_only()
    k.client.input_requests.clear()
    msg_id = start_cell(k, "const a = await input('Who?'); const b = await input('Key?', { password: true }); [a, b].join('/')")
    for position, (prompt, password, answer) in enumerate((("Who?", False, "Ada"), ("Key?", True, ""))):
        question = k.client.until(lambda: k.client.input_requests[position:], 10, "input_request")[0]
        contains(question["content"]["prompt"], prompt, "prompt")
        equal(question["content"]["password"], password, "password")
        send(k, "stdin", "input_reply", {"value": answer, "status": "ok"}, parent=question["header"])
    equal(k.client.finish(msg_id).value, "'Ada/'", "value")
    k.client.input_requests.clear()


@check("an interrupt on control ends a busy cell, and cells behind it run", own_kernel=True)
def interrupts(k):
    k.typescript_only()
    busy = start_cell(k, "let n = 1; console.log('runs'); for (;;) n++;")
    k.client.until(lambda: k.client.of(busy, "stream"), 10, "the cell's first output")
    msg_id = send(k, "control", "interrupt_request")
    reply = k.client.until(lambda: k.client.control_replies.get(msg_id), 5, "interrupt_reply")
    equal((reply["msg_type"], reply["content"]["status"]), ("interrupt_reply", "ok"), "reply")
    equal(k.client.finish(busy).error["ename"], "KeyboardInterrupt", "error of the busy cell")
    after = k.client.finish(start_cell(k, "n > 1"))
    equal(after.value, "true", f"value of the next cell ({after!r})")


@check("completions have a text and a kind each, as many as matches; what is chosen is then described in text/plain")
def completions(k):
    k.typescript_only()
    code = "const list9703 = [1, 2];\nlist9703.ma"
    msg_id = send(k, "shell", "complete_request", {"code": code, "cursor_pos": len(code)})
    content = k.client.until(lambda: k.client.replies.get(msg_id), 10, "complete_reply")["content"]
    kinds = content["metadata"]["_jupyter_types_experimental"]
    equal(len(kinds), len(content["matches"]), "as many kinds as matches")
    for item in kinds:
        true(isinstance(item["text"], str) and isinstance(item["type"], str), "text and type", item)
        true(isinstance(item["start"], int) and isinstance(item["end"], int), "start and end", item)
    contains([item["text"] for item in kinds], "map", "texts")
    chosen = code[: content["cursor_start"]] + "map"
    msg_id = send(k, "shell", "inspect_request", {"code": chosen, "cursor_pos": len(chosen), "detail_level": 0})
    found = k.client.until(lambda: k.client.replies.get(msg_id), 10, "inspect_reply")["content"]
    equal((found["status"], found["found"]), ("ok", True), "status and found")
    matches(found["data"]["text/plain"], r"map<", "text/plain")


def begin_debugging(k, code, line):
    """A session of "Debug Cell": the cells are dumped, breakpoints set, the cell run at configurationDone."""
    client = {"clientID": "vscode", "clientName": "Visual Studio Code", "adapterID": "Python Kernel Debug Adapter", "pathFormat": "path"}
    flags = {"linesStartAt1": True, "columnsStartAt1": True, "supportsVariableType": True, "supportsVariablePaging": True}
    dap(k, "initialize", {**client, **flags, "supportsRunInTerminalRequest": True, "locale": "en"})
    since = len(k.client.iopub)
    dap(k, "attach", {"type": "Python Kernel Debug Adapter", "request": "attach", "justMyCode": True, "__cellIndex": 0})
    event(k, "initialized", since)
    path = dap(k, "dumpCell", {"code": code})["sourcePath"]
    breakpoints = [{"line": line}]
    body = dap(k, "setBreakpoints", {"source": {"name": "a.ipynb", "path": path}, "lines": [line], "breakpoints": breakpoints, "sourceModified": False})
    equal([b["verified"] for b in body["breakpoints"]], [True], "verified")
    dap(k, "setFunctionBreakpoints", {"breakpoints": []})
    dap(k, "setExceptionBreakpoints", {"filters": []})
    k.client.finish(start_hidden(k, PYTHON[1]))
    equal(dap(k, "dumpCell", {"code": code})["sourcePath"], path, "the path of a cell that is dumped again")
    dap(k, "configurationDone")
    since = len(k.client.iopub)
    msg_id = start_cell(k, code)
    stopped = event(k, "stopped", since)["body"]
    return path, stopped["threadId"], msg_id


@check("VS Code's debugging of a cell: stop, threads, stack, scopes, variables with types, evaluate, step, disconnect", own_kernel=True)
def debugging(k):
    k.typescript_only()
    code = "function twice(x: number) {\n  const y = x * 2;\n  return y;\n}\ntwice(21)"
    path, thread, msg_id = begin_debugging(k, code, 3)
    contains([t["id"] for t in dap(k, "threads")["threads"]], thread, "threads")
    frames = dap(k, "stackTrace", {"threadId": thread, "startFrame": 0, "levels": 20})["stackFrames"]
    equal([(f["name"], f["line"], f["source"]["path"]) for f in frames], [("twice", 3, path), ("<cell>", 5, path)], "frames")
    scopes = dap(k, "scopes", {"frameId": frames[0]["id"]})["scopes"]
    variables = dap(k, "variables", {"variablesReference": scopes[0]["variablesReference"]})["variables"]
    equal(sorted((v["name"], v["value"], v["type"]) for v in variables), [("x", "21", "number"), ("y", "42", "number")], "variables")
    for context in ("hover", "watch", "repl"):
        equal(dap(k, "evaluate", {"expression": "x + y", "frameId": frames[0]["id"], "context": context})["result"], "63", context)
    since = len(k.client.iopub)
    dap(k, "stepOut", {"threadId": thread})
    event(k, "stopped", since)
    dap(k, "disconnect", {"restart": False})
    equal(k.client.finish(msg_id).value, "42", "value of the cell")


@check("VS Code counts a cell's lines from its first code: breakpoints and frames of a cell that begins with empty lines", own_kernel=True)
def leading_lines(k):
    k.typescript_only()
    code = "\n  \nconst base9704 = 1;\nconst sum9704 = base9704 + 1;\nsum9704"
    _, thread, msg_id = begin_debugging(k, code, 2)
    frame = dap(k, "stackTrace", {"threadId": thread, "startFrame": 0, "levels": 1})["stackFrames"][0]
    equal(frame["line"], 2, "line, the empty ones not counted")
    equal(dap(k, "evaluate", {"expression": "base9704", "frameId": frame["id"], "context": "watch"})["result"], "1", "what ran before")
    since = len(k.client.iopub)
    dap(k, "stepIn", {"threadId": thread})
    event(k, "stopped", since)
    frame = dap(k, "stackTrace", {"threadId": thread, "startFrame": 0, "levels": 1})["stackFrames"][0]
    equal(frame["line"], 3, "line after a step, as run by line does it")
    dap(k, "disconnect", {"restart": False})
    equal(k.client.finish(msg_id).value, "2", "value of the cell")
