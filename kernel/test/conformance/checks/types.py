"""The type check before a cell runs, and where errors point."""

import re

from harness.check import check
from harness.expect import contains, equal, lacks, matches, plain, true


def type_error(k, code, *patterns, ran=False):
    """The cell must fail its type check without running; returns the text of the error."""
    outcome = k.client.run(code)
    equal(outcome.status, "error", f"status of {code!r}")
    text = plain(outcome.error_text)
    for pattern in patterns:
        matches(text, pattern, f"error of {code!r}")
    return text


@check("a type error stops the cell before it runs")
def stops_cell(k):
    outcome = k.client.run("console.log('ran');\nconst x8701: number = 'text';")
    equal(outcome.status, "error", "status")
    equal(outcome.stdout, "", "stdout")
    equal(k.value("typeof (globalThis as any)['x8701']"), "'undefined'", "the name afterwards")


@check("a type error has line:column, the code TS2322 and the message")
def place_and_code(k):
    type_error(k, "const ok8702 = 1;\nconst bad8702: number = 'text';", r"2:7", r"(TS)?2322", r"Type 'string' is not assignable to type 'number'")


@check("a type error shows the line of the cell with a mark under the place")
def frame(k):
    text = type_error(k, "const fine8703 = 1;\n  const wrong8703: boolean = fine8703;", r"const wrong8703: boolean = fine8703;")
    matches(text, r"[\^~]", "frame")
    at = [i for i, line in enumerate(text.split("\n")) if "const wrong8703" in line][-1]
    lines = text.split("\n")
    mark = re.search(r"[\^~]", lines[at + 1])
    true(mark is not None, "the mark is under the line", lines[at : at + 2])
    equal(mark.start(), lines[at].index("wrong8703"), "the mark's column")


@check("the place is right in a cell far down the session and after multi-line cells")
def place_later(k):
    for i in range(5):
        k.value(f"interface Filler8704_{i} {{\n  a: number;\n}}\nconst f8704_{i} = {i}")
    type_error(k, "\n\n// comment\nlet place8704: string =\n  5;", r"4:5")


@check("two errors of one cell are both shown, each with its place")
def both_errors(k):
    type_error(k, "const a8705: number = 'x';\nconst b8705: string = 1;", r"1:7", r"2:7", r"'string' is not assignable", r"'number' is not assignable")


@check("a misspelt property comes with its hint")
def hint(k):
    k.value("const person8706 = { firstName: 'Ann' }")
    type_error(k, "person8706.fistName", r"Did you mean 'firstName'")


@check("a misspelt variable of an earlier cell comes with its hint")
def hint_variable(k):
    k.value("const learningRate8707 = 0.1")
    type_error(k, "learningRat8707 * 2", r"Cannot find name 'learningRat8707'")


@check("types of earlier cells hold: wrong argument, wrong property")
def earlier_types(k):
    k.value("interface Run8708 { nParams: number; loss: number }\nfunction best8708(runs: Run8708[]): Run8708 { return runs[0]!; }")
    type_error(k, "best8708([{ nParams: 'many', loss: 1 }])", r"2322|2345", r"number")
    type_error(k, "best8708([]).los", r"2551|2339")


@check("the type of an earlier cell's value is inferred, not any")
def inferred(k):
    k.value("const list8709 = [1, 2, 3].map((x) => ({ x, label: String(x) }))")
    type_error(k, "list8709[0]!.label.toFixed(2)", r"toFixed")
    equal(k.value("list8709[0]!.label.padStart(3, '0')"), "'001'", "right use")


@check("a type imported in an earlier cell is known in later ones")
def imported_types(k):
    k.value("import { half as half8710, type Shape as Shape8710 } from 'typed-package'")
    type_error(k, "half8710('x')", r"2345")
    type_error(k, "const s8710: Shape8710 = { sides: 'four' }", r"2322")


@check("strict: implicit any is an error")
def implicit_any(k):
    type_error(k, "function f8711(x) { return x; }", r"7006")


@check("strict: null and undefined are checked")
def strict_null(k):
    type_error(k, "const maybe8712 = [1, 2].find((x) => x > 5);\nmaybe8712.toFixed()", r"18048|2532", r"2:1")


@check("strict: class properties must be initialised")
def strict_properties(k):
    type_error(k, "class C8713 { x: number }", r"2564")


