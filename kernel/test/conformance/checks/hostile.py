"""What a kernel must not do with what strangers and broken clients send: run it, or die of it."""

import json

import zmq

from harness.check import check
from harness.expect import equal, true


def raw(k, channel="shell"):
    socket = k.manager.connect_shell() if channel == "shell" else k.manager.connect_control()
    socket.linger = 0
    return socket


def frames(k, msg_type="execute_request", content=None, key=None):
    """The frames of a request, signed with the key (default: the kernel's own)."""
    from jupyter_client.session import Session

    session = Session(key=key or k.manager.session.key)
    message = session.msg(msg_type, content or {"code": "globalThis.evil = 1", "silent": False})
    return session.serialize(message)


def alive(k):
    equal(k.run("1 + 1").value, "2", "the next cell of an honest client")


def not_answered(socket, what):
    true(not socket.poll(400, zmq.POLLIN), f"no answer to {what}")


@check("a message signed with a wrong key is not run and not answered")
def forged_signature(k):
    code = k.code("globalThis.forged8301 = true", "forged8301 = True")
    socket = raw(k)
    socket.send_multipart(frames(k, content={"code": code, "silent": False}, key=b"wrong key"))
    not_answered(socket, "a forged message")
    socket.close(linger=0)
    outcome = k.run("typeof globalThis['forged8301' as never]", "'forged8301' in globals()")
    equal(outcome.value.strip("'\""), k.code("undefined", "False"), "whether it ran")


@check("a message without a signature is not run and not answered")
def missing_signature(k):
    socket = raw(k)
    parts = frames(k)
    parts[1] = b""
    socket.send_multipart(parts)
    not_answered(socket, "an unsigned message")
    socket.close(linger=0)
    alive(k)


@check("a forged message on the control channel does not shut the kernel down")
def forged_shutdown(k):
    socket = raw(k, "control")
    socket.send_multipart(frames(k, "shutdown_request", {"restart": False}, key=b"wrong key"))
    not_answered(socket, "a forged shutdown")
    socket.close(linger=0)
    alive(k)


@check("malformed JSON with a right signature is rejected, the kernel lives")
def malformed_json(k):
    for part in range(4):
        body = [b"{}", b"{}", b"{}", b"{}"]
        body[0] = json.dumps({"msg_id": "m", "session": "s", "username": "u", "msg_type": "execute_request", "version": "5.3"}).encode()
        body[part] = b"{not json"
        socket = raw(k)
        socket.send_multipart([b"<IDS|MSG>", k.manager.session.sign(body), *body])
        socket.poll(100)
        socket.close(linger=0)
    alive(k)


@check("JSON that is not an object in each part is rejected, the kernel lives")
def json_of_wrong_kind(k):
    for wrong in (b"[]", b"null", b"3", b'"text"'):
        for part in range(4):
            body = [json.dumps({"msg_id": "m", "session": "s", "username": "u", "msg_type": "execute_request", "version": "5.3"}).encode(), b"{}", b"{}", b"{}"]
            body[part] = wrong
            socket = raw(k)
            socket.send_multipart([b"<IDS|MSG>", k.manager.session.sign(body), *body])
            socket.close(linger=200)
    alive(k)


@check("garbage frames, no delimiter, too few frames: the kernel lives")
def garbage(k):
    for channel in ("shell", "control"):
        for parts in (
            [b"garbage"],
            [b"\xff\xfe\x00" * 100, b"\x00" * 10],
            [b"<IDS|MSG>"],
            [b"<IDS|MSG>", b"x"],
            [b"<IDS|MSG>", b"x", b"{}", b"{}"],
            [b"id", b"id", b"id", b"<IDS|MSG>", b"\xff", b"\xff", b"\xff", b"\xff", b"\xff"],
            [b"z" * 3_000_000],
        ):
            socket = raw(k, channel)
            socket.send_multipart(parts)
            socket.close(linger=500)
    alive(k)


@check("empty frames: the kernel lives")
def empty_frames(k):
    for channel in ("shell", "control"):
        for parts in ([b""], [b"", b""], [b"<IDS|MSG>", b"", b"", b"", b"", b""], [b"", b"<IDS|MSG>", b"", b"{}", b"{}", b"{}", b"{}"]):
            socket = raw(k, channel)
            socket.send_multipart(parts)
            socket.close(linger=500)
    alive(k)


