import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, expect, test } from "vitest";

const bin = fileURLToPath(new URL("../../bin/isoflop.js", import.meta.url));
const folder = mkdtempSync(join(tmpdir(), "isoflop-convert-"));
const at = (path: string) => join(folder, path);
const isoflop = (...args: string[]) =>
  spawnSync(process.execPath, [bin, ...args], { cwd: folder, encoding: "utf8" });
const said = (...args: string[]) => {
  const { status, stdout, stderr } = isoflop(...args);
  return { status, stdout, stderr };
};
afterAll(() => rmSync(folder, { recursive: true }));

const script = `// %% [markdown]
// # A title

// %% tags=["parameters"]
const n: number = 3;

// %%
console.log("n is", n);
`;

test("a script runs, with parameters, and its outputs are kept in a notebook; a report is made of it", () => {
  writeFileSync(at("a.ts"), script);
  const run = said("run", "a.ts");
  expect(run).toMatchObject({ status: 0, stdout: "", stderr: expect.stringContaining("2 code cells ran") });
  expect(run.stderr).toContain("a script keeps no outputs, -o x.ipynb does");
  expect(readFileSync(at("a.ts"), "utf8")).toBe(script);
  expect(isoflop("run", "a.ts", "-p", "n=7", "-o", "a.ipynb").status).toBe(0);
  const { cells } = JSON.parse(readFileSync(at("a.ipynb"), "utf8"));
  expect(cells.at(-1).outputs[0].text).toEqual(["n is 7\n"]);
  expect(isoflop("report", "a.ts", "-o", "pages").status).toBe(0);
  expect(readFileSync(join(folder, "pages/a.html"), "utf8")).toMatch(/notebook<\/dt>\s*<dd>a\.ts</);
  expect(readFileSync(at("pages/a.html"), "utf8")).toContain("n is 3");
  expect(said("report", "a.ts", "a.ipynb", "-o", "pages")).toEqual({
    status: 1,
    stdout: "",
    stderr: "isoflop: a.ts and a.ipynb would have one page; give one another name\n",
  });
  expect(isoflop("run", "a.ts", "--help-notebook").stdout).toMatch(/^n +number +3$/m);
  writeFileSync(at("fails.mts"), "// %%\n1\n// %%\nthrow new Error('no')\n");
  expect(said("run", "fails.mts")).toMatchObject({
    status: 1,
    stderr: expect.stringContaining("fails.mts, cell 2 failed:"),
  });
  writeFileSync(at("loose.js"), "// %%\nfunction f(a) { return a.b.c }\nlet x = 1; x = 'two';\n");
  expect(isoflop("run", "loose.js").status).toBe(0);
});

test("a notebook becomes a script and the script the notebook, with the outputs that still belong to it", () => {
  writeFileSync(at("b.ts"), script);
  expect(isoflop("run", "b.ts", "-o", "b.ipynb", "--no-timestamps").status).toBe(0);
  const before = readFileSync(at("b.ipynb"), "utf8");
  expect(said("convert", "b.ipynb", "c.ts")).toEqual({ status: 0, stdout: "", stderr: "c.ts: 3 cells\n" });
  const written = readFileSync(at("c.ts"), "utf8");
  expect(written.endsWith(`\n\n${script}`)).toBe(true);
  expect(isoflop("convert", "b.ipynb", "-").stdout).toBe(written);
  expect(said("convert", "c.ts", "b.ipynb")).toEqual({
    status: 0,
    stdout: "",
    stderr: "b.ipynb: 3 cells, outputs of 1 kept\n",
  });
  expect(readFileSync(at("b.ipynb"), "utf8")).toBe(before);
  writeFileSync(at("c.ts"), written.replace("n is", "n was"));
  expect(said("convert", "c.ts", "b.ipynb").stderr).toBe("b.ipynb: 3 cells, 1 that was there is replaced\n");
  expect(readFileSync(at("b.ipynb"), "utf8")).not.toContain('"text"');
  expect(said("clean", "--check", "c.ts")).toMatchObject({ status: 0, stdout: "" });
  expect(JSON.parse(isoflop("convert", "c.ts", "-").stdout).cells).toHaveLength(3);
  expect(isoflop("convert", "b.ipynb", "-", "--to", "js").stdout).toContain("extension: .js");
});

