"""History and magics: _, Out and In; %time and its kin; commands of the shell."""

import os
import re
import subprocess
import time

from harness.check import check
from harness.expect import contains, equal, lacks, matches, plain, true


def ran(k, code, seconds=15):
    outcome = k.client.run(code, seconds=seconds)
    equal(outcome.status, "ok", f"status of {code!r} ({plain(outcome.error_text)})")
    return outcome


def number(k):
    return ran(k, "undefined").content["execution_count"]


@check("_, __ and ___ are the latest results that are not undefined, Out[n] and In[n] those of cell n", own_kernel=True)
def history(k):
    k.typescript_only()
    first = number(k) + 1
    for code in ("'one'", "'two'", "'three'", "undefined", "const no9101 = 1", "console.log(1)"):
        ran(k, code)
    equal(k.value("[_, __, ___]"), "[ 'three', 'two', 'one' ]", "the latest three")
    equal(k.value(f"[Out[{first}], Out[{first + 1}], Out[{first + 3}]]"), "[ 'one', 'two', undefined ]", "Out")
    equal(k.value(f"[In[{first}], In[{first + 4}], In[0], In[In.length - 1]!.slice(0, 4)]"), '[ "\'one\'", \'const no9101 = 1\', \'\', \'[In[\' ]', "In")
    equal(k.value("null"), "null", "null is shown")
    equal(k.value("_"), "null", "and kept")
    ran(k, "const later9101 = () => _")
    ran(k, "'seen'")
    equal(k.value("later9101()"), "'seen'", "a function sees the latest")


@check("results keep their identity in _ and Out, and a failed or silent cell leaves them")
def history_kept(k):
    k.typescript_only()
    ran(k, "const object9102 = { a: 1 }; object9102")
    for code, options in (("throw new Error('x')", {}), ("'silent'", {"silent": True}), ("'unstored'", {"store_history": False}), ("const t: number = 'x'", {})):
        k.client.run(code, **options)
    equal(k.value("_ === object9102"), "true", "_ after cells that count for nothing")
    n = number(k)
    equal(k.value(f"Object.values(Out).includes(object9102) && Out[{n}] === undefined"), "true", "Out")


@check("a cell that declares _, In or Out keeps its own, as users of lodash need", own_kernel=True)
def history_own(k):
    k.typescript_only()
    ran(k, "'result'")
    for code, expected in {
        "import _ from 'node:path'; _.basename('/a/b9103')": "'b9103'",
        "_.basename('/a/c9103')": "'c9103'",
        "1 + 1; typeof _.join": "'function'",
        "const __ = (x: number) => x * 2; __(4)": "8",
        "__(5)": "10",
        "let Out = 'mine'; Out": "'mine'",
        "Out.length": "4",
        "[1, 2, 3].map((_, i) => i)": "[ 0, 1, 2 ]",
        "typeof In": "'object'",
    }.items():
        equal(k.value(code), expected, code)
    equal(k.value("import { createRequire } from 'node:module'; createRequire(import.meta.url)('node:vm').runInThisContext('typeof _')"), "'string'", "what others see")


TIME = r"CPU times: user [\d.]+ (s|ms|µs|ns), sys: [\d.]+ (s|ms|µs|ns), total: [\d.]+ (s|ms|µs|ns)\nWall time: ([\d.]+) (s|ms|µs|ns)\n"


