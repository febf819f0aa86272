import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { chinchilla } from "isoflop";
import { afterAll, describe, expect, test } from "vitest";
import { readNumbers } from "../../src/tables/readNumbers.ts";
import { loadRuns } from "./loadRecords.ts";

const folder = mkdtempSync(join(tmpdir(), "isoflop-preambles-"));
afterAll(() => rmSync(folder, { recursive: true }));
let files = 0;
function file(content: string | Uint8Array, extension = "csv"): string {
  const path = join(folder, `${files++}.${extension}`);
  writeFileSync(path, content);
  return path;
}
const load = (path: string, dropBad = false) => loadRuns(path, chinchilla, { map: [], fields: [], dropBad });
const failure = (path: string) =>
  load(path).then(
    () => "read",
    (error: Error) => error.message,
  );

const table = "params,tokens,loss\n1e9,2e10,2.5\n7e9,1.4e11,2.25\n";
const losses = [2.5, 2.25];

const withDelimiter = (text: string, delimiter: string) =>
  text.replace(/params,tokens,loss[\s\S]*$/, (rows) => rows.replaceAll(",", delimiter));

/** Text before the header, and how many lines it is. */
const comments: [string, number][] = [
  ["# a comment\n", 1],
  ["#\n", 1],
  ["#no blank\n", 1],
  ["  # behind blanks\n", 1],
  ["# one, two, three\n", 1],
  ["# one;two\n", 1],
  ["# one\n# two\n# three\n", 3],
  ["# one\n\n# two\n\n\n", 5],
  ["\n\n# one\n", 3],
  ['# it\'s "quoted" , "half\n', 1],
  ['#"a","b"\n', 1],
  [`# ${"long ".repeat(20_000)}\n`, 1],
  ["# größe 😀\n", 1],
  ["# params, tokens\n", 1],
  ["# n\n".repeat(90), 90],
];

describe("comments before the header are passed over, and told", () => {
  const writings: [string, (text: string) => string | Uint8Array, string][] = [
    ["LF", (text) => text, "csv"],
    ["CR LF", (text) => text.replaceAll("\n", "\r\n"), "csv"],
    ["CR", (text) => text.replaceAll("\n", "\r"), "csv"],
    ["a byte order mark", (text) => `\uFEFF${text}`, "csv"],
    ["semicolons", (text) => withDelimiter(text, ";"), "csv"],
    ["tabs", (text) => withDelimiter(text, "\t"), "tsv"],
    ["packed", (text) => gzipSync(text), "csv.gz"],
  ];
  describe.each(writings)("%s", (_name, write, extension) => {
    test.each(comments)("%.30j", async (before, lines) => {
      const { runs, notes } = await load(file(write(before + table), extension));
      expect(runs.map(({ loss }) => loss)).toEqual(losses);
      expect(notes.join("\n")).toMatch(new RegExp(`passed over; line ${lines + 1} is the header`));
    });

    test("lines are counted from the beginning of the file", async () => {
      const path = file(write(`# one\n# two\n${table.replace("2.25", "-1")}`), extension);
      expect(await failure(path)).toMatch(/\n\s+5\s+loss\s+-1\s/);
    });
  });

  test("a header that begins with # is a header", async () => {
    const { notes } = await load(file(`#${table}`));
    expect(notes.join("\n")).not.toContain("passed over");
  });
});

