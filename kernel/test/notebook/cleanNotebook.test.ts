import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import fc from "fast-check";
import { afterAll, describe, expect, test } from "vitest";
import { cleanNotebook } from "../../src/notebook/cleanNotebook.ts";
import { cleanNotebooks } from "../../src/notebook/cleanNotebooks.ts";
import { parseNotebook } from "../../src/notebook/parseNotebook.ts";

const repository = fileURLToPath(new URL("../../../notebooks/", import.meta.url));

test.each(readdirSync(repository).filter((name) => name.endsWith(".ipynb")))("%s is clean", (name) => {
  const text = readFileSync(join(repository, name), "utf8");
  expect(cleanNotebook(text, name).changes, `run: isoflop clean notebooks/${name}`).toEqual([]);
});

const code = (fields = {}) => ({
  cell_type: "code",
  execution_count: null,
  id: "a",
  metadata: {},
  outputs: [],
  source: ["1 +\n", "1"],
  ...fields,
});
const notebook = (cells: object[], fields = {}) => ({
  cells,
  metadata: {},
  nbformat: 4,
  nbformat_minor: 5,
  ...fields,
});
const write = (content: object, indent: string | number = 1) => `${JSON.stringify(content, null, indent)}\n`;
const stream = { output_type: "stream", name: "stdout", text: "2" };

describe("what goes", () => {
  test.each<[string, object, object, string[]]>([
    ["outputs", notebook([code({ outputs: [stream] })]), notebook([code()]), ["outputs of 1 cell"]],
    [
      "execution counts",
      notebook([code({ execution_count: 3 }), code({ id: "b", execution_count: 4 })]),
      notebook([code(), code({ id: "b" })]),
      ["execution count of 2 cells"],
    ],
    [
      "times and the state of the view in cells",
      notebook([
        code({ metadata: { execution: { a: "t" }, scrolled: true, collapsed: false, tags: ["x"] } }),
      ]),
      notebook([code({ metadata: { tags: ["x"] } })]),
      ["metadata of cells: collapsed, execution, scrolled"],
    ],
    [
      "widgets and the version of what ran it",
      notebook([], { metadata: { widgets: {}, language_info: { name: "typescript", version: "v20.20.2" } } }),
      notebook([], { metadata: { language_info: { name: "typescript" } } }),
      ["metadata of the notebook: widgets, language_info.version"],
    ],
  ])("%s", (_, before, after, changes) => {
    expect(cleanNotebook(write(before))).toEqual({ text: write(after), changes });
  });

  test("an older format becomes 4.5, with ids in Jupyter's order of keys", () => {
    const old = [
      code({ id: undefined }),
      code({ id: "cell-1" }),
      { cell_type: "markdown", metadata: {}, source: "x" },
    ];
    const { text, changes } = cleanNotebook(write(notebook(old, { nbformat_minor: 2 })));
    expect(changes).toEqual(["format made 4.5", "id for 2 cells"]);
    expect(JSON.parse(text).cells.map((cell: { id: string }) => cell.id)).toEqual([
      "cell-2",
      "cell-1",
      "cell-3",
    ]);
    expect(Object.keys(JSON.parse(text).cells[2])).toEqual(["cell_type", "id", "metadata", "source"]);
  });

  test("ids that format 4.5 lacks are added, and the notebook can be read then", () => {
    const text = write(notebook([code({ id: undefined })]));
    expect(parseNotebook(cleanNotebook(text).text).cells[0]!.id).toBe("cell-1");
  });

  test("a file gets its last line end", () => {
    const text = write(notebook([code()]));
    expect(cleanNotebook(text.trimEnd())).toEqual({ text, changes: ["line end at the end of the file"] });
  });
});

