import { runInThisContext } from "node:vm";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { formatNotebook } from "../../../src/notebook/formatNotebook.ts";
import type { Notebook } from "../../../src/notebook/Notebook.ts";
import { injectIntoAll } from "../../../src/notebook/parameters/injectIntoAll.ts";
import { injectParameters } from "../../../src/notebook/parameters/injectParameters.ts";
import { inspectParameters } from "../../../src/notebook/parameters/inspectParameters.ts";
import { literal } from "../../../src/notebook/parameters/literal.ts";
import { ParameterError } from "../../../src/notebook/parameters/ParameterError.ts";
import { typedValue } from "../../../src/notebook/parameters/typedValue.ts";
import { parseNotebook } from "../../../src/notebook/parseNotebook.ts";
import { notebookText, type Tagged } from "./notebookText.ts";

const notebook = (...cells: Tagged[]): Notebook => parseNotebook(notebookText(...cells));
const sources = ({ cells }: Notebook) => cells.map(({ source }) => source);

// As `_resolve_type` of papermill/cli.py has it: True, False, None, int(), float(), or the text.
test.each<[string, unknown]>([
  ["1", 1],
  ["-3", -3],
  ["+7", 7],
  ["007", 7],
  ["1_000_000", 1_000_000],
  [" 5 ", 5],
  ["1e-3", 0.001],
  [".5", 0.5],
  ["5.", 5],
  ["1E4", 1e4],
  ["True", true],
  ["False", false],
  ["None", null],
  ["true", true],
  ["null", null],
  ["inf", Number.POSITIVE_INFINITY],
  ["-Infinity", Number.NEGATIVE_INFINITY],
  ["NaN", Number.NaN],
  ["", ""],
  [" ", " "],
  ["0x10", "0x10"],
  ["1e", "1e"],
  ["1__0", "1__0"],
  ["_1", "_1"],
  ["1 2", "1 2"],
  ["TRUE", "TRUE"],
  ["yes", "yes"],
  ["'1'", "'1'"],
  ["1; process.exit()", "1; process.exit()"],
  ["[1, 2]", [1, 2]],
  ['{"a": [null]}', { a: [null] }],
  ["[1, 2", "[1, 2"],
  ["{a: 1}", "{a: 1}"],
  ["[x](y)", "[x](y)"],
  ["9007199254740991", 9007199254740991],
  ["9007199254740992", 9007199254740992],
  ["100000000000000000000000", 1e23],
  ["-588000000000000000000000", -5.88e23],
  ["123_000_000_000_000_000_000", 123e18],
])("%j on the command line is %j", (text, value) => {
  expect(typedValue("x", text)).toEqual(value);
});

test.each(["9007199254740993", "-12345678901234567891", "1e999", "9".repeat(400), "1_0e400"])(
  "%.30s is told as more than a number can hold",
  (text) => expect(() => typedValue("seed", text)).toThrow(ParameterError),
);

describe("a value as code", () => {
  test("is the same value again, whatever texts and keys hold", () => {
    const key = fc.oneof(fc.string(), fc.constantFrom("__proto__", "constructor", "a-b", "class", "\u2028"));
    const value = fc.letrec((tie) => ({
      value: fc.oneof(
        { depthSize: "small" },
        fc.string({ unit: "binary" }),
        fc.double(),
        fc.boolean(),
        fc.constant(null),
        // biome-ignore lint/suspicious/noTemplateCurlyInString: what a template would read is what a value may hold.
        fc.constantFrom("`${x}`", "*/", "</script>", "'; throw 1; '", "\\", "\r\n"),
        fc.array(tie("value")),
        fc.array(fc.tuple(key, tie("value"))).map((entries) => Object.fromEntries(entries)),
      ),
    })).value;
    fc.assert(
      fc.property(value, (given) => {
        const code = literal(given);
        expect(runInThisContext(`(${code})`)).toEqual(given);
        expect(code).not.toMatch(/[\u2028\u2029]|<[!/]/);
      }),
    );
  });

  test("a key called __proto__ sets no prototype", () => {
    expect(literal(JSON.parse('{"__proto__": {"a": 1}}'))).toBe('{ ["__proto__"]: { a: 1 } }');
  });
});

