import { execFile } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type InstalledKernel, installKernel, repository } from "./installedKernel.ts";
import { python } from "./python.ts";
import { type SavedOutput, savedCells, savedErrors, writeNotebook } from "./savedNotebook.ts";

const chinchilla = join(repository, "notebooks/chinchilla.ipynb");
const run = promisify(execFile);
const maxBuffer = 64 * 1024 * 1024;

const text = (output: SavedOutput | undefined) => [output?.text ?? ""].flat().join("");

describe("Python's notebook runners with the installed kernel", () => {
  let installed: InstalledKernel;
  let folder: string;
  beforeAll(() => {
    installed = installKernel();
    folder = mkdtempSync(join(tmpdir(), "isoflop-notebooks-"));
  });
  afterAll(() => {
    installed?.remove();
    rmSync(folder, { recursive: true, force: true });
  });

  /** Executes with nbclient as a library, in the notebook's own folder, and saves beside. */
  async function nbclient(source: string, target: string, cwd: string) {
    const script = [
      "import sys, nbformat, nbclient",
      "notebook = nbformat.read(sys.argv[1], as_version=4)",
      "nbclient.NotebookClient(notebook, timeout=120, kernel_name='isoflop', allow_errors=True, resources={'metadata': {'path': sys.argv[3]}}).execute()",
      "nbformat.validate(notebook)",
      "nbformat.write(notebook, sys.argv[2])",
    ].join("\n");
    await run(python(), ["-c", script, source, target, cwd], { env: installed.env, maxBuffer });
    return savedCells(target);
  }

  async function nbconvert(source: string, target: string) {
    const to = ["--to", "notebook", "--execute", "--ExecutePreprocessor.kernel_name=isoflop"];
    const where = ["--output-dir", join(target, ".."), "--output", target.slice(target.lastIndexOf("/") + 1)];
    await run(python(), ["-m", "nbconvert", ...to, ...where, source], { env: installed.env, maxBuffer });
    return savedCells(target);
  }

  it("nbclient keeps 2,000 prints of one cell, the results, the errors and the order of cells", async () => {
    const source = join(folder, "small.ipynb");
    writeNotebook(source, [
      "for (let i = 0; i < 2000; i++) console.log(i)",
      "const a: number = 6; a * 7",
      "throw new RangeError('wanted')",
      "display.html('<b>x</b>'); a",
    ]);
    const cells = await nbclient(source, join(folder, "small.out.ipynb"), folder);
    expect(cells.map(({ execution_count }) => execution_count)).toEqual([1, 2, 3, 4]);
    expect(cells[0]?.outputs.map(text).join("").trim().split("\n")).toHaveLength(2000);
    expect(cells[1]?.outputs[0]?.data?.["text/plain"]?.toString()).toBe("42");
    expect(cells[2]?.outputs[0]).toMatchObject({
      output_type: "error",
      ename: "RangeError",
      evalue: "wanted",
    });
    expect(cells[3]?.outputs.map(({ output_type }) => output_type)).toEqual([
      "display_data",
      "execute_result",
    ]);
  });

  it("nbclient executes notebooks/chinchilla.ipynb without cell errors", async () => {
    const cells = await nbclient(chinchilla, join(folder, "chinchilla.ipynb"), join(repository, "notebooks"));
    expect(savedErrors(cells)).toEqual([]);
    expect(cells.filter(({ outputs }) => outputs.length > 0).length).toBeGreaterThan(5);
  });

  it("jupyter nbconvert --execute runs notebooks/chinchilla.ipynb without cell errors", async () => {
    const cells = await nbconvert(chinchilla, join(folder, "chinchilla.converted.ipynb"));
    expect(savedErrors(cells)).toEqual([]);
    expect(cells.filter(({ outputs }) => outputs.length > 0).length).toBeGreaterThan(5);
  });
});
