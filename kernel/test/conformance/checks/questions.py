"""input() and prompt(): each question has its own answer, and nothing else is one."""

import time

from harness.check import check
from harness.expect import contains, equal


def question(k, msg_id, count, seconds=5):
    """The count-th question that the cell asked."""
    def asked():
        found = [q for q in k.client.input_requests if q["parent_header"]["msg_id"] == msg_id]
        return found[count - 1] if len(found) >= count else None

    return k.client.until(asked, seconds, f"question {count}")


def answer(k, value, parent=None, client=None, **content):
    (client or k.client).send("stdin", "input_reply", {"status": "ok", "value": value, **content}, parent=parent)


def result(k, msg_id, seconds=10):
    """The value of a cell, without answering it."""
    k.client.until(lambda: msg_id in k.client.replies and k.client.idle(msg_id), seconds, "the reply")
    shown = k.client.of(msg_id, "execute_result")
    return shown[0]["content"]["data"]["text/plain"] if shown else str(k.client.replies[msg_id]["content"])


TOGETHER = {
    "await Promise.all([input('a'), input('b')])": "[ '1', '2' ]",
    "await Promise.all([input('a'), input('b'), input('c', { password: true })])": "[ '1', '2', '3' ]",
    "const first8431 = input('a'); const second8431 = prompt('b'); [await first8431, second8431]": "[ '1', '2' ]",
    "const late8431 = input('a'); [prompt('b'), prompt('c'), await late8431]": "[ '2', '3', '1' ]",
    "[prompt('a'), await input('b'), prompt('c')]": "[ '1', '2', '3' ]",
    "(await Promise.all(Array.from({ length: 9 }, (_, i) => input(`${i}`)))).join()": "'1,2,3,4,5,6,7,8,9'",
    "await Promise.race([input('a'), input('b')])": "'1'",
    "let got8431 = ''; void input('a').then((it) => { got8431 += it; }); await input('b'); got8431": "'1'",
    "setTimeout(() => input('b').then((it) => console.log(it)), 20); const before8431 = await input('a'); await new Promise((r) => setTimeout(r, 200)); before8431": "'1'",
}


@check("questions asked at once are put one after another, and each gets its own answer", own_kernel=True, seconds=60)
def together(k):
    k.typescript_only()
    for code, expected in TOGETHER.items():
        for with_parent in (True, False):
            k.client.input_requests.clear()
            msg_id = k.client.start(code, allow_stdin=True)
            count = 0
            while msg_id not in k.client.replies:
                k.client.pump(0.05)
                asked = [q for q in k.client.input_requests if q["parent_header"]["msg_id"] == msg_id]
                equal(len(asked) - count <= 1, True, "one question at a time")
                if len(asked) > count:
                    # The next one is not put before this one is answered.
                    k.client.settle(0.1)
                    asked = [q for q in k.client.input_requests if q["parent_header"]["msg_id"] == msg_id]
                    equal(len(asked), count + 1, f"questions before the answer in {code}")
                    count += 1
                    answer(k, str(count), parent=asked[-1] if with_parent else None)
            equal(result(k, msg_id), expected, f"result of {code}")


@check("an input_reply of another client, or of nobody's question, answers nothing", own_kernel=True)
def of_strangers(k):
    k.typescript_only()
    for code in ("prompt('a')", "await input('a')"):
        answer(k, "nobody asked")
        msg_id = k.client.start(code, allow_stdin=True)
        asked = question(k, msg_id, 1)
        other = k.another_client()
        for parent in (asked, None):
            answer(k, "from a stranger", parent=parent, client=other)
        time.sleep(0.3)
        answer(k, "mine", parent=asked)
        answer(k, "twice", parent=asked)
        equal(result(k, msg_id), "'mine'", f"answer to {code}")
        k.client.input_requests.clear()


