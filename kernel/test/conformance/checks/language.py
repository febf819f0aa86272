"""TypeScript in cells: what is declared, redeclared, seen, kept and shown."""

from harness.check import check
from harness.expect import contains, equal, lacks, matches, true


def cells(k, *codes):
    """Run cells that must succeed; the last one's text/plain."""
    value = None
    for code in codes:
        value = k.value(code)
    return value


@check("const is declared again in a later cell, with another type")
def redeclare_const(k):
    equal(cells(k, "const a8501 = 1", "const a8501 = 'two'", "a8501.toUpperCase()"), "'TWO'", "value")


@check("let is declared again in a later cell")
def redeclare_let(k):
    equal(cells(k, "let b8502 = 1", "let b8502 = [1, 2]", "b8502.length"), "2", "value")


@check("var is declared again in a later cell")
def redeclare_var(k):
    equal(cells(k, "var v8503 = 1", "var v8503 = 'x'", "v8503.length"), "1", "value")


@check("a class is declared again and its new members are known")
def redeclare_class(k):
    equal(
        cells(k, "class C8504 { one() { return 1; } }", "class C8504 { two() { return 2; } }", "new C8504().two()"),
        "2",
        "value",
    )


@check("a function is declared again with another signature")
def redeclare_function(k):
    equal(cells(k, "function f8505() { return 1; }", "function f8505(x: string) { return x + '!'; }", "f8505('a')"), "'a!'", "value")


@check("an interface is declared again: the new one counts, members are not merged")
def redeclare_interface(k):
    cells(k, "interface I8506 { a: number }", "interface I8506 { b: string }", "const i8506: I8506 = { b: 'x' }")
    outcome = k.client.run("const j8506: I8506 = { a: 1, b: 'x' }")
    equal(outcome.status, "error", "an object with the old member")


@check("a type alias is declared again")
def redeclare_type(k):
    equal(cells(k, "type T8507 = number", "type T8507 = string", "const t8507: T8507 = 'x'; t8507"), "'x'", "value")


@check("an enum is declared again")
def redeclare_enum(k):
    equal(cells(k, "enum E8508 { A, B }", "enum E8508 { X = 'x', Y = 'y' }", "E8508.Y"), "'y'", "value")


@check("an import is written again in a later cell, and in the same cell run again")
def redeclare_import(k):
    cell = "import { join } from 'node:path'; join('a', 'b')"
    equal(cells(k, cell, cell, "import { basename as join } from 'node:path'; join('/x/y')"), "'y'", "value")


@check("a cell with const, class, enum, interface, type, function and import is run again unchanged")
def rerun_cell(k):
    cell = (
        "import * as os8509 from 'node:os';\nconst c8509 = 1; let l8509 = 2; class K8509 { x = 3 } enum N8509 { P = 4 }\n"
        "interface S8509 { s: number } type U8509 = S8509 | null; function g8509(u: U8509) { return u?.s ?? 5; }\n"
        "c8509 + l8509 + new K8509().x + N8509.P + g8509(null) + (os8509.EOL.length - 1)"
    )
    equal(cells(k, cell, cell, cell), "15", "value")


@check("a const may become a function, a function a class, a class a type")
def redeclare_as_other_kind(k):
    equal(
        cells(k, "const z8510 = 1", "function z8510() { return 2; }", "z8510()"),
        "2",
        "value",
    )
    equal(cells(k, "class z8510 { q = 3 }", "new z8510().q"), "3", "value")


@check("a name declared twice in one cell with const is an error, as in TypeScript")
def duplicate_in_cell(k):
    outcome = k.client.run("const d8511 = 1; const d8511 = 2;")
    equal(outcome.status, "error", "status")
    matches(outcome.error_text, r"d8511", "error")


@check("a function sees the later assignment of another cell")
def function_sees_later_assignment(k):
    equal(cells(k, "let n8512 = 1; function get8512() { return n8512; }", "n8512 = 5", "get8512()"), "5", "value")


@check("a later cell sees what a function of an earlier cell assigned")
def assignment_in_function_seen(k):
    equal(cells(k, "let m8513 = 1; function set8513(x: number) { m8513 = x; }", "set8513(9)", "m8513"), "9", "value")


