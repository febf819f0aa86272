import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { executeNotebook } from "../../dist/notebook/executeNotebook.js";
import { isoflopKernel } from "../../dist/notebook/kernelCommand.js";
import type { CodeCell, Notebook } from "../../src/notebook/Notebook.ts";

function notebook(...sources: string[]): Notebook {
  const cells = sources.map(
    (source, index): CodeCell => ({
      cell_type: "code",
      id: `c${index}`,
      metadata: {},
      source,
      execution_count: null,
      outputs: [],
    }),
  );
  return { nbformat: 4, nbformat_minor: 5, metadata: {}, cells };
}
const run = (given: Notebook, options = {}) =>
  executeNotebook(given, { kernel: isoflopKernel, cwd: tmpdir(), ...options });
const outputs = ({ notebook }: { notebook: Notebook }) =>
  notebook.cells.map((cell) => (cell as CodeCell).outputs);

test("bindings, prints, results and helpers work as in Jupyter, and no print is lost", async () => {
  const folder = mkdtempSync(join(tmpdir(), "isoflop-own-"));
  writeFileSync(join(folder, "twice.ts"), "export const twice = (x: number): number => 2 * x;");
  const result = await run(
    notebook(
      'import { twice } from "./twice.ts";\nimport { formatCount } from "isoflop";\nconst n: number = twice(35e9);',
      "formatCount(n)",
      "for (let i = 0; i < 20000; i++) console.log(i);",
    ),
    { cwd: folder },
  );
  expect(result.failures).toEqual([]);
  const [, formatted, printed] = outputs(result);
  expect(formatted).toMatchObject([{ data: { "text/plain": expect.stringContaining("70") } }]);
  expect(printed).toMatchObject([{ text: Array.from({ length: 20000 }, (_, i) => `${i}\n`).join("") }]);
});

test("an error names the cell and its line", async () => {
  const result = await run(notebook("1", "const a = 1;\nthrow new RangeError('too far');"));
  expect(result.failures).toMatchObject([{ index: 1, ename: "RangeError", evalue: "too far" }]);
  expect(result.failures[0]!.traceback.join("\n")).toMatch(/cell\[2\]\.ts:2/);
});

test("an endless loop is interrupted at the time limit", async () => {
  const result = await run(notebook("while (true) {}"), { cellTimeout: 1 });
  expect(result.failures).toMatchObject([{ ename: "TimeoutError" }]);
});

test("the kernel and its processes end with the run", async () => {
  await run(notebook("1"));
  expect(readFileSync(`/proc/${process.pid}/task/${process.pid}/children`, "utf8")).toBe("");
});
