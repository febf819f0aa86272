"""What a cell starts ends with its session, whichever way that ends."""

import os
import resource
import signal
import subprocess
import sys
import time

import psutil

from harness.check import check
from harness.expect import equal, matches
from harness.strays import start_children, strays


def executor(k):
    """The process that runs the cells."""
    return int(k.value("process.pid"))


@check("shutdown ends the children of cells, detached, double-forked and without environment too", own_kernel=True)
def shutdown(k):
    k.typescript_only()
    children = start_children(k)
    k.client.request("shutdown_request", {"restart": False}, channel="control")
    equal(strays(children, 2), [], "children left")


@check("restart ends the children of cells", own_kernel=True)
def restart(k):
    k.typescript_only()
    children = start_children(k)
    k.manager.restart_kernel()
    k.client.ready(20)
    equal(strays(children, 1), [], "children left")


@check("SIGKILL of the kernel, and of its process group, ends the children of cells", own_kernel=True, seconds=60)
def kernel_killed(k):
    k.typescript_only()
    for kill in (lambda: os.kill(k.pid, signal.SIGKILL), lambda: os.killpg(k.pid, signal.SIGKILL)):
        children = start_children(k)
        kill()
        equal(strays(children, 3), [], "children left")
        k.manager.restart_kernel(now=True)
        k.client.ready(20)


@check("SIGKILL of the kernel and its executor at once leaves no child of a cell behind", own_kernel=True)
def both_killed(k):
    k.typescript_only()
    children = start_children(k)
    pids = [executor(k), k.pid]
    for pid in pids:
        os.kill(pid, signal.SIGKILL)
    equal(strays(children, 3), [], "children left")


@check("process.exit() and SIGKILL of the executor end its children, and the kernel goes on", own_kernel=True, seconds=60)
def executor_ends(k):
    k.typescript_only()
    for code in ("process.exit(0)", "process.kill(process.pid, 'SIGKILL'); await new Promise(() => {})", "process.abort()"):
        children = start_children(k)
        equal(k.client.run(code).status, "error", f"status of {code}")
        equal(strays(children, 1), [], f"children left after {code}")
        equal(k.value("1 + 1"), "2", "the next cell")


@check("a kernel out of descriptors answers every request, and works again once there are some", own_kernel=True, seconds=90)
def no_descriptors(k):
    k.typescript_only()
    equal(k.value("1 + 1"), "2", "a cell before")
    kernel = psutil.Process(k.pid)
    most = resource.prlimit(k.pid, resource.RLIMIT_NOFILE)
    # Each way to a process of its own: the session's, npm's, the reader's of long cells, the checker's.
    for spare in (0, 3):
        for code in ("process.exit()", "process.abort()", "%npm install ./no-such-folder", "0" + " + 1" * 5000, "1 + 1"):
            resource.prlimit(k.pid, resource.RLIMIT_NOFILE, (kernel.num_fds() + spare, most[1]))
            msg_id = k.client.start(code, stop_on_error=False)
            k.client.finish(msg_id, 20)
            k.client.complete("proc", 4)
            k.client.inspect("process", 4)
            k.client.is_complete(code)
            resource.prlimit(k.pid, resource.RLIMIT_NOFILE, most)
            equal(k.value("1 + 1"), "2", f"a cell after {code[:30]} with {spare} descriptors to spare")
            children = start_children(k, ["spawn", "detached"])
            equal(k.client.run("process.exit()").status, "error", "status of process.exit()")
            equal(strays(children, 1), [], "children left")


@check("a cell that cannot be interrupted is replaced within 2 s, with its children, and that is said", own_kernel=True, seconds=60)
def replaced(k):
    k.typescript_only()
    unstoppable = (
        "import { pbkdf2Sync } from 'node:crypto'; pbkdf2Sync('a', 'b', 2e9, 64, 'sha512')",
        "import { execSync } from 'node:child_process'; execSync('trap \"\" INT; sleep 300', { stdio: 'ignore' })",
        "process.kill(process.pid, 'SIGSTOP')",
    )
    for code in unstoppable:
        children = start_children(k, ["spawn", "detached", "double fork, own session", "env -i, setsid"])
        msg_id = k.client.start(code, stop_on_error=True)
        behind = k.client.start("1 + 1")
        k.client.until(lambda: k.client.of(msg_id, "execute_input"), 10, "execute_input")
        time.sleep(0.3)
        began = time.monotonic()
        k.interrupt_by_message()
        outcome = k.client.finish(msg_id, 10)
        took = time.monotonic() - began
        equal(1.5 < took < 4, True, f"replaced after {took:.1f} s ({code})")
        matches(outcome.error_text, r"did not stop within 2 s.*variables are lost.*fresh session", "what the cell says")
        equal(k.client.finish(behind, 5).status, "aborted", "status of the cell behind it")
        equal(strays(children, 1), [], "children left")
        equal(k.value("1 + 1"), "2", "the next cell")


@check("the kernel's parent dies: the children of cells end as well", own_kernel=True)
def parent_dies(k):
    k.typescript_only()
    # A kernel whose parent is a process of its own; the check's client speaks to it.
    k.manager.shutdown_kernel(now=True)
    parent = start_parent(k, 60)
    try:
        kernel = psutil.Process(int(parent.stdout.readline()))
        k.client.close()
        from harness.client import Client

        k.client = Client(k.manager)
        k.client.ready(20)
        children = start_children(k)
    finally:
        parent.kill()
        parent.wait()
    equal(strays(children, 4), [], "children left")
    equal(still_there(kernel, 2), [], "the kernel")


@check("the kernel's parent dies while the kernel is being loaded: it does not stay", own_kernel=True)
def parent_died_early(k):
    k.typescript_only()
    k.manager.shutdown_kernel(now=True)
    for wait in (0, 0.05, 0.2):
        parent = start_parent(k, wait)
        pid = int(parent.stdout.readline())
        parent.wait()
        if psutil.pid_exists(pid):
            equal(still_there(psutil.Process(pid), 10), [], f"the kernel whose parent died after {wait} s")


def start_parent(k, seconds):
    """A process that starts the kernel as Jupyter does, says its number and ends after some time."""
    k.manager.write_connection_file()
    code = (
        "import os, subprocess, sys, time\n"
        "kernel = subprocess.Popen(sys.argv[3:], env={**os.environ, 'JPY_PARENT_PID': str(os.getpid())}, cwd=sys.argv[1], start_new_session=True, stdout=subprocess.DEVNULL)\n"
        "print(kernel.pid, flush=True); time.sleep(float(sys.argv[2]))"
    )
    argv = [part.replace("{connection_file}", k.manager.connection_file) for part in k.argv]
    return subprocess.Popen([sys.executable, "-c", code, k.folder, str(seconds), *argv], stdout=subprocess.PIPE, text=True)


def still_there(kernel, seconds):
    return [p for p in psutil.wait_procs([kernel], timeout=seconds)[1] if p.status() != psutil.STATUS_ZOMBIE]