@check("a closure and an async function see the later assignment too")
def closure_sees_later_assignment(k):
    equal(
        cells(k, "let p8514 = 1; const read8514 = () => p8514; const later8514 = async () => p8514;", "p8514 += 10", "[read8514(), await later8514()]"),
        "[ 11, 11 ]",
        "value",
    )


@check("a timer of an earlier cell sees and changes the variables of a later one")
def timer_shares_variables(k):
    cells(k, "let q8515 = 0; const timer8515 = setInterval(() => { q8515 += 1; }, 5)", "await new Promise((r) => setTimeout(r, 80))")
    true(int(k.value("clearInterval(timer8515); q8515")) >= 2, "counted")


@check("+=, ++, destructuring assignment and delete work on variables of earlier cells")
def compound_assignment(k):
    equal(
        cells(k, "let r8516 = 1; let s8516 = 2; const o8516: { k?: number } = { k: 1 }", "r8516++; s8516 *= 5; [r8516, s8516] = [s8516, r8516]; delete o8516.k", "[r8516, s8516, o8516]"),
        "[ 10, 2, {} ]",
        "value",
    )


@check("assigning to a const of an earlier cell is an error")
def assign_to_const(k):
    cells(k, "const fixed8517 = 1")
    equal(k.client.run("fixed8517 = 2").status, "error", "status")
    equal(k.value("fixed8517"), "1", "value")


@check("declarations before a throw are kept, those behind it are not there")
def kept_before_throw(k):
    outcome = k.client.run("const kept8518 = 1; function also8518() { return kept8518 + 1; }\nthrow new Error('mid');\nconst never8518 = 3;")
    equal(outcome.status, "error", "status")
    equal(k.value("kept8518 + also8518()"), "3", "value")


@check("declarations before a throw in a cell with await are kept")
def kept_before_throw_async(k):
    equal(k.client.run("const k8519 = await Promise.resolve(4); let l8519 = k8519 + 1; await null; null!['x' as never]").status, "error", "status")
    equal(k.value("k8519 + l8519"), "9", "value")


@check("shorthand properties take the variable of an earlier cell")
def shorthand(k):
    equal(cells(k, "const width8520 = 3; let height8520 = 4", "height8520 = 5", "({ width8520, height8520 })"), "{ width8520: 3, height8520: 5 }", "value")


@check("destructuring declarations: objects, arrays, defaults, rest, nested, renamed")
def destructuring(k):
    equal(
        cells(
            k,
            "const { a: x8521, b: { c: y8521 = 7 } = {}, ...rest8521 } = { a: 1, d: 2, e: 3 } as { a: number; b?: { c?: number }; d: number; e: number }; const [first8521, , third8521 = 9, ...more8521] = [1, 2, undefined, 4, 5]",
            "[x8521, y8521, rest8521, first8521, third8521, more8521]",
        ),
        "[ 1, 7, { d: 2, e: 3 }, 1, 9, [ 4, 5 ] ]",
        "value",
    )


@check("generics with constraints and defaults")
def generics(k):
    equal(
        cells(k, "function pick8522<T extends object, K extends keyof T = keyof T>(o: T, key: K): T[K] { return o[key]; }", "pick8522({ n: 4, s: 'x' }, 'n') * 2"),
        "8",
        "value",
    )


@check("overloads")
def overloads(k):
    equal(
        cells(k, "function over8523(x: number): number;\nfunction over8523(x: string): string;\nfunction over8523(x: number | string) { return x; }", "over8523('a').length + over8523(2)"),
        "3",
        "value",
    )


@check("standard decorators on classes and methods")
def decorators(k):
    equal(
        cells(
            k,
            "function loud8524<A extends unknown[]>(f: (this: unknown, ...a: A) => string, _: ClassMethodDecoratorContext) { return function (this: unknown, ...a: A) { return f.apply(this, a).toUpperCase(); }; }\nclass D8524 { @loud8524 hi(name: string) { return `hi ${name}`; } }",
            "new D8524().hi('ann')",
        ),
        "'HI ANN'",
        "value",
    )


