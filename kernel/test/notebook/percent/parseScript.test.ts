import { describe, expect, test } from "vitest";
import type { Notebook } from "../../../src/notebook/Notebook.ts";
import { formatScript } from "../../../src/notebook/percent/formatScript.ts";
import { keepOutputs } from "../../../src/notebook/percent/keepOutputs.ts";
import { looseJson } from "../../../src/notebook/percent/looseJson.ts";
import { parseScript } from "../../../src/notebook/percent/parseScript.ts";
import { notebookName, scriptKind } from "../../../src/notebook/percent/scriptKind.ts";

const sources = ({ cells }: Notebook) => cells.map(({ source }) => source);
const read = (text: string, name?: string) => sources(parseScript(text, name));

describe("where cells begin", () => {
  test.each<[string, string, string[]]>([
    ["nothing", "", []],
    ["blank lines", "\n\n \n", []],
    ["no marker", "const a = 1;\nf(a);\n", ["const a = 1;\nf(a);"]],
    ["only a marker", "// %%", [""]],
    ["CR LF", "// %% [markdown]\r\n// a\r\n// b\r\n\r\n// %%\r\n1\r\n2\r\n", ["a\nb", "1\n2"]],
    [
      "CR LF and LF",
      "// %% [markdown]\r\n// a\r\n// b\n\n// %%\r\n// %%bash\r\nls\r\n// %%\n2\n",
      ["a\nb", "%%bash\nls", "2"],
    ],
    ["CR", "// %% [markdown]\r// a\r\r// %%\r1\r2\r", ["a", "1\n2"]],
    [
      "comments that look like a magic, and none that the kernel has",
      "// %%\n// %d is a number\n// %load-bearing\n//%%Title\n//   %time f()\n// %time f()\n// %%time x\n",
      ["// %d is a number\n// %load-bearing\n//%%Title\n//   %time f()\n%time f()\n%%time x"],
    ],
    ["a byte order mark", "\uFEFF// %%\n1\n", ["1"]],
    ["a template literal", "// %%\nconst t = `\n// %% x\n`;\n// %%\n2", ["const t = `\n// %% x\n`;", "2"]],
    [
      "a template literal behind code in it",
      `// %%\n\`$\{1}\n// %% x\n\`\n// %%\n2`,
      [`\`$\{1}\n// %% x\n\``, "2"],
    ],
    ["a comment", "// %%\n/* a\n// %%\nb */ 1\n// %%\n2", ["/* a\n// %%\nb */ 1", "2"]],
    ["a template literal that is never closed", "// %%\nconst t = `a\n// %%\n2\n", ["const t = `a", "2"]],
    ["a function that is never closed", "// %%\nfunction f() {\n// %%\n}", ["function f() {", "}"]],
    ["a text that looks like one", '// %%\n"// %% x"; // %% y\n', ['"// %% x"; // %% y']],
    ["percent signs in code", "// %%\n5 %% 3\n%% 2\n", ["5 %% 3\n%% 2"]],
  ])("%s", (_, text, cells) => expect(read(text)).toEqual(cells));

  test("markdown may hold anything", () => {
    const text = "// %% [markdown]\n// `*/` and /* and ``` and }\n//\n// // %time\n// <!-- -->\n";
    expect(read(text)).toEqual(["`*/` and /* and ``` and }\n\n// %time\n<!-- -->"]);
  });

  test("in a file with a header of jupytext each marker begins a cell, as there", () => {
    const header =
      "// ---\n// jupyter:\n//   jupytext:\n//     text_representation:\n//       format_name: percent\n// ---\n";
    expect(read(`${header}\n// %%\n\`\n// %% x\n\``)).toEqual(["`", "`"]);
  });
});

describe("a script of many lines is read, and written, soon:", () => {
  const doubling = Array.from({ length: 30 }, (_, k) => `A${k + 1} = A${k} + A${k}`).join(", ");
  test.each<[string, string, number]>([
    ["backticks", "// %%\n`\n", 3_000],
    ["comments", "// %%\n/*\n", 15_000],
    ["what doubles itself", `// %%\nenum A { A0 = "x", ${doubling} }; \`\n`, 3],
    ["what has two readings", `// %%\n\`\${${"a<(a=".repeat(30)}\n`, 3],
  ])("%s", (_, rows, count) => {
    const notebook = parseScript(rows.repeat(count));
    expect(sources(parseScript(formatScript(notebook)))).toEqual(sources(notebook));
  });

  test.each(["\n", "\r\n", "//\n"])("lines that hold nothing: %j", (blank) => {
    const notebook = parseScript(`1${blank.repeat(15e4)}2\n`);
    expect(sources(parseScript(formatScript(notebook)))).toEqual(sources(notebook));
  });
});

