"""Completion, inspection and is_complete."""

from harness.check import check
from harness.expect import contains, equal, lacks, matches, true


def at(code, mark="|"):
    """The code without the mark, and the mark's place in code points."""
    position = code.index(mark)
    return code.replace(mark, "", 1), position


def complete(k, marked):
    code, position = at(marked)
    reply = k.client.complete(code, position)
    equal(reply["status"], "ok", f"status of {marked!r}")
    return code, reply


def completes(k, marked, *expected):
    """The matches contain what is expected; inserting one of them between start and end gives sensible code."""
    code, reply = complete(k, marked)
    for match in expected:
        contains(reply["matches"], match, f"matches of {marked!r}")
    return reply


@check("members of a built-in and of a literal")
def members_builtin(k):
    completes(k, "Math.|", "sqrt", "PI")
    completes(k, "'text'.|", "toUpperCase", "padStart")


@check("a prefix narrows the matches, cursor_start and cursor_end cover the prefix")
def prefix(k):
    code, reply = complete(k, "1 + Math.sq|")
    equal(reply["matches"][:1], ["sqrt"], "the first match")
    true(all(m.lower().startswith("sq") for m in reply["matches"]), "all matches begin so", reply["matches"])
    equal((reply["cursor_start"], reply["cursor_end"]), (9, 11), "cursor_start and cursor_end")


@check("the word around the cursor is covered when the cursor stands inside it")
def inside_word(k):
    code, reply = complete(k, "Math.sq|rt(4)")
    contains(reply["matches"], "sqrt", "matches")
    equal(reply["cursor_start"], 5, "cursor_start")
    true(reply["cursor_end"] in (7, 9), "cursor_end at the cursor or the word's end", reply["cursor_end"])


@check("names of earlier cells: const, function, class, type, enum, import")
def earlier_names(k):
    k.value("const cmpl8801a = 1; function cmpl8801b() {} class cmpl8801c {} enum cmpl8801d { X } import { join as cmpl8801e } from 'node:path'")
    completes(k, "cmpl8801|", "cmpl8801a", "cmpl8801b", "cmpl8801c", "cmpl8801d", "cmpl8801e")
    k.value("interface Cmpl8801t { a: number }")
    completes(k, "let x: Cmpl88|", "Cmpl8801t")


@check("names declared above in the same, unfinished cell")
def names_in_cell(k):
    completes(k, "const local8802 = { alpha: 1 };\nlocal8802.|", "alpha")
    completes(k, "function f8802(inner8802: string) {\n  return inner8802.toUp|", "toUpperCase")


@check("members of an earlier cell's value, also nested and after a call")
def members_earlier(k):
    k.value("const conf8803 = { optimizer: { learningRate: 1, beta: 2 }, make() { return { produced: 1 }; } }")
    completes(k, "conf8803.|", "optimizer", "make")
    completes(k, "conf8803.optimizer.lea|", "learningRate")
    completes(k, "conf8803.make().|", "produced")


@check("members of call results and of awaited values")
def call_results(k):
    k.value("const later8804 = async () => ({ field8804: 1 })")
    completes(k, "[1, 2].map(String).|", "join")
    completes(k, "(await later8804()).|", "field8804")


@check("members that exist only at run time, of a value typed any")
def runtime_members(k):
    k.value("const any8805: any = JSON.parse('{\"dynamicKey\": {\"inner8805\": 1}}')")
    completes(k, "any8805.|", "dynamicKey")
    completes(k, "any8805.dynamicKey.|", "inner8805")


@check("asking for run-time members runs no getter and no call")
def runtime_members_harmless(k):
    k.value("let touched8806 = 0; const trap8806: any = { get danger() { touched8806++; return { x: 1 }; }, run() { touched8806++; return { y: 1 }; } }")
    k.client.complete("trap8806.danger.")
    k.client.complete("trap8806.run().")
    equal(k.value("touched8806"), "0", "calls")


@check("string literals of a union type")
def string_unions(k):
    k.value("function pick8807(kind: 'kaplan' | 'chinchilla' | 'mup') { return kind; }")
    completes(k, "pick8807('|')", "kaplan", "chinchilla", "mup")
    completes(k, "const k8807: 'kaplan' | 'chinchilla' = 'chi|'", "chinchilla")


@check("keys of an object that has a type")
def object_keys(k):
    k.value("interface Options8808 { resamples: number; seed?: number }\nfunction boot8808(o: Options8808) { return o; }")
    completes(k, "boot8808({ | })", "resamples", "seed")
    completes(k, "boot8808({ resamples: 1, se| })", "seed")


@check("element access by string")
def element_access(k):
    k.value("const table8809 = { 'n params': 1, loss: 2 }")
    completes(k, "table8809['|']", "loss")


@check("names that a module exports, inside the braces of an import")
def import_names(k):
    completes(k, "import { readF| } from 'node:fs'", "readFileSync")
    completes(k, "import { | } from 'typed-package'", "half")