@check("%time and %%time say processor and wall time in IPython's form and keep the value and the names")
def time_magic(k):
    k.typescript_only()
    for code, value in {
        "%time 1 + 1": "2",
        "%time [1, 2].map((x) =>\n  x * 2)": "[ 2, 4 ]",
        "%time const timed9104 = 7\ntimed9104": "7",
        "%time await Promise.resolve('a')": "'a'",
        "%time ({ a: 1 })": "{ a: 1 }",
        "%%time\nconst more9104 = 8;\nmore9104": "8",
        "%%time\n\nawait new Promise((done) => setTimeout(done, 50)); 'slept'": "'slept'",
        "const before9104 = 1\n%time before9104 + 1": "2",
        "%time console.log('out')": None,
    }.items():
        outcome = ran(k, code)
        matches(outcome.stdout, f"^(out\n)?{TIME}$", f"output of {code!r}")
        equal(outcome.value, value, f"value of {code!r}")
    wall = re.search(TIME, ran(k, "%time await new Promise((done) => setTimeout(done, 120))").stdout)
    equal(wall[5], "ms", "unit of the wall time")
    true(115 <= float(wall[4]) < 400, "wall time of 120 ms", wall[4])


@check("%time of a promise that is not awaited says so, and an error in a timed statement is the cell's")
def time_honest(k):
    k.typescript_only()
    for code in ("%time new Promise((done) => setTimeout(done, 20))", "%%time\nPromise.resolve(1)"):
        contains(ran(k, code).stdout, "await it to time its work", code)
    for code, piece in {
        "%time (() => { throw new Error('timed 9105') })()": "timed 9105",
        "%time missing9105()": "missing9105",
        "const a9105 = 1\n%time a9105.nope": "cell 2:13 - TS2339",
        "%timeit -n 2 -r 1 JSON.parse('{')": "JSON",
    }.items():
        outcome = k.client.run(code)
        contains(plain(outcome.error_text), piece, code)
        lacks(outcome.error_text, "__isoflop", f"error of {code!r}")


LOOP = r"[\d.]+ (s|ms|µs|ns) ± [\d.]+ (s|ms|µs|ns) per loop \(mean ± std. dev. of (\d+) runs?, ([\d,]+) loops? each"


@check("%timeit takes IPython's options and form, finds the number of loops itself, and awaits promises", seconds=60)
def timeit_magic(k):
    k.typescript_only()
    for code, runs, loops in (
        ("%timeit -n 100 -r 3 Math.sqrt(2)", "3", "100"),
        ("%timeit -n1 -r1 Math.sqrt(2)", "1", "1"),
        ("%timeit -r 2 for (let i = 0; i < 2e6; i++);", "2", None),
        ("%%timeit -n 10 -r 2 const list9106 = [3, 1, 2]\nconst copy = [...list9106];\ncopy.sort();", "2", "10"),
        ("%%timeit -n 10 -r 2\n[1].map(\n  (x) => x)", "2", "10"),
    ):
        outcome = ran(k, code, 40)
        found = re.search(LOOP + r"\)\n$", outcome.stdout)
        true(found, f"form of {code!r}", outcome.stdout)
        equal(found[3], runs, f"runs of {code!r}")
        if loops:
            equal(found[4], loops, f"loops of {code!r}")
        equal(outcome.value, None, "value")
    ran(k, "let count9106 = 0")
    ran(k, "%timeit -n 5 -r 2 count9106++")
    equal(k.value("count9106"), "10", "how often it ran")
    for statement in ("new Promise((done) => setTimeout(done, 10))", "await new Promise((done) => setTimeout(done, 10))"):
        text = ran(k, f"%timeit -n 3 -r 2 {statement}").stdout
        matches(text, LOOP + "; each loop awaited", "form")
        true(9 <= float(text.split()[0]) < 60 and text.split()[1] == "ms", "time of 10 ms", text)
    equal(ran(k, "%timeit -q -n 1 -r 1 1").stdout, "", "-q")


