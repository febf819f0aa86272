"""What nteract sends, in its order: https://github.com/nteract/nteract, crates/runtimed/src/jupyter_kernel.rs.

It reads replies into Rust's types, so a field of another type than the protocol's is a reply that never came. Its messages
are made by the crate jupyter-protocol: version 5.3, the user "runtimelib".
"""

import json
import os
import shutil
import signal
import subprocess
import tempfile
import time
import uuid

import zmq
from jupyter_client.session import Session

from harness.check import check
from harness.expect import contains, equal, lacks, matches, true


class Nteract:
    """One connection of nteract's daemon. With `transport="ipc"` it starts the kernel itself, as it does on Unix."""

    def __init__(self, k):
        self.folder = tempfile.mkdtemp(prefix="nt-")
        connection = {"transport": "ipc", "ip": os.path.join(self.folder, "kernel-ipc"), "signature_scheme": "hmac-sha256"}
        ports = {f"{name}_port": position + 1 for position, name in enumerate(("shell", "iopub", "stdin", "control", "hb"))}
        self.connection = {**connection, **ports, "key": str(uuid.uuid4()), "kernel_name": "isoflop"}
        path = os.path.join(self.folder, "gentle-owl.json")
        with open(path, "w") as file:
            json.dump(self.connection, file, indent=2)
        argv = [path if part == "{connection_file}" else part for part in k.argv]
        env = {**os.environ, **k.env, "COLUMNS": "130", "LINES": "30"}
        self.process = subprocess.Popen(argv, cwd=k.folder, env=env, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, start_new_session=True)
        sockets = [f"{self.connection['ip']}-{port}" for port in range(1, 6)]
        deadline = time.monotonic() + 20
        while not all(os.path.exists(each) for each in sockets):
            true(time.monotonic() < deadline and self.process.poll() is None, "all five sockets are there", [s for s in sockets if not os.path.exists(s)])
            time.sleep(0.02)
        self.session = Session(key=self.connection["key"].encode(), signature_scheme="hmac-sha256")
        self.open = []
        self.iopub = self.connect("iopub", zmq.SUB)
        self.shell = self.connect("shell", zmq.DEALER, self.session.session.encode())
        self.seen = []

    def connect(self, channel, kind, identity=None):
        socket = zmq.Context.instance().socket(kind)
        socket.linger = 0
        if identity:
            socket.identity = identity
        if kind == zmq.SUB:
            socket.subscribe(b"")
        socket.connect(f"ipc://{self.connection['ip']}-{self.connection[f'{channel}_port']}")
        self.open.append(socket)
        return socket

    def send(self, socket, msg_type, content, msg_id=None, metadata=None):
        message = self.session.msg(msg_type, content, metadata=metadata)
        message["header"].update(version="5.3", username="runtimelib", **({"msg_id": msg_id} if msg_id else {}))
        self.session.send(socket, message)
        return message["header"]["msg_id"]

    def read(self, socket, seconds=10):
        true(socket.poll(seconds * 1000, zmq.POLLIN), f"a message came within {seconds} s")
        return self.session.recv(socket)[1]

    def ask(self, msg_type, content, seconds=10):
        msg_id = self.send(self.shell, msg_type, content)
        reply = self.read(self.shell, seconds)
        equal(reply["parent_header"]["msg_id"], msg_id, f"parent of the reply to {msg_type}")
        return reply["content"]

    def subscribed(self):
        """Waits for the first message on iopub: until the subscription has reached the kernel, what is published is lost."""
        deadline = time.monotonic() + 10
        while not self.seen:
            true(time.monotonic() < deadline, "something came on iopub within 10 s")
            self.ask("kernel_info_request", {})
            if self.iopub.poll(200, zmq.POLLIN):
                self.seen.append(self.read(self.iopub))

    def execute(self, code):
        """Runs a cell; its reply and what came for it on iopub, by the id that nteract gave it."""
        self.subscribed()
        execution_id = str(uuid.uuid4())
        content = {"code": code, "silent": False, "store_history": True, "user_expressions": {}, "allow_stdin": False, "stop_on_error": True}
        self.send(self.shell, "execute_request", content, execution_id, {"nteract": {"execution_id": execution_id, "cell_id": "cell-1"}})
        return execution_id

    def outputs(self, execution_id, seconds=15):
        """Everything on iopub up to the idle of an execution, of that execution."""
        while True:
            message = self.read(self.iopub, seconds)
            self.seen.append(message)
            mine = [m for m in self.seen if m["parent_header"].get("msg_id") == execution_id]
            if mine and mine[-1]["msg_type"] == "status" and mine[-1]["content"]["execution_state"] == "idle":
                return mine

    def interrupt(self):
        """A connection of its own each time."""
        control = self.connect("control", zmq.DEALER)
        self.send(control, "interrupt_request", {})
        reply = self.read(control, 5)
        control.close()
        return reply

    def close(self):
        for socket in self.open:
            socket.close(linger=0)
        if self.process.poll() is None:
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()
        self.process.stderr.close()
        shutil.rmtree(self.folder, ignore_errors=True)


