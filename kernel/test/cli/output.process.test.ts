import { spawn, spawnSync } from "node:child_process";
import {
  closeSync,
  constants,
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, expect, test } from "vitest";

const bin = fileURLToPath(new URL("../../bin/isoflop.js", import.meta.url));
const folder = mkdtempSync(join(tmpdir(), "isoflop-output-"));
const at = (path: string) => join(folder, path);
const notebook = (source: string) => {
  const cell = { cell_type: "code", id: "a", metadata: {}, source, outputs: [], execution_count: null };
  return JSON.stringify({ nbformat: 4, nbformat_minor: 5, metadata: {}, cells: [cell] });
};

beforeAll(() => {
  const runs = Array.from({ length: 12 }, (_, k) => `${k + 1}e8,${k * k + 2}e9,${4 - k / 9}\n`).join("");
  writeFileSync(at("runs.csv"), `params,tokens,loss\n${runs}`);
  const requests = Array.from(
    { length: 8 },
    (_, k) => `${1 + (k >> 1)}00,${1 + 20 * (k % 2)},${1 + k / 7}\n`,
  ).join("");
  writeFileSync(at("requests.csv"), `prompt_tokens,output_tokens,runtime_s\n${requests}`);
  const counts = Array.from({ length: 8 }, (_, k) => `100,${k * k}\n`).join("");
  writeFileSync(at("counts.csv"), `n_samples,n_correct\n${counts}`);
  mkdirSync(at("books"));
  writeFileSync(at("books/a.ipynb"), notebook("1"));
  writeFileSync(
    at("tagged.ipynb"),
    notebook("let a = 1").replace('"id":"a","metadata":{}', '"id":"a","metadata":{"tags":["parameters"]}'),
  );
});
afterAll(() => rmSync(folder, { recursive: true }));

/** Every command that prints a result on stdout. */
const printing: [string, string[]][] = [
  ["--help", ["--help"]],
  ["--version", ["--version"]],
  ["help fit", ["help", "fit"]],
  ["fit", ["fit", "runs.csv"]],
  ["fit --json", ["fit", "runs.csv", "--json"]],
  ["plan", ["plan", "--flops", "1e24"]],
  ["laws", ["laws"]],
  ["laws --json", ["laws", "--json"]],
  ["datasets", ["datasets"]],
  ["datasets describe", ["datasets", "describe", "chinchilla_figure4"]],
  ["datasets export", ["datasets", "export", "step_law_dense"]],
  ["datasets export --format parquet", ["datasets", "export", "step_law_dense", "--format", "parquet"]],
  ["convert", ["convert", "books/a.ipynb", "-"]],
  ["run --help-notebook", ["run", "tagged.ipynb", "--help-notebook"]],
  ["completion", ["completion", "bash"]],
  ["version", ["version"]],
  ["kernel list", ["kernel", "list"]],
  ["kernel install --dry-run", ["kernel", "install", "--dry-run", "--name", "none"]],
  ["runtime", ["runtime", "requests.csv", "--prompt", "100", "--output", "2"]],
  ["sample", ["sample", "--counts", "counts.csv"]],
  ["report --scoreboard", ["report", "--no-run", "books", "-o", "pages", "--scoreboard"]],
];

/** A stream that nobody reads any more. */
function brokenPipe(): number {
  const fifo = at("fifo");
  if (!existsSync(fifo)) spawnSync("mkfifo", [fifo]);
  const reader = openSync(fifo, constants.O_RDONLY | constants.O_NONBLOCK);
  const writer = openSync(fifo, "w");
  closeSync(reader);
  return writer;
}

function isoflop(args: string[], stdout: number | "pipe", stderr: number | "pipe" = "pipe") {
  const env = { ...process.env, JUPYTER_DATA_DIR: at("jupyter") };
  return spawnSync(process.execPath, [bin, ...args], {
    cwd: folder,
    env,
    encoding: "utf8",
    stdio: ["ignore", stdout, stderr],
  });
}