@check("a replayed message (same signature) runs at most once")
def replayed(k):
    # ipykernel's session refuses a signature it has seen.
    code = k.code("globalThis['replays' as never] = ((globalThis['replays' as never] ?? 0) as number + 1) as never", "replays = globals().get('replays', 0) + 1")
    parts = frames(k, content={"code": code, "silent": True})
    socket = raw(k)
    socket.send_multipart(parts)
    socket.poll(3000)
    socket.send_multipart(parts)
    socket.poll(500)
    socket.close(linger=0)
    equal(k.run("globalThis['replays' as never]", "replays").value, "1", "runs")


@check("a client that vanishes while its cell runs does not disturb the next")
def client_vanishes(k):
    other = k.another_client()
    other.start(k.code("await new Promise((r) => setTimeout(r, 300)); console.log('to nobody')", "import time; time.sleep(0.3); print('to nobody')"))
    other.close()
    k.extra_clients.remove(other)
    alive(k)


@check("plain TCP connections that talk nonsense do not disturb the kernel")
def nonsense_on_tcp(k):
    import socket

    for port in (k.manager.shell_port, k.manager.iopub_port, k.manager.control_port, k.manager.stdin_port, k.manager.hb_port):
        connection = socket.create_connection((k.manager.ip, port), timeout=2)
        connection.sendall(b"GET / HTTP/1.1\r\nHost: x\r\n\r\n" + b"\x00" * 100)
        connection.close()
    alive(k)
    k.heartbeat()


# --- what is signed rightly and wrong all the same -------------------------------------------------


def send(k, header, content=b"{}", channel="shell", signature=None, buffers=()):
    """Send frames as they are; the socket, on which an answer would come."""
    socket = raw(k, channel)
    socket.linger = 2000
    body = [header if isinstance(header, bytes) else json.dumps(header).encode(), b"{}", b"{}", content]
    socket.send_multipart([b"<IDS|MSG>", k.manager.session.sign(body) if signature is None else signature, *body, *buffers])
    return socket


def header(msg_type, **more):
    import uuid

    return dict(msg_id=uuid.uuid4().hex, session="s", username="u", date="2026-01-01T00:00:00Z", msg_type=msg_type, version="5.4", **more)


def answer(socket, milliseconds=5000):
    """Type and content of the answer, or None."""
    if not socket.poll(milliseconds, zmq.POLLIN):
        return None
    parts = socket.recv_multipart()
    at = parts.index(b"<IDS|MSG>")
    return json.loads(parts[at + 2])["msg_type"], json.loads(parts[at + 5])


@check("64 bytes that are no text, in place of a signature, do nothing on any channel")
def signature_of_bytes(k):
    for channel in ("shell", "control"):
        for byte in (0xC3, 0xFF):
            not_answered(send(k, header("kernel_info_request"), channel=channel, signature=bytes([byte]) * 64), f"{byte:x} × 64")
    alive(k)


@check("a content with a wrong type gets an error reply of its own type, between busy and idle, which names the field")
def wrong_content(k):
    k.typescript_only()
    for msg_type, content, field in (
        ("execute_request", {"code": {"toString": "x"}}, "code"),
        ("execute_request", {"code": "1", "silent": "no"}, "silent"),
        ("execute_request", {"code": "1", "user_expressions": {"a": {"toString": 1}}}, "user_expressions"),
        ("complete_request", {"code": "a", "cursor_pos": "1"}, "cursor_pos"),
        ("inspect_request", {"code": ["a"], "cursor_pos": 1}, "code"),
        ("inspect_request", {"code": "a", "cursor_pos": 1, "detail_level": []}, "detail_level"),
        ("is_complete_request", {}, "code"),
        ("history_request", {"hist_access_type": "search", "pattern": {}}, "pattern"),
        ("comm_info_request", {"target_name": 5}, "target_name"),
        ("shutdown_request", {"restart": 0}, "restart"),
        ("debug_request", {"command": None}, "command"),
    ):
        msg_id = k.client.send("shell", msg_type, content)
        reply = k.client.until(lambda: k.client.replies.get(msg_id), 5, f"the reply to {msg_type}")
        equal(reply["msg_type"], msg_type.replace("_request", "_reply"), "reply type")
        equal(reply["content"]["status"], "error", "status")
        true(f"content.{field}" in reply["content"]["evalue"], f"{field} is named", reply["content"]["evalue"])
        k.client.until(lambda: k.client.idle(msg_id), 5, "idle")
    alive(k)