def replay(sentence, seconds=30):
    def register(body):
        def whole(k):
            k.typescript_only()
            front_end = Nteract(k)
            try:
                body(front_end)
            finally:
                front_end.close()

        whole.__name__, whole.__module__ = body.__name__, body.__module__
        return check(sentence, without_kernel=True, seconds=seconds)(whole)

    return register


def typed(content, fields, what):
    for name, kinds in fields.items():
        true(name in content and isinstance(content[name], kinds), f"{what}: {name} is {kinds}", content)


@replay("nteract's start: five sockets of files, kernel_info with the types that it reads, a mode of CodeMirror that is a text")
def starts(n):
    info = n.ask("kernel_info_request", {})
    typed(info, {"status": str, "protocol_version": str, "implementation": str, "implementation_version": str, "banner": str, "help_links": list, "debugger": bool}, "kernel_info_reply")
    typed(info["language_info"], dict.fromkeys(("name", "version", "mimetype", "file_extension", "pygments_lexer", "codemirror_mode", "nbconvert_exporter"), str), "language_info")
    for link in info["help_links"]:
        typed(link, {"text": str, "url": str}, "a help link")


@replay("nteract's cells: messages under the id that it gave, all outputs, then idle; an error stops the cells behind it")
def cells(n):
    first = n.execute("console.log('a9801'); display.html('<b>x</b>'); [1, 2]")
    messages = n.outputs(first)
    equal([m["msg_type"] for m in messages], ["status", "execute_input", "stream", "display_data", "execute_result", "status"], "messages")
    for message in messages:
        typed(message["header"], {"msg_id": str, "username": str, "session": str, "msg_type": str, "version": str}, "header")
        if message["msg_type"] in ("display_data", "execute_result"):
            typed(message["content"], {"data": dict, "metadata": dict}, message["msg_type"])
    reply = n.read(n.shell)["content"]
    typed(reply, {"status": str, "execution_count": int, "payload": list, "user_expressions": dict}, "execute_reply")
    failing, behind = n.execute("throw new RangeError('far')"), n.execute("'not run 9801'")
    error = [m["content"] for m in n.outputs(failing) if m["msg_type"] == "error"][0]
    typed(error, {"ename": str, "evalue": str, "traceback": list}, "error")
    true(all(isinstance(line, str) for line in error["traceback"]), "lines of the traceback", error)
    lacks(repr([m["content"] for m in n.outputs(behind)]), "not run 9801'", "outputs of the cell behind")
    equal([n.read(n.shell)["content"]["status"] for _ in range(2)], ["error", "aborted"], "replies")


