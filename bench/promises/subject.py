"""A kernel under a probe: a fresh one, with a variable set, and what can be said of it after the hostile thing."""

import os
import re
import signal
import time

import zmq
from harness.client import TimedOut
from harness.kernel import Kernel
from harness.outcome import Outcome

from probe import NoSuchThing

KEPT = "48151"
GOES_ON = "goes on, state kept"
LONGEST = 10
# Deno and isoflop understand the message, the two others the signal only.
BY_MESSAGE = ("isoflop", "deno")


class Subject:
    def __init__(self, argv, dialect, folder, env):
        self.argv = argv
        self.dialect = dialect
        self.folder = folder
        self.env = env
        self.kernel = None
        self.unreadable = []
        self.is_cut_off = False

    def start(self):
        language = "python" if self.dialect == "python" else "typescript"
        self.kernel = Kernel(self.argv, language, "message", self.folder, self.env)
        self.kernel.start()
        for socket in self.client.sockets.values():
            # After a fault of the transport libzmq has no connection left, and would wait for ever for one to send on.
            socket.sndtimeo = 2000
        first = self.cell(self.code(f"let kept8701 = {KEPT}", f"kept8701 = {KEPT}"), seconds=30)
        if first.status != "ok" or shown(self.cell("kept8701", seconds=30)) != KEPT:
            raise RuntimeError(f"the kernel is not well before the probe: {first!r}")
        return self

    def stop(self):
        if self.kernel:
            self.kernel.stop()

    @property
    def client(self):
        return self.kernel.client

    def code(self, typescript, python=None, **others):
        """The code in the kernel's dialect; None means that the dialect has nothing of the kind."""
        chosen = others.get(self.dialect, python if self.dialect == "python" else typescript)
        if chosen is None:
            raise NoSuchThing()
        return chosen

    def alive(self):
        return self.kernel.manager.is_alive()

    def interrupt(self):
        if self.dialect in BY_MESSAGE:
            self.client.send("control", "interrupt_request")
        elif self.alive():
            os.kill(self.kernel.pid, signal.SIGINT)

    # --- cells -----------------------------------------------------------------------------------

    def cell(self, code, seconds=LONGEST, **options):
        """Run a cell; its outcome has no reply when none came, because the kernel died or in that time."""
        options.setdefault("stop_on_error", False)
        try:
            msg_id = self.client.start(code, **options)
        except zmq.Again:
            self.is_cut_off = True
            return Outcome(None, None, [], [], 0)
        self.wait(msg_id, seconds)
        return self.outcome(msg_id)

    def outcome(self, msg_id):
        return Outcome(msg_id, self.client.replies.get(msg_id), self.client.of(msg_id), [], 0)

    def wait(self, msg_id, seconds):
        """Take in messages until the cell has its reply and its idle; whether the reply came."""
        deadline = time.monotonic() + seconds
        while not (msg_id in self.client.replies and self.client.idle(msg_id)):
            left = deadline - time.monotonic()
            if left <= 0 or (not self.pump(min(left, 0.25)) and not self.alive()):
                break
        # Deno sends output after its idle: a client sees it all the same.
        self.pump(0.15)
        return msg_id in self.client.replies

    def pump(self, seconds):
        try:
            return self.client.pump(seconds)
        except (AssertionError, RecursionError) as problem:
            self.unreadable.append(str(problem))
            return 1

    def begun(self, msg_id, seconds=5):
        """Wait until the kernel says that it runs the cell; tslab says only that it is busy."""
        word = "status" if self.dialect == "tslab" else "execute_input"
        try:
            return bool(self.client.until(lambda: self.client.of(msg_id, word), seconds, word))
        except TimedOut:
            return False

    # --- judgement -------------------------------------------------------------------------------

    def aftermath(self, was_told=False):
        """What a person finds afterwards. `was_told`: the hostile cell had an error or a word on stderr."""
        if not self.alive():
            return "dies"
        first = self.cell("1 + 1")
        if not first.reply:
            return self.silence()
        was_told = was_told or told(first)
        until = time.monotonic() + LONGEST / 2
        while shown(first) != "2":
            # The word that the session was lost may come in place of the first answer, and tslab aborts what comes
            # soon after an error.
            if time.monotonic() > until:
                return "every later cell shows nothing" if first.status == "ok" and not shown(first) else "every later cell fails"
            time.sleep(0.5)
            first = self.cell("1 + 1")
            if not first.reply:
                return self.silence()
        kept = self.cell("kept8701")
        if not kept.reply:
            return self.silence()
        if shown(kept) != KEPT:
            if kept.status == "ok":
                return "every later cell shows nothing"
            return "session replaced, said so" if was_told else "state lost without a word"
        failing = self.cell(self.code("throw new Error('wanted' + 8702)", "raise ValueError('wanted' + str(8702))"))
        if not failing.reply:
            return self.silence()
        if "wanted8702" not in failing.error_text + failing.stderr + str(failing.content.get("evalue", "")):
            return "state kept, later errors not told"
        return GOES_ON

    def silence(self):
        """Why nothing was answered."""
        if not self.alive():
            return "dies"
        return "cuts its client off" if self.is_cut_off else "wedged"

    def after(self, what, was_told=False):
        """What the hostile thing itself did, where the kernel went on; else what became of the kernel."""
        found = self.aftermath(was_told)
        if self.unreadable:
            what += ", with messages that jupyter_client cannot read"
        return f"{what}; {found}" if found == GOES_ON or "later" in found else found

    def try_cell(self, code, expected=None, seconds=LONGEST):
        """A hostile cell and its aftermath."""
        outcome = self.cell(code, seconds)
        if not outcome.reply:
            what = "no reply"
        elif outcome.status != "ok":
            what = "error"
        elif expected is not None and shown(outcome) != expected:
            what = "runs, wrong value" if shown(outcome) else "runs, shows nothing"
        else:
            what = "runs"
        return self.after(what, told(outcome))


def shown(outcome):
    """What a person sees as the cell's value; tslab prints it."""
    text = outcome.stdout if outcome.value is None else outcome.value
    return re.sub(r"\x1b\[[\d;]*m", "", text).strip()


def told(outcome):
    """Whether the person got a word that something went wrong."""
    return bool(outcome.status == "error" or outcome.error or outcome.stderr)
