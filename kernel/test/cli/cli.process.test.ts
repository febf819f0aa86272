import { spawn, spawnSync } from "node:child_process";
import { copyFileSync, existsSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";

const bin = fileURLToPath(new URL("../../bin/isoflop.js", import.meta.url));
const ipykernel = ["--kernel", "/usr/bin/python3 -m ipykernel_launcher -f {connection_file}"];
const isoflop = (...args: string[]) => spawnSync(process.execPath, [bin, ...args], { encoding: "utf8" });
const folder = () => mkdtempSync(join(tmpdir(), "isoflop-cli-"));

function write(...sources: string[]) {
  const cells = sources.map((source, index) => ({
    cell_type: "code",
    id: `c${index}`,
    metadata: {},
    source,
    outputs: [],
    execution_count: null,
  }));
  const path = join(folder(), "a.ipynb");
  writeFileSync(path, JSON.stringify({ nbformat: 4, nbformat_minor: 5, metadata: {}, cells }));
  return path;
}

test("--version prints the version of the package", () => {
  const manifest = JSON.parse(readFileSync(new URL("../../package.json", import.meta.url), "utf8"));
  expect(isoflop("--version").stdout.trim()).toBe(manifest.version);
});

test("without a command the help is shown, with examples", () => {
  const { stdout, status } = isoflop();
  expect(status).toBe(0);
  expect(stdout).toContain("Examples:\n  isoflop report notebooks");
});

test("run keeps the outputs in the notebook, shows progress as plain lines, and exits with 0", () => {
  const path = write("1 + 1", "print('x')");
  const { status, stderr } = isoflop("run", path, ...ipykernel);
  expect({ status, stderr }).toMatchObject({
    status: 0,
    stderr: expect.stringContaining("cell 1 of 2 done in"),
  });
  const { cells } = JSON.parse(readFileSync(path, "utf8"));
  expect(cells[0].outputs[0].data["text/plain"]).toEqual(["2"]);
  expect(stderr).not.toContain("\r");
});

test("without timestamps two runs give the same file, byte for byte; with them, two files that differ in nothing else", () => {
  const path = write("1 + 1", "print('x')", "");
  const run = (...options: string[]) => {
    expect(isoflop("run", path, ...ipykernel, ...options).status).toBe(0);
    return readFileSync(path, "utf8");
  };
  const timed = run();
  expect(run()).not.toBe(timed);
  const first = run("--no-timestamps");
  expect(run("--no-timestamps")).toBe(first);
  const untimed = JSON.parse(timed);
  for (const { metadata } of untimed.cells) delete metadata.execution;
  expect(JSON.parse(first)).toEqual(untimed);
});

test("a cell that fails makes run exit with 1, show the traceback and write nothing", () => {
  const path = write("1 / 0");
  const before = readFileSync(path, "utf8");
  const { status, stderr } = isoflop("run", path, ...ipykernel);
  expect(status).toBe(1);
  expect(stderr).toContain(`${path}, cell 1 failed:`);
  expect(stderr).toContain("ZeroDivisionError: division by zero");
  expect(stderr).not.toContain("\x1b[");
  expect(readFileSync(path, "utf8")).toBe(before);
});

test("a wrong file or option is told in one line and exits with 1", () => {
  expect(isoflop("run", "/nowhere/a.ipynb")).toMatchObject({
    status: 1,
    stderr: "isoflop: cannot read /nowhere/a.ipynb: there is no such file; check the path\n",
  });
  expect(isoflop("run", "a.ipynb", "--timeout", "soon").stderr).toContain("a number of seconds above 0");
});

test("Ctrl-C interrupts the cell, leaves the files as they were and exits with 130", async () => {
  const path = write("print(1)", "import time; time.sleep(60)");
  const output = join(folder(), "out.ipynb");
  const child = spawn(process.execPath, [bin, "run", path, "-o", output, ...ipykernel]);
  let said = "";
  child.stderr.on("data", (text) => {
    // Once: a second signal ends everything at once.
    const isFirst = !said.includes("cell 1 of 2 done");
    said += text;
    if (isFirst && said.includes("cell 1 of 2 done")) setTimeout(() => child.kill("SIGINT"), 300);
  });
  const code = await new Promise((resolve) => child.on("exit", resolve));
  expect({ code, said }).toMatchObject({ code: 130, said: expect.stringContaining("nothing was written") });
  expect(existsSync(output)).toBe(false);
  expect(readdirSync(join(output, ".."))).toEqual([]);
});

test("report writes a page for each notebook, the index and the claims, also when one of them fails", () => {
  const [good, bad] = [write("print('fine')"), write("x = 1", "1 / 0", "print('never')")];
  const notebooks = folder();
  copyFileSync(good, join(notebooks, "good.ipynb"));
  copyFileSync(bad, join(notebooks, "bad.ipynb"));
  const output = join(folder(), "pages");
  const { status, stdout, stderr } = isoflop(
    "report",
    notebooks,
    "-o",
    output,
    "--scoreboard",
    "--jobs",
    "1",
    ...ipykernel,
  );
  expect(status).toBe(1);
  expect(readdirSync(output).sort()).toEqual(["bad.html", "claims.json", "good.html", "index.html"]);
  expect(stderr).toContain("bad.ipynb, cell 2 failed:");
  expect(stderr).toContain("ZeroDivisionError");
  expect(stderr).toMatch(/\[2\/2\] .*\.ipynb/);
  expect(stdout).toMatch(/^bad +0 +0 +0 +[\d.]+ +FAILED$/m);
  expect(stdout).toMatch(/^good +0 +0 +0 +[\d.]+$/m);
  const page = readFileSync(join(output, "bad.html"), "utf8");
  expect(page).toContain('<a href="#cell-2">Cell 2</a>: ZeroDivisionError');
  expect(page).not.toContain("never\n</pre>");
  expect(readFileSync(join(output, "index.html"), "utf8")).toContain("cell 2 failed: ZeroDivisionError");
  expect(JSON.parse(readFileSync(join(output, "claims.json"), "utf8"))).toEqual([]);
});

test("report says what is wrong with its arguments before anything runs", () => {
  const empty = folder();
  expect(isoflop("report", empty, "-o", empty).stderr).toBe(
    `isoflop: ${empty} holds no .ipynb file; name a folder that does\n`,
  );
  expect(isoflop("report", "/nowhere", "-o", empty).stderr).toContain("there is no /nowhere");
  const [one, other] = [write("1"), write("2")];
  expect(isoflop("report", one, other, "-o", empty)).toMatchObject({
    status: 1,
    stderr: "isoflop: two notebooks are called a.ipynb; give one another name\n",
  });
  expect(isoflop("report", one, "-o", empty, "--jobs", "0").stderr).toContain("whole number from 1");
  expect(isoflop("report", one).stderr).toContain("required option '-o, --output <folder>' not specified");
  expect(readdirSync(empty)).toEqual([]);
});

test("clean strips notebooks in place; --check names those that are not clean, writes nothing and exits with 1", () => {
  const path = write("1 + 1");
  const stripped = readFileSync(path, "utf8");
  const dirty = stripped.replace('"execution_count":null', '"execution_count":3');
  writeFileSync(path, dirty);
  const said = `${path}: execution count of 1 cell; line end at the end of the file\n`;
  expect(isoflop("clean", "--check", path)).toMatchObject({
    status: 1,
    stdout: said,
    stderr: "1 notebook: 1 not clean\n",
  });
  expect(readFileSync(path, "utf8")).toBe(dirty);
  expect(isoflop("clean", path, "/nowhere.ipynb")).toMatchObject({
    status: 1,
    stdout: said,
    stderr:
      "isoflop: there is no /nowhere.ipynb; name .ipynb files or folders that hold some\n2 notebooks: 1 cleaned, 1 could not be read\n",
  });
  expect(readFileSync(path, "utf8")).toBe(`${stripped}\n`);
  expect(isoflop("clean", "--check", path)).toMatchObject({ status: 0, stdout: "" });
  expect(isoflop("clean", "--help").stdout).toContain("Examples:\n  isoflop clean notebooks");
});