@check("headers that are odd or 10,000 deep are answered or ignored, and never end the kernel")
def odd_headers(k):
    deep = b"[" * 10_000 + b"]" * 10_000
    good = json.dumps(header("kernel_info_request")).encode()
    for odd in (
        good[:-1] + b',"deep":' + deep + b"}",
        deep,
        json.dumps(dict(header("kernel_info_request"), session=5, username=[], date={})).encode(),
        json.dumps(dict(header("kernel_info_request"), msg_id=None)).encode(),
        json.dumps(dict(header("kernel_info_request"), msg_type=["x"])).encode(),
        *[json.dumps(header(name)).encode() for name in ("constructor", "__proto__", "toString", "x_request", "")],
    ):
        send(k, odd).close()
        send(k, odd, channel="control").close()
    send(k, header("comm_msg"), b'{"comm_id":"a","data":{"a":' + deep + b"}}").close()
    alive(k)


@check("an unsigned frame of 100 MB costs nothing; cells of 5 MB and buffers of 20 MB work", seconds=60)
def size_of_frames(k):
    k.typescript_only()
    import psutil

    def memory():
        return psutil.Process(k.pid).memory_info().rss / 1e6

    before = memory()
    huge = b"x" * 100_000_000
    for socket in (send(k, huge, signature=b"a" * 64), send(k, header("kernel_info_request"), signature=huge)):
        not_answered(socket, "100 MB")
        socket.close(linger=0)
    true(memory() < before + 150, "memory after two frames of 100 MB", f"{before:.0f} → {memory():.0f} MB")
    outcome = k.client.run("/* " + "y" * 5_000_000 + " */ 7", seconds=40)
    equal((outcome.status, outcome.value), ("ok", "7"), "a cell of 5 MB")
    k.value("let bytes = 0; comm.register('big', (channel) => channel.onMessage((_, buffers) => { bytes = buffers[0]!.length; }))")
    k.client.send("shell", "comm_open", {"comm_id": "big1", "target_name": "big", "data": {}})
    k.client.send("shell", "comm_msg", {"comm_id": "big1", "data": {}}, buffers=[b"z" * 20_000_000])
    k.client.until(lambda: k.value("bytes") == "20000000", 20, "the buffer of 20 MB")


@check("a subscriber that does not read costs a bounded queue, and is told what it missed when it reads again", own_kernel=True, seconds=90)
def stalled_subscriber(k):
    k.typescript_only()
    import time

    import psutil

    stalled = zmq.Context.instance().socket(zmq.SUB)
    stalled.set_hwm(2)
    stalled.setsockopt(zmq.RCVBUF, 65536)
    stalled.subscribe(b"")
    stalled.connect(f"tcp://{k.manager.ip}:{k.manager.iopub_port}")
    time.sleep(0.5)
    process = psutil.Process(k.pid)
    before = process.memory_info().rss / 1e6
    # What passes through is garbage for a while; so much that a queue without an end could not be mistaken for it.
    rounds = 8
    for _ in range(rounds):
        outcome = k.client.run("for (let i = 0; i < 50; i++) { process.stdout.write('y'.repeat(1e6)); await new Promise((r) => setTimeout(r, 2)); }", seconds=60)
        equal(len(outcome.stdout), 50_000_000, "what a prompt client heard")
        k.client.iopub.clear()
        k.client.arrived.clear()
    after = process.memory_info().rss / 1e6
    true(after < before + 200, "memory with 400 MB not read", f"{before:.0f} → {after:.0f} MB")
    idles = notices = 0
    deadline = time.monotonic() + 30
    while not notices and time.monotonic() < deadline:
        if stalled.poll(200, zmq.POLLIN):
            content = json.loads(stalled.recv_multipart()[-1])
            idles += content.get("execution_state") == "idle"
            notices += "read too slowly" in content.get("text", "")
    stalled.close(linger=0)
    equal((idles, notices), (rounds, 1), "idle of every cell, and one notice")