@check("module names in an import: built-ins, installed packages, local files")
def module_names(k):
    completes(k, "import fs from 'node:f|'", "node:fs")
    _, reply = complete(k, "import { half } from 'typed-p|'")
    true(any("typed-package" in m for m in reply["matches"]), "typed-package among the matches", reply["matches"])
    k.write("near8810.ts", "export const near = 1;\n")
    _, reply = complete(k, "import { near } from './nea|'")
    true(any("near8810" in m for m in reply["matches"]), "the local file among the matches", reply["matches"])


@check("module names in a dynamic import and in require")
def module_names_dynamic(k):
    completes(k, "await import('node:f|')", "node:fs")


@check("keywords and globals")
def keywords(k):
    completes(k, "cons|", "const", "console")
    completes(k, "setTim|", "setTimeout")


@check("matches have a kind and a signature in _jupyter_types_experimental")
def kinds(k):
    k.value("const kind8811 = { method() { return 1; }, value: 2 }; class Kind8811 {}")
    _, reply = complete(k, "kind8811.|")
    types = reply["metadata"].get("_jupyter_types_experimental")
    true(isinstance(types, list) and len(types) == len(reply["matches"]), "one entry for each match", reply["metadata"])
    by = {t["text"]: t for t in types}
    true(by["method"]["type"] in ("function", "method"), "kind of method", by["method"])
    true(by["value"]["type"] in ("property", "field", "instance", "variable"), "kind of value", by["value"])
    true(all({"start", "end", "text", "type"} <= set(t) for t in types), "fields", types[0])


@check("the cursor counts code points, also after emoji and other astral characters")
def emoji(k):
    code, reply = complete(k, "const e8812 = '😀😀 𝒳'; Math.sq|")
    contains(reply["matches"], "sqrt", "matches")
    equal((reply["cursor_start"], reply["cursor_end"]), (len(code) - 2, len(code)), "cursor_start and cursor_end")


@check("completion in the middle of a cell of many lines")
def middle_of_cell(k):
    completes(k, "const a8813 = [1];\nif (a8813.len|) {\n  console.log(a8813);\n}", "length")


@check("completion with a syntax error elsewhere in the cell")
def with_error(k):
    completes(k, "const = ;\nMath.sq|", "sqrt")


@check("nothing to complete: an empty list, ok")
def nothing(k):
    _, reply = complete(k, "zzz8814unknown.|")
    equal(reply["matches"], [], "matches")
    _, reply = complete(k, "// just a comment |")
    equal(reply["status"], "ok", "status in a comment")


@check("completion runs nothing and declares nothing")
def no_effects(k):
    k.client.complete("const ghost8815 = 5; ghos")
    equal(k.client.run("ghost8815").status, "error", "the name afterwards")


@check("a name a cell redeclared completes with the members of its new type")
def redeclared(k):
    k.value("const shape8816 = { old8816: 1 }")
    k.value("const shape8816 = { new8816: 1 }")
    _, reply = complete(k, "shape8816.|")
    contains(reply["matches"], "new8816", "matches")
    lacks(reply["matches"], "old8816", "matches")


@check("%magics complete")
def magics(k):
    _, reply = complete(k, "%ch|")
    true(any("check" in m for m in reply["matches"]), "check among the matches", reply["matches"])


def inspect(k, marked, level=0):
    code, position = at(marked)
    reply = k.client.inspect(code, position, level)
    equal(reply["status"], "ok", "status")
    return reply


@check("inspection of a function: found, signature, JSDoc, as markdown and plain text")
def inspect_function(k):
    k.value("/** Loss of a run.\n * @param n parameters of the model */\nfunction loss8817(n: number, d = 1): number { return n + d; }")
    reply = inspect(k, "loss88|17(1)")
    equal(reply["found"], True, "found")
    text = reply["data"]["text/plain"]
    matches(text, r"loss8817\(n: number, d\??: number\): number", "signature")
    contains(text, "Loss of a run.", "text/plain")
    markdown = reply["data"].get("text/markdown", "")
    contains(markdown, "Loss of a run.", "text/markdown")
    contains(markdown, "```", "text/markdown")


@check("inspection of a variable shows its type; of a member, the member's")
def inspect_variable(k):
    k.value("const typed8818 = { list: [1, 2], label: 'x' }")
    contains(inspect(k, "typed88|18")["data"]["text/plain"], "list: number[]", "type of a variable")
    matches(inspect(k, "typed8818.lab|el")["data"]["text/plain"], r"label: string", "type of a member")


@check("inspection of a built-in and of an imported function shows its documentation")
def inspect_library(k):
    matches(inspect(k, "Math.sq|rt(2)")["data"]["text/plain"], r"(?i)square root", "Math.sqrt")
    k.value("import { half as half8819 } from 'typed-package'")
    contains(inspect(k, "half88|19")["data"]["text/plain"], "Half of a number.", "a package's function")


