"""What comes over the five sockets."""

import json
import os
import random
import socket as tcp
import subprocess
import tempfile
import time

import zmq
from checks.hostile import answer, frames, header, raw, send
from harness.client import TimedOut
from jupyter_client.session import Session

from probe import Observed, probe

DEEP = b"[" * 10_000 + b"]" * 10_000
HUGE = 100_000_000


def answered(socket, seconds=1.0):
    came = bool(socket.poll(seconds * 1000, zmq.POLLIN))
    socket.close(linger=0)
    return "answered" if came else "ignored"


def hostile_cell(s):
    return json.dumps({"code": s.code("globalThis.evil = 1", "evil = 1"), "silent": False}).encode()


@probe("64 bytes 0xff in place of a signature, on shell and control")
def forged_signature(s):
    found = {
        answered(send(s.kernel, header("execute_request"), hostile_cell(s), signature=b"\xff" * 64)),
        answered(send(s.kernel, header("kernel_info_request"), channel="control", signature=b"\xff" * 64)),
    }
    return s.after(" / ".join(sorted(found)))


@probe("a request without a signature")
def missing_signature(s):
    return s.after(answered(send(s.kernel, header("execute_request"), hostile_cell(s), signature=b"")))


def echoes(s, parts, seconds=3):
    beat = zmq.Context.instance().socket(zmq.REQ)
    beat.linger = 0
    beat.connect(f"tcp://{s.kernel.manager.ip}:{s.kernel.manager.hb_port}")
    beat.send_multipart(parts)
    came = beat.poll(seconds * 1000, zmq.POLLIN) and beat.recv_multipart() == parts
    beat.close(linger=0)
    return bool(came)


@probe("heartbeats of one byte, of none, and of three frames")
def heartbeats(s):
    lost = [
        name
        for name, parts in {"one byte": [b"x"], "none": [b""], "three frames": [b"a", b"b", b"c"]}.items()
        if not echoes(s, parts)
    ]
    return s.after(f"no echo of {', '.join(lost)}" if lost else "echoed")


@probe("60 TCP connections that send garbage to the heartbeat's port, then a heartbeat")
def rude_connections(s):
    at_random = random.Random(1)
    rude = []
    for n in range(60):
        try:
            connection = tcp.create_connection((s.kernel.manager.ip, s.kernel.manager.hb_port), timeout=2)
            rude.append(connection)
            connection.sendall(bytes([n % 5]) + at_random.randbytes(n * 5))
        except OSError:
            break
    time.sleep(0.3)
    beats = echoes(s, [b"beat"])
    for connection in rude:
        connection.close()
    return s.after("echoed" if beats else "no echo")


@probe("`code` an object in place of text, rightly signed")
def code_an_object(s):
    socket = send(s.kernel, header("execute_request"), b'{"code":{"toString":"x"},"silent":false}')
    came = answer(socket, 3000)
    socket.close(linger=0)
    what = "no reply" if came is None else "error reply" if came[1].get("status") == "error" else "reply ok"
    return s.after(what, came is not None)


@probe("a header with 10,000 levels of nesting, rightly signed, on shell and control")
def deep_header(s):
    found = set()
    for channel in ("shell", "control"):
        good = json.dumps(header("kernel_info_request")).encode()
        found.add(answered(send(s.kernel, good[:-1] + b',"deep":' + DEEP + b"}", channel=channel)))
    return s.after(" / ".join(sorted(found)))


@probe("a signed request sent twice")
def replay(s):
    code = s.code("globalThis.runs8703 = (globalThis.runs8703 ?? 0) + 1", "runs8703 = globals().get('runs8703', 0) + 1")
    parts = frames(s.kernel, content={"code": f"// @ts-nocheck\n{code}" if s.dialect != "python" else code, "silent": True})
    socket = raw(s.kernel)
    for _ in range(2):
        socket.send_multipart(parts)
        socket.poll(2000)
    time.sleep(0.3)
    socket.close(linger=0)
    outcome = s.cell(s.code("// @ts-nocheck\nconsole.log('runs', globalThis.runs8703)", "print('runs', runs8703)"))
    found = {"runs 1": "runs once", "runs 2": "runs twice"}.get(outcome.stdout.strip(), "does not run")
    return s.after(found)


@probe("a frame of 100 MB without a right signature: how much memory grows")
def huge_frame(s):
    before = s.kernel.memory()
    peak = 0
    socket = send(s.kernel, b"x" * HUGE, signature=b"a" * 64)
    until = time.monotonic() + 4
    while time.monotonic() < until and s.alive():
        peak = max(peak, s.kernel.memory() - before)
        time.sleep(0.02)
    return Observed(s.after(answered(socket, 0)), peak, "MB at the peak")


@probe("a history search for `*a*a*a*a*a*a*a*a*b` over cells of 4,000 a's")
def history_stars(s):
    for n in range(3):
        s.cell(f"'{'a' * 4000}{n}'")
    began = time.monotonic()
    try:
        content = {"hist_access_type": "search", "pattern": "*a" * 8 + "*b", "n": 5, "output": False, "raw": True}
        s.client.request("history_request", content, seconds=10)
    except TimedOut:
        return s.after("no reply in 10 s")
    took = 1000 * (time.monotonic() - began)
    return Observed(s.after("answers"), took, "ms")


def free_ports(count):
    sockets = [tcp.socket() for _ in range(count)]
    for one in sockets:
        one.bind(("127.0.0.1", 0))
    ports = [one.getsockname()[1] for one in sockets]
    for one in sockets:
        one.close()
    return ports


@probe("a connection file with an empty key, so that anybody's request would run", starts_itself=True)
def empty_key(s):
    names = ("shell_port", "iopub_port", "stdin_port", "control_port", "hb_port")
    connection = dict(zip(names, free_ports(5)), ip="127.0.0.1", transport="tcp", key="", signature_scheme="hmac-sha256")
    with tempfile.TemporaryDirectory() as folder:
        file = os.path.join(folder, "connection.json")
        with open(file, "w") as opened:
            json.dump(connection, opened)
        argv = [part.replace("{connection_file}", file) for part in s.argv]
        with open(os.path.join(folder, "log"), "w+") as log:
            child = subprocess.Popen(argv, stdout=log, stderr=log, cwd=s.folder, env={**os.environ, **s.env}, start_new_session=True)
            socket = zmq.Context.instance().socket(zmq.DEALER)
            socket.linger = 0
            socket.connect(f"tcp://127.0.0.1:{connection['shell_port']}")
            session = Session(key=b"")
            session.send(socket, "kernel_info_request", {})
            try:
                until = time.monotonic() + 15
                while time.monotonic() < until:
                    if socket.poll(100, zmq.POLLIN):
                        return "runs, answers anybody"
                    if child.poll() is not None:
                        log.seek(0)
                        why = log.read()
                        return f"refuses{', says why' if 'key' in why else ' without a word'} (status {child.returncode})"
                return "runs, does not answer"
            finally:
                socket.close(linger=0)
                try:
                    os.killpg(child.pid, 9)
                except ProcessLookupError:
                    pass
                child.wait()
