"""Drives a program on a pseudo terminal, as a person at a keyboard does.

terminal.py '["program", "argument"]' '[["what is shown", "what is typed then"], …]' SECONDS

Prints one line of JSON: all that was shown, without colours and movements of the cursor, and the exit status; or the
pattern that was not shown in that many seconds.
"""
import fcntl
import json
import os
import pty
import re
import select
import signal
import struct
import sys
import termios
import time

CONTROL = re.compile(r"\x1b\[[0-9;?]*[A-Za-z]|\x1b[=>]|\x1b\][^\x07]*\x07|.\x08|\r")


class Terminal:
    def __init__(self, argv):
        self.child, self.master = pty.fork()
        if self.child == 0:
            os.environ["TERM"] = "xterm"
            os.execvp(argv[0], argv)
        fcntl.ioctl(self.master, termios.TIOCSWINSZ, struct.pack("HHHH", 40, 120, 0, 0))
        self.bytes = b""

    @property
    def shown(self):
        return CONTROL.sub("", self.bytes.decode("utf8", "replace"))

    def read(self):
        """Reads what came within a tenth of a second; false once the program is gone."""
        if not select.select([self.master], [], [], 0.1)[0]:
            return True
        try:
            data = os.read(self.master, 65536)
        except OSError:
            return False
        if b"\x1b[6n" in data:  # where is the cursor? prompt_toolkit waits for the answer
            os.write(self.master, b"\x1b[1;1R")
        self.bytes += data
        return data != b""


def drive(argv, steps, seconds):
    terminal = Terminal(argv)
    seen = 0
    for pattern, typed in steps:
        end = time.time() + seconds
        while not (found := re.search(pattern, terminal.shown[seen:])):
            if not terminal.read() or time.time() > end:
                os.kill(terminal.child, signal.SIGKILL)
                os.waitpid(terminal.child, 0)
                return {"missing": pattern, "shown": terminal.shown}
        seen += found.end()
        os.write(terminal.master, typed.encode())
    end = time.time() + seconds
    while terminal.read() and time.time() < end:
        pass
    if time.time() > end:
        os.kill(terminal.child, signal.SIGKILL)
    status = os.waitstatus_to_exitcode(os.waitpid(terminal.child, 0)[1])
    return {"status": status, "shown": terminal.shown}


if __name__ == "__main__":
    print(json.dumps(drive(json.loads(sys.argv[1]), json.loads(sys.argv[2]), float(sys.argv[3]))))
