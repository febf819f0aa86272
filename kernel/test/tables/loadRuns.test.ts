import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { chinchilla, downstreamError } from "isoflop";
import { describe, expect, test } from "vitest";
import { parseMap } from "../../src/tables/chooseColumns.ts";
import { BadRowsError, type LoadOptions, loadRuns } from "./loadRecords.ts";
import { temporaryFiles } from "./temporaryFiles.ts";

const { folder, file } = temporaryFiles();
const options: LoadOptions = { map: [], fields: [], dropBad: false };
const load = (path: string, more: Partial<LoadOptions> = {}) =>
  loadRuns(path, chinchilla, { ...options, ...more });

const csv = "params,tokens,val_loss\n1e9,2e10,2.6\n7e9,1.4e11,2.2\n";
const expected = [
  { nParams: 1e9, nTokens: 2e10, loss: 2.6, weight: 1 },
  { nParams: 7e9, nTokens: 1.4e11, loss: 2.2, weight: 1 },
];

describe("the same runs come out of every format", () => {
  const records =
    '{"params":1e9,"tokens":2e10,"val_loss":2.6}\n\n{"params":7e9,"tokens":1.4e11,"val_loss":2.2}';
  test.each<[string, string | Uint8Array, string]>([
    ["csv", csv, "CSV"],
    ["csv", `\uFEFF${csv.replaceAll("\n", "\r\n")}\r\n`, "CSV as Excel saves it"],
    ["csv", csv.replaceAll(",", ";"), "CSV with semicolons"],
    [
      "csv",
      csv.replace("params", '"params"').replace("1e9", '" 1_000_000_000 "'),
      "CSV with quotes and grouping",
    ],
    ["tsv", csv.replaceAll(",", "\t"), "TSV"],
    ["jsonl", records, "JSONL"],
    ["csv.gz", gzipSync(csv), "compressed CSV"],
    ["jsonl.gz", gzipSync(records), "compressed JSONL"],
  ])("%s: %#", async (extension, content) => {
    expect((await load(file(content, extension))).runs).toEqual(expected);
  });

  test("Parquet, with counts as 64-bit integers", async () => {
    const path = fileURLToPath(new URL("fixtures/runs.parquet", import.meta.url));
    const { runs, groups } = await load(path, { group: "run_id" });
    expect(runs).toHaveLength(12);
    expect(runs[11]).toMatchObject({ nParams: 8e8, nTokens: 9e9 });
    expect(groups?.at(-1)).toBe("run 11");
  });
});

describe("columns", () => {
  test("usual names are recognised, said, and alternatives named", async () => {
    const { runs, notes } = await load(file("Model Size,Training Tokens,train_loss,loss\n1e9,2e10,9,2.6\n"));
    expect(runs[0]).toMatchObject({ nParams: 1e9, nTokens: 2e10, loss: 2.6 });
    expect(notes).toEqual([
      'nParams from column "Model Size"',
      'nTokens from column "Training Tokens"',
      'loss from column "loss" (not train_loss; --map loss=… takes another)',
    ]);
  });

  test("a mapped column may be scaled", async () => {
    const path = file("p_b,t,y\n1,2e10,2.6\n");
    const { runs } = await load(path, { map: parseMap("nParams=p_b*1e9, nTokens=t,loss=y") });
    expect(runs[0]).toMatchObject({ nParams: 1e9, nTokens: 2e10, loss: 2.6 });
  });

  test("tokens follow from compute where the file has no tokens", async () => {
    const { runs, notes } = await load(file("n_params,flops,loss\n1e9,1.2e20,2.6\n"));
    expect(runs[0]!.nTokens).toBe(2e10);
    expect(notes).toContain("nTokens computed from flops = 6 nParams nTokens");
  });

  test("rows of one training run share a weight of 1", async () => {
    const path = file("id,params,tokens,loss\na,1e9,1e10,2.7\na,1e9,2e10,2.6\nb,1e9,3e10,2.5\n");
    const { runs, groups } = await load(path, { group: "id" });
    expect(runs.map((run) => run.weight)).toEqual([0.5, 0.5, 1]);
    expect(groups).toEqual(["a", "a", "b"]);
  });

  test.each<[string, string, Partial<LoadOptions>, string]>([
    [
      "a column that is missing",
      "params,loss\n1e9,2\n",
      {},
      "has no column for nTokens; it has params, loss; say which with --map nTokens=COLUMN",
    ],
    [
      "a mapped column that is missing",
      csv,
      { map: parseMap("loss=nll") },
      '--map names the column "nll", which the file has not; it has params, tokens, val_loss',
    ],
    [
      "a group that is missing",
      csv,
      { group: "id" },
      '--group names the column "id", which the file has not',
    ],
    ["a file without rows", "params,tokens,loss\n", {}, "has no rows of data"],
    ["an empty file", "", {}, "has no rows of data"],
  ])("%s is told", async (_, content, more, message) => {
    await expect(load(file(content), more)).rejects.toThrow(message);
  });

  test("a file that is missing, of another kind, or not JSON is told", async () => {
    await expect(load(join(folder, "none.csv"))).rejects.toThrow("none.csv does not exist");
    await expect(load(file("", "md"))).rejects.toThrow("use .csv, .tsv, .jsonl or .parquet");
    await expect(load(file("", "xlsx"))).rejects.toThrow("is a spreadsheet; save the sheet as CSV");
    await expect(load(file('{"params":1}\n{oops\n', "jsonl"))).rejects.toThrow();
    await expect(load(file("[1]\n", "jsonl"))).rejects.toThrow("line 1 must be an object");
  });
});