@check("an answer that is no text ends its question with the reason, and the next one is put", own_kernel=True)
def no_text(k):
    k.typescript_only()
    wrong = ({}, {"value": 5}, {"value": None}, {"value": ["a"]}, {"status": "ok", "value": {}}, {"status": "ok"})
    for code in ("prompt('a')", "await input('a')"):
        for content in wrong:
            for with_parent in (True, False):
                msg_id = k.client.start(f"try {{ {code} }} catch (e) {{ console.log(String(e)) }} prompt('b')", allow_stdin=True)
                asked = question(k, msg_id, 1)
                k.client.send("stdin", "input_reply", content, parent=asked if with_parent else None)
                answer(k, "text", parent=question(k, msg_id, 2))
                equal(result(k, msg_id), "'text'", f"the second answer after {content} to {code}")
                said = "".join(m["content"]["text"] for m in k.client.of(msg_id, "stream"))
                contains(said, "the client's answer is no answer: input_reply: content.value", "the reason")
                k.client.input_requests.clear()


@check("an answer to a question of before answers no later one", own_kernel=True)
def of_before(k):
    k.typescript_only()
    for first in ("prompt('a')", "await input('a')"):
        old_id = k.client.start(first, allow_stdin=True, stop_on_error=False)
        old = question(k, old_id, 1)
        k.interrupt_by_message()
        k.client.until(lambda: old_id in k.client.replies, 5, "the end of the interrupted cell")
        equal(k.client.replies[old_id]["content"]["ename"], "KeyboardInterrupt", "ename")
        msg_id = k.client.start("[prompt('b'), await input('c')]", allow_stdin=True)
        asked = question(k, msg_id, 1)
        answer(k, "too late", parent=old)
        answer(k, "b", parent=asked)
        later = question(k, msg_id, 2)
        answer(k, "again", parent=asked)
        answer(k, "c", parent=later)
        equal(result(k, msg_id), "[ 'b', 'c' ]", "answers")
        k.client.input_requests.clear()


@check("an answer of any size arrives whole, and one over the limit of 16 MiB is an error that says so", own_kernel=True, seconds=60)
def of_any_size(k):
    k.typescript_only()
    for ask in ("prompt('a')", "await input('a')"):
        for text in ("", "x" * 65_535, "x" * 65_537, "é" * 40_000, "😀" * 100_000, "x" * 10_500_000, "é" * 8_000_000):
            outcome = k.client.run(f"const size8432 = ({ask}) as string; [size8432.length, [...size8432].every((c) => c === size8432.slice(0, c.length))]", answers=[text], seconds=30)
            utf16 = len(text.encode("utf-16-le")) // 2
            equal(outcome.value, f"[ {utf16}, true ]", f"length of {len(text)} characters by {ask}")
        outcome = k.client.run(ask, answers=["x" * 16_777_217], seconds=30)
        equal(outcome.status, "error", "status of an answer over the limit")
        contains(outcome.error_text, "16777216", "the error names the limit")
        equal(k.value("1 + 1"), "2", "the next cell")


@check("a cell that may not ask gets a StdinNotImplementedError, and one that has ended an error", own_kernel=True)
def not_allowed(k):
    k.typescript_only()
    for code in ("prompt('a')", "await input('a')", "await Promise.all([input('a'), input('b')])"):
        outcome = k.client.run(code, allow_stdin=False)
        equal(outcome.content["ename"], "StdinNotImplementedError", f"ename of {code}")
        contains(outcome.content["evalue"], "allow_stdin", "evalue")
    early = k.client.start("const nobody8433 = input('a'); 1", allow_stdin=True)
    # Nobody answers: on a busy machine an answer may come before the cell has ended.
    equal(result(k, early), "1", "value of a cell that asks and does not wait")
    outcome = k.client.run("await nobody8433")
    contains(outcome.error_text, "ended before", "error of whoever waits for it")
    late = k.client.run("setTimeout(() => input('a').catch((e) => console.log(e.message)), 50); 1", allow_stdin=True)
    k.client.until(lambda: [m for m in k.client.of(late.request_id, "stream") if "has ended" in m["content"]["text"]], 5, "the error of a late question")