describe("what a notebook declares", () => {
  const of = (source: string) => inspectParameters(notebook([source, "parameters"]))!;

  test.each<[string, Partial<ReturnType<typeof of>[number]>]>([
    ["const lr = 1e-3; // peak rate", { name: "lr", type: "number", default: "1e-3", help: "peak rate" }],
    [
      "let n: number | undefined",
      { name: "n", type: "number | undefined", isDeclared: true, default: "undefined" },
    ],
    ["/** Which\n * way. */\nvar way = 'up'", { name: "way", type: "string", help: "Which way." }],
    ["// a\n// b\nlet x = [1,\n 2]; // c", { name: "x", type: "array", help: "c", default: "[1,\n 2]" }],
    ["// far away\n\nlet x = -1", { name: "x", type: "number", help: "" }],
    ["export const on = !0", { name: "on", type: "boolean" }],
    ["x = `a`", { name: "x", type: "string", default: "`a`" }],
    ["const m = 'a' as 'a' | 'b'", { name: "m", type: "'a' | 'b'", isDeclared: true }],
    ["const m = 'a' as const", { name: "m", type: "string", isDeclared: false }],
    ["const o = { a: 1 } satisfies T", { name: "o", type: "T", isDeclared: false }],
    ["%check off\nconst a = f(1)", { name: "a", default: "f(1)", isDeclared: false }],
    ["const __proto__ = 1", { name: "__proto__" }],
  ])("%j", (source, parameter) => expect(of(source)).toEqual([expect.objectContaining(parameter)]));

  test("several on a line, in patterns, and what is none", () => {
    const names = (source: string) => of(source).map(({ name }) => name);
    expect(names("const a = 1, { b, c: { d }, ...e } = o, [f, , [g = 2]] = p")).toEqual([
      "a",
      "b",
      "d",
      "e",
      "f",
      "g",
    ]);
    expect(
      names(
        "import x from 'x'; function f() {} class C {} type T = 1; o.p = 1; a += 1; if (1) { var v = 1 }",
      ),
    ).toEqual([]);
    expect(names("let a = 1; let a = 2")).toEqual(["a"]);
    expect(names("const a = ;")).toEqual([]);
    expect(of("const a = 1 /* x */, b = 2 // y").map(({ help }) => help)).toEqual(["x", "y"]);
  });

  test("no cell, or none of code, has the tag", () => {
    expect(inspectParameters(notebook(["const a = 1"]))).toBeUndefined();
    const text = notebook(["const a = 1"]);
    text.cells[0] = {
      cell_type: "markdown",
      id: "m",
      metadata: { tags: ["parameters"] },
      source: "const a = 1",
    };
    expect(inspectParameters(text)).toBeUndefined();
  });
});

