import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { chinchilla } from "isoflop";
import { describe, expect, test } from "vitest";
import { readColumns } from "../../src/tables/readColumns.ts";
import { readNumbers } from "../../src/tables/readNumbers.ts";
import { loadRuns } from "./loadRecords.ts";
import { temporaryFiles } from "./temporaryFiles.ts";

const { folder, file } = temporaryFiles();
const load = (path: string, dropBad = false, group?: string) =>
  loadRuns(path, chinchilla, { map: [], fields: [], dropBad, ...(group && { group }) });
const all = (header: readonly string[]) => ({ numbers: header.slice(1), texts: header.slice(0, 1) });

const header = "run,params,tokens,loss\n";
const runs = Array.from({ length: 60 }, (_, k) => `r${k},${k + 1}e8,${k + 1}e10,${3 - k / 100}\n`);
const withLine = (line: string, at = 27) => header + [...runs.slice(0, at), line, ...runs.slice(at)].join("");

describe("a line that can be read in more than one way stops the file, with its line", () => {
  test.each([
    [
      "text behind a quote",
      'r,1e8,1e10,"2.5" x\n',
      'line 29, column 4 ("loss"): text stands behind a closing quote',
    ],
    [
      "a quote that is not closed",
      '"r,1e8,1e10,2.5\n',
      'line 29, column 1 ("run"): the quote that opens here is not closed',
    ],
    ["a CR alone", "r,1e8,1e10,2.5\rs,1e8,2e10,2.5\n", "line 29, column 4"],
    ["a NUL", "r\0,1e8,1e10,2.5\n", "line 29, column 1"],
  ])("%s", async (_, line, message) => {
    for (const dropBad of [false, true]) {
      const path = file(withLine(line));
      await expect(load(path, dropBad)).rejects.toThrow(`${path}, ${message}`);
    }
  });

  test("a column twice, whichever of them is meant", async () => {
    const path = file(`${header.trim()},loss\n${runs.map((line) => `${line.trim()},9\n`).join("")}`);
    await expect(load(path)).rejects.toThrow('line 1, column 5 ("loss"): column 4 has this name, too');
  });
});

describe("a line with a wrong number of cells, or a cell that is no number, is named and counted", () => {
  test.each([
    ["a decimal comma", "r,1e8,1e10,2,5\n", "29  (all)           the row has 5 cells, the header 4"],
    [
      "a cell too few",
      "r,1e8,1e10\n",
      "29  (all)           the row has 3 cells, the header 4; is a value missing?",
    ],
    ["an empty line of commas", ",,,\n", "29  params  (empty)  not a number"],
    ["an empty cell", "r,1e8,1e10,\n", "29  loss    (empty)  not a number"],
    [
      "a percent sign",
      "r,1e8,1e10,12%\n",
      "29  loss    12%    not a number; a percentage is written as a share",
    ],
    ["hexadecimal", "r,0x5f5e100,1e10,2.5\n", "29  params  0x5f5e100  not a number in decimal notation"],
    ["octal", "r,0o575360400,1e10,2.5\n", "29  params  0o575360400  not a number in decimal notation"],
    ["two underscores", "r,1__000_000_000,1e10,2.5\n", "29  params  1__000_000_000  not a number"],
    [
      "an unknown suffix",
      "r,7Q,1e10,2.5\n",
      "29  params  7Q     not a number; of suffixes k, M, B (or G) and T are read",
    ],
    [
      "a quoted decimal comma",
      'r,1e8,1e10,"2,5"\n',
      "29  loss    2,5    not a number; a decimal comma is written as a point",
    ],
  ])("%s", async (_, line, message) => {
    const path = file(withLine(line));
    const error = await load(path).catch((caught: Error) => caught);
    expect(String(error)).toContain(`1 of 61 rows of ${path} cannot be used:\nline  column`);
    expect(String(error).replace(/ +/g, " ")).toContain(message.replace(/ +/g, " "));
    const { runs: kept, notes, dropped } = await load(path, true);
    expect(kept).toHaveLength(60);
    expect(dropped).toBe(1);
    expect(notes).toContain("1 of 61 rows left out as unusable");
  });

  test("a run without the name of its group", async () => {
    const path = file(withLine(",1e8,1e10,2.5\n"));
    await expect(load(path, false, "run")).rejects.toThrow(/29 +run +\(empty\) +names no group/);
    const { groups } = await load(path, true, "run");
    expect(groups).toHaveLength(60);
  });

  test("lines are those of the file, behind empty lines and cells over several lines", async () => {
    const path = file('note,params,tokens,loss\n\n"two\nlines",1e8,1e10,2.5\n\nx,1e8,3e10,bad\n');
    await expect(load(path)).rejects.toThrow(/\n *6 +loss +bad +not a number/);
  });

  test("a long or many-lined cell is shown in one short line", async () => {
    const path = file(`run,params,tokens,loss\nr,1e8,1e10,"${"x\ny".repeat(1000)}"\n`);
    const error = (await load(path).catch((caught: Error) => caught)) as Error;
    expect(error.message.split("\n")).toHaveLength(5);
    expect(error.message.length).toBeLessThan(400);
  });
});

