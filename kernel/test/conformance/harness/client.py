"""A Jupyter client over plain ZeroMQ sockets, with jupyter_client's session for signing and parsing.

Every message is kept with its parent, so a check can also ask what arrived after the cell was done.
"""

import time

import zmq
from jupyter_client.session import Session

from .outcome import Outcome


class TimedOut(AssertionError):
    """The kernel did not answer in time."""


class Client:
    def __init__(self, connection):
        # A manager's session must not be shared: replies are routed by it.
        self.session = Session(key=connection.session.key, signature_scheme=connection.session.signature_scheme)
        self.sockets = {name: self.connect(connection, name) for name in ("shell", "control", "stdin", "iopub")}
        self.poller = zmq.Poller()
        for socket in self.sockets.values():
            self.poller.register(socket, zmq.POLLIN)
        self.replies = {}
        self.control_replies = {}
        self.iopub = []
        self.input_requests = []
        self.arrived = []

    def connect(self, connection, channel):
        socket = zmq.Context.instance().socket(zmq.SUB if channel == "iopub" else zmq.DEALER)
        socket.linger = 0
        # The kernel may not listen yet; the default of 100 ms between attempts would blur the time it takes to start.
        socket.reconnect_ivl = 5
        if channel == "iopub":
            socket.set_hwm(0)
            socket.subscribe(b"")
        else:
            # The kernel finds a client's stdin socket by the identity of its shell socket.
            socket.identity = self.session.bsession
        socket.connect(f"tcp://{connection.ip}:{getattr(connection, f'{channel}_port')}")
        return socket

    def close(self):
        for socket in self.sockets.values():
            socket.close(linger=0)

    # --- sending and receiving -------------------------------------------------------------------

    def send(self, channel, msg_type, content=None, metadata=None, parent=None, buffers=None):
        message = self.session.msg(msg_type, content or {}, parent=parent, metadata=metadata)
        self.session.send(self.sockets[channel], message, buffers=buffers)
        return message["header"]["msg_id"]

    def pump(self, seconds):
        """Take in what arrives within the given time; returns at the first message taken."""
        events = dict(self.poller.poll(max(0, seconds) * 1000))
        taken = 0
        for channel, socket in self.sockets.items():
            if socket not in events:
                continue
            for _ in range(200):
                try:
                    _, message = self.session.recv(socket, zmq.NOBLOCK)
                except ValueError as problem:
                    raise AssertionError(f"a message on {channel} could not be read: {problem}") from problem
                if message is None:
                    break
                taken += 1
                message["channel"] = channel
                parent = message["parent_header"].get("msg_id")
                self.arrived.append(message)
                if channel == "iopub":
                    self.iopub.append(message)
                elif channel == "shell":
                    self.replies[parent] = message
                elif channel == "control":
                    self.control_replies[parent] = message
                else:
                    self.input_requests.append(message)
        return taken

    def until(self, condition, seconds, what):
        """Take in messages until the condition holds; returns its value."""
        deadline = time.monotonic() + seconds
        while True:
            value = condition()
            if value:
                return value
            left = deadline - time.monotonic()
            if left <= 0:
                raise TimedOut(f"{what} did not come within {seconds} s")
            self.pump(min(left, 0.25))

    def forget(self):
        """Drop what has arrived so far: a long run would only grow slow with it."""
        for kept in (self.iopub, self.arrived, self.input_requests, self.replies, self.control_replies):
            kept.clear()

    def settle(self, seconds=0.3):
        """Take in messages until none came for the given time."""
        while self.pump(seconds):
            pass

    def of(self, msg_id, *msg_types):
        """The iopub messages of a request, so far."""
        return [
            m
            for m in self.iopub
            if m["parent_header"].get("msg_id") == msg_id and (not msg_types or m["msg_type"] in msg_types)
        ]

    def idle(self, msg_id):
        return any(m["content"]["execution_state"] == "idle" for m in self.of(msg_id, "status"))

    # --- requests --------------------------------------------------------------------------------

    def request(self, msg_type, content=None, channel="shell", seconds=10):
        """Send a request and return its reply message."""
        msg_id = self.send(channel, msg_type, content)
        replies = self.replies if channel == "shell" else self.control_replies
        return self.until(lambda: replies.get(msg_id), seconds, f"the reply to {msg_type} on {channel}")

    def ready(self, seconds=60, lost=lambda: False):
        """Ask for kernel_info until both the reply and the broadcast state have come, or nothing can come any more."""
        deadline = time.monotonic() + seconds
        while True:
            msg_id = self.send("shell", "kernel_info_request")
            try:
                self.until(lambda: msg_id in self.replies and self.idle(msg_id), 1, "kernel_info")
                return self.replies[msg_id]["content"]
            except TimedOut:
                if lost() or time.monotonic() > deadline:
                    raise TimedOut(f"the kernel did not answer kernel_info within {seconds} s") from None

    def start(self, code, silent=False, store_history=True, user_expressions=None, allow_stdin=False, stop_on_error=True):
        """Send an execute_request and return its id at once."""
        return self.send(
            "shell",
            "execute_request",
            dict(
                code=code,
                silent=silent,
                store_history=store_history,
                user_expressions=user_expressions or {},
                allow_stdin=allow_stdin,
                stop_on_error=stop_on_error,
            ),
        )

    def finish(self, msg_id, seconds=15, answers=(), began=None):
        """Wait for the reply and the idle of an execute_request, answering its questions."""
        began = began or time.monotonic()
        deadline = time.monotonic() + seconds
        waiting = list(answers)
        asked = []
        while not (msg_id in self.replies and self.idle(msg_id)):
            left = deadline - time.monotonic()
            if left <= 0:
                seen = Outcome(msg_id, self.replies.get(msg_id), self.of(msg_id), asked, seconds)
                raise TimedOut(f"the cell was not done within {seconds} s ({seen!r})")
            self.pump(min(left, 0.25))
            for question in [m for m in self.input_requests if m["parent_header"].get("msg_id") == msg_id and m not in asked]:
                asked.append(question)
                answer = waiting.pop(0) if waiting else ""
                self.send("stdin", "input_reply", {"status": "ok", "value": answer}, parent=question)
        # Output that the kernel sends after idle is a fault that checks must be able to see.
        messages = self.of(msg_id)
        return Outcome(msg_id, self.replies[msg_id], messages, asked, time.monotonic() - began)

    def run(self, code, seconds=15, answers=(), **options):
        """Run a cell and return what came of it."""
        if answers:
            options.setdefault("allow_stdin", True)
        began = time.monotonic()
        return self.finish(self.start(code, **options), seconds, answers, began)

    def complete(self, code, cursor_pos=None, seconds=10):
        position = len(code) if cursor_pos is None else cursor_pos
        return self.request("complete_request", {"code": code, "cursor_pos": position}, seconds=seconds)["content"]

    def inspect(self, code, cursor_pos=None, detail_level=0, seconds=10):
        position = len(code) if cursor_pos is None else cursor_pos
        content = {"code": code, "cursor_pos": position, "detail_level": detail_level}
        return self.request("inspect_request", content, seconds=seconds)["content"]

    def is_complete(self, code):
        return self.request("is_complete_request", {"code": code})["content"]