describe("other lines before the header are told with the line of the header", () => {
  test.each<[string, number]>([
    ["Scaling runs 2024\n", 2],
    ["Scaling runs\n\n", 3],
    ["Scaling runs,,\n,,\n", 3],
    ["run of\tmonday\n", 2],
    ["// a comment\n", 2],
    ["% a comment\n-- another\n", 3],
    ["# a comment\nA title\n", 3],
    ["a,b,c\n", 2],
    ["1,2,3\n4,5,6\n", 3],
    ['"a" title, with text behind quotes\n', 2],
    ["a,a\n", 2],
    ["title;with;semicolons\n", 2],
  ])("%j", async (before, line) => {
    expect(await failure(file(before + table))).toMatch(
      new RegExp(
        `\\.csv, line ${line}: the header is not the first line but this one, it seems \\(params, tokens, loss\\); take out the ${line === 2 ? "line" : `${line - 1} lines`} before it$`,
      ),
    );
  });

  test("and in UTF-16, comments too", async () => {
    const path = file(Buffer.from(`\uFEFF# one\n${table}`, "utf16le"));
    expect(await failure(path)).toMatch(/line 2: the header is not the first line/);
  });

  test("a file without any such line is told as ever", async () => {
    expect(await failure(file("# one\na,b\n1,2\n"))).toMatch(/has no column for nParams; it has # one/);
  });

  test("numbers for the other commands", async () => {
    const path = file("# one\nn,c\n10,5\n");
    const read = readNumbers(path, { n: ["n"], c: ["c"] });
    await expect(read).rejects.toThrow(/line 1, a comment, was passed over; .*; take that out of the file$/);
  });
});

describe("a delimiter at the end", () => {
  const delimiters = [",", ";", "|", "\t"];
  test.each(delimiters)("of every row but the header, %j", async (delimiter) => {
    const text = table.replaceAll(/(\d)\n/g, "$1,\n").replaceAll(",", delimiter);
    const { runs, notes } = await load(file(text));
    expect(runs.map(({ loss }) => loss)).toEqual(losses);
    expect(notes).toContain(
      "every row ends with a delimiter that the header lacks; nothing stands behind it",
    );
  });

  test.each(delimiters)("of the header alone, %j", async (delimiter) => {
    const { runs, notes } = await load(file(table.replace("loss", "loss,").replaceAll(",", delimiter)));
    expect(runs.map(({ loss }) => loss)).toEqual(losses);
    expect(notes).toContain("the header ends with a delimiter that the rows lack; nothing stands behind it");
  });

  test.each(delimiters)("of every line, %j", async (delimiter) => {
    const { runs } = await load(file(table.replaceAll("\n", ",\n").replaceAll(",", delimiter)));
    expect(runs.map(({ loss }) => loss)).toEqual(losses);
  });

  test("of some rows: these are told, wherever they stand", async () => {
    const n = 6;
    const rows = Array.from({ length: n }, (_, k) => `${k + 1}e9,2e10,2.5`);
    for (let some = 1; some < 2 ** n - 1; some++) {
      const ends = rows.map((row, k) => ((some >> k) & 1 ? `${row},` : row));
      const path = file(`params,tokens,loss\n${ends.join("\n")}\n`);
      const { runs, dropped } = await load(path, true);
      expect(dropped).toBe(ends.filter((row) => row.endsWith(",")).length);
      expect(runs.map(({ nParams }) => nParams)).toEqual(
        rows.filter((_, k) => ((some >> k) & 1) === 0).map((row) => Number(row.split(",")[0])),
      );
    }
  });

  test.each([
    [table.replaceAll(/(\d)\n/g, "$1,9\n")],
    [table.replaceAll(/(\d)\n/g, "$1,,\n")],
    [table.replace("loss", "loss,x")],
  ])("is told where something stands behind it: %j", async (text) => {
    expect(await failure(file(text))).toMatch(/^2 of 2 rows/);
  });
});

describe("Excel's line that names the delimiter", () => {
  const excel = (delimiter: string, line: string) => `${line}\n${withDelimiter(table, delimiter)}`;
  test.each<[string, string | Uint8Array, string]>([
    ["a semicolon", excel(";", "sep=;"), "csv"],
    ["a comma", excel(",", "sep=,"), "csv"],
    ["a tab", excel("\t", "sep=\t"), "csv"],
    ["in quotes", excel("|", '"sep=|"'), "csv"],
    ["in capitals, with CR LF", excel(";", "SEP=;").replaceAll("\n", "\r\n"), "csv"],
    ["behind a byte order mark", `\uFEFF${excel(";", "sep=;")}`, "csv"],
    ["packed", gzipSync(excel(";", "sep=;")), "csv.gz"],
  ])("%s", async (_name, content, extension) => {
    const loaded = await load(file(content, extension));
    expect(loaded.runs.map(({ loss }) => loss)).toEqual(losses);
    expect(loaded.notes).toContain("line 1 names the delimiter, as Excel does; line 2 is the header");
    expect([loaded.placeOf(0), loaded.placeOf(1)]).toEqual(["line 3", "line 4"]);
  });

  test("decides where a name of the header has another one", async () => {
    const plain = file("sep=;\nparams,unit;tokens;loss\n1e9;2e10;2.5\n7e9;1.4e11;2.25\n");
    const read = await loadRuns(plain, chinchilla, {
      map: [{ field: "nParams", column: "params,unit", factor: 1, given: true }],
      fields: [],
      dropBad: false,
    });
    expect(read.runs.map(({ nTokens }) => nTokens)).toEqual([2e10, 1.4e11]);
  });

  test.each([
    ["names another delimiter than the file has", "sep=;"],
    ["names what is none", "sep=x"],
    ["names nothing", "sep="],
  ])("is told where it %s", async (_name, line) => {
    expect(await failure(file(`${line}\n${table}`))).toMatch(/line 2: the header is not the first line/);
  });
});