@check("using and await using dispose at the end of their block")
def using(k):
    outcome = k.client.run(
        "{ using r8525 = { [Symbol.dispose]() { console.log('disposed'); } }; console.log('inside'); void r8525; }\n{ await using s8525 = { async [Symbol.asyncDispose]() { console.log('async disposed'); } }; void s8525; }"
    )
    equal(outcome.stdout, "inside\ndisposed\nasync disposed\n", "stdout")


@check("satisfies, as const, non-null and type assertions")
def satisfies(k):
    equal(
        cells(k, "const s8526 = { red: [255, 0, 0], name: 'x' } as const satisfies Record<string, readonly number[] | string>", "s8526.red[0] + (s8526.name as string | null)!.length"),
        "256",
        "value",
    )


@check("namespaces with values, and the same namespace from a later cell")
def namespaces(k):
    equal(cells(k, "namespace N8527 { export const x = 2; export function f() { return x * 3; } export interface P { p: number } }", "const p8527: N8527.P = { p: 1 }; N8527.f() + p8527.p"), "7", "value")


@check("const enum, within and across cells")
def const_enum(k):
    equal(cells(k, "const enum Level8528 { Low = 1, High = 10 }\nconst h8528 = Level8528.High", "h8528 + Level8528.Low"), "11", "value")


@check("enum with reverse mapping")
def enum_reverse(k):
    equal(cells(k, "enum Dir8529 { Up, Down }", "Dir8529[Dir8529.Down]"), "'Down'", "value")


@check("JSX without react is compiled to calls of the session's own factory, or says that react is missing")
def jsx(k):
    k.write("node_modules/react/package.json", '{"name":"react","version":"19.0.0","main":"index.js","exports":{".":"./index.js","./jsx-runtime":"./jsx-runtime.js"}}')
    k.write("node_modules/react/index.js", "exports.createElement = (type, props, ...children) => ({ type, props: { ...props, children } });\n")
    k.write("node_modules/react/jsx-runtime.js", "exports.Fragment = 'fragment'; exports.jsx = exports.jsxs = (type, props) => ({ type, props });\n")
    outcome = k.client.run("// @ts-nocheck\nimport React from 'react';\nconst el8530 = <b title=\"t\">bold</b>;\nel8530.type + ':' + el8530.props.title")
    equal(outcome.status, "ok", "status")
    equal(outcome.value, "'b:t'", "value")


@check("generic arrow functions, angle-bracket-free, in a cell that also may hold JSX")
def generic_arrow(k):
    equal(cells(k, "const id8531 = <T,>(x: T): T => x; id8531(5)"), "5", "value")


@check("bigint literals and results")
def bigint(k):
    equal(cells(k, "2n ** 64n"), "18446744073709551616n", "value")


@check("abstract classes, accessors, private fields, static blocks, parameter properties")
def classes(k):
    equal(
        cells(
            k,
            "abstract class A8532 { #n = 1; static count = 0; static { A8532.count = 5; } constructor(protected base: number) {} get n() { return this.#n + this.base; } set n(v) { this.#n = v; } abstract area(): number; }\nclass B8532 extends A8532 { override area() { return this.n * 2; } }",
            "const b8532 = new B8532(10); b8532.n = 4; [b8532.area(), A8532.count]",
        ),
        "[ 28, 5 ]",
        "value",
    )


@check("a class of a later cell extends one of an earlier")
def extend_across_cells(k):
    equal(cells(k, "class Base8533 { hello() { return 'base'; } }", "class Derived8533 extends Base8533 { override hello() { return super.hello() + ' derived'; } }", "new Derived8533().hello()"), "'base derived'", "value")


@check("generators, async generators, iterators")
def generators(k):
    equal(cells(k, "function* g8534() { yield* [1, 2, 3]; } async function* ag8534() { for (const x of g8534()) yield x * 2; }", "const got8534: number[] = []; for await (const x of ag8534()) got8534.push(x); got8534"), "[ 2, 4, 6 ]", "value")


@check("labels, switch, try/finally, optional chaining, nullish assignment at top level")
def statements(k):
    equal(
        cells(k, "let s8535 = ''; outer: for (const i of [1, 2, 3]) { for (const j of [1, 2]) { if (j === 2) continue outer; if (i === 3) break outer; s8535 += i; } }\nlet u8535: { v?: number } | undefined; u8535 ??= { v: 1 }; switch (u8535?.v) { case 1: s8535 += 'one'; }\ns8535"),
        "'12one'",
        "value",
    )


