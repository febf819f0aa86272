"""One kernel under test, started by jupyter_client's manager from a kernelspec of its own."""

import json
import os
import re
import shutil
import signal
import tempfile
import time

import psutil
import zmq
from jupyter_client.kernelspec import KernelSpecManager
from jupyter_client.manager import KernelManager

from .check import NotApplicable
from .client import Client, TimedOut


# Cells that mean the same in TypeScript and in Python.
ARITHMETIC = re.compile(r"[\d\s+*]*")


class Kernel:
    def __init__(self, argv, language, interrupt_mode, folder, env=None):
        self.argv = argv
        self.language = language
        self.interrupt_mode = interrupt_mode
        self.folder = folder
        self.env = env or {}
        self.specs = tempfile.mkdtemp(prefix="kernelspecs-")
        self.manager = None
        self.client = None
        self.log = None
        self.extra_clients = []

    # --- life ------------------------------------------------------------------------------------

    def start(self, wait=True):
        for _ in range(3):
            self.launch()
            if not wait:
                return self
            try:
                self.client.ready(lost=self.has_lost_port)
                return self
            except TimedOut:
                if not self.has_lost_port():
                    raise
                self.stop()
        raise TimedOut("three times another process took a port that Jupyter had chosen for the kernel")

    def has_lost_port(self):
        """Jupyter chooses free ports, and another process may take one before the kernel does."""
        return "EADDRINUSE" in self.last_words()

    def launch(self):
        spec = os.path.join(self.specs, "under-test")
        os.makedirs(spec, exist_ok=True)
        with open(os.path.join(spec, "kernel.json"), "w") as file:
            json.dump(
                {
                    "argv": self.argv,
                    "display_name": "kernel under test",
                    "language": self.language,
                    "interrupt_mode": self.interrupt_mode,
                },
                file,
            )
        finder = KernelSpecManager(kernel_dirs=[self.specs], ensure_native_kernel=False)
        self.manager = KernelManager(kernel_name="under-test", kernel_spec_manager=finder)
        # What the kernel itself prints must not mix with the report.
        self.log = open(os.path.join(self.specs, "kernel.log"), "w+")
        self.manager.start_kernel(cwd=self.folder, env={**os.environ, **self.env}, stdout=self.log, stderr=self.log)
        self.client = Client(self.manager)

    def another_client(self):
        client = Client(self.manager)
        self.extra_clients.append(client)
        client.ready()
        return client

    def close_extra_clients(self):
        for client in self.extra_clients:
            client.close()
        self.extra_clients = []

    def stop(self):
        """End the kernel and every process it started."""
        started = self.processes() if self.manager else []
        self.close_extra_clients()
        if self.client:
            self.client.close()
        if self.manager:
            try:
                self.manager.shutdown_kernel(now=True)
            except Exception:
                pass
        for process in started:
            try:
                process.kill()
            except psutil.Error:
                pass
        if self.log:
            self.log.close()
        shutil.rmtree(self.specs, ignore_errors=True)
        self.manager = self.client = self.log = None

    def last_words(self):
        """The end of what the kernel wrote to its own stdout and stderr."""
        if not self.log:
            return ""
        with open(self.log.name) as file:
            return file.read()[-600:]

    def healthy(self):
        if self.manager is None or not self.manager.is_alive():
            return False
        try:
            return self.client.run("1", seconds=5).status == "ok"
        except AssertionError:
            return False

    # --- processes -------------------------------------------------------------------------------

    @property
    def pid(self):
        return self.manager.provisioner.pid

    def processes(self):
        """The kernel's process and all its descendants."""
        try:
            root = psutil.Process(self.pid)
            return [root, *root.children(recursive=True)]
        except (psutil.Error, AttributeError):
            return []

    def memory(self):
        """Resident megabytes (10^6 bytes) of all its processes together."""
        total = 0
        for process in self.processes():
            try:
                total += process.memory_info().rss
            except psutil.Error:
                pass
        return total / 1e6

    # --- control ---------------------------------------------------------------------------------

    def interrupt_by_message(self, seconds=5):
        return self.client.request("interrupt_request", channel="control", seconds=seconds)

    def interrupt_by_signal(self):
        os.kill(self.pid, signal.SIGINT)

    def heartbeat(self, seconds=2):
        """Milliseconds for one echo."""
        socket = self.manager.connect_hb()
        socket.linger = 0
        try:
            began = time.perf_counter()
            socket.send(b"beat")
            if not socket.poll(seconds * 1000, zmq.POLLIN):
                raise TimedOut(f"no heartbeat within {seconds} s")
            assert socket.recv() == b"beat"
            return (time.perf_counter() - began) * 1000
        finally:
            socket.close(linger=0)

    # --- what the checks use ---------------------------------------------------------------------

    @property
    def is_python(self):
        return self.language == "python"

    def code(self, typescript, python=None):
        """The code for this kernel's language; a check without Python does not apply to ipykernel."""
        if not self.is_python:
            return typescript
        if python is None and not ARITHMETIC.fullmatch(typescript):
            raise NotApplicable()
        return typescript if python is None else python

    def typescript_only(self):
        if self.is_python:
            raise NotApplicable()

    def run(self, typescript, python=None, **options):
        return self.client.run(self.code(typescript, python), **options)

    def value(self, code, **options):
        """text/plain of a cell that must succeed."""
        outcome = self.client.run(code, **options)
        assert outcome.status == "ok", f"cell failed: {code!r}: {outcome.error_text or outcome!r}"
        return outcome.value

    def write(self, path, text):
        """Write a file in the notebook's folder."""
        full = os.path.join(self.folder, path)
        os.makedirs(os.path.dirname(full), exist_ok=True)
        with open(full, "w") as file:
            file.write(text)
        return full