describe("rows that cannot be used", () => {
  test.each([
    [
      "7,1e10,2.5",
      "params",
      "7",
      "parameters are counted in ones (7e9, not 7); scale it with --map nParams=COLUMN*1e9",
    ],
    ["1e9,300,2.5", "tokens", "300", "tokens are counted in ones"],
    ["1e9,,2.5", "tokens", "(empty)", "not a number"],
    ["1e9,NaN,2.5", "tokens", "NaN", "not a number"],
    ["1e9,1e10,n/a", "loss", "n/a", "not a number"],
    ["1e9,1e10,0", "loss", "0", "must be > 0"],
    ["-1e9,1e10,2.5", "params", "-1e9", "must be > 0"],
    ["1e9,1e10,Infinity", "loss", "∞", "not a finite number"],
    ["1e9,1e10,31", "loss", "31", "is it a perplexity? take its logarithm"],
  ])("%s: column %s, value %s, %s", async (row, column, value, reason) => {
    const path = file(`params,tokens,loss\n2e9,2e10,2.2\n${row}\n3e9,3e10,2.1\n`);
    const error = await load(path).catch((caught) => caught);
    expect(error).toBeInstanceOf(BadRowsError);
    expect(error.message).toContain("1 of 3 rows");
    const line = error.message.split("\n")[3];
    expect(line).toMatch(/^ *3 /);
    for (const text of [column, value, reason]) expect(line).toContain(text);
    const { runs, notes } = await load(path, { dropBad: true });
    expect(runs.map((run) => run.nParams)).toEqual([2e9, 3e9]);
    expect(notes).toContain("1 of 3 rows left out as unusable");
  });

  test("many of them are counted, the first ten shown", async () => {
    const rows = Array.from({ length: 25 }, (_, i) => `${i + 1},1e10,2.5`).join("\n");
    const error = await load(file(`params,tokens,loss\n${rows}\n`)).catch((caught) => caught);
    expect(error.message).toContain("25 of 25 rows");
    expect(error.message).toContain("… 15 more");
    await expect(load(file(`params,tokens,loss\n${rows}\n`), { dropBad: true })).rejects.toThrow(
      /no row .* can be used/,
    );
  });

  test("a response may be zero or below where the law allows it", async () => {
    const real = { ...downstreamError, response: { ...downstreamError.response, domain: "real" as const } };
    const { runs } = await loadRuns(file("loss,error\n2.5,-0.1\n"), real, options);
    expect(runs[0]!.error).toBe(-0.1);
  });
});

const inherited = [...Object.getOwnPropertyNames(Object.prototype), "prototype", "name", "length"];

describe.each(inherited)("a column called %s", (name) => {
  const rows = [1, 2].map((k) => ({ [name]: k * 1e9, tokens: k * 1e11, val_loss: 3 - k / 2 }));

  test.each([
    ["csv", `${name},tokens,val_loss\n${rows.map((row) => Object.values(row).join(",")).join("\n")}\n`],
    ["jsonl", rows.map((row) => JSON.stringify(row)).join("\n")],
  ])("is an ordinary one in %s", async (extension, content) => {
    const { runs } = await load(file(content, extension), { map: parseMap(`nParams=${name}`) });
    expect(runs.map(({ nParams }) => nParams)).toEqual([1e9, 2e9]);
  });

  test("is missing where the file has none", async () => {
    await expect(load(file(csv), { fields: [name] })).rejects.toThrow(
      `has no column for ${name}; it has params`,
    );
    const records = '{"params":1e9,"tokens":2e10,"val_loss":2.6}\n{"params":7e9}';
    await expect(load(file(records, "jsonl"), { map: parseMap(`nParams=${name}`) })).rejects.toThrow(name);
  });
});
