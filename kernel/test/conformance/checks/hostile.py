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