COMMANDS = {
    "!echo hello": "hello\n",
    "!echo a; echo b": "a\nb\n",
    "!printf 'é😀'": "é😀",
    "!echo {word9107}": "word\n",
    "!echo {word9107.length + 1} {word9107}": "5 word\n",
    "!echo '{nobody9107} {1..2} {{word9107}}'": "{nobody9107} {1..2} {word}\n".replace("{word}", "{word9107}"),
    "!X=5; echo ${X}": "5\n",
    "!echo one \\\n  two": "one two\n",
    "!true\n!echo after": "after\n",
    "const own9107 = 'x'\n!echo {own9107}\n!echo end": "x\nend\n",
    "console.log('before')\n!echo between\nconsole.log('behind')": "before\nbetween\nbehind\n",
    "!seq 1 50000 | tail -1": "50000\n",
    "!cat": "",
    "%%bash\nfor i in 1 2; do\n  echo $i {word9107}\ndone": "1 word\n2 word\n",
    "%%bash\nfunction f { echo \"$1\"; }\nf `echo x`": "x\n",
    "%%bash\necho '\\t$1`'": "\\t$1`\n",
    "%%sh -e\ntrue\necho sh": "sh\n",
}


@check("!command and %%bash run in the shell, their output is the cell's, and {name} has the value of a name")
def commands(k):
    k.typescript_only()
    ran(k, "const word9107 = 'word'")
    for code, expected in COMMANDS.items():
        outcome = ran(k, code)
        equal(outcome.stdout, expected, f"stdout of {code!r}")
        equal(outcome.value, None, f"value of {code!r}")
    equal(ran(k, "!echo oops >&2").stderr, "oops\n", "stderr")


@check("a command that ends with another status than 0 is an error of the cell, which runs no further")
def command_fails(k):
    k.typescript_only()
    for code, piece in {
        "!exit 3": "it ended with code 3",
        "!false": "it ended with code 1",
        "!no-such-program9108": "it ended with code 127",
        "!kill -9 $$": "it was ended by SIGKILL",
        "%%bash\necho x\nexit 7": "it ended with code 7",
        "%%sh -e\nfalse\necho never": "it ended with code 1",
        "!true\n!exit 4\n!echo never": "it ended with code 4",
    }.items():
        outcome = k.client.run(code + ("" if code.startswith("%%") else "\nconsole.log('never')"))
        equal(outcome.error["ename"], "CommandError", f"ename of {code!r}")
        contains(outcome.error["evalue"], piece, f"evalue of {code!r}")
        lacks(outcome.stdout, "never", f"stdout of {code!r}")
        lacks(outcome.error_text, "__isoflop", "traceback")
    ran(k, "try {\n  await 1\n} catch {}\n!false || true")


@check("a command's output comes while it runs, and an interrupt ends the command and what it started", seconds=60)
def command_streams(k):
    k.typescript_only()
    msg_id = k.client.start("!echo now; sleep 7109")
    k.client.until(lambda: any("now" in m["content"]["text"] for m in k.client.of(msg_id, "stream")), 5, "the output of a running command")
    for code in (None, "%%bash\ntrap '' INT\nsleep 7109", "!sleep 7109 & sleep 7109", "!setsid sleep 7109; true", "!yes"):
        msg_id = msg_id if code is None else k.client.start(code)
        k.client.until(lambda: k.client.of(msg_id, "execute_input"), 10, "execute_input")
        time.sleep(0.3)
        k.interrupt_by_message()
        outcome = k.client.finish(msg_id, 5)
        equal((outcome.error or {}).get("ename"), "KeyboardInterrupt", f"ename of {code!r}")
        equal(k.value("1 + 1"), "2", "the next cell")
    time.sleep(1.2)
    k.client.forget()
    left = [line for line in running("sleep 7109") if "setsid" not in line]
    true(len(left) <= 1, "what is left of them", left)  # setsid took its sleep out of the group; it ends with the session


def running(command):
    return subprocess.run(["pgrep", "-fx", "-a", command], capture_output=True, text=True).stdout.splitlines()


