import { brotliCompressSync, gzipSync } from "node:zlib";
import { chinchilla } from "isoflop";
import { describe, expect, test } from "vitest";
import { loadRuns } from "./loadRecords.ts";
import { temporaryFiles } from "./temporaryFiles.ts";

const { file } = temporaryFiles();
const load = (content: string | Uint8Array, extension = "csv") =>
  loadRuns(file(content, extension), chinchilla, { map: [], fields: [], dropBad: false }).then(
    ({ runs }) => runs.map(({ nParams, nTokens, loss }) => [nParams, nTokens, loss]),
    (error: Error) => error.message,
  );

const header = "params,tokens,loss\n";
const rows = "1e9,2e10,2.5\n2e9,2e10,2.4\n";
const read = [
  [1e9, 2e10, 2.5],
  [2e9, 2e10, 2.4],
];
const utf16 = (text: string) => Buffer.from(text, "utf16le");

describe("what is no table is told in one line", () => {
  test.each<[string, string | Uint8Array, string, RegExp]>([
    [
      "random bytes",
      Uint8Array.from({ length: 5000 }, (_, i) => (i * 7919 + (i >> 3)) & 255),
      "csv",
      /damaged or no text$/,
    ],
    [
      "a zip archive",
      "PK\x03\x04abc",
      "csv",
      /this is a zip archive \(a spreadsheet\?\); save the sheet as CSV/,
    ],
    ["a workbook", "PK\x03\x04abc", "xlsx", /is a spreadsheet; save the sheet as CSV/],
    ["a database", Buffer.from("SQLite format 3\0abc"), "csv", /damaged or no text$/],
    ["a pickle", Uint8Array.of(0x80, 4, 0x95, 0, 0, 0, 0, 0, 0x8c), "csv", /no UTF-8|no text/],
    ["a database by name", "SQLite format 3\0", "sqlite3", /is a database; write the query's answer as CSV/],
    ["a pickle by name", "", "pkl", /holds objects of a program; write the table as CSV/],
    ["an archive by name", "", "tar", /is an archive; unpack it/],
    ["a web page", "<!DOCTYPE html><html></html>", "csv", /this is a web page or XML/],
    ["XML", "<?xml version='1.0'?><a/>", "csv", /this is a web page or XML/],
    [
      "a Git LFS pointer",
      "version https://git-lfs.github.com/spec/v1\noid sha256:a\n",
      "csv",
      /git lfs pull/,
    ],
    [
      "gzip data that ends",
      gzipSync(header + rows).subarray(0, 30),
      "csv.gz",
      /ends in the midst of its gzip data/,
    ],
    ["brotli data", brotliCompressSync(header + rows), "csv.gz", /is not gzip data/],
    [
      "Latin-1",
      Buffer.from(`${header}1e9,2e10,2.5\n# größe\n`, "latin1"),
      "csv",
      /line 3[^\n]*byte 0xF6 is no UTF-8/,
    ],
    [
      "half a UTF-16 character",
      Buffer.concat([utf16(`\uFEFF${header}${rows}`), Uint8Array.of(0)]),
      "csv",
      /half a UTF-16 character/,
    ],
    ["UTF-32", Uint8Array.of(0xff, 0xfe, 0, 0, 112, 0, 0, 0), "csv", /this is UTF-32/],
    [
      "a NUL in a cell",
      `${header}${rows}1e9,2e10,2\0.5\n`,
      "csv",
      /line 4, column 3 \("loss"\): a NUL character/,
    ],
    [
      "a quote that is not closed",
      `${header}${rows}"4e9,2e10,2.2\n5e9,2e10,2.1\n`,
      "csv",
      /line 4, column 1[^\n]*not closed/,
    ],
    [
      "line ends of two kinds",
      `${header}1e9,2e10,2.5\r2e9,2e10,2.4\n`,
      "csv",
      /line 2, column 3 \("loss"\): a CR stands here/,
    ],
    [
      "100,001 columns",
      `${Array.from({ length: 100_001 }, (_, k) => `c${k}`).join()}\n`,
      "csv",
      /more than 100000 columns/,
    ],
    [
      "cells between blanks",
      "params tokens loss\n1e9 2e10 2.5\n",
      "csv",
      /has no column for nParams; it has params tokens loss/,
    ],
    [
      "two delimiters",
      "params;tokens,loss\n1e9;2e10,2.5\n",
      "csv",
      /has no column for nParams; it has params;tokens, loss/,
    ],
    ["a column without a name", "params,tokens,\n1e9,2e10,2.5\n", "csv", /has no column for loss/],
    ["comments alone", "# a\n# b\n", "csv", /has no column for nParams/],
    ["CSV named JSON", header + rows, "json", /line 1, character 1, is not JSON/],
    ["CSV named Parquet", header + rows, "parquet", /is no Parquet file/],
    ["CSV named an event file", header + rows, "tfevents", /is no TensorBoard event file/],
    ["JSON named CSV", '[{"params":1e9}]', "csv", /this is a JSON array; name the file \.json/],
    ["JSON with something behind it", '[{"params":1e9}] x', "json", /line 1, character 18, is not JSON/],
    [
      "JSON that ends within a long text",
      `[{"s":"${"a".repeat(3e6)}`,
      "json",
      /line 1, character 7, is not JSON/,
    ],
    [
      "JSON of arrays without end",
      "[".repeat(100_000) + "]".repeat(100_000),
      "json",
      /row 1 must be an object/,
    ],
    [
      "JSON of objects without end",
      `${'{"a":'.repeat(100_000)}1${"}".repeat(100_000)}`,
      "json",
      /has no column for nParams/,
    ],
    [
      "JSON lines that end",
      '{"params":1e9,"tokens":2e10,"loss":2}\n{"params":1e9,"tok',
      "json",
      /line 2 is not JSON/,
    ],
    [
      "JSON in Latin-1",
      Buffer.from('[{"params":1e9,"n":"ö"}]', "latin1"),
      "json",
      /line 1: byte 0xF6 is no UTF-8/,
    ],
  ])("%s", async (_, content, extension, message) => {
    const said = await load(content, extension);
    expect(said).toMatch(message);
    expect(said).not.toContain("\n");
  });
});

describe("a cell that is no number is told with its line and column, and the file not read", () => {
  const cells = [
    ..."0x10 ∞ −5 2.5e−1 2024-01-05 2:30 5/2 #DIV/0! =A1 １e9 ٢٫٥ \u200b2.5 \u200e2.5 $2.5 2.5% (2.5) 1.0D9 10⁹ 1×10^9 350m".split(
      " ",
    ),
    ..."2.5.1 1e 1,00,000 1'00 7Q 12KB NaN nan null None NA N/A n/a - -- ? true 2.5€ 2.5* ~2.5 <2.5 2.5±0.1".split(
      " ",
    ),
    "2.5 (0.1)",
    "2.5 nats",
    "1 e9",
  ];
  test.each(cells.map((cell) => [cell]))("%s", async (cell) => {
    for (const delimiter of [",", ";"]) {
      const bad = cell.includes(delimiter) ? `"${cell}"` : cell;
      const text = (header + rows).replaceAll(",", delimiter) + ["3e9", "2e10", bad].join(delimiter);
      const said = await load(`${text}\n`);
      expect(said).toMatch(/^1 of 3 rows of /);
      expect(said).toMatch(/\n +4 +loss +\S/);
    }
  });

  test.each([
    ["another number of cells, more", "1e9,2e10,2.5,7", /4 +\(all\) +the row has 4 cells, the header 3/],
    ["another number of cells, fewer", "1e9,2e10", /4 +\(all\) +the row has 2 cells, the header 3/],
    ["a sum", "Total,6e10,7", /4 +params +Total/],
    ["a header again, as when files were joined", header.trim(), /4 +params +params/],
    ["and behind a byte order mark", `\uFEFF${header.trim()}`, /4 +params +\uFEFFparams/],
    ["beyond all numbers", "1e999,2e10,2.5", /4 +params +∞ +not a finite number/],
    ["below all numbers", "1e-400,2e10,2.5", /4 +params +0 +must be > 0/],
    ["a loss of -0", "1e9,2e10,-0", /4 +loss +0 +must be > 0/],
    ["an empty cell", "1e9,2e10,", /4 +loss +\(empty\) +not a number/],
    ["a decimal comma among points", '1e9,2e10,"2,51"', /4 +loss +2,51 +not a number; a decimal comma/],
    ["a stray quote", '1e9,2e10,2".2', /4 +loss +2"\.2/],
  ])("%s", async (_, row, message) => expect(await load(`${header}${rows}${row}\n`)).toMatch(message));
});

describe("what is odd, and read rightly", () => {
  test.each<[string, string | Uint8Array, string]>([
    ["CR alone", (header + rows).replaceAll("\n", "\r"), "csv"],
    ["a byte order mark before a number", `${header}\uFEFF1e9,2e10,2.5\n2e9,2e10,2.4\n`, "csv"],
    ["UTF-16, low byte first, without a mark", utf16(header + rows), "csv"],
    ["UTF-16, high byte first, without a mark", utf16(header + rows).swap16(), "csv"],
    ["UTF-16, high byte first", utf16(`\uFEFF${header}${rows}`).swap16(), "csv"],
    ["underscores and signs", `${header}+1_000_000_000,2e10,+2.5\n2e9,2e10,2.4\n`, "csv"],
    ["blanks around cells", "params\t tokens \t loss\n1e9\t 2e10\t2.5 \n2e9 \t2e10\t 2.4\n", "csv"],
    [
      "JSON with __proto__",
      '[{"params":1e9,"tokens":2e10,"loss":2.5,"__proto__":{"loss":3}},{"params":2e9,"tokens":2e10,"loss":2.4}]',
      "json",
    ],
    [
      "JSON with a long text",
      `[{"params":1e9,"tokens":2e10,"loss":2.5,"s":"${'\\"'.repeat(1e6)}"},{"params":2e9,"tokens":2e10,"loss":2.4}]`,
      "json",
    ],
    [
      "99,993 columns more",
      `${["params", "tokens", "loss", ...Array.from({ length: 99_993 }, (_, k) => `c${k}`)].join()}\n1e9,2e10,2.5${",0".repeat(99_993)}\n2e9,2e10,2.4${",0".repeat(99_993)}\n`,
      "csv",
    ],
  ])("%s", async (_, content, extension) => expect(await load(content, extension)).toEqual(read));
});