@check("top-level await of a value")
def await_value(k):
    equal(cells(k, "const w8536 = await new Promise<number>((r) => setTimeout(() => r(6), 10))", "w8536 + (await Promise.resolve(1))"), "7", "value")


@check("top-level for await, also over an array of promises")
def for_await(k):
    equal(cells(k, "const list8537: number[] = []; for await (const x of [Promise.resolve(1), 2]) list8537.push(x); list8537"), "[ 1, 2 ]", "value")


@check("await in every top-level place: if, loop, try, template, call, destructuring, class field, last expression")
def await_everywhere(k):
    equal(
        cells(
            k,
            "const aw8538 = async (x: number) => x; let t8538 = 0; if (await aw8538(1)) t8538 += await aw8538(2); for (let i = await aw8538(0); i < (await aw8538(2)); i++) t8538 += i; try { await Promise.reject(1); } catch { t8538 += await aw8538(10); }\nconst { q8538 } = await Promise.resolve({ q8538: 100 }); class W8538 { static v = 5; x = W8538.v; }\nt8538 + q8538 + new W8538().x + Number(`${await aw8538(1000)}`)",
        ),
        "1118",
        "value",
    )


@check("a rejected top-level await is the cell's error")
def await_rejected(k):
    outcome = k.client.run("await Promise.reject(new TypeError('rejected 8539'))")
    equal((outcome.status, outcome.content.get("ename"), outcome.content.get("evalue")), ("error", "TypeError", "rejected 8539"), "error")


@check("a function with await inside does not make the cell asynchronous: the promise is shown, not awaited")
def promise_value(k):
    matches(cells(k, "(async () => 5)()"), r"Promise", "value")


@check("an object literal alone is an object, not a block")
def object_literal(k):
    equal(cells(k, "{ a: 1, b: 'x' }"), "{ a: 1, b: 'x' }", "value")


@check("a nested and a trailing-semicolon object literal are objects; a block stays a block")
def object_or_block(k):
    equal(cells(k, "{ a: { b: [1] } }"), "{ a: { b: [ 1 ] } }", "value")
    outcome = k.client.run("{ const x = 1; console.log(x); }")
    equal((outcome.status, outcome.stdout), ("ok", "1\n"), "block")
    equal(cells(k, "({})"), "{}", "the empty object")


@check("null is shown")
def null_shown(k):
    equal(k.client.run("null").value, "null", "value")


@check("undefined is not shown, void calls and declarations are not shown")
def undefined_not_shown(k):
    for code in ("undefined", "void 0", "const x8540 = 1", "[].forEach(() => {})", "function f8540() {}", "if (true) {}", "let y8540; y8540"):
        outcome = k.client.run(code)
        equal(outcome.status, "ok", f"status of {code}")
        equal(outcome.value, None, f"value of {code}")


@check("false, 0, the empty text and NaN are shown")
def falsy_shown(k):
    equal([k.client.run(code).value for code in ("false", "0", "''", "NaN", "-0")], ["false", "0", "''", "NaN", "-0"], "values")


@check("a trailing semicolon does not hide the value")
def trailing_semicolon(k):
    equal([k.client.run(code).value for code in ("5;", "5 ;\n", "5;;\n\n")], ["5", "5", "5"], "values")


@check("a trailing comment does not hide the value")
def trailing_comment(k):
    equal([k.client.run(code).value for code in ("5 // five", "5; /* five */", "5;\n// the end\n/* really */\n")], ["5", "5", "5"], "values")


@check("the value of an assignment, of a comma, of a template, of a conditional is shown")
def expression_values(k):
    k.value("let e8541 = 0")
    equal([k.client.run(code).value for code in ("e8541 = 4", "(1, 2)", "`t${e8541}`", "e8541 ? 'y' : 'n'", "new Date(0)")], ["4", "2", "'t4'", "'y'", "1970-01-01T00:00:00.000Z"], "values")


@check("only the last expression is shown")
def only_last(k):
    outcome = k.client.run("1\n2\n3")
    equal([c["data"]["text/plain"] for c in outcome.contents("execute_result")], ["3"], "results")


