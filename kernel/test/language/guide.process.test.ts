import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, it } from "vitest";
import { executeNotebook, type Notebook } from "../../dist/notebook/index.js";

const root = new URL("../../../", import.meta.url);
const main = fileURLToPath(new URL("kernel/dist/server/main.js", root));

it("every cell of docs/kernel.md runs, in the page's order, in one session", async () => {
  const page = readFileSync(new URL("docs/kernel.md", root), "utf8");
  const cells = [...page.matchAll(/^```typescript\n([\s\S]*?)^```$/gm)].map(([, source], index) => ({
    cell_type: "code" as const,
    id: `cell-${index}`,
    metadata: {},
    execution_count: null,
    outputs: [],
    source: source!.trimEnd(),
  }));
  expect(cells.length).toBeGreaterThan(5);
  const notebook: Notebook = { nbformat: 4, nbformat_minor: 5, metadata: {}, cells };
  const cwd = mkdtempSync(join(tmpdir(), "isoflop-guide-"));
  try {
    const kernel = [process.execPath, main, "{connection_file}"];
    const { failures } = await executeNotebook(notebook, { kernel, cwd, allowErrors: true });
    expect(failures).toEqual([]);
  } finally {
    rmSync(cwd, { recursive: true });
  }
});