@check("what a command leaves running is not waited for, and ends with the session", own_kernel=True)
def command_background(k):
    k.typescript_only()
    for code in ("!sleep 7110 &", "!setsid sleep 7110 &", "!nohup sleep 7110 > /dev/null 2>&1 &", "%%bash\nsleep 7110 & disown"):
        true(ran(k, code).seconds < 3, f"{code!r} is not waited for")
    # A process has its name a moment after it was started.
    k.client.until(lambda: len(running("sleep 7110")) == 4, 5, "four commands in the background")
    k.client.run("process.exit()")
    equal(k.value("1 + 1"), "2", "the next session")
    equal(running("sleep 7110"), [], "left of the session")


@check("%cd and %pwd change and name the folder of the session and its commands, %env its variables", own_kernel=True)
def surroundings(k):
    k.typescript_only()
    start = k.value("process.cwd()").strip("'")
    os.makedirs(os.path.join(start, "sub 9111", "deep"))
    sub = os.path.join(start, "sub 9111")
    ran(k, "const sub9111 = 'sub 9111'")
    for code, expected in (
        ("%cd sub 9111", sub),
        ("%cd deep", os.path.join(sub, "deep")),
        ("%cd -", sub),
        ("%cd ..", start),
        ("%cd {sub9111}", sub),
        ("%cd '../sub 9111'", sub),
        ("%cd ~", os.path.expanduser("~")),
        ("%cd", os.path.expanduser("~")),
        (f"%cd {sub}", sub),
    ):
        equal(ran(k, code).stdout, f"{expected}\n", f"output of {code!r}")
        equal(k.value("%pwd"), repr(expected), "%pwd")
        equal(ran(k, "!pwd").stdout, f"{os.path.realpath(expected)}\n", "pwd of a command")
    for code in ("%cd nowhere9111", "%cd /etc/passwd"):
        contains(k.client.run(code).error["evalue"], "there is no folder /", code)
    equal(ran(k, "%env A9111=b c").stdout, "env: A9111=b c\n", "set")
    equal(ran(k, "%env B9111 {sub9111}").stdout, "env: B9111=sub 9111\n", "set by a space")
    equal(k.value("%env A9111"), "'b c'", "asked")
    equal(k.value("[process.env.A9111, process.env.B9111]"), "[ 'b c', 'sub 9111' ]", "process.env")
    equal(ran(k, "!echo $A9111").stdout, "b c\n", "a command's")
    contains(k.value("%env"), "A9111: 'b c'", "all")
    contains(k.client.run("%env NONE9111").error["evalue"], "%env NONE9111=VALUE", "one that is not there")
    contains(k.client.run("%env toString").error["evalue"], "no such variable", "one that all objects have")
    contains(k.client.run("%env =1").error["evalue"], "a name goes before the =", "none")
    ran(k, "!mkdir gone9111")
    ran(k, "%cd gone9111")
    ran(k, "!rmdir ../gone9111")
    contains(k.client.run("%pwd").error["evalue"], "the folder was removed", "a folder that is gone")
    ran(k, f"%cd {k.folder}")


@check("%who and %whos list the session's names, and those of a type", own_kernel=True)
def who(k):
    k.typescript_only()
    contains(ran(k, "%who").stdout, "Interactive namespace is empty", "nothing yet")
    ran(k, "const b9112 = 1, a9112 = 'text'; class Model9112 {} ; const m9112 = new Model9112(); function f9112() {}; let un9112; import { join } from 'node:path'")
    equal(ran(k, "%who").stdout.split(), ["Model9112", "a9112", "b9112", "f9112", "join", "m9112"], "names")
    equal(ran(k, "%who number").stdout.split(), ["b9112"], "of a type")
    equal(ran(k, "%who number string").stdout.split(), ["a9112", "b9112"], "of two types")
    equal(ran(k, "%who Model9112").stdout.split(), ["m9112"], "of a class")
    contains(ran(k, "%who Nothing").stdout, "No variables match", "of none")
    table = ran(k, "%whos").stdout
    for piece in ("Variable", "Type", r"m9112 +Model9112 +Model9112 \{\}", "a9112 +string +'text'", "f9112 +function"):
        matches(table, piece, "%whos")
    hostile = "const p9112 = new Proxy({}, { get() { throw 1 }, getPrototypeOf() { throw 2 } }); const g9112 = { get constructor() { throw 3 } }"
    ran(k, hostile)
    matches(ran(k, "%whos").stdout, "p9112 +Proxy", "%whos of hostile values")