@check("a message of 400,000 frames to any socket costs neither memory nor time, and is not answered", own_kernel=True)
def many_frames(k):
    k.typescript_only()
    import time

    import psutil

    process = psutil.Process(k.pid)
    equal(k.value("1 + 1"), "2", "a cell before")  # the compiler is loaded with the first one
    before = process.memory_info().rss / 1e6
    ports = [k.manager.shell_port, k.manager.control_port, k.manager.stdin_port, k.manager.hb_port]
    for port in ports:
        flood = zmq.Context.instance().socket(zmq.DEALER)
        flood.linger = 0
        flood.connect(f"tcp://{k.manager.ip}:{port}")
        flood.send_multipart([b""] * 400_000)
        began = time.monotonic()
        k.client.request("kernel_info_request", channel="control", seconds=20)
        alive(k)
        true(time.monotonic() - began < 3, "seconds to the next answers", time.monotonic() - began)
        not_answered(flood, "a message of 400,000 frames")
        flood.close(linger=0)
    after = process.memory_info().rss / 1e6
    true(after < before + 40, "memory", f"{before:.0f} → {after:.0f} MB")


@check("a pattern with many stars does not hold up the kernel")
def stars_in_history(k):
    import time

    k.run("'" + "a" * 4000 + "'")
    began = time.monotonic()
    k.client.request("history_request", {"hist_access_type": "search", "pattern": "*a" * 8 + "*b", "n": 5, "output": False, "raw": True}, seconds=10)
    true(time.monotonic() - began < 3, "seconds", time.monotonic() - began)


@check("a heartbeat of one byte, of none and of several frames comes back; 60 rude connections do not stop it")
def heartbeats(k):
    import os as system
    import socket

    rude = []
    for n in range(60):
        connection = socket.create_connection((k.manager.ip, k.manager.hb_port), timeout=2)
        connection.sendall(bytes([n % 5]) + system.urandom(n * 5))
        rude.append(connection)
    for kind in (zmq.REQ, zmq.DEALER):
        for parts in ([b"x"], [b""], [b"a", b"b", b"c"], [b"y" * 100_000]):
            beat = zmq.Context.instance().socket(kind)
            beat.linger = 0
            beat.connect(f"tcp://{k.manager.ip}:{k.manager.hb_port}")
            beat.send_multipart(parts)
            true(beat.poll(3000, zmq.POLLIN), "an echo", parts[0][:5])
            equal(beat.recv_multipart(), parts, "the echo")
            beat.close()
    for connection in rude:
        connection.close()
    alive(k)


@check("half a surrogate pair in any text is U+FFFD on the wire")
def half_surrogates(k):
    k.typescript_only()
    code = """
const half = "😀".slice(0, 1);
console.log("out", half); console.error("err", half);
display.raw({ "text/plain": half, ["x/" + half]: half }, undefined, { [half]: half });
const opened = comm.open("half" + half, { [half]: half });
half"""
    outcome = k.client.run(code, user_expressions={"a": "half"})
    failing = k.client.run('throw new Error("half " + "😀".slice(1))')
    sent = header("execute_request")
    send(k, sent, b'{"code":"\'\\ud83d\'"}').close(linger=2000)
    k.client.until(lambda: k.client.idle(sent["msg_id"]), 10, "a cell with half a pair in its source")
    echoed = k.client.of(sent["msg_id"])
    true(len(echoed) > 3, "it ran", echoed)
    history = k.client.request("history_request", {"hist_access_type": "tail", "n": 3, "output": True, "raw": True})
    for message in (*outcome.messages, *failing.messages, *echoed, outcome.reply, failing.reply, history):
        json.dumps(message["content"], ensure_ascii=False).encode("utf-8")
    equal(outcome.stdout, "out \ufffd\n", "stdout")
    equal(outcome.stderr, "err \ufffd\n", "stderr")
    equal(outcome.displays[0], {"text/plain": "\ufffd", "x/\ufffd": "\ufffd"}, "the display")
    true("half \ufffd" in failing.error["evalue"], "the error", failing.error["evalue"])


