import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, test } from "vitest";

const bin = fileURLToPath(new URL("../../bin/isoflop.js", import.meta.url));
const folder = mkdtempSync(join(tmpdir(), "isoflop-inputs-"));
const temporary = join(folder, "tmp");
const at = (path: string) => join(folder, path);
const isoflop = (args: readonly string[], input: string | Uint8Array = "") =>
  spawnSync(process.execPath, [bin, ...args], {
    cwd: folder,
    encoding: "utf8",
    input,
    env: { ...process.env, TMPDIR: temporary },
  });

const rows = Array.from(
  { length: 24 },
  (_, k) => [`${k + 1}e8`, `${((k * 7) % 11) + 2}e9`, `${4 - k / 19}`] as const,
);
const table = (some: readonly (readonly string[])[], separator = ",") =>
  `${[["params", "tokens", "loss"], ...some].map((row) => row.join(separator)).join("\n")}\n`;
const json = (some: readonly (readonly string[])[]) =>
  some
    .map(([params, tokens, loss]) => `{"params": ${params}, "tokens": ${tokens}, "loss": ${loss}}\n`)
    .join("");
const objective = (args: readonly string[], input?: string | Uint8Array) => {
  const { stdout, stderr, status } = isoflop(["fit", ...args, "--json"], input);
  expect({ stderr, status }).toEqual({ stderr: "", status: 0 });
  return JSON.parse(stdout) as { runs: number; objective: number; source: string[] };
};
let whole: ReturnType<typeof objective>;

beforeAll(() => {
  mkdirSync(temporary);
  mkdirSync(at("runs"));
  writeFileSync(at("all.csv"), table(rows));
  writeFileSync(at("runs/a.csv"), table(rows.slice(0, 10)));
  writeFileSync(at("runs/b.jsonl"), json(rows.slice(10, 17)));
  writeFileSync(at("runs/c d.tsv"), table(rows.slice(17), "\t").replace("loss", "val_loss"));
  writeFileSync(at("runs/[x].csv"), table(rows.slice(0, 3)));
  writeFileSync(at("runs/notes.md"), "no table");
  whole = objective(["all.csv"]);
});
afterAll(() => {
  // What was copied from standard input is gone, whatever came of it.
  const left = readdirSync(temporary).filter((name) => name.startsWith("isoflop-"));
  rmSync(folder, { recursive: true });
  expect(left).toEqual([]);
});

describe("standard input", () => {
  test.each<[string, string, string | Uint8Array]>([
    ["jsonl", "JSONL", json(rows)],
    ["packed jsonl", ".jsonl", gzipSync(json(rows))],
  ])("%s fits as the file does", (_, format, input) => {
    const fitted = objective(["-", "--format", format], input);
    expect(fitted).toMatchObject({ runs: 24, objective: whole.objective });
    expect(fitted.source[0]).toBe("24 runs from standard input");
  });

  test.each<[string, string, string, string]>([
    ["nothing", "csv", "", "standard input has no rows of data; a header and one row a run are needed"],
    ["a bad row", "csv", table([["1e9", "many", "2"]]), "1 of 1 rows of standard input cannot be used"],
    ["what is no Parquet", "parquet", "PAR2", "standard input is no Parquet file"],
  ])("with %s is refused by name", (_, format, input, message) => {
    const bytes = Buffer.from(input, "latin1");
    const { status, stdout, stderr } = isoflop(["fit", "-", "--format", format], bytes);
    expect({ status, stdout }).toEqual({ status: 1, stdout: "" });
    expect(stderr).toContain(message);
    expect(stderr).not.toContain(temporary);
  });

  test("runtime and sample read it, too", () => {
    const requests = "prompt,output,seconds\n100,1,1\n100,21,2\n200,1,2\n200,21,3\n";
    const runtime = isoflop(
      ["runtime", "-", "--format", "csv", "--prompt", "100", "--output", "2"],
      requests,
    );
    expect(runtime.stdout).toMatch(/^standard input: 4 requests, 2 prompt sizes\n/);
    const counts = '{"n": 8, "c": 1}\n{"n": 8, "c": 4}\n';
    const sample = isoflop(["sample", "--counts", "-", "--format", "jsonl"], counts);
    expect(sample.stdout).toMatch(/^standard input: 2 problems, at least 8 samples each\n/);
    const bad = isoflop(["sample", "--counts", "-", "--format", "csv"], "n,c\n8,two\n");
    expect(bad.stderr).toBe(
      'isoflop: standard input, line 2, c: expected a number, got "two"; drop the row or fix the file\n',
    );
  });

  test("beside files, whose names say their own kind", () => {
    const fitted = objective(
      ["-", "runs/b.jsonl", "runs/c d.tsv", "--format", "csv"],
      table(rows.slice(0, 10)),
    );
    expect(fitted.runs).toBe(24);
    expect(fitted.objective / whole.objective).toBeCloseTo(1, 9);
    expect(fitted.source.slice(0, 4)).toEqual([
      "24 runs from 3 files",
      "standard input: 10 runs",
      "runs/b.jsonl: 7 runs",
      "runs/c d.tsv: 7 runs",
    ]);
  });

  test("that does not end is left at Ctrl-C, with nothing behind", async () => {
    const child = spawn(process.execPath, [bin, "fit", "-", "--format", "csv", "--save", "never.json"], {
      cwd: folder,
      env: { ...process.env, TMPDIR: temporary },
    });
    child.stdin.write(table(rows));
    const exit = once(child, "exit");
    await new Promise((resolve) => setTimeout(resolve, 1500));
    child.kill("SIGINT");
    expect((await exit)[0]).toBe(130);
    expect(existsSync(at("never.json"))).toBe(false);
  });
});

describe("several files", () => {
  test.each([[["runs/{a,b,c d}.*"]], [[at("runs/[abc]*")]], [["runs/a.csv", "**/[bc]*.{tsv,jsonl}"]]])(
    "%j fit as one",
    (paths) => {
      const fitted = objective(paths);
      expect(fitted.runs).toBe(24);
      expect(fitted.objective / whole.objective).toBeCloseTo(1, 9);
    },
  );

  test("every file that cannot be used is named at once", () => {
    writeFileSync(at("bad.csv"), table([["1e9", "many", "2"]]));
    const { status, stdout, stderr } = isoflop([
      "fit",
      "all.csv",
      "bad.csv",
      "none.csv",
      "runs/notes.md",
      "runs",
    ]);
    expect({ status, stdout }).toEqual({ status: 1, stdout: "" });
    for (const message of [
      "1 of 1 rows of bad.csv cannot be used",
      "none.csv does not exist",
      "runs/notes.md is of a kind that is not read",
      "runs is a folder",
    ])
      expect(stderr).toContain(message);
  });

  test("a pattern that finds nothing, and a file that is given twice, are refused", () => {
    expect(isoflop(["fit", "none/*.csv"])).toMatchObject({
      status: 1,
      stderr: "isoflop: none/*.csv finds no file; check the pattern\n",
    });
    expect(isoflop(["fit", "runs/a.csv", "runs/*.csv"])).toMatchObject({
      status: 2,
      stderr: "isoflop: runs/a.csv is given twice, and its rows would count twice; name it once\n",
    });
  });

  test("--format says what a name does not, and overrules one that is wrong", () => {
    writeFileSync(at("all.data"), table(rows));
    writeFileSync(at("all.jsonl"), table(rows));
    for (const path of ["all.data", "all.jsonl"]) expect(objective([path, "--format", "csv"]).runs).toBe(24);
  });
});
