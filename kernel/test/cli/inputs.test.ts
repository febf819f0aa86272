import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import { Readable } from "node:stream";
import { gzipSync } from "node:zlib";
import { chinchilla } from "isoflop";
import { afterAll, describe, expect, test } from "vitest";
import { expandGlobs } from "../../src/cli/inputs/expandGlobs.ts";
import { openTables } from "../../src/cli/inputs/openTables.ts";
import { spoolStandardInput } from "../../src/cli/inputs/spoolStandardInput.ts";
import { shownPath } from "../../src/files/shownPath.ts";
import type { TableFormat } from "../../src/tables/readColumns.ts";
import { loadAllRecords as loadAllRuns } from "../tables/loadRecords.ts";

const folder = mkdtempSync(join(tmpdir(), "isoflop-given-"));
afterAll(() => rmSync(folder, { recursive: true }));
const at = (path: string) => join(folder, path);

const rows = Array.from(
  { length: 24 },
  (_, k) => [`r${k % 5}`, `${k + 1}e8`, `${k + 2}e9`, `${4 - k / 19}`] as const,
);
type Rows = readonly (readonly string[])[];
const table = (some: Rows, separator = ",") =>
  `${[["run", "params", "tokens", "loss"], ...some].map((row) => row.join(separator)).join("\n")}\n`;
const json = (some: Rows) =>
  some
    .map(([run, n, d, loss]) => `{"run": "${run}", "params": ${n}, "tokens": ${d}, "loss": ${loss}}\n`)
    .join("");
const options = { map: [], fields: [], dropBad: false };

async function load(bytes: Uint8Array | string, format: TableFormat) {
  // In pieces of any size.
  const pieces = [...Buffer.from(bytes)].map((byte) => Buffer.from([byte]));
  const input = await spoolStandardInput({}, Readable.from(pieces));
  try {
    expect(shownPath(input.path)).toBe("standard input");
    return await loadAllRuns([{ path: input.path, format }], chinchilla, options);
  } finally {
    input.remove();
    expect(existsSync(input.path)).toBe(false);
  }
}

describe("a copy of standard input", () => {
  test.each<[string, TableFormat, string | Uint8Array]>([
    ["csv", "csv", table(rows)],
    ["tsv", "tsv", table(rows, "\t")],
    ["jsonl", "jsonl", json(rows)],
    ["packed csv", "csv", gzipSync(table(rows))],
    ["packed tsv", "tsv", gzipSync(table(rows, "\t"))],
    ["packed jsonl", "jsonl", gzipSync(json(rows))],
    [
      "two packs on end",
      "jsonl",
      Buffer.concat([rows.slice(0, 9), rows.slice(9)].map((some) => gzipSync(json(some)))),
    ],
    ["csv behind comments", "csv", `# a sweep\n# of mine\n${table(rows)}`],
    ["csv of Windows", "csv", `\uFEFF${table(rows).replaceAll("\n", "\r\n")}`],
    ["csv with semicolons", "csv", table(rows, ";")],
  ])("of %s has its runs", async (_, format, bytes) => {
    const { runs } = await load(bytes, format);
    expect(runs.map(({ nParams, loss }) => [nParams, loss])).toEqual(
      rows.map(([, n, , loss]) => [Number(n), Number(loss)]),
    );
  });

  test.each<[string, TableFormat, string | Uint8Array, RegExp]>([
    ["nothing", "csv", "", /^standard input has no rows of data/],
    ["a header alone", "csv", "params,tokens,loss\n", /^standard input has no rows of data/],
    ["other columns", "csv", "a,b\n1,2\n", /^standard input has no column for nParams; it has a, b/],
    ["a bad row", "csv", table([["r", "1e9", "many", "2"]]), /^1 of 1 rows of standard input cannot be used/],
    ["a table where JSON is said", "jsonl", table(rows), /^standard input, line 1 is not JSON/],
    ["an array", "jsonl", "[1]\n", /^standard input, line 1 must be an object/],
    ["no Parquet", "parquet", table(rows), /^standard input is no Parquet file/],
    [
      "half a pack",
      "csv",
      gzipSync(table(rows)).subarray(0, 60),
      /^standard input ends in the midst of its gzip data/,
    ],
    ["a picture", "csv", Buffer.from([0x89, 0x50, 0x4e, 0x47, 0, 0, 0, 0xff, 0xfe]), /^standard input/],
  ])("of %s is refused by name", async (_, format, bytes, message) => {
    await expect(load(bytes, format)).rejects.toThrow(message);
  });

  test("ends with the signal, also while nothing comes", async () => {
    const never = new Readable({ read() {} });
    const controller = new AbortController();
    const spooled = spoolStandardInput({ signal: controller.signal }, never);
    controller.abort(new Error("stop"));
    await expect(spooled).rejects.toThrow("stop");
    expect(never.destroyed).toBe(true);
  });

  test("that cannot be read says so", async () => {
    const broken = new Readable({
      read() {
        this.destroy(Object.assign(new Error("EISDIR"), { code: "EISDIR" }));
      },
    });
    await expect(spoolStandardInput({}, broken)).rejects.toThrow(
      "standard input cannot be read: it is a folder; name a file in it",
    );
  });
});

