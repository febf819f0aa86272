import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Notebook } from "../../../src/notebook/Notebook.ts";
import { parseNotebook } from "../../../src/notebook/parseNotebook.ts";
import { formatScript } from "../../../src/notebook/percent/formatScript.ts";
import { parseScript } from "../../../src/notebook/percent/parseScript.ts";

/** What a script keeps: everything but outputs, counts, ids and the layout of the script itself. */
function kept({ metadata, cells }: Notebook) {
  return {
    metadata,
    cells: cells.map(({ cell_type, source, metadata: { lines_to_next_cell: _, ...own }, ...others }) => ({
      cell_type,
      source,
      metadata: own,
      ...("attachments" in others && { attachments: others.attachments }),
    })),
  };
}

/** Pieces of lines that mean something to one reader or another. */
const piece = fc.constantFrom(
  ...'// |//|//  |%%|%|%%%|%%%%| |  |\t|\n|\n\n|\r\n|\r|---|+|# |*/|/*|`|\'|"|"""|}|{|=|[markdown]|[raw]|jupyter:|time|%time|%%bash|%%time|%%javascript x|In[1]:|<codecell>|!ls|x|é|\u2028|😀|noescape|// %%|// // %%|//%%|// %% x|// ---'.split(
    "|",
  ),
);
const source = fc.array(piece, { maxLength: 14 }).map((pieces) => pieces.join(""));
const json = fc.letrec((tie) => ({
  value: fc.oneof(
    { depthSize: "small" },
    fc.string(),
    source,
    fc.double({ noNaN: true, noDefaultInfinity: true }).map((value) => (Object.is(value, -0) ? 0 : value)),
    fc.boolean(),
    fc.constant(null),
    fc.array(tie("value"), { maxLength: 3 }),
    fc.dictionary(fc.string(), tie("value"), { maxKeys: 3, noNullPrototype: true }),
  ),
})).value;
const key = fc.oneof(
  fc.string({ minLength: 1 }),
  fc.constantFrom(
    ..."title active language magic_args cell_type region_name cell_depth isoflop run_control jupyter name2 __proto__ constructor a-b a.b slideshow incorrectly_encoded_metadata ending".split(
      " ",
    ),
  ),
);
const taken = [
  "tags",
  "ExecuteTime",
  "autoscroll",
  "collapsed",
  "execution",
  "papermill",
  "scrolled",
  "trusted",
  "name",
];
const layout = ["cell_marker", "lines_to_end_of_cell_marker", "lines_to_next_cell", "noskipline", "skipline"];
const metadata = fc
  .tuple(
    fc.array(fc.tuple(key, json), { maxLength: 3 }),
    fc.option(
      fc.uniqueArray(fc.constantFrom("parameters", "active-ts", "active-ipynb", "x y", 'a"b'), {
        minLength: 1,
      }),
    ),
  )
  .map(([entries, tags]) =>
    Object.fromEntries([
      ...entries.filter(([name]) => ![...taken, ...layout].includes(name)),
      ...(tags ? [["tags", tags] as const] : []),
    ]),
  );
const attachments = fc.constantFrom(undefined, undefined, { "a b.png": { "image/png": "aGk=" } });
const cell = fc.oneof(
  fc.record({
    cell_type: fc.constant("code"),
    source,
    metadata,
    execution_count: fc.constant(3),
    outputs: fc.constant([]),
  }),
  fc.record({
    cell_type: fc.constant("code"),
    source,
    metadata: fc.constant({}),
    execution_count: fc.constant(3),
    outputs: fc.constant([]),
  }),
  fc
    .record({ cell_type: fc.constantFrom("markdown", "raw"), source, metadata, attachments })
    .map(({ attachments: given, ...others }) => ({ ...others, ...(given && { attachments: given }) })),
);
const notebookMetadata = fc
  .tuple(
    fc.constantFrom(undefined, "typescript", "javascript", "Deno"),
    fc.dictionary(fc.string(), json, { maxKeys: 3, noNullPrototype: true }),
  )
  .map(([language, others]) => ({
    ...others,
    ...(language && { kernelspec: { name: "k", display_name: "K: 'x' # y", language } }),
  }));

test("a notebook that is written as a script and read is the same but for outputs, counts and ids", () => {
  fc.assert(
    fc.property(
      fc.array(cell, { maxLength: 6 }),
      notebookMetadata,
      fc.constantFrom("a.ts", "a.js", "a.mts"),
      (cells, metadata, name) => {
        const file = {
          nbformat: 4,
          nbformat_minor: 5,
          metadata,
          cells: cells.map((each, k) => ({ id: `c${k}`, ...each })),
        };
        const notebook = parseNotebook(JSON.stringify(file));
        const text = formatScript(notebook, name);
        const read = parseScript(text, name);
        expect(kept(read)).toEqual(kept(notebook));
        // And a script that was written once is written the same again.
        expect(formatScript(read, name)).toBe(text);
      },
    ),
    { numRuns: 300 },
  );
});

describe("any text", () => {
  test("is read as some notebook, or refused in a sentence, and what was read is kept", () => {
    const lines = fc.array(
      fc.oneof(
        source,
        fc.constantFrom("// %%", "// %% [markdown]", "// ---", "// jupyter:", "//   a: [1", "#!x", ""),
      ),
      { maxLength: 20 },
    );
    fc.assert(
      fc.property(lines, fc.constantFrom("\n", "\r\n"), (all, end) => {
        let read: Notebook;
        try {
          read = parseScript(all.join(end), "a.ts");
        } catch (error) {
          expect((error as Error).name).toBe("NotebookFormatError");
          expect((error as Error).message).toMatch(/^a\.ts /);
          return;
        }
        expect(kept(parseScript(formatScript(read, "a.ts"), "a.ts"))).toEqual(kept(read));
      }),
      { numRuns: 300 },
    );
  });
});