@check("a cell that writes on the kernel's own descriptors, or closes them, ends its session with a word, never the kernel", own_kernel=True, seconds=90)
def descriptors(k):
    k.typescript_only()
    for code in (
        *[f"fs.writeSync(13, {what})" for what in ("'x'", "'{}'", "'line\\n\\n\\n\\n'", "Buffer.alloc(8)", "Buffer.alloc(9, 255)")],
        "fs.writeSync(13, Buffer.from([255, 254, 253, 252, 1, 0, 0, 0, 53]))",
        "fs.writeSync(15, 'x'.repeat(20))",
        "fs.closeSync(13)",
        "fs.closeSync(14)",
        "for (let i = 3; i < 40; i++) { try { fs.closeSync(i); } catch {} }",
    ):
        outcome = k.client.run("import * as fs from 'node:fs';\n" + code + ";\nawait new Promise((r) => setTimeout(r, 5000)); 1", seconds=20)
        equal(outcome.status, "error", f"status of {code}")
        true("the session's variables are lost" in outcome.error["evalue"], f"{code} says so", outcome.error["evalue"])
        alive(k)
    # The first ones, which cells and programs count upwards from, are not the kernel's: an error of the cell's at most.
    k.client.run("const stillThere = 7")
    for fd in (3, 4, 5, 6):
        k.client.run(f"import * as fs from 'node:fs';\nfs.writeSync({fd}, 'x'.repeat(20))")
    equal(k.value("stillThere"), "7", "the session after writes on 3 to 6")


@check("without a key the kernel refuses to start and names the way out", without_kernel=True)
def empty_key(k):
    k.typescript_only()
    import os as system
    import subprocess
    import tempfile

    with tempfile.NamedTemporaryFile("w", suffix=".json") as file:
        json.dump(dict(ip="127.0.0.1", transport="tcp", shell_port=1, iopub_port=2, stdin_port=3, control_port=4, hb_port=5, key="", signature_scheme="hmac-sha256"), file)
        file.flush()
        argv = [part.replace("{connection_file}", file.name) for part in k.argv]
        ended = subprocess.run(argv, capture_output=True, text=True, timeout=20, env=dict(system.environ))
    equal(ended.returncode, 1, "exit status")
    true("--allow-empty-key" in ended.stderr and "key" in ended.stderr, "the way out", ended.stderr)


@check("whatever goes wrong on a cell's way to the executor, it is answered, and the next cell runs", own_kernel=True, seconds=60)
def on_the_way(k):
    k.typescript_only()
    k.client.run("const kept8610 = 3")
    for code in (
        "%npm install a\0b",
        "%npm install " + "x" * 3_000_000,
        "/** @module " + "a/" * 5000 + "b */ export const a = 1",
        "/** @module " + "a" * 300 + " */ export const a = 1",
    ):
        outcome = k.client.run(code, seconds=15)
        equal(outcome.status, "error", f"status of {code[:40]!r}")
        equal(k.value("kept8610"), "3", f"the state after {code[:40]!r}")


@check("an expression of the debugger that never ends is ended, and cells go on with their state", own_kernel=True, seconds=60)
def endless_evaluation(k):
    k.typescript_only()
    from checks.debugger import begin

    k.client.run("const kept8611 = 3")
    begin(k)
    content = {"type": "request", "seq": 900, "command": "evaluate", "arguments": {"expression": "while (true) {}"}}
    reply = k.client.request("debug_request", content, channel="control", seconds=15)["content"]
    equal(reply["success"], False, "success of an endless expression")
    equal(k.value("kept8611"), "3", "the state after it")
    for command in ("constructor", "__proto__", "toString"):
        content = {"type": "request", "seq": 901, "command": command, "arguments": {}}
        reply = k.client.request("debug_request", content, channel="control", seconds=5)["content"]
        equal(reply["success"], False, f"success of {command}")
