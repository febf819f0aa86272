import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { cleanNotebook } from "../../src/notebook/cleanNotebook.ts";
import { cleanNotebooks } from "../../src/notebook/cleanNotebooks.ts";
import { executeNotebook } from "../../src/notebook/executeNotebook.ts";
import { formatNotebook } from "../../src/notebook/formatNotebook.ts";
import { NotebookFormatError, parseNotebook } from "../../src/notebook/parseNotebook.ts";
import { isDeeper } from "../../src/protocol/nesting.ts";
import { writeReports } from "../../src/report/writeReports.ts";

const most = 1024;
const shapes: Readonly<Record<string, (depth: number) => string>> = {
  arrays: (depth) => "[".repeat(depth) + "]".repeat(depth),
  objects: (depth) => `${'{"a":'.repeat(depth)}1${"}".repeat(depth)}`,
  "arrays beside values": (depth) => `${'["x",1,['.repeat(depth >> 1)}${"],2]".repeat(depth >> 1)}`,
  both: (depth) => `${'{"a":[null,'.repeat(depth >> 1)}1${"]}".repeat(depth >> 1)}`,
};
const code = (fields: string) =>
  `{"cell_type":"code","id":"a","metadata":{},"source":"","execution_count":1,"outputs":[]${fields}}`;
const file = (cells: string, metadata = "{}", more = "") =>
  `{"nbformat":4,"nbformat_minor":5,"metadata":${metadata},"cells":[${cells}]${more}}`;
/** Where a notebook can hold what is deep, and how many levels are around it. */
const places: Readonly<Record<string, readonly [number, (deep: string) => string]>> = {
  "metadata of the notebook": [2, (deep) => file(code(""), `{"x":${deep}}`)],
  "metadata of a cell": [4, (deep) => file(code(`,"metadata":{"x":${deep}}`))],
  "an output": [
    6,
    (deep) =>
      file(
        code(
          `,"outputs":[{"output_type":"display_data","metadata":{},"data":{"application/json":${deep},"text/plain":"x"}}]`,
        ),
      ),
  ],
  "metadata of an output": [
    6,
    (deep) =>
      file(
        code(
          `,"outputs":[{"output_type":"display_data","metadata":{"x":${deep}},"data":{"text/plain":"x"}}]`,
        ),
      ),
  ],
};
const line = /^x\.ipynb is nested deeper than 1024 levels, .+$/;

for (const [place, [around, notebook]] of Object.entries(places)) {
  for (const [shape, make] of Object.entries(shapes)) {
    test(`${shape} in ${place}: all that is read works, what is deeper is refused in one line`, async () => {
      const deepest = (most - around) & ~1;
      const kept = notebook(make(deepest));
      const read = parseNotebook(kept, "x.ipynb");
      expect(parseNotebook(formatNotebook(read))).toEqual(read);
      expect(cleanNotebook(kept).changes).toContain("execution count of 1 cell");
      const folder = mkdtempSync(join(tmpdir(), "isoflop-deep-"));
      const path = join(folder, "x.ipynb");
      writeFileSync(path, kept);
      if (shape !== "both") return rmSync(folder, { recursive: true });
      const [result] = await writeReports([path], { output: folder, kernel: ["never"], noRun: true });
      expect(result?.failure).toBe(undefined);
      // A notebook with nothing to run still starts its kernel, after it was copied.
      await expect(executeNotebook(read, { kernel: ["/nonexistent"], cwd: folder })).rejects.toThrow(
        /nonexistent/,
      );
      for (const depth of [deepest + 2, 2000, 20_000]) {
        const text = notebook(make(depth));
        for (const work of [() => parseNotebook(text, "x.ipynb"), () => cleanNotebook(text, "x.ipynb")]) {
          expect(work, `${depth}`).toThrow(NotebookFormatError);
          expect(work).toThrow(line);
        }
      }
      const tooDeep = notebook(make(20_000));
      writeFileSync(path, tooDeep);
      for (const isCheck of [true, false])
        expect([...cleanNotebooks([path], isCheck)]).toMatchObject([
          { failure: expect.stringMatching(/deeper than 1024/) },
        ]);
      expect(readFileSync(path, "utf8")).toBe(tooDeep);
      await expect(writeReports([path], { output: folder, kernel: ["never"] })).rejects.toThrow(
        /deeper than 1024/,
      );
      rmSync(folder, { recursive: true });
    });
  }
}

test.each(["nbformat", "nbformat_minor", "cells", "metadata", "more"])(
  "a deep %s is refused in one line",
  (key) => {
    for (const deep of Object.values(shapes)) {
      expect(() =>
        parseNotebook(`{"nbformat":4,"nbformat_minor":5,"metadata":{},"cells":[],"${key}":${deep(20_000)}}`),
      ).toThrow(/^notebook is nested deeper than 1024 levels, .+$/);
    }
    for (const deep of Object.values(shapes)) expect(() => parseNotebook(deep(20_000))).toThrow(/deeper/);
  },
);

test("what is no text is told as it is written", () => {
  for (const value of [{ toString: 1 }, [], "4", null, true, "x".repeat(1000), "a\nb"]) {
    const text = JSON.stringify({ nbformat: value });
    expect(() => parseNotebook(text)).toThrow(
      /^notebook has nbformat .{1,61}, and isoflop reads format 4; .*$/,
    );
    const cells = [{ cell_type: value, metadata: {}, source: "", id: "a" }];
    const unknown = () =>
      parseNotebook(JSON.stringify({ nbformat: 4, nbformat_minor: 5, metadata: {}, cells }));
    expect(unknown).toThrow(/^notebook is not a valid notebook: cell 1.*$/);
  }
  for (const text of ["{\n\nx\n", "\n\n[\n", '{"a":\n"b\n"}'])
    expect(() => parseNotebook(text)).toThrow(/^notebook is not valid JSON: .*$/);
});

test("levels are counted as they are written", () => {
  for (const make of Object.values(shapes)) {
    for (const depth of [2, 4, 10, 100]) {
      const value = JSON.parse(make(depth));
      expect([isDeeper(value, depth - 1), isDeeper(value, depth)]).toEqual([true, false]);
    }
  }
  for (const value of [1, "x", null, undefined]) expect(isDeeper(value, 0)).toBe(false);
});