@replay("nteract asks nobody: a question in a cell is an error that says so, and the session goes on")
def questions(n):
    asked = n.outputs(n.execute("await input('Who?')"))
    error = [m["content"] for m in asked if m["msg_type"] == "error"]
    true(len(error) == 1 and len(error[0]["evalue"]) > 20, "an error with a sentence", asked)
    results = [m["content"] for m in n.outputs(n.execute("6 * 7")) if m["msg_type"] == "execute_result"]
    equal(results[0]["data"]["text/plain"], "42", "the next cell")


@replay("nteract's completion and its search of the history: patterns of a shell, escaped in brackets, newest last, each once")
def asks(n):
    for code in ("const stars9802 = 2 * 3;", "[1][0]", "const stars9802b = 4;", "[1][0]"):
        n.outputs(n.execute(code))
        n.read(n.shell)
    reply = n.ask("complete_request", {"code": "stars98", "cursor_pos": 7})
    typed(reply, {"matches": list, "cursor_start": int, "cursor_end": int, "metadata": dict, "status": str}, "complete_reply")
    contains(reply["matches"], "stars9802", "matches")
    search = {"hist_access_type": "search", "output": False, "raw": True, "n": 10}
    for pattern, unique, expected in (
        ("*", False, ["const stars9802 = 2 * 3;", "[1][0]", "const stars9802b = 4;", "[1][0]"]),
        ("*2 [*] 3*", True, ["const stars9802 = 2 * 3;"]),
        ("*[[]1[]]*", True, ["[1][0]"]),
        ("*stars*", False, ["const stars9802 = 2 * 3;", "const stars9802b = 4;"]),
    ):
        history = n.ask("history_request", {**search, "pattern": pattern, "unique": unique})["history"]
        true(all(isinstance(s, int) and isinstance(line, int) and isinstance(text, str) for s, line, text in history), "types of entries", history)
        equal([text for _, _, text in history if "98" in text or text.startswith("[")][-len(expected):], expected, f"history of {pattern}")


@replay("nteract's interrupt comes on a control connection that is opened for it, its heartbeat on one that is opened for each beat")
def interrupts(n):
    for _ in range(2):
        busy = n.execute("console.log('runs'); for (;;) {}")
        while not any(m["msg_type"] == "stream" and m["parent_header"]["msg_id"] == busy for m in n.seen):
            n.seen.append(n.read(n.iopub))
        beat = n.connect("hb", zmq.REQ)
        beat.send(b"ping")
        true(beat.poll(3000, zmq.POLLIN) and beat.recv() == b"ping", "the beat came back while busy")
        beat.close()
        equal(n.interrupt()["content"]["status"], "ok", "status of the interrupt")
        error = [m["content"] for m in n.outputs(busy) if m["msg_type"] == "error"]
        equal(error[0]["ename"], "KeyboardInterrupt", "error")
        n.read(n.shell)


@replay("nteract's own messages, which other kernels do not know, harm nothing: a checkpoint on a second shell, widgets that are not there")
def unknown(n):
    second = n.connect("shell", zmq.DEALER, str(uuid.uuid4()).encode())
    n.send(second, "nteract_bokeh_checkpoint_request", {"session_id": "s", "transaction_id": "t"})
    n.send(n.shell, "comm_msg", {"comm_id": "gone", "data": {"method": "update", "state": {"value": 1}, "buffer_paths": []}})
    second.close()
    results = [m["content"] for m in n.outputs(n.execute("6 * 7")) if m["msg_type"] == "execute_result"]
    equal(results[0]["data"]["text/plain"], "42", "the next cell")


@replay("nteract's end: shutdown on shell, from a client that has stopped reading; the process is gone within 2 s and its sockets with it")
def ends(n):
    n.outputs(n.execute("1"))
    n.iopub.close()
    n.send(n.shell, "shutdown_request", {"restart": False})
    try:
        n.process.wait(2)
    except subprocess.TimeoutExpired:
        true(False, "the process has gone", "still there")
    equal(n.process.returncode, 0, "exit status")
    matches(" ".join(sorted(os.listdir(n.folder))), r"^gentle-owl\.json$", "what is left in the folder of the sockets")