describe("headers", () => {
  const header = (...lines: string[]) =>
    ["// ---", ...lines.map((line) => `// ${line}`), "// ---", "", "// %%", "1", ""].join("\n");

  test("give the notebook its metadata, and keep what else they say", () => {
    const notebook = parseScript(
      header(
        "title: A site",
        "jupyter:",
        "  kernelspec: {name: deno, display_name: Deno, language: typescript}",
        "  a: [1, x]",
      ),
    );
    expect(notebook.metadata).toEqual({
      kernelspec: { name: "deno", display_name: "Deno", language: "typescript" },
      a: [1, "x"],
    });
    expect(sources(notebook)).toEqual(["---\ntitle: A site\n---", "1"]);
  });

  test("without one the kernel is the one for the language", () => {
    const nameOf = (name: string) => parseScript("1", name).metadata.kernelspec?.name;
    expect(["a.ts", "a.mts", "A.TSX", "a.js", "a.cjs"].map(nameOf)).toEqual([
      "isoflop",
      "isoflop",
      "isoflop",
      "javascript",
      "javascript",
    ]);
  });

  test.each<[string, string[]]>([
    ["a.ts has a header that is no YAML", ["jupyter:", "  a: [1"]],
    ["a.ts has a header that is no YAML", ["jupyter:", "  a: 1", "  a: 2"]],
    ["a.ts has a header whose jupyter: is no object", ["jupyter: 3"]],
    [
      'written in jupytext\'s format "light"',
      ["jupyter:", "  jupytext:", "    text_representation:", "      format_name: light"],
    ],
    ["field metadata.kernelspec", ["jupyter:", "  kernelspec: {name: 3}"]],
    ["field metadata.kernelspec", ["jupyter:", "  kernelspec: x"]],
  ])("%s", (message, lines) => {
    expect(() => parseScript(header(...lines), "a.ts")).toThrow(
      expect.objectContaining({ name: "NotebookFormatError", message: expect.stringContaining(message) }),
    );
  });

  test("another encoding is refused, and a bomb of aliases too", () => {
    expect(() => parseScript("// -*- coding: latin-1 -*-\n1", "a.ts")).toThrow(
      "says that it is written in latin-1",
    );
    const bomb = ["jupyter:", "  a: &a [x,x,x,x,x,x,x,x,x]"];
    for (const name of "bcdefghij")
      bomb.push(`  ${name}: &${name} [${Array(9).fill(`*${String.fromCharCode(name.charCodeAt(0) - 1)}`)}]`);
    expect(() => parseScript(header(...bomb), "a.ts")).toThrow("no YAML");
    expect(parseScript(header("jupyter:", "  a: !!js/function 'f()'")).metadata.a).toBe("f()");
  });

  test.each<[string, string, string]>([
    ["texts that follow each other", "[md] ".repeat(4_000), "Unexpected flow-seq-start"],
    ["keys", `{${Array.from({ length: 1e5 }, (_, k) => `k${k}: 1`)}}`, "32000 are the most"],
    ["brackets", "[".repeat(2e4), "nested deeper than 1000 levels"],
    ["brackets that fit", "[".repeat(1500) + "]".repeat(1500), "nested deeper than 1000 levels"],
  ])("a header of many %s is refused soon", (_, value, message) => {
    expect(() => parseScript(header("jupyter:", `  a: ${value}`), "a.ts")).toThrow(
      expect.objectContaining({ name: "NotebookFormatError", message: expect.stringContaining(message) }),
    );
  });

  test("a header of a megabyte that isoflop wrote is read", () => {
    const notebook = parseScript("1\n");
    notebook.metadata.notes = Object.fromEntries(
      Array.from({ length: 5e3 }, (_, k) => [`k${k}`, "text".repeat(50)]),
    );
    expect(parseScript(formatScript(notebook)).metadata.notes).toEqual(notebook.metadata.notes);
  });

  test("a line of rules without an end is code", () => {
    expect(read("// ---\n// a\n1\n")).toEqual(["// ---\n// a\n1"]);
  });
});