test.each(printing)("isoflop %s, whose output goes nowhere", (_, args) => {
  const lost = "isoflop: the output cannot be written: no space is left on the disk\n";
  const progress = /^(\[\d.*|.*index\.html: .*)\n/gm;
  const [broken, full] = [brokenPipe(), openSync("/dev/full", "w")];
  const said = (stdout: number) => {
    const { status, stderr } = isoflop(args, stdout);
    return { status, stderr: stderr.replace(progress, "") };
  };
  expect(said(broken)).toEqual({ status: 0, stderr: "" });
  expect(said(full)).toEqual({ status: 1, stderr: lost });
  closeSync(broken);
  closeSync(full);
});

test("messages that nobody can take harm nothing", () => {
  const [broken, full] = [brokenPipe(), openSync("/dev/full", "w")];
  for (const stderr of [broken, full]) {
    const { status, stdout } = isoflop(printing.at(-1)![1], "pipe", stderr);
    expect({ status, isEmpty: stdout === "" }).toEqual({ status: 0, isEmpty: false });
  }
  closeSync(broken);
  closeSync(full);
});

test("a command that fails says so by its exit code, also when nobody listens", () => {
  const failing: [number, string[]][] = [
    [2, ["nope"]],
    [2, ["fit", "--nope"]],
    [1, ["fit", "none.csv"]],
    [1, ["run", "none.ipynb"]],
  ];
  for (const [code, args] of failing) {
    const [broken, full] = [brokenPipe(), openSync("/dev/full", "w")];
    for (const stream of [broken, full]) expect(isoflop(args, stream, stream).status).toBe(code);
    closeSync(broken);
    closeSync(full);
  }
});

test("what is asked for as a file is written although nobody reads the rest", () => {
  const broken = brokenPipe();
  const saved = ["fit", "runs.csv", "--save", "a.json", "--report", "a.html"];
  expect(isoflop(saved, broken, broken).status).toBe(0);
  expect(JSON.parse(readFileSync(at("a.json"), "utf8"))).toHaveProperty("parameters");
  expect(readFileSync(at("a.html"), "utf8")).toMatch(/<\/html>\s*$/);
  closeSync(broken);
});

test("a place that cannot be written is told before the work begins", () => {
  writeFileSync(at("file"), "");
  const places = ["file", "file/deep", "/proc/x", "/proc/x/y", "/dev/null/x", "x".repeat(300)];
  const commands: ((place: string) => string[])[] = [
    (place) => ["report", "books", "-o", place],
    (place) => ["run", "books/a.ipynb", "-o", `${place}/a.ipynb`],
    (place) => ["fit", "runs.csv", "--save", `${place}/a.json`],
    (place) => ["fit", "runs.csv", "--report", `${place}/a.html`],
    (place) => ["convert", "books/a.ipynb", `${place}/a.ts`],
    (place) => ["plan", "--flops", "1e22", "--report", `${place}/a.html`],
    (place) => ["datasets", "export", "tts_flops", "-o", `${place}/a.csv`],
  ];
  for (const [k, command] of commands.entries()) {
    const args = command(places[k % places.length]!);
    const { status, stdout, stderr } = isoflop(args, "pipe");
    expect({ status, stdout }).toEqual({ status: 1, stdout: "" });
    expect(stderr).toMatch(/^isoflop: .* cannot be written: .*\n$/);
  }
});

test("the file that is printed to is not replaced by one that is saved", () => {
  const stdout = openSync(at("printed"), "w");
  for (const place of ["./printed", "/dev/stdout"]) {
    const { status, stderr } = isoflop(["fit", "runs.csv", "--save", place], stdout);
    expect({ status, stderr }).toEqual({
      status: 1,
      stderr: `isoflop: --save ${place} is the file that is printed to; name another file\n`,
    });
  }
  closeSync(stdout);
  expect(readFileSync(at("printed"), "utf8")).toBe("");
});

test("edits made while a notebook runs are kept, with its mode and the link to it", async () => {
  mkdirSync(at("real"));
  const source = [
    'import { existsSync, writeFileSync } from "node:fs";',
    'writeFileSync("started", "");',
    'while (!existsSync("go")) await new Promise((resolve) => setTimeout(resolve, 20));',
    "6 * 7",
  ].join("\n");
  writeFileSync(at("real/b.ipynb"), notebook(source), { mode: 0o640 });
  symlinkSync("real/b.ipynb", at("b.ipynb"));
  const run = (edit: () => void) =>
    new Promise<{ code: number | null; said: string }>((resolve) => {
      const child = spawn(process.execPath, [bin, "run", "b.ipynb"], { cwd: folder });
      let said = "";
      child.stderr.on("data", (text) => (said += text));
      child.once("close", (code) => resolve({ code, said }));
      const look = setInterval(() => {
        if (!existsSync(at("started"))) return;
        clearInterval(look);
        edit();
        rmSync(at("started"));
        writeFileSync(at("go"), "");
      }, 20);
    });
  expect(await run(() => {})).toMatchObject({ code: 0 });
  const executed = readFileSync(at("b.ipynb"), "utf8");
  expect(executed).toContain('"42"');
  rmSync(at("go"));
  const edited = executed.replace("6 * 7", "6 * 7 + 1");
  const { code, said } = await run(() => writeFileSync(at("b.ipynb"), edited));
  expect(code).toBe(1);
  expect(said).toContain(
    "isoflop: b.ipynb was changed by somebody else meanwhile and is left as it is; the result is in b.run.ipynb\n",
  );
  expect(readFileSync(at("b.ipynb"), "utf8")).toBe(edited);
  expect(readFileSync(at("b.run.ipynb"), "utf8")).toContain('"42"');
  expect(lstatSync(at("b.ipynb")).isSymbolicLink()).toBe(true);
  expect((statSync(at("b.ipynb")).mode & 0o777).toString(8)).toBe("640");
});

test("the key of a kernel is gone once it runs, and what a killed run leaves goes with the next", async () => {
  const temporary = at("tmp");
  mkdirSync(temporary);
  writeFileSync(at("long.ipynb"), notebook("await new Promise((r) => setTimeout(r, 60_000))"));
  const env = { ...process.env, TMPDIR: temporary };
  const keys = () => readdirSync(temporary).filter((name) => name.startsWith("isoflop-kernel-"));
  const child = spawn(process.execPath, [bin, "run", "long.ipynb"], { cwd: folder, env, stdio: "ignore" });
  const until = async (isSo: () => boolean) => {
    for (let k = 0; k < 600 && !isSo(); k++) await new Promise((resolve) => setTimeout(resolve, 10));
    expect(isSo()).toBe(true);
  };
  await until(() => keys().length === 1);
  expect((statSync(join(temporary, keys()[0]!)).mode & 0o777).toString(8)).toBe("700");
  child.kill("SIGKILL");
  await new Promise((resolve) => child.once("exit", resolve));
  expect(keys()).toHaveLength(1);
  const next = spawnSync(process.execPath, [bin, "run", "books/a.ipynb", "-o", "c.ipynb"], {
    cwd: folder,
    env,
  });
  expect(next.status).toBe(0);
  expect(keys()).toEqual([]);
});

test("a run is printed by -, and nothing else is on standard output", () => {
  writeFileSync(at("printed.ts"), "// %%\n6 * 7\n");
  const { status, stdout } = isoflop(["run", "printed.ts", "-o", "-"], "pipe");
  expect(status).toBe(0);
  expect(JSON.parse(stdout).cells[0].outputs[0].data["text/plain"]).toEqual(["42"]);
  expect(existsSync(at("-"))).toBe(false);
});

test("a notebook that is named twice, as by itself and by its folder, is reported once", () => {
  const { status, stderr } = isoflop(
    ["report", "--no-run", "books", "books/a.ipynb", "./books/../books/a.ipynb", "-o", "once"],
    "pipe",
  );
  expect({ status, times: stderr.match(/a\.ipynb: written/g) }).toEqual({
    status: 0,
    times: ["a.ipynb: written"],
  });
});

test("a notebook called index has its page beside the index", () => {
  mkdirSync(at("named"));
  for (const name of ["index", "Index", "claims"])
    writeFileSync(at(`named/${name}.ipynb`), notebook(`"${name}"`));
  expect(isoflop(["report", "--no-run", "named", "-o", "named-pages"], "pipe").status).toBe(0);
  const pages = readdirSync(at("named-pages")).sort();
  expect(pages).toEqual([
    "Index-notebook.html",
    "claims.html",
    "claims.json",
    "index-notebook-2.html",
    "index.html",
  ]);
  const index = readFileSync(at("named-pages/index.html"), "utf8");
  for (const page of pages.filter((name) => /^(Index|index-|claims\.h)/.test(name))) {
    expect(index).toContain(`href="${page}"`);
  }
});