@check("a narrowing within the cell holds")
def narrowing(k):
    equal(k.value("const v8714 = JSON.parse('\"text\"') as string | number;\ntypeof v8714 === 'string' ? v8714.length : v8714.toFixed()"), "4", "value")


@check("unused names, unused values and unreachable code are no errors")
def no_lint(k):
    equal(k.value("const unused8715 = 1; function never8715() { return 1; console.log(2); }\n'a' + 1; 5"), "5", "value")


@check("// @ts-expect-error takes an expected error; unused it is an error itself")
def expect_error(k):
    equal(k.value("// @ts-expect-error\nconst e8716: number = 'text';\ne8716"), "'text'", "value")
    type_error(k, "// @ts-expect-error\nconst g8716: number = 5;", r"2578")


@check("// @ts-ignore silences the next line only")
def ts_ignore(k):
    equal(k.value("// @ts-ignore\nconst i8717: number = 'text';\ni8717"), "'text'", "value")
    type_error(k, "// @ts-ignore\nconst j8717: number = 'text';\nconst k8717: number = 'text';", r"3:7")


@check("// @ts-nocheck runs the cell without the check, the next cell is checked again")
def nocheck(k):
    equal(k.value("// @ts-nocheck\nconst n8718: number = 'text'; n8718"), "'text'", "value")
    type_error(k, "const o8718: number = 'text'", r"2322")


@check("%check off runs cells unchecked from then on, %check on brings the check back")
def check_off(k):
    equal(k.client.run("%check off").status, "ok", "%check off")
    try:
        equal(k.value("const p8719: number = 'text'; p8719"), "'text'", "unchecked cell")
    finally:
        equal(k.client.run("%check on").status, "ok", "%check on")
    type_error(k, "const q8719: number = 'text'", r"2322")


@check("%check off in a cell's first line applies to the rest of the cell")
def check_off_inline(k):
    try:
        equal(k.value("%check off\nconst r8720: number = 'text'; r8720"), "'text'", "unchecked cell")
    finally:
        k.client.run("%check on")


@check("names of unchecked cells are known to checked cells afterwards")
def names_of_unchecked(k):
    k.value("// @ts-nocheck\nconst un8721 = 5; function fun8721(x) { return x + un8721; }")
    equal(k.value("fun8721(1) + un8721"), "11", "value")


@check("a cell that failed its check leaves no types behind")
def failed_cell_leaves_nothing(k):
    k.value("const stay8722 = 'text'")
    type_error(k, "const stay8722 = 5; const bad8722: string = 5")
    equal(k.value("stay8722.toUpperCase()"), "'TEXT'", "the old type and value")
    type_error(k, "bad8722", r"2304|Cannot find name")


@check("what a cell declared before it threw is typed afterwards")
def types_before_throw(k):
    equal(k.client.run("const th8723 = { deep: { n: 1 } };\nthrow new Error('x')").status, "error", "status")
    equal(k.value("th8723.deep.n"), "1", "value")
    type_error(k, "th8723.deep.m", r"2339|2551")


@check("a name declared again has the new type everywhere after")
def new_type(k):
    k.value("let again8724 = 5")
    k.value("let again8724 = 'five'")
    type_error(k, "again8724.toFixed()", r"toFixed")


@check("the standard library of ES2023 and Node's types are known")
def library(k):
    equal(k.value("[3, 1, 2].toSorted().at(-1)! + Buffer.from('ab').length + process.argv.length * 0 + structuredClone(1)"), "6", "value")
    equal(k.value("const c8725 = new AbortController(); const u8725 = new URL('http://x/y'); setTimeout(() => {}, 0); u8725.pathname + typeof fetch + c8725.signal.aborted"), "'/yfunctionfalse'", "value")


@check("a stack trace points at the cell's TypeScript line and column, with a frame")
def stack_of_cell(k):
    outcome = k.client.run("interface Long8726 {\n  a: number;\n  b: string;\n}\nfunction thrower8726(x: Long8726): never {\n  throw new Error('deep ' + x.a);\n}\nthrower8726({ a: 1, b: '' });")
    text = plain(outcome.error_text)
    matches(text, r":6:9", "line of the throw")
    matches(text, r":8:1", "line of the call")
    contains(text, "throw new Error('deep ' + x.a);", "the source line")