describe("what stays", () => {
  test("a clean notebook, to the byte, however it is laid out", () => {
    const content = notebook([
      code({ source: "é\u2028 1e5" }),
      { cell_type: "raw", id: "r", metadata: {}, source: [] },
    ]);
    for (const text of [
      write(content),
      write(content, "\t"),
      write(content, 4),
      `${JSON.stringify(content)}\n`,
    ]) {
      expect(cleanNotebook(text)).toEqual({ text, changes: [] });
      const escaped = text.replace("é", "\\u00e9").replaceAll('":', '" :');
      expect(cleanNotebook(escaped).text).toBe(escaped);
    }
  });

  test.each([
    ["one blank", 1],
    ["two blanks", 2],
    ["tabs", "\t"],
    ["one line", ""],
  ])("the layout of a notebook that is not clean: %s", (_, indent) => {
    const text = write(notebook([code({ execution_count: 1 })]), indent);
    expect(cleanNotebook(text).text).toBe(write(notebook([code()]), indent));
    const windows = text.replaceAll("\n", "\r\n");
    if (indent !== "")
      expect(cleanNotebook(windows).text).toBe(write(notebook([code()]), indent).replaceAll("\n", "\r\n"));
  });

  test("source, ids, tags, attachments and the order of keys, whatever a run left", () => {
    const text = fc.oneof(fc.string(), fc.array(fc.string()));
    const cell = fc.record({
      source: text,
      outputs: fc.array(fc.constant(stream), { maxLength: 2 }),
      execution_count: fc.option(fc.nat()),
      metadata: fc.dictionary(
        fc.constantFrom("scrolled", "execution", "trusted", "own", "jupyter"),
        fc.constant({}),
      ),
      cell_type: fc.constant("code"),
    });
    fc.assert(
      fc.property(fc.array(cell), fc.constantFrom(1, 2, "\t", ""), (cells, indent) => {
        const before = notebook(cells.map((one, k) => ({ ...one, id: `c${k}` })));
        const { text: cleaned, changes } = cleanNotebook(write(before, indent));
        const after = JSON.parse(cleaned) as typeof before;
        expect(cleanNotebook(cleaned)).toEqual({ text: cleaned, changes: [] });
        expect(changes.length === 0).toBe(cleaned === write(before, indent));
        expect(after.cells).toEqual(
          before.cells.map((one) => {
            const { scrolled, execution, trusted, ...metadata } = (
              one as { metadata: Record<string, object> }
            ).metadata;
            return { ...one, outputs: [], execution_count: null, metadata };
          }),
        );
        expect(after.cells.map(Object.keys)).toEqual(before.cells.map(Object.keys));
      }),
    );
  });
});

describe("files and folders", () => {
  const folder = mkdtempSync(join(tmpdir(), "isoflop-clean-"));
  afterAll(() => rmSync(folder, { recursive: true }));
  const [dirty, clean] = [write(notebook([code({ execution_count: 1 })])), write(notebook([code()]))];

  test("each is done, in place; what is no notebook is told in one line, and the others are still done", () => {
    mkdirSync(join(folder, "more"));
    for (const [name, text] of [
      ["more/a.ipynb", dirty],
      ["more/b.ipynb", "{\n no JSON"],
      ["more/c.ipynb", dirty],
      ["d.ipynb", clean],
    ] as const) {
      writeFileSync(join(folder, name), text);
    }
    const before = statSync(join(folder, "d.ipynb")).mtimeMs;
    const paths = ["none.ipynb", "more", "d.ipynb"].map((name) => join(folder, name));
    const checked = [...cleanNotebooks(paths, true)];
    expect(checked.map(({ changes }) => changes.length)).toEqual([0, 1, 0, 1, 0]);
    expect(readFileSync(join(folder, "more/a.ipynb"), "utf8")).toBe(dirty);
    const done = [...cleanNotebooks(paths, false)];
    expect(done.map(({ failure }) => failure?.split(":")[0])).toEqual([
      `there is no ${paths[0]}; name .ipynb files or folders that hold some`,
      undefined,
      `${join(folder, "more/b.ipynb")} is not valid JSON`,
      undefined,
      undefined,
    ]);
    for (const { failure = "" } of done) expect(failure).not.toContain("\n");
    for (const name of ["more/a.ipynb", "more/c.ipynb", "d.ipynb"]) {
      expect(readFileSync(join(folder, name), "utf8")).toBe(clean);
    }
    expect(readFileSync(join(folder, "more/b.ipynb"), "utf8")).toBe("{\n no JSON");
    expect(statSync(join(folder, "d.ipynb")).mtimeMs).toBe(before);
    expect(readdirSync(join(folder, "more"))).toEqual(["a.ipynb", "b.ipynb", "c.ipynb"]);
  });
});