describe("metadata of a cell", () => {
  const metadata = (line: string) => parseScript(`// %% ${line}\n1`).cells[0]!.metadata;

  test.each<[string, object]>([
    ['tags=["parameters"]', { tags: ["parameters"] }],
    ["tags=['a', 'b',] on=True", { tags: ["a", "b"], on: true }],
    ['A title tags=["x"]', { title: "A title", tags: ["x"] }],
    ['{"tags": ["x"], "a b": {"__proto__": 1}}', JSON.parse('{"tags": ["x"], "a b": {"__proto__": 1}}')],
    ["__proto__=1 constructor=2", JSON.parse('{"__proto__": 1, "constructor": 2}')],
    ['isoflop={"ending": 3}', { isoflop: { ending: 3 } }],
  ])("%s", (line, expected) => expect(metadata(line)).toEqual(expected));

  // Each took minutes at this length, or ended with the stack.
  test.each<[string, string]>([
    ["equals signs", "=".repeat(1e6)],
    ["entries", "a=1 ".repeat(2e5)],
    ["values without end", "a=".repeat(1e5)],
    ["a name that is none", "a".repeat(5e5) + "=".repeat(5e5)],
    ["equals signs in texts", `a="${"=".repeat(990)}" `.repeat(1000)],
    ["brackets", "[".repeat(1e5)],
    ["brackets that fit", `a=${"[".repeat(1e5)}${"]".repeat(1e5)}`],
    ["parentheses", "(".repeat(1e5)],
    ["commas of Python", `a=['x'${", ".repeat(1e5)}]`],
    ["blanks", `${" ".repeat(1e6)}=`],
  ])("a line of a million signs is read soon: %s", (_, line) => {
    const notebook = parseScript(`// %% ${line}\n1\n`);
    expect(sources(parseScript(formatScript(notebook)))).toEqual(["1"]);
  });

  test.each(["'a\"b\\''", "{'a': (1, None,)}", "[True, False]", "'é'"])("%s is read as Python's", (text) => {
    const values: Record<string, unknown> = {
      "'a\"b\\''": "a\"b'",
      "{'a': (1, None,)}": { a: [1, null] },
      "[True, False]": [true, false],
      "'é'": "é",
    };
    expect(looseJson(text)).toEqual(values[text]);
  });
});

test.each<[string, string | undefined, string]>([
  ["a.ts", ".ts", "a"],
  ["b/a.x.mjs", ".mjs", "a.x"],
  ["a.tsx", ".tsx", "a"],
  ["a.ipynb", undefined, "a"],
  ["a.json", undefined, "a.json"],
  ["ts", undefined, "ts"],
])("%s is a script by %s, and is called %s", (path, extension, name) => {
  expect(scriptKind(path)?.extension).toBe(extension);
  expect(notebookName(path)).toBe(name);
});

test("a notebook that is written over keeps ids and outputs of cells that are the same", () => {
  const text = "// %%\na\n\n// %%\nb\n\n// %%\na\n\n// %% [markdown]\n// t\n";
  const before = parseScript(text);
  before.metadata.language_info = { name: "typescript", version: "7" };
  for (const [k, cell] of before.cells.entries()) {
    cell.id = `id${k}`;
    if (cell.cell_type !== "code") continue;
    cell.execution_count = k;
    cell.outputs = [{ output_type: "stream", name: "stdout", text: String(k) }];
    cell.metadata.execution = { x: "y" };
  }
  const edited = parseScript("// %%\nnew\n\n// %%\na\n\n// %% [markdown]\n// t\n\n// %%\na\n\n// %%\na\n");
  const { notebook, kept } = keepOutputs(edited, before);
  expect(notebook.cells.map(({ id }) => id)).toEqual(["cell-1", "id0", "id3", "id2", "cell-2"]);
  expect(notebook.cells.map((cell) => (cell.cell_type === "code" ? cell.outputs.length : "text"))).toEqual([
    0,
    1,
    "text",
    1,
    0,
  ]);
  expect(notebook.cells[1]!.metadata.execution).toEqual({ x: "y" });
  expect(notebook.metadata.language_info).toEqual({ name: "typescript", version: "7" });
  expect(kept).toBe(2);
  expect(formatScript(notebook)).toBe(formatScript(edited));
});
