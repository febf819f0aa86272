import { readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { expect, test } from "vitest";
import { executeNotebook } from "../../dist/notebook/executeNotebook.js";
import { parseKernelCommand } from "../../dist/notebook/kernelCommand.js";
import type { CodeCell, Notebook } from "../../src/notebook/Notebook.ts";

// A kernel that is not ours: what the runner does must hold for any kernel that keeps the protocol.
const ipykernel = parseKernelCommand("/usr/bin/python3 -m ipykernel_launcher -f {connection_file}");

function notebook(...sources: (string | { source: string; tags: string[] })[]): Notebook {
  const cells = sources.map((given, index): CodeCell => {
    const { source, tags } = typeof given === "string" ? { source: given, tags: undefined } : given;
    const metadata = tags ? { tags } : {};
    return { cell_type: "code", id: `c${index}`, metadata, source, execution_count: null, outputs: [] };
  });
  return { nbformat: 4, nbformat_minor: 5, metadata: {}, cells };
}

const run = (given: Notebook, options = {}) =>
  executeNotebook(given, { kernel: ipykernel, cwd: tmpdir(), ...options });
const outputs = ({ notebook }: { notebook: Notebook }) =>
  notebook.cells.map((cell) => (cell as CodeCell).outputs);

test("cells run in order in one kernel, in the given folder, and keep everything they show", async () => {
  const given = notebook(
    "import os, sys; x = 20; print('a'); print('b', file=sys.stderr); x + 1",
    "from IPython.display import *; display(HTML('<b>0</b>'), display_id='i');",
    "update_display(HTML('<b>1</b>'), display_id='i'); os.getcwd()",
    "for i in range(20000): print(i)",
  );
  const before = structuredClone(given);
  const result = await run(given);
  const [first, second, third, fourth] = outputs(result);
  expect(result.failures).toEqual([]);
  expect(first).toEqual([
    { output_type: "stream", name: "stdout", text: "a\n" },
    { output_type: "stream", name: "stderr", text: "b\n" },
    { output_type: "execute_result", execution_count: 1, data: { "text/plain": "21" }, metadata: {} },
  ]);
  expect(second).toMatchObject([{ data: { "text/html": "<b>1</b>" } }]);
  expect(third).toMatchObject([{ data: { "text/plain": `'${tmpdir()}'` } }]);
  expect(fourth).toMatchObject([{ text: Array.from({ length: 20000 }, (_, i) => `${i}\n`).join("") }]);
  expect(result.notebook.metadata.language_info?.name).toBe("python");
  expect(given).toEqual(before);
});

test("a failing cell ends the run and is reported; the cells after it stay without outputs", async () => {
  const result = await run(notebook("1 / 0", "print(1)"));
  expect(result.failures).toMatchObject([{ index: 0, id: "c0", ename: "ZeroDivisionError" }]);
  expect(outputs(result)[1]).toEqual([]);
});

test("with allowErrors, or on a cell tagged raises-exception, the run goes on", async () => {
  const allowed = await run(notebook("1 / 0", "1"), { allowErrors: true });
  expect(allowed.failures).toHaveLength(1);
  expect(outputs(allowed)[1]).toHaveLength(1);
  const tagged = await run(notebook({ source: "1 / 0", tags: ["raises-exception"] }, "1"));
  expect(tagged.failures).toEqual([]);
  expect(outputs(tagged).map((list) => list.length)).toEqual([1, 1]);
});

test("a cell that takes too long is interrupted and says so", async () => {
  const result = await run(notebook("print('start')\nimport time; time.sleep(60)"), { cellTimeout: 1 });
  expect(result.failures[0]).toMatchObject({ ename: "TimeoutError" });
  expect(result.failures[0]!.evalue).toContain("longer than 1 s");
  expect(outputs(result)[0]!.map((output) => output.output_type)).toEqual(["stream", "error"]);
});

test("a kernel that dies in a cell fails that cell and the run ends", async () => {
  const result = await run(notebook("import os; os._exit(3)", "1"), { allowErrors: true });
  expect(result.failures).toMatchObject([{ index: 0, ename: "KernelDied" }]);
  expect(result.failures[0]!.evalue).toContain("ended with code 3");
});

test("a kernel that cannot start is reported with what it said", async () => {
  const silent = [process.execPath, "-e", "console.error('no licence'); process.exit(2)"];
  await expect(run(notebook("1"), { kernel: silent })).rejects.toThrow(
    "the kernel ended with code 2; it said:\nno licence",
  );
  await expect(run(notebook("1"), { kernel: ["no-such-program"] })).rejects.toThrow("could not be started");
});

test("an abort ends even a cell that ignores interrupts, and no kernel is left behind", async () => {
  const stubborn = `while True:
  try:
    import time; time.sleep(60)
  except KeyboardInterrupt: pass`;
  const controller = new AbortController();
  const given = notebook("1", stubborn);
  const started: number[] = [];
  const running = run(given, {
    signal: controller.signal,
    onProgress: ({ done }: { done: number }) => {
      started.push(done);
      if (done === 1) setTimeout(() => controller.abort(), 300);
    },
  });
  await expect(running).rejects.toThrow("aborted");
  expect(started).toContain(1);
  expect(readFileSync(`/proc/${process.pid}/task/${process.pid}/children`, "utf8")).toBe("");
});
