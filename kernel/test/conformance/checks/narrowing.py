"""What a guard tells of a variable's type holds in the next cells, as it would in one program."""

from harness.check import check
from harness.expect import contains, equal, lacks


def ran(k, code):
    outcome = k.client.run(code)
    equal(outcome.status, "ok", f"status of {code!r} ({outcome.error_text})")
    return outcome


def refused(k, code, piece):
    outcome = k.client.run(code)
    equal(outcome.content.get("ename"), "TypeScriptError", f"ename of {code!r} ({outcome!r})")
    contains(outcome.error_text, piece, f"error of {code!r}")


MAYBE = "JSON.parse('\"text\"') as string | undefined"


@check("a guard that throws, of a const or a let, narrows it for the next cells", seconds=60)
def throws(k):
    k.typescript_only()
    guards = (
        "if (!{x}) throw new Error('none');",
        "if ({x} === undefined) throw new Error('none');",
        "if (undefined == {x}) {{ console.log('none'); throw 1; }}",
        "if (typeof {x} !== 'string') throw new TypeError();",
        "if ({x}) console.log('there'); else throw 1;",
        "if ({x} === undefined) {{ throw 1; }} else {{ console.log({x}.length); }}",
        "{{ if (!{x}) throw 1; }}",
        "switch ({x}) {{ case undefined: throw new Error(); }}",
        "if (!{x} || {x}.length > 100) throw 1\nconsole.log({x}.length)",
        "function fail{x}(): never {{ throw 1 }}\nif (!{x}) fail{x}();",
        "if (!{x}) process.exit(1);",
        "try {{ if (!{x}) throw 1 }} catch (e) {{ throw e }}",
    )
    for n, guard in enumerate(guards):
        for kind in ("const", "let"):
            x = f"{kind[0]}{n}9301"
            ran(k, f"{kind} {x} = {MAYBE};")
            if kind == "const":
                refused(k, f"{x}.length", "possibly 'undefined'")
            ran(k, guard.format(x=x) if kind != "let" else f"{x} = {MAYBE};\n" + guard.format(x=x))
            equal(ran(k, f"{x}.length").value, "4", f"after {guard!r} of a {kind}")
        equal(ran(k, f"const later{x} = () => {x}!.length; {x}.toUpperCase()").value, "'TEXT'", "and later")


ASSERTIONS = (
    ("function is9302(value: unknown): asserts value {{ if (!value) throw 1 }}", "is9302({x})"),
    ("function isText9302(value: unknown): asserts value is string {{ if (typeof value !== 'string') throw 1 }}", "isText9302({x});"),
    ("import assert9302 from 'node:assert'", "assert9302({x})"),
    ("import assert9302 from 'node:assert'", "assert9302.ok({x}, 'message')"),
    ("import {{ strict as strict9302 }} from 'node:assert'", "strict9302({x} !== undefined)"),
    ("import * as assertAll9302 from 'node:assert'", "assertAll9302.ok(typeof {x} === 'string')"),
    ("const own9302: (value: unknown) => asserts value = (value) => {{ if (!value) throw 1 }}", "own9302({x})"),
    ("type Check9302 = (value: unknown) => asserts value; const check9302: Check9302 = (value) => {{ if (!value) throw 1 }}", "check9302({x})"),
    ("class Checks9302 {{ ok(value: unknown): asserts value {{ if (!value) throw 1 }} }}; const checks9302: Checks9302 = new Checks9302()", "checks9302.ok({x})"),
    ("", "function inner9302(v: unknown): asserts v {{ if (!v) throw 1 }}\ninner9302({x})"),
)


@check("an assertion function narrows it for the next cells", seconds=60)
def assertions(k):
    k.typescript_only()
    for n, (before, call) in enumerate(ASSERTIONS):
        for kind in ("const", "let"):
            x = f"{kind[0]}{n}9302"
            if before:
                ran(k, before.format())
            ran(k, f"{kind} {x} = {MAYBE}" + ("" if kind == "const" else f"; {x} = {MAYBE}"))
            ran(k, call.format(x=x))
            equal(ran(k, f"{x}.length").value, "4", f"after {call!r} of a {kind}")


