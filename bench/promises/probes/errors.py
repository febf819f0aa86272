"""Errors and values that fight back when they are looked at, and text that is none."""

import json
import time

import zmq

from probe import probe
from subject import told

from .names import UNCHECKED


def thrown(s, code):
    outcome = s.cell(code)
    what = "no reply" if not outcome.reply else "told as an error" if told(outcome) else "not told"
    return s.after(what, told(outcome))


@probe("a thrown object whose message throws when read (Python: whose `__str__` raises)")
def throwing_message(s):
    return thrown(
        s,
        s.code(
            UNCHECKED + "throw { get message() { throw 1 } }",
            "class E(Exception):\n  def __str__(self): raise ValueError(1)\nraise E()",
        ),
    )


@probe("a thrown Proxy of which every trap throws (Python: `__getattribute__` raises)")
def thrown_proxy(s):
    return thrown(
        s,
        s.code(
            UNCHECKED + "throw new Proxy({}, new Proxy({}, { get() { throw 1 } }))",
            "class E(Exception):\n  def __getattribute__(self, name): raise ValueError(1)\nraise E()",
        ),
    )


@probe("a value whose inspection never ends, then an interrupt")
def endless_inspection(s):
    asks = ("nodejs.util.inspect.custom", "Deno.customInspect", "Jupyter.display")
    methods = ", ".join(f"[Symbol.for('{name}')]() {{ for (;;); }}" for name in asks)
    code = s.code(f"{UNCHECKED}({{ {methods} }})", "class V:\n  def __repr__(self):\n    while True: pass\nV()")
    msg_id = s.client.start(code, stop_on_error=False)
    s.begun(msg_id)
    if s.wait(msg_id, 1):
        return s.after("never asked", True)
    s.interrupt()
    ended = s.wait(msg_id, 5)
    return s.after("interrupted" if ended else "not interrupted", told(s.outcome(msg_id)))


@probe("half a surrogate pair printed and shown: is what the client gets text?")
def half_a_pair(s):
    listener = zmq.Context.instance().socket(zmq.SUB)
    listener.linger = 0
    listener.subscribe(b"")
    listener.connect(f"tcp://{s.kernel.manager.ip}:{s.kernel.manager.iopub_port}")
    time.sleep(0.5)
    outcome = s.cell(s.code('console.log("out", "😀".slice(0, 1)); "val" + "😀".slice(0, 1)', "print('out', '\\ud83d'); 'val\\ud83d'"))
    faults, seen = set(), set()
    while listener.poll(500, zmq.POLLIN):
        parts = listener.recv_multipart()
        body = parts[parts.index(b"<IDS|MSG>") + 2 :][:4]
        try:
            messages = [json.loads(part.decode("utf-8")) for part in body]
        except UnicodeDecodeError:
            faults.add("not UTF-8")
            continue
        # The source of the cell is echoed, and it is whole.
        if messages[0]["msg_type"] not in ("stream", "execute_result", "display_data"):
            continue
        text = json.dumps(messages[3], ensure_ascii=False)
        seen |= {word for word in ("out", "val") if word in text}
        try:
            text.encode("utf-8")
        except UnicodeEncodeError:
            faults.add("half a pair in the JSON")
    listener.close(linger=0)
    lost = "output lost, said so" if told(outcome) else "output lost without a word"
    what = ", ".join(sorted(faults)) or ("valid text" if seen == {"out", "val"} else lost)
    return s.after(what, told(outcome))
