import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, expect, test } from "vitest";
import { notebookText } from "../notebook/parameters/notebookText.ts";

const bin = fileURLToPath(new URL("../../bin/isoflop.js", import.meta.url));
const folder = mkdtempSync(join(tmpdir(), "isoflop-foreign-"));
const at = (path: string) => join(folder, path);
const isoflop = (...args: string[]) =>
  spawnSync(process.execPath, [bin, ...args], { cwd: folder, encoding: "utf8" });
afterAll(() => rmSync(folder, { recursive: true }));

function write(name: string, kernelspec: object, ...sources: string[]): void {
  const notebook = JSON.parse(notebookText(...sources.map((source) => [source] as const)));
  writeFileSync(at(name), JSON.stringify({ ...notebook, metadata: { kernelspec } }));
}

interface Output {
  name?: string;
  text?: string[];
  data?: Record<string, string[]>;
}

function outputsOf(name: string): Output[][] {
  return JSON.parse(readFileSync(at(name), "utf8")).cells.map(
    ({ outputs }: { outputs: Output[] }) => outputs,
  );
}

test("a notebook of Deno runs with what Node has too, its type errors as warnings", () => {
  write(
    "deno.ipynb",
    { name: "deno", display_name: "Deno", language: "typescript" },
    "Deno.writeTextFileSync('a.txt', 'kept'); await Deno.readTextFile('a.txt')",
    "Deno.jupyter.html`<b>bold</b>`",
    "await Deno.jupyter.display({ 'text/markdown': '*m*' }, { raw: true })",
    "const wrong: number = 'shown'; wrong",
    "typeof (globalThis as any).Deno",
    "try { Deno.serve(() => new Response('')) } catch (error) { (error as Error).message }",
  );
  const { status, stderr } = isoflop("run", "deno.ipynb", "-o", "done.ipynb");
  expect(stderr).toContain("6 code cells ran");
  expect(status).toBe(0);
  const [file, html, raw, warned, global] = outputsOf("done.ipynb");
  expect(file![0]!.data!["text/plain"]).toEqual(["'kept'"]);
  expect(html![0]!.data!["text/html"]).toEqual(["<b>bold</b>"]);
  expect(raw![0]!.data!["text/markdown"]).toEqual(["*m*"]);
  expect(warned!.find(({ name }) => name === "stderr")!.text!.join("")).toContain("warning TS2322");
  expect(warned!.find(({ data }) => data)!.data!["text/plain"]).toEqual(["'shown'"]);
  expect(global![0]!.data!["text/plain"]).toEqual(["'undefined'"]);
});

test("cells of Deno whose imports are not there take no global from the cells behind them", () => {
  write(
    "web.ipynb",
    { name: "deno", display_name: "Deno", language: "typescript" },
    'import { crypto } from "jsr:@std/crypto";',
    "crypto.randomUUID().length",
    'import { URL, fetch as performance } from "https://deno.land/std/url.ts";',
    "[new URL('http://a.b').host, performance.now() > 0]",
    "const structuredClone = (() => { throw new Error('none') })();",
    "structuredClone([1])",
    "const crypto = 'mine';",
    'import { crypto } from "jsr:@std/crypto";',
    "crypto",
  );
  const { status, stderr } = isoflop("run", "web.ipynb", "--allow-errors", "-o", "done.ipynb");
  expect(status, stderr).toBe(0);
  const shown = outputsOf("done.ipynb").map(
    (outputs) => outputs.find(({ data }) => data)?.data?.["text/plain"]?.join("") ?? "",
  );
  expect(shown).toEqual(["", "36", "", "[ 'a.b', true ]", "", "[ 1 ]", "", "", "'mine'"]);
});

test("a notebook of tslab runs past its type errors, one of JavaScript is not checked", () => {
  write(
    "tslab.ipynb",
    { name: "tslab", display_name: "TypeScript", language: "typescript" },
    "let n: number = 'x'; n",
  );
  write(
    "script.ipynb",
    { name: "jslab", display_name: "JavaScript", language: "javascript" },
    "[1].none ?? 'none'",
  );
  for (const name of ["tslab", "script"]) expect(isoflop("run", `${name}.ipynb`).status, name).toBe(0);
  expect(outputsOf("tslab.ipynb")[0]!.map(({ name }) => name)).toContain("stderr");
  expect(outputsOf("script.ipynb")[0]!.map(({ data }) => data?.["text/plain"])).toEqual([["'none'"]]);
});

test.each([
  ["R", { name: "ir", display_name: "R", language: "R" }],
  ["Julia", { name: "julia-1.10", display_name: "Julia 1.10", language: "julia" }],
  ["Python", { name: "python3", display_name: "Python 3" }],
])(
  "a notebook in %s is refused by run and report in a sentence, and nothing is written",
  (language, kernelspec) => {
    write("other.ipynb", kernelspec, "x <- 1");
    const before = readFileSync(at("other.ipynb"), "utf8");
    for (const args of [
      ["run", "other.ipynb"],
      ["report", "other.ipynb", "-o", "pages"],
    ]) {
      const { status, stderr } = isoflop(...args);
      expect(status, args[0]).toBe(1);
      expect(stderr).toContain(`is a notebook in ${language}`);
    }
    expect(readFileSync(at("other.ipynb"), "utf8")).toBe(before);
    expect(existsSync(at("pages/other.html"))).toBe(false);
  },
);