@check("a stack through functions of two cells names both cells")
def stack_of_two_cells(k):
    first = k.client.run("\nfunction origin8727(): never {\n  throw new Error('from origin');\n}")
    second = k.client.run("\n\norigin8727()")
    text = plain(second.error_text)
    counts = [first.content["execution_count"], second.content["execution_count"]]
    matches(text, rf"\D{counts[0]}\D.*:3:9", "the throwing cell")
    matches(text, rf"\D{counts[1]}\D.*:3:1", "the calling cell")


@check("a stack trace does not show the kernel's own frames")
def no_kernel_frames(k):
    text = plain(k.client.run("throw new Error('clean 8728')").error_text)
    lacks(text, "kernel/dist", "traceback")
    lacks(text, "inspector", "traceback")


@check("an error in an imported .ts file points at its TypeScript line")
def stack_of_file(k):
    k.write("lib8729.ts", "export interface Blank8729 {\n  a: number;\n}\n\nexport function fail8729(x: Blank8729): never {\n  const unused: number = x.a;\n  throw new Error(`in file ${unused}`);\n}\n")
    text = plain(k.client.run("import { fail8729 } from './lib8729.ts';\nfail8729({ a: 1 })").error_text)
    matches(text, r"lib8729\.ts:7:9", "line of the file")
    matches(text, r":2:1", "line of the cell")


@check("an error after an await keeps the place in the cell")
def stack_after_await(k):
    text = plain(k.client.run("await null;\nconst wait8730 = async (): Promise<void> => {\n  await null;\n  throw new Error('late');\n};\nawait wait8730();").error_text)
    matches(text, r":4:9", "line")


@check("a type error in an imported .ts file is shown with file, line and column")
def type_error_in_file(k):
    k.write("bad8731.ts", "export const fine = 1;\nexport const bad: number = 'text';\n")
    outcome = k.client.run("import { bad as bad8731 } from './bad8731.ts'")
    text = plain(outcome.error_text + outcome.stderr)
    matches(text, r"bad8731\.ts:2:14|bad8731\.ts\(2,14\)", "place")
    contains(text, "2322", "code")


@check("error.cause and AggregateError's parts are shown")
def causes(k):
    text = plain(k.client.run("throw new Error('outer', { cause: new TypeError('inner 8732') })").error_text)
    contains(text, "inner 8732", "cause")
    text = plain(k.client.run("await Promise.any([Promise.reject(new Error('part a8732')), Promise.reject(new Error('part b8732'))])").error_text)
    contains(text, "part a8732", "first part")
    contains(text, "part b8732", "second part")


@check("a custom error class keeps its name")
def custom_error(k):
    outcome = k.client.run("class LossDiverged8733 extends Error { override name = 'LossDiverged'; }\nthrow new LossDiverged8733('at step 3')")
    equal((outcome.error["ename"], outcome.error["evalue"]), ("LossDiverged", "at step 3"), "ename and evalue")


@check("a cell with 500 type errors stays readable")
def many_errors(k):
    outcome = k.client.run("\n".join(f"const e8734_{i}: number = 'x';" for i in range(500)), seconds=20)
    equal(outcome.status, "error", "status")
    true(len(outcome.error_text) < 100_000, "characters below 100,000", len(outcome.error_text))
    contains(outcome.error_text, "e8734_0", "first error")


@check("a circular or very deep type gives an error or a value, not a hang")
def deep_type(k):
    outcome = k.client.run("type Deep8735<N extends number, A extends unknown[] = []> = A['length'] extends N ? A : Deep8735<N, [...A, 0]>;\ntype T8735 = Deep8735<600>;\nlet t8735: T8735 | undefined; t8735", seconds=20)
    true(outcome.status in ("ok", "error"), "answered", outcome)
    equal(k.value("1 + 1"), "2", "the next cell")


@check("a 5,000-line cell is checked and run", seconds=60)
def long_cell(k):
    code = "\n".join(f"const line8736_{i}: number = {i} + 1;" for i in range(5000)) + "\nline8736_4999"
    outcome = k.client.run(code, seconds=50)
    equal((outcome.status, outcome.value), ("ok", "5000"), "value")
    equal(k.value("line8736_10"), "11", "a later cell")