@check("%check says how the check stands, and turns it on, to warnings and off")
def check_state(k):
    k.typescript_only()
    wrong = "const wrong9113: number = 'x'; wrong9113"
    for code, said, value in (
        ("%check", "the type check is on", None),
        ("%check off", "", "'x'"),
        ("%check", "the type check is off", "'x'"),
        ("%check warn", "", "'x'"),
        ("%check", "warn", "'x'"),
        ("%check on", "", None),
        ("%check", "the type check is on", None),
    ):
        contains(ran(k, code).stdout, said, code)
        equal(k.client.run(wrong).value, value, f"{wrong} after {code}")
    contains(k.client.run("%check of").error["evalue"], "on, warn or off, got of", "another word")


@check("%lsmagic lists what there is, and an unknown magic is told with the nearest")
def listed(k):
    k.typescript_only()
    listing = ran(k, "%lsmagic").stdout
    for name in "%cd %check %env %lsmagic %npm %pwd %time %timeit %who %whos %%bash %%sh %%time %%timeit !COMMAND".split():
        contains(listing, name, "the list")
    for code, piece in {
        "%tim f()": "did you mean %time?",
        "%%bsh\nls": "did you mean %%bash?",
        "%ls": "did you mean !ls?",
        "%bash": "it is written %%bash",
        "%matplotlib inline": "%lsmagic lists all",
    }.items():
        outcome = k.client.run(code)
        equal(outcome.error["ename"], "UnknownMagic", f"ename of {code!r}")
        contains(outcome.error["evalue"], piece, f"evalue of {code!r}")


@check("what looks like a magic inside TypeScript is TypeScript")
def typescript(k):
    k.typescript_only()
    ran(k, "const ready9114 = false, list9114 = [1]")
    for code, value in {
        "!ready9114": "true",
        "!ready9114 &&\n  list9114.length": "1",
        "!list9114.includes(2)": "true",
        "!0": "true",
        "![]": "false",
        "!!ready9114": "false",
        "const own9114 = 0\n!own9114": "true",
        "7\n% 4": "3",
        "`\n!ls\n%cd /\n`.length": "11",
        "/*\n!ls -l\n%cd /\n*/ 5": "5",
        "#!/usr/bin/env node\nlist9114.length": "1",
        "#!/usr/bin/env -S deno run --allow-all\nconst first9114: number = 1;\nfirst9114": "1",
    }.items():
        equal(ran(k, code).value, value, code)


@check("magics work after a cell has taken Node's built-ins apart", own_kernel=True, seconds=60)
def hostile(k):
    k.typescript_only()
    ran(k, "%check off")
    for code in (
        "Array.prototype[Symbol.iterator] = () => { throw 1 }",
        "globalThis.process = 5",
        "Promise.prototype.then = () => 5",
        "Object.prototype.toString = 5",
        "globalThis.performance = null",
        "Object.freeze(Out); Object.freeze(In)",
        "Object.defineProperty(Object.prototype, '55', { set() { throw 9 } })",
        "globalThis.__isoflop_magics = 5",
    ):
        k.client.run(code)
        equal(k.value("1 + 1"), "2", f"the next cell after {code}")
    for code in ("!echo alive", "%time 1", "%timeit -n 1 -r 1 1", "%who", "%pwd", "%env PATH", "%%bash\necho alive"):
        outcome = k.client.run(code, seconds=10)  # may fail, must answer
        true(outcome.status in ("ok", "error"), f"status of {code!r}", outcome.status)
        equal(k.value("1 + 1"), "2", f"the next cell after {code!r}")