@check("a guard of unknown, of a union's member and of a property narrows them", seconds=60)
def shapes(k):
    k.typescript_only()
    ran(k, "type Shape9303 = { kind: 'circle'; r: number } | { kind: 'square'; a: number }")
    ran(k, "interface Run9303 { loss?: number; config: { name?: string; deep?: { x: number | null } } }")
    ran(k, "function isNumber9303(v: unknown): v is number { return typeof v === 'number' }")
    for kind in ("const", "let"):
        p = kind[0]
        for declare, guard, use, value in (
            ("u9303: unknown = JSON.parse('5')", "if (typeof {p}u9303 !== 'number') throw 1", "{p}u9303.toFixed(1)", "'5.0'"),
            ("v9303: unknown = JSON.parse('[1]')", "if (!Array.isArray({p}v9303)) throw 1", "{p}v9303.length", "1"),
            ("w9303: unknown = JSON.parse('7')", "if (!isNumber9303({p}w9303)) throw 1", "{p}w9303.toFixed(0)", "'7'"),
            ("s9303: Shape9303 = JSON.parse('{{\"kind\":\"circle\",\"r\":2}}')", "if ({p}s9303.kind !== 'circle') throw 1", "{p}s9303.r", "2"),
            ("r9303: Run9303 = JSON.parse('{{\"loss\":3,\"config\":{{\"name\":\"n\",\"deep\":{{\"x\":1}}}}}}')", "if ({p}r9303.loss === undefined || !{p}r9303.config.name) throw 1", "[{p}r9303.loss.toFixed(0), {p}r9303.config.name.length]", "[ '3', 1 ]"),
            ("d9303: Run9303 = {p}r9303", "if (!{p}d9303.config.deep?.x) throw 1", "{p}d9303.config.deep.x.toFixed(0)", "'1'"),
            ("e9303 = JSON.parse('{{\"a\":1}}') as {{ a?: number }} | undefined", "if (!{p}e9303?.a) throw 1", "{p}e9303.a.toFixed(0)", "'1'"),
            ("i9303: Date | string = new Date(0)", "if (!({p}i9303 instanceof Date)) throw 1", "{p}i9303.getTime()", "0"),
        ):
            ran(k, f"{kind} {p}{declare.format(p=p)}")
            ran(k, guard.format(p=p))
            equal(ran(k, use.format(p=p)).value, value, f"{use.format(p=p)} after {guard!r}")
    refused(k, "cs9303.a", "TS2339")
    refused(k, "cr9303.config.deep.x", "possibly 'undefined'")


@check("a guard in the declaring cell counts too, and several guards add up")
def same_cell(k):
    k.typescript_only()
    ran(k, f"const a9304 = {MAYBE};\nif (!a9304) throw new Error('none');")
    equal(ran(k, "a9304.length").value, "4", "declared and guarded in one cell")
    ran(k, "const b9304 = JSON.parse('1') as string | number | null | undefined")
    ran(k, "if (b9304 === undefined) throw 1")
    ran(k, "if (b9304 === null) throw 1")
    refused(k, "b9304.toFixed(0)", "'string'")
    ran(k, "if (typeof b9304 === 'string') throw 1")
    equal(ran(k, "b9304.toFixed(0)").value, "'1'", "after three guards")
    for _ in range(3):
        ran(k, "if (!a9304) throw 1\na9304.length")


@check("a guard that did throw tells nothing, nor does one whose variable changes meanwhile")
def tells_nothing(k):
    k.typescript_only()
    ran(k, "const none9305 = JSON.parse('null') as string | null; let also9305 = JSON.parse('null') as string | null; also9305 = JSON.parse('null') as string | null")
    for guard in ("if (!{x}) throw new Error('none')", "if ({x} === null) process.emitWarning, (() => {{ throw 1 }})()"):
        for x in ("none9305", "also9305"):
            equal(k.client.run(guard.format(x=x)).status, "error", "the guard throws")
            refused(k, f"{x}.length", "possibly 'null'")
    ran(k, f"let f9305 = {MAYBE}; function set9305() {{ f9305 = undefined }}")
    ran(k, "if (!f9305) throw 1")
    ran(k, "set9305()")
    refused(k, "f9305.length", "possibly 'undefined'")
    ran(k, f"let g9305 = {MAYBE}; g9305 = {MAYBE}")
    ran(k, "if (!g9305) throw 1")
    ran(k, "g9305 = JSON.parse('null') ?? undefined as string | undefined")
    refused(k, "g9305.length", "possibly 'undefined'")
    ran(k, f"const h9305 = {MAYBE}")
    ran(k, "if (!h9305) console.log('none')")
    ran(k, "function guard9305() { if (!h9305) throw 1 }")
    refused(k, "h9305.length", "possibly 'undefined'")
    ran(k, f"const h9305 = {MAYBE}")
    ran(k, "if (!h9305) throw 1")
    ran(k, f"const h9305 = {MAYBE}")
    refused(k, "h9305.length", "possibly 'undefined'")


@check("what a guarded variable is stays plain to see, and it keeps what it can do")
def stays_itself(k):
    k.typescript_only()
    ran(k, "const check9306: { ok(value: unknown): asserts value } = { ok(v) { if (!v) throw 1 } }")
    ran(k, f"const text9306 = {MAYBE}; class Box9306 {{ constructor(public size?: number) {{}} }}; const box9306 = new Box9306(1)")
    ran(k, "check9306.ok(check9306); check9306.ok(text9306); if (!box9306.size) throw 1")
    equal(ran(k, "check9306.ok(text9306.length > 0); text9306.length + box9306.size").value, "5", "used again")
    ran(k, "const same9306: Box9306 = box9306; const generic9306 = <T>(x: T) => x")
    ran(k, "if (!generic9306(text9306)) throw 1")
    equal(ran(k, "generic9306(text9306).length").value, "4", "a generic function")
    reply = k.client.inspect("text9306", 8)
    contains(reply["data"]["text/plain"], "string", "inspection")
    lacks(reply["data"]["text/plain"], "__isoflop", "inspection")
    contains(k.client.complete("text9306.toUpp")["matches"], "toUpperCase", "completion")