READERS = {
    # code: answers, prompts, what the cell prints or gives
    "import * as readline8434 from 'node:readline'\nconst rl8434 = readline8434.createInterface({ input: process.stdin, output: process.stdout });\nrl8434.question('Name? ', (name) => { console.log(`Hi ${name}`); rl8434.close(); });": (["ada"], ["Name? "], "Name? Hi ada\n"),
    "import * as promises8434 from 'node:readline/promises'\nconst two8434 = promises8434.createInterface(process.stdin);\nconst a8434 = await two8434.question('A? '), b8434 = await two8434.question('B? '); two8434.close(); [a8434, b8434]": (["x", "ÿ 😀"], ["A? ", "B? "], "[ 'x', 'ÿ 😀' ]"),
    "const ahead8434 = readline8434.createInterface({ input: process.stdin }); 1": ([], [], "1"),
    "ahead8434.question('Later? ', (it) => console.log('got', it)); 2": (["z"], ["Later? "], "got z\n2"),
    "process.stdout.write('no question'); 3": ([], [], "no question3"),
    "ahead8434.close(); const lines8434: string[] = []; for await (const line of readline8434.createInterface({ input: process.stdin })) { lines8434.push(line); if (line === 'end') break; } lines8434.join()": (["1", "", "end"], ["", "", ""], "'1,,end'"),
    "const loop8434 = readline8434.createInterface({ input: process.stdin, prompt: '> ' }); loop8434.prompt(); loop8434.on('line', (line) => { console.log('line', line); if (line === 'q') loop8434.close(); else loop8434.prompt(); }); undefined": (["a", "q"], ["> ", "> "], "line a\nline q\n"),
    "const plain8434 = readline8434.createInterface({ input: process.stdin }); plain8434.once('line', (line) => { console.log('once', line); plain8434.close(); }); undefined": (["o"], [""], "once o\n"),
    "process.stdin.once('data', (data) => { console.log(String(data).trim()); process.stdin.pause(); }); undefined": (["raw"], [""], "raw\n"),
    "let read8434 = ''; for await (const chunk of process.stdin) { read8434 += chunk; break; } read8434": (["chunk"], [""], "'chunk\\n'"),
    "const keys8434 = readline8434.createInterface({ input: process.stdin, output: process.stdout, terminal: true }); await new Promise<string>((done) => keys8434.question('T? ', (it) => { keys8434.close(); done(it); }))": (["t"], ["T? "], "'t'"),
    "import { once as once8434 } from 'node:events'; const last8434 = readline8434.createInterface({ input: process.stdin }); const [word8434] = await once8434(last8434, 'line'); last8434.close(); word8434": (["w"], [""], "'w'"),
    "await input('still? ')": (["yes"], ["still? "], "'yes'"),
}


@check("readline on process.stdin, and process.stdin itself, ask the client where a program would wait for a line", own_kernel=True, seconds=60)
def readline(k):
    k.typescript_only()
    for code, (answers, prompts, expected) in READERS.items():
        outcome = k.client.run(code, answers=answers, allow_stdin=True)
        equal(outcome.status, "ok", f"status of {code!r} ({outcome.error_text})")
        equal([q["content"]["prompt"] for q in outcome.input_requests], prompts, f"prompts of {code!r}")
        said = outcome.stdout + (outcome.value or "")
        if "terminal: true" in code:
            contains(said, expected, f"what came of {code!r}")
        else:
            equal(said, expected, f"what came of {code!r}")


@check("process.stdin says so where the client allows no questions, and an interrupted question leaves it usable", own_kernel=True)
def readline_refused(k):
    k.typescript_only()
    ask = "const {name} = (await import('node:readline/promises')).createInterface({{ input: process.stdin }}); const of{name} = await {name}.question('int? '); {name}.close(); of{name}"
    for code in (
        ask.format(name="r0"),
        "import { createInterface as c8435 } from 'node:readline'; c8435({ input: process.stdin }).question('x', () => {})",
        "for await (const line of c8435({ input: process.stdin })) break",
        "process.stdin.on('data', () => {}); await new Promise(() => {})",
    ):
        outcome = k.client.run(code, allow_stdin=False)
        contains(outcome.error_text, "allow_stdin is false", f"error of {code!r}")
    k.client.run("process.stdin.removeAllListeners()")
    for n in (1, 2):
        msg_id = k.client.start(ask.format(name=f"r{n}"), allow_stdin=True)
        question(k, msg_id, 1)
        k.interrupt_by_message()
        equal(k.client.finish(msg_id, 5).error["ename"], "KeyboardInterrupt", "ename")
        k.client.input_requests.clear()
        outcome = k.client.run(ask.format(name=f"s{n}"), answers=["fine"], allow_stdin=True)
        equal(outcome.value, "'fine'", "the next question")