describe("patterns", () => {
  mkdirSync(at("runs/deep"), { recursive: true });
  for (const name of ["a.csv", "b.jsonl", "c d.tsv", "[x].csv", "b.csv", "deep/e.csv"])
    writeFileSync(at(`runs/${name}`), "");
  const found = async (...given: string[]) =>
    (await expandGlobs(given.map((path) => at(path)))).map((path) => relative(folder, path));
  test.each<[string[], string[]]>([
    [["runs/*.csv"], ["runs/[x].csv", "runs/a.csv", "runs/b.csv"]],
    [["runs/**/*.csv"], ["runs/[x].csv", "runs/a.csv", "runs/b.csv", "runs/deep/e.csv"]],
    [["runs/b.*"], ["runs/b.csv", "runs/b.jsonl"]],
    [["runs/?.csv"], ["runs/a.csv", "runs/b.csv"]],
    [["runs/[ab].csv"], ["runs/a.csv", "runs/b.csv"]],
    [["runs/{a,c d}.*"], ["runs/a.csv", "runs/c d.tsv"]],
    [["runs/[x].csv"], ["runs/[x].csv"]],
    [["runs/none.csv"], ["runs/none.csv"]],
    [
      ["runs/b.csv", "runs/a*"],
      ["runs/b.csv", "runs/a.csv"],
    ],
  ])("%j", async (given, paths) => {
    expect(await found(...given)).toEqual(paths);
  });
  test.each(["none/*.csv", "runs/*.parquet", "runs/[0-9]*"])("%s finds no file", async (pattern) => {
    await expect(found(pattern)).rejects.toThrow(/finds no file; check the pattern$/);
  });
  test("a file twice is refused, by whatever spelling", async () => {
    const [path] = [at("runs/a.csv")];
    for (const other of [
      path,
      at("runs/./a.csv"),
      at("runs/deep/../a.csv"),
      at("runs/[a].csv"),
      at("**/a.csv"),
    ])
      await expect(openTables([path, other], undefined)).rejects.toThrow(/is given twice/);
  });
});

describe("rows of several files", () => {
  const save = (name: string, text: string) => {
    writeFileSync(at(name), text);
    return { path: at(name) };
  };
  test("are those of one file, in the order given", async () => {
    const files = [
      save("1.csv", table(rows.slice(0, 9))),
      save("2.jsonl", json(rows.slice(9, 15))),
      save("3.tsv", table(rows.slice(15), "\t").replace("loss", "val_loss")),
    ];
    const [many, one] = [
      await loadAllRuns(files, chinchilla, options),
      await loadAllRuns([save("all.csv", table(rows))], chinchilla, options),
    ];
    expect(many.runs).toEqual(one.runs);
    expect(many.notes).toContain(`${files[2]!.path}: loss from column "val_loss"`);
    expect(many.notes).toContain('nParams from column "params"');
  });
  test("share the weight of their training run across files", async () => {
    const grouped = { ...options, group: "run" };
    const files = [save("g1.csv", table(rows.slice(0, 7))), save("g2.csv", table(rows.slice(7)))];
    const [many, one] = [
      await loadAllRuns(files, chinchilla, grouped),
      await loadAllRuns([save("g.csv", table(rows))], chinchilla, grouped),
    ];
    expect(many.runs).toEqual(one.runs);
    expect(many.groups).toEqual(one.groups);
  });
  test("name all files that cannot be used", async () => {
    const bad = [
      save("bad.csv", "a,b\n1,2\n"),
      save("bad.jsonl", "{\n"),
      { path: at("none.csv") },
      save("bad.md", "text"),
    ];
    const loading = loadAllRuns([save("good.csv", table(rows)), ...bad], chinchilla, options);
    await expect(loading).rejects.toThrow(new RegExp(bad.map(({ path }) => path).join("[^]*\n[^]*")));
  });
});