describe("the cell that sets parameters", () => {
  const declared: Tagged = [
    "const lr = 1e-3\nlet n: number = 3\nlet mode: 'a' | 'b' = 'a'\nconst on = false\nlet o: T = f()",
    "parameters",
  ];

  test("stands behind the one that declares them, with their types", () => {
    const before = notebook(["first"], declared, ["last"]);
    const values = { lr: 0.5, n: 4, mode: "b", on: true, o: { x: 1 } };
    const after = injectParameters(before, values);
    expect(sources(after)).toEqual([
      "first",
      declared[0],
      "// Parameters\nlet lr = 0.5;\nlet n: number = 4;\nlet mode = (\"b\" satisfies 'a' | 'b') as 'a' | 'b';\nlet on = true as boolean;\nlet o: T = { x: 1 };",
      "last",
    ]);
    expect(after.cells[2]).toMatchObject({
      metadata: { tags: ["injected-parameters"] },
      id: "injected-parameters",
    });
    expect(after.metadata.papermill).toEqual({ parameters: values });
    expect(sources(before)).toHaveLength(3);
  });

  test("stands first where no cell declares any", () => {
    expect(sources(injectParameters(notebook(["1"]), { a: null, b: [] }))).toEqual([
      "// Parameters\nlet a: any = null;\nlet b: any = [];",
      "1",
    ]);
    expect(sources(injectParameters(notebook(), { a: 1 }))).toEqual(["// Parameters\nlet a = 1;"]);
  });

  test("takes the place of an earlier one, wherever that was moved, and keeps its id", () => {
    const once = injectParameters(notebook(declared, ["2"]), { lr: 1 });
    const moved = { ...once, cells: [once.cells[0]!, once.cells[2]!, once.cells[1]!] };
    const twice = injectParameters(moved, { n: 5 });
    expect(sources(twice)).toEqual([declared[0], "2", "// Parameters\nlet n: number = 5;"]);
    expect(twice.cells[2]!.id).toBe(once.cells[1]!.id);
    expect(twice.metadata.papermill).toEqual({ parameters: { n: 5 } });
  });

  test("has an id of its own, and what papermill kept stays", () => {
    const other = notebook(["1"], ["2"]);
    other.cells[1]!.id = "injected-parameters";
    other.metadata.papermill = { version: "2.6.0", parameters: { old: 1 } };
    const after = injectParameters(other, { a: Number.NaN });
    expect(after.cells.map(({ id }) => id)).toEqual(["injected-parameters-2", "c0", "injected-parameters"]);
    expect(after.metadata.papermill).toEqual({ version: "2.6.0", parameters: { a: "NaN" } });
    expect(() => parseNotebook(formatNotebook(after))).not.toThrow();
  });

  test.each<[string, string]>([
    ["lrr", "Did you mean lr? It has lr, n, mode, on, o"],
    ["elephant", "the notebook has no parameter elephant. It has lr"],
    ["constructor", "no parameter constructor"],
    ["toString", "no parameter toString"],
    ["__proto__", "no parameter __proto__"],
    ["a.b", "is no name a variable can have"],
    ["lr = 1; evil()", "is no name a variable can have"],
    ["1a", "is no name a variable can have"],
    ["class", "is a word of TypeScript"],
    ["await", "is a word of TypeScript"],
    ["x".repeat(1_000_000), "…"],
  ])("cannot set %.30s", (name, message) => {
    const attempt = () => injectParameters(notebook(declared), new Map([[name, 1]]));
    expect(attempt).toThrow(ParameterError);
    expect(attempt).toThrow(message);
  });

  test("__proto__ is a name like others where it is declared, and what was given is kept under it", () => {
    const after = injectParameters(
      notebook(["let __proto__ = 1", "parameters"]),
      new Map([["__proto__", 2]]),
    );
    expect(sources(after)[1]).toBe("// Parameters\nlet __proto__ = 2;");
    expect(formatNotebook(after)).toContain('"__proto__": 2');
  });

  test("is not written for other languages, and not too deep", () => {
    const python = notebook(["lr = 1", "parameters"]);
    python.metadata.language_info = { name: "python" };
    expect(() => injectParameters(python, { lr: 2 })).toThrow("written in python; run it with papermill");
    let deep: unknown = 1;
    for (let k = 0; k < 5000; k++) deep = [deep];
    expect(() => injectParameters(notebook(["1"]), { deep })).toThrow("nested deeper than");
  });
});

test("of several notebooks each gets what it declares, and a name must belong to one of them", () => {
  const [one, other, none] = [
    notebook(["let a = 1", "parameters"]),
    notebook(["let a = 1; let b = 2", "parameters"]),
    notebook(["c"]),
  ];
  const set = injectIntoAll([one, other, none], new Map([["b", 3]]));
  expect(set.map((each) => sources(each).length)).toEqual([1, 2, 1]);
  expect(() => injectIntoAll([one, none], new Map([["b", 3]]))).toThrow("no parameter b");
  expect(injectIntoAll([none, none], new Map([["b", 3]])).map((each) => sources(each).length)).toEqual([
    2, 2,
  ]);
});