test("what is gone of the other side is said, both ways", () => {
  writeFileSync(at("left.ts"), "// %%\n1\n\n// %%\n2\n\n// %%\n\n// %% [markdown]\n// a\n");
  expect(said("convert", "left.ts", "right.ipynb").stderr).toBe("right.ipynb: 4 cells\n");
  const edited = readFileSync(at("right.ipynb"), "utf8").replace('"1"', '"10"').replace('"2"', '"20"');
  writeFileSync(at("right.ipynb"), edited);
  expect(said("convert", "left.ts", "right.ipynb").stderr).toBe(
    "right.ipynb: 4 cells, 2 that were there are replaced\n",
  );
  writeFileSync(at("right.ipynb"), edited);
  expect(said("convert", "right.ipynb", "left.ts").stderr).toBe(
    "left.ts: 4 cells, 2 that were there are replaced\n",
  );
  expect(said("convert", "right.ipynb", "left.ts").stderr).toBe("left.ts: 4 cells\n");
  // No script of cells that isoflop could read.
  writeFileSync(at("left.ts"), "// ---\n// jupyter: 3\n// ---\n1\n");
  expect(said("convert", "right.ipynb", "left.ts").stderr).toBe("left.ts: 4 cells\n");
  expect(said("convert", "-q", "left.ts", "right.ipynb")).toEqual({ status: 0, stdout: "", stderr: "" });
});

test("what cannot be converted is told, and nothing is written", () => {
  writeFileSync(at("latin.ts"), Buffer.from("// %% caf\xe9", "latin1"));
  writeFileSync(
    at("light.ts"),
    "// ---\n// jupyter:\n//   jupytext:\n//     text_representation:\n//       format_name: light\n// ---\n1\n",
  );
  writeFileSync(at("broken.ipynb"), "{");
  writeFileSync(at("d.ts"), script);
  symlinkSync("d.ts", at("link.ipynb"));
  const cases: [number, string, string[]][] = [
    [2, "is a script already", ["convert", "d.ts", "e.js"]],
    [2, "is a notebook already", ["convert", "broken.ipynb", "e.ipynb"]],
    [2, "neither a notebook nor a script", ["convert", "d.ts", "e.md"]],
    [2, "neither a notebook nor a script", ["convert", "d.py", "e.ipynb"]],
    [2, "--to must be ts, js or ipynb", ["convert", "d.ts", "-", "--to", "py"]],
    [2, "leave it out", ["convert", "d.ts", "e.ipynb", "--to", "ipynb"]],
    [2, "keeps no outputs", ["run", "d.ts", "-o", "e.ts"]],
    [1, "it is no UTF-8", ["convert", "latin.ts", "e.ipynb"]],
    [1, 'format "light"', ["convert", "light.ts", "e.ipynb"]],
    [1, "is not valid JSON", ["convert", "broken.ipynb", "e.ts"]],
    // What is there is no notebook, and is not written over.
    [1, "is not valid JSON", ["convert", "d.ts", "broken.ipynb"]],
    [1, "would overwrite the input", ["convert", "d.ts", "link.ipynb"]],
    [1, "there is no such file", ["convert", "nowhere.ts", "e.ipynb"]],
  ];
  for (const [code, message, args] of cases) {
    const { status, stdout, stderr } = isoflop(...args);
    expect({ status, stdout }, args.join(" ")).toEqual({ status: code, stdout: "" });
    expect(stderr, args.join(" ")).toContain(message);
  }
  for (const name of ["e.ts", "e.js", "e.ipynb", "e.md"]) expect(existsSync(at(name))).toBe(false);
  expect(readFileSync(at("broken.ipynb"), "utf8")).toBe("{");
});