@check("a cell that begins with a parenthesis, bracket or template is not glued to the cell before")
def no_gluing(k):
    equal(cells(k, "const g8542 = 1", "[1, 2].length"), "2", "value")
    equal(cells(k, "const h8542 = 1", "(3)"), "3", "value")


@check("'use strict' rules hold: assignment to an undeclared name is refused")
def undeclared_assignment(k):
    outcome = k.client.run("undeclared8543 = 5")
    equal(outcome.status, "error", "status")
    contains(outcome.error_text, "undeclared8543", "error")


@check("syntax errors are shown with line and column, nothing of the cell runs")
def syntax_error(k):
    outcome = k.client.run("console.log('ran');\nconst = 5;")
    equal(outcome.status, "error", "status")
    equal(outcome.stdout, "", "stdout")
    matches(outcome.error_text, r"2:\d+", "error")


@check("CRLF line ends, tabs, a byte order mark and a hash-bang are taken")
def odd_text(k):
    equal(k.value("const a8544 = 1;\r\n\tconst b8544 = 2;\r\na8544 + b8544\r\n"), "3", "CRLF")
    equal(k.value("\ufeff4 + 4"), "8", "byte order mark")


@check("names with unicode, $ and _ persist")
def odd_names(k):
    equal(cells(k, "const α8545 = 1, $8545 = 2, _8545 = 3, 変数8545 = 4", "α8545 + $8545 + _8545 + 変数8545"), "10", "value")


@check("a variable may be named like a helper of the kernel: exports, module, display, cell, server, name, status", own_kernel=True)
def reserved_like_names(k):
    equal(cells(k, "const exports = 1, module = 2, name = 'n', status = 3, cell = 4, server = 5, global8546 = 6", "exports + module + status + cell + server + name.length"), "16", "value")
    k.client.run("const display = 5")
    equal(k.value("display + 1"), "6", "a cell's own display")


@check("globalThis properties are shared between cells, variables of cells shadow them")
def global_this(k):
    equal(cells(k, "(globalThis as any).shared8547 = 4", "(globalThis as any).shared8547 + 1"), "5", "value")


@check("eval and new Function see the global scope and work")
def eval_works(k):
    equal(cells(k, "new Function('a', 'return a * 2')(21)"), "42", "value")
    equal(cells(k, "eval('1 + 2')"), "3", "value")


@check("export before a declaration is taken as the declaration")
def export_declaration(k):
    equal(cells(k, "export const ex8548 = 4; export function fe8548() { return ex8548; } export interface XI8548 { a: number } export type XT8548 = XI8548", "fe8548() + ex8548"), "8", "value")


@check("export default and export lists do not fail the cell")
def export_lists(k):
    equal(k.client.run("const li8549 = 1; export { li8549 }; export default li8549;").status, "ok", "status")
    equal(k.value("li8549"), "1", "value")


@check("ambient declarations (declare const, declare global) type names without a value")
def ambient(k):
    k.value("(globalThis as any).amb8550 = 'set'")
    equal(cells(k, "declare const amb8550: string", "amb8550.length"), "3", "value")


@check("a very long expression chain and deep nesting compile")
def long_expression(k):
    equal(k.value(" + ".join(["1"] * 2000)), "2000", "sum of 2,000 ones")
    equal(k.value("[" * 60 + "]" * 60 + ".length"), "1", "60 brackets")


@check("top-level this is not the kernel's internals")
def top_level_this(k):
    outcome = k.client.run("// @ts-nocheck\nObject.keys(this ?? {}).filter((n) => /zmq|sockets|kernel/i.test(n)).length")
    equal(outcome.status, "ok", "status")
    equal(outcome.value, "0", "internal names")


@check("a loop over an earlier cell's let runs at full speed (3e7 rounds in under 1.5 s)")
def loop_speed(k):
    k.value("let speed8551 = 0")
    outcome = k.client.run("for (let i = 0; i < 30_000_000; i++) speed8551 += i & 1; speed8551", seconds=20)
    equal(outcome.value, "15000000", "value")
    true(outcome.seconds < 1.5, "seconds below 1.5", outcome.seconds)
