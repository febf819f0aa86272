import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, expect, test } from "vitest";
import { notebookText, type Tagged } from "../notebook/parameters/notebookText.ts";

const bin = fileURLToPath(new URL("../../bin/isoflop.js", import.meta.url));
const folder = mkdtempSync(join(tmpdir(), "isoflop-parameters-"));
const at = (path: string) => join(folder, path);
const isoflop = (...args: string[]) =>
  spawnSync(process.execPath, [bin, ...args], { cwd: folder, encoding: "utf8" });
afterAll(() => rmSync(folder, { recursive: true }));

const declared = `const lr = 1e-3; // peak learning rate
let mode = "fast" as "fast" | "slow";
const verbose = false;
const label = "none";
const rate = () => lr;`;
const used = 'console.log(JSON.stringify([lr, rate(), mode, mode === "fast", verbose === false, label]))';

function write(name: string, ...cells: Tagged[]): string {
  writeFileSync(at(name), notebookText(...cells));
  return name;
}
const lastPrinted = (name: string): unknown =>
  JSON.parse(
    JSON.parse(readFileSync(at(name), "utf8"))
      .cells.at(-1)
      .outputs[0].text.join(""),
  );

test("parameters are set for cells and functions, const or not, and once more by the next run", () => {
  write("a.ipynb", [declared, "parameters"], [used]);
  const injection = `'"]\`\${1}; process.exit(9)`;
  const first = isoflop(
    "run",
    "a.ipynb",
    "-o",
    "b.ipynb",
    "-p",
    "lr=0.5",
    "-p",
    "mode=slow",
    "-p",
    "verbose=true",
    "-r",
    `label=${injection}`,
  );
  expect({ status: first.status, stderr: first.stderr }).toMatchObject({ status: 0 });
  expect(lastPrinted("b.ipynb")).toEqual([0.5, 0.5, "slow", false, false, injection]);
  const kept = JSON.parse(readFileSync(at("b.ipynb"), "utf8"));
  expect(kept.metadata.papermill.parameters).toEqual({
    lr: 0.5,
    mode: "slow",
    verbose: true,
    label: injection,
  });
  expect(kept.cells.map(({ metadata }: { metadata: { tags: string[] } }) => metadata.tags ?? [])).toEqual([
    ["parameters"],
    ["injected-parameters"],
    [],
  ]);
  writeFileSync(at("values.yaml"), "lr: 2\nlabel: from the file\n");
  expect(isoflop("run", "b.ipynb", "--parameters", "values.yaml", "-p", "lr=3").status).toBe(0);
  expect(lastPrinted("b.ipynb")).toEqual([3, 3, "fast", true, true, "from the file"]);
  expect(JSON.parse(readFileSync(at("b.ipynb"), "utf8")).cells).toHaveLength(3);
});

test("a value that the declared type does not allow stops the run in the cell that sets it", () => {
  write("c.ipynb", [declared, "parameters"], [used]);
  const before = readFileSync(at("c.ipynb"), "utf8");
  const { status, stderr } = isoflop("run", "c.ipynb", "-p", "mode=sideways");
  expect(status).toBe(1);
  expect(stderr).toContain("c.ipynb, cell 2 failed:");
  expect(stderr).toContain("sideways");
  expect(readFileSync(at("c.ipynb"), "utf8")).toBe(before);
});

test("a tag of YAML that stands for something else is refused", () => {
  writeFileSync(at("tagged.yaml"), "lr: !!python/tuple [1, 2]\n");
  write("tag.ipynb", [declared, "parameters"]);
  const { status, stderr } = isoflop("run", "tag.ipynb", "-o", "x.ipynb", "--parameters", "tagged.yaml");
  expect({ status, stderr }).toEqual({
    status: 1,
    stderr: expect.stringMatching(/^isoflop: tagged\.yaml cannot be read as YAML: Unresolved tag.*\n$/),
  });
});

test("what cannot be set is told before anything runs", () => {
  write("d.ipynb", [declared, "parameters"]);
  write("broken.json", ["1"]);
  writeFileSync(at("list.json"), "[1]");
  writeFileSync(at("broken.yaml"), "a: [1");
  const cases: [number, string, string[]][] = [
    [2, "Did you mean verbose?", ["-p", "verbos=true"]],
    [2, "It must be NAME=VALUE", ["-p", "lr"]],
    [2, "It must be NAME=VALUE", ["-p", "=1"]],
    [2, "parameter lr is given twice", ["-p", "lr=1", "-r", "lr=2"]],
    [2, "is no name a variable can have", ["-p", "a.b=1"]],
    [2, "more digits than a number can hold", ["-p", "lr=12345678901234567891"]],
    [1, "list.json must hold one object", ["--parameters", "list.json"]],
    [1, "broken.yaml cannot be read as YAML", ["--parameters", "broken.yaml"]],
    [1, "there is no such file", ["--parameters", "nowhere.yaml"]],
  ];
  for (const [code, message, args] of cases) {
    const { status, stdout, stderr } = isoflop("run", "d.ipynb", ...args);
    expect({ status, stdout }, args.join(" ")).toEqual({ status: code, stdout: "" });
    expect(stderr).toContain(message);
    expect(stderr).not.toContain("cell 1");
  }
});

test("--help-notebook lists the parameters, and says where there are none", () => {
  write("e.ipynb", [declared, "parameters"]);
  const { status, stdout, stderr } = isoflop("run", "e.ipynb", "--help-notebook");
  expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
  expect(stdout).toMatch(/^lr +number +1e-3 +peak learning rate$/m);
  expect(stdout).toMatch(/^mode +"fast" \| "slow" +/m);
  write("f.ipynb", ["1"]);
  expect(isoflop("run", "f.ipynb", "--help-notebook")).toMatchObject({
    status: 1,
    stdout: "f.ipynb has no cell tagged parameters; tag the one that declares them\n",
  });
  const set = isoflop("run", "f.ipynb", "-p", "x=1");
  expect(set).toMatchObject({
    status: 0,
    stderr: expect.stringContaining("the values are set before its first cell"),
  });
});

test("report sets parameters of the notebooks that declare them", () => {
  // biome-ignore lint/suspicious/noTemplateCurlyInString: the cell has the template.
  write("g.ipynb", ["let tokens = 1; // how many", "parameters"], ["`tokens: ${tokens}`"]);
  write("h.ipynb", ["`other`"]);
  const { status, stderr } = isoflop("report", "g.ipynb", "h.ipynb", "-o", "pages", "-p", "tokens=77");
  expect({ status, stderr }).toMatchObject({ status: 0 });
  expect(readFileSync(at("pages/g.html"), "utf8")).toContain("tokens: 77");
  expect(readFileSync(at("pages/h.html"), "utf8")).not.toContain("// Parameters");
  expect(isoflop("report", "g.ipynb", "-o", "pages", "-p", "token=77")).toMatchObject({
    status: 2,
    stderr: expect.stringContaining("Did you mean tokens?"),
  });
  expect(isoflop("report", "g.ipynb", "-o", "pages", "-p", "tokens=7", "--no-run").status).toBe(2);
});