describe("what is read rightly", () => {
  test("characters of several bytes on the border of two pieces of the file", async () => {
    const names = ["大規模言語モデル", "大規模言語モデル大", "größe"];
    const rows = Array.from({ length: 9000 }, (_, k) => `${names[k % 3]},${k + 1}e8,1e10,2.5\n`);
    const { texts } = await readColumns(file(header + rows.join("")), all);
    expect([...new Set(texts.get("run"))]).toEqual(names);
  });

  test.each<[string, Uint8Array]>([
    ["UTF-16 as Windows writes it", Buffer.from(`\uFEFF${header}größe,1e8,1e10,2.5\r\n`, "utf16le")],
    ["a byte order mark", Buffer.from(`\uFEFF${header}größe,1e8,1e10,2.5\r\n`)],
    ["CR alone", Buffer.from(`${header}größe,1e8,1e10,2.5`.replaceAll("\n", "\r"))],
  ])("%s", async (_, bytes) => {
    const { numbers, texts } = await readColumns(file(bytes), all);
    expect(texts.get("run")).toEqual(["größe"]);
    expect([...numbers.get("loss")!]).toEqual([2.5]);
  });

  test("several gzip members one after the other", async () => {
    const path = file(Buffer.concat([gzipSync(header + runs[0]!), gzipSync(runs[1]!)]), "csv.gz");
    expect((await readColumns(path, all)).n).toBe(2);
  });

  test("JSON lines with line separators inside their texts", async () => {
    const { texts } = await readColumns(
      file('{"run":"a\u2028b","loss":1}\r\n\n{"run":"c","loss":2}', "jsonl"),
      all,
    );
    expect(texts.get("run")).toEqual(["a\u2028b", "c"]);
  });
});

describe("what is no table of the kind its name says is told in one line", () => {
  const parts = (path: string) => readColumns(path, all).catch((error: Error) => error.message);
  test("gzip and zip data, Latin-1, a file that ends too soon, folders", async () => {
    const gz = gzipSync(header + runs.join(""));
    expect(await parts(file(gz))).toMatch(/\.csv: this is gzip data; name the file \.csv\.gz/);
    expect(await parts(file(Buffer.from("PK\x03\x04 and so on")))).toMatch(/\.csv: this is a zip archive/);
    expect(await parts(file(gz.subarray(0, 100), "csv.gz"))).toMatch(/ends in the midst of its gzip data/);
    expect(await parts(file(header, "csv.gz"))).toMatch(/is not gzip data: incorrect header check/);
    expect(await parts(file(Buffer.from(`${header}gr\xfcn,1,2,3\n`, "latin1")))).toMatch(
      /line 2, column 1 \("run"\): byte 0xFC is no UTF-8/,
    );
    expect(await parts(file(Buffer.from('{"run":"gr\xfcn"}\n', "latin1"), "jsonl"))).toMatch(
      /line 1: byte 0xFC|\.jsonl: byte 0xFC/,
    );
    expect(await parts(file("no parquet at all", "parquet"))).toMatch(/is no Parquet file: /);
    const path = join(folder, "folder.csv.gz");
    mkdirSync(path);
    expect(await parts(path)).toBe(`${path} is a folder; name a file in it`);
  });

  test("lines without an end, plain and packed", async () => {
    const long = `${header}x,${"1".repeat(5_000_000)}`;
    const told = /line 2, column 2 \("params"\): the row is longer than 2097152 characters/;
    expect(await parts(file(long))).toMatch(told);
    expect(await parts(file(gzipSync(long), "csv.gz"))).toMatch(told);
    const json = `{"run":"a","loss":1}\n{"run":"${"1".repeat(20_000_000)}`;
    expect(await parts(file(gzipSync(json), "jsonl.gz"))).toMatch(
      /line 2: the line is longer than 16777216 characters/,
    );
  });

  test("a header of very many columns", async () => {
    const path = file(`${Array.from({ length: 100_000 }, (_, k) => `c${k}`).join(",")}\n`);
    const error = (await load(path).catch((caught: Error) => caught)) as Error;
    expect(error.message).toContain("c19, … and 99980 more; say which with --map");
    expect(error.message.length).toBeLessThan(400);
  });
});

test("numbers for the other commands refuse a row of another length, too", async () => {
  const columns = { n: ["n"], c: ["c"] };
  await expect(readNumbers(file("n,c\n5,1\n5,1,7\n"), columns)).rejects.toThrow(
    /line 3: the row has 3 cells, the header 2/,
  );
  await expect(readNumbers(file("n,c\n5,1\n\n5,0x1\n"), columns)).rejects.toThrow(
    /line 4, c: expected a number, got "0x1"; drop the row or fix the file/,
  );
});