@check("inspection right behind a name, and inside a call's parenthesis, finds the function")
def inspect_behind(k):
    k.value("/** Doubles. */ const double8820 = (x: number) => x * 2")
    for marked in ("double8820|", "double8820(|", "double8820(1|)"):
        reply = inspect(k, marked)
        equal(reply["found"], True, f"found at {marked!r}")
        contains(reply["data"]["text/plain"], "double8820", f"text at {marked!r}")


@check("detail level 1 shows the source of a function of the session")
def inspect_source(k):
    k.value("function source8821(x: number) {\n  // a telling comment\n  return x * 8821;\n}")
    reply = inspect(k, "source88|21", level=1)
    contains(reply["data"]["text/plain"], "return x * 8821;", "text/plain")
    contains(reply["data"]["text/plain"], "a telling comment", "text/plain")


@check("inspection of nothing: found is false and data is empty")
def inspect_nothing(k):
    reply = inspect(k, "   |  ")
    equal((reply["found"], reply["data"]), (False, {}), "found and data")
    equal(inspect(k, "unknown88|22")["found"], False, "an unknown name")


@check("inspection counts code points after emoji")
def inspect_emoji(k):
    reply = inspect(k, "'😀😀'; Math.sq|rt(2)")
    contains(reply["data"].get("text/plain", ""), "sqrt", "text/plain")


@check("inspection of names in the same unfinished cell")
def inspect_in_cell(k):
    contains(inspect(k, "const near8823 = [true];\nnear88|23.length")["data"].get("text/plain", ""), "boolean[]", "text/plain")


@check("a cell NAME? or ?NAME opens the pager with the name's help; without help it says so")
def pager(k):
    for code in ("Math.sqrt?", "?Math.sqrt", " Math.sqrt ?? "):
        outcome = k.client.run(code)
        equal(outcome.status, "ok", f"status of {code!r}")
        equal([p["source"] for p in outcome.content["payload"]], ["page"], f"payload of {code!r}")
        contains(outcome.content["payload"][0]["data"]["text/plain"], "sqrt", "text/plain")
    outcome = k.client.run("unknown8824?")
    equal((outcome.status, outcome.content["payload"]), ("ok", []), "an unknown name")
    contains(outcome.stdout, "unknown8824", "what it says")


COMPLETE = [
    "1 + 1",
    "const a = 5",
    "const a = 5;",
    "function f() { return 1; }",
    "if (x) { y(); }",
    "if (x) y(); else z();",
    "for (const x of [1]) {\n  console.log(x);\n}",
    "`template ${1}`",
    "[1, 2].map((x) => x * 2)",
    "await fetch('x')",
    "interface A { a: number }",
    "type T = string | number",
    "class A { #x = 1; get x() { return this.#x; } }",
    "// only a comment",
    "",
    "import { a } from 'b'",
    "const r = /[(]/",
    "const s = '('",
    "{ a: 1 }",
    "label: for (;;) { break label; }",
    "%check off",
    "Math.sqrt?",
]
INCOMPLETE = [
    "function f() {",
    "if (x) {",
    "const a = [1,",
    "const a = {",
    "foo(",
    "`template",
    "/* comment",
    "const a =",
    "1 +",
    "class A {\n  x = 1;",
    "interface A {",
    "for (const x of [1]) {",
    "if (x)",
    "[1, 2].map((x) =>",
    "async () => {",
    "import { a,",
    "switch (x) {\n  case 1:",
    "try {",
    "try { x(); }",
    "const x: {",
    "a ? b :",
]
INVALID = [
    "const = 5",
    "function 5() {}",
    "1 2",
    ")",
    "foo(]",
    "let x y",
    "}",
    "if x {",
    "const a = 'unterminated\nnext",
]


@check("is_complete: complete cells")
def is_complete_complete(k):
    for code in COMPLETE:
        equal(k.client.is_complete(code)["status"], "complete", f"status of {code!r}")


@check("is_complete: incomplete cells, with an indent")
def is_complete_incomplete(k):
    for code in INCOMPLETE:
        reply = k.client.is_complete(code)
        equal(reply["status"], "incomplete", f"status of {code!r}")
        true(isinstance(reply.get("indent"), str) and reply["indent"].strip() == "", f"indent of {code!r}", reply)


@check("is_complete: the indent of an open block is one step deeper")
def is_complete_indent(k):
    first = k.client.is_complete("if (x) {")["indent"]
    true(len(first) in (2, 4), "indent of one block", first)
    second = k.client.is_complete(f"if (x) {{\n{first}for (;;) {{")["indent"]
    equal(len(second), 2 * len(first), "indent of two blocks")


@check("is_complete: invalid cells")
def is_complete_invalid(k):
    for code in INVALID:
        equal(k.client.is_complete(code)["status"], "invalid", f"status of {code!r}")
