import fc from "fast-check";
import { CsvReader, MalformedFileError, readCsv } from "isoflop-datasets/csv";
import { describe, expect, test } from "vitest";

const utf8 = (text: string) => new TextEncoder().encode(text);
const utf16 = (text: string, isBigEndian = false) => {
  const bytes = new Uint8Array(2 * text.length);
  const view = new DataView(bytes.buffer);
  for (let k = 0; k < text.length; k++) view.setUint16(2 * k, text.charCodeAt(k), !isBigEndian);
  return bytes;
};

/** Reads bytes that come in pieces of the given sizes, over and over. */
function readInPieces(bytes: Uint8Array, sizes: readonly number[]) {
  const lines: number[] = [];
  const rows: (readonly string[])[] = [];
  const take = (cells: readonly string[], line: number) => {
    rows.push(cells);
    lines.push(line);
  };
  const reader = new CsvReader({ onHeader: take, onRow: take }, { delimiter: "," });
  for (let at = 0, k = 0; at < bytes.length; k++) {
    const size = sizes[k % sizes.length]!;
    reader.push(bytes.subarray(at, at + size));
    at += size;
  }
  reader.end();
  return { rows, lines };
}

describe("what is written as RFC 4180 is read back the same, however the bytes come", () => {
  // Characters that mean something in CSV, and such as take two to four bytes.
  const cell = fc.oneof(
    fc.string({ unit: fc.constantFrom('"', ",", "\r", "\n", " ", "\uFEFF", ";", "x", "ä", "語", "😀") }),
    fc.string({ unit: "binary" }).map((text) => text.replaceAll("\0", "")),
  );
  const table = fc
    .tuple(fc.integer({ min: 1, max: 5 }), fc.array(cell, { maxLength: 40 }))
    .map(([width, cells]) => {
      const header = Array.from({ length: width }, (_, k) => `${cells[k] ?? ""}#${k}`);
      const rows = Array.from({ length: Math.floor(cells.length / width) }, (_, row) =>
        cells.slice(row * width, (row + 1) * width),
      );
      return [header, ...rows];
    });
  const needsQuotes = (text: string, row: readonly string[]) =>
    /["\r\n,]|^[ \uFEFF]/.test(text) || (row.length === 1 && text === "");
  const write = (rows: readonly (readonly string[])[], lineEnd: string, quoteAll: boolean) =>
    rows
      .map((row) =>
        row
          .map((text) => (quoteAll || needsQuotes(text, row) ? `"${text.replaceAll('"', '""')}"` : text))
          .join(","),
      )
      .map((line) => line + lineEnd)
      .join("");

  test("in UTF-8 and UTF-16, with each line end, with quotes everywhere or only where needed", () => {
    const sizes = fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1, maxLength: 5 });
    const encodings = fc.constantFrom(
      utf8,
      (text: string) => utf8(`\uFEFF${text}`),
      (text: string) => utf16(`\uFEFF${text}`),
      (text: string) => utf16(`\uFEFF${text}`, true),
    );
    fc.assert(
      fc.property(
        table,
        fc.constantFrom("\r\n", "\n", "\r"),
        fc.boolean(),
        encodings,
        sizes,
        (rows, end, all, encode, pieces) => {
          expect(readInPieces(encode(write(rows, end, all)), pieces).rows).toEqual(rows);
        },
      ),
      { numRuns: 2000 },
    );
  });

  test("in rows and cells longer than the pieces that are parsed at once", () => {
    const long = fc.tuple(fc.string({ unit: fc.constantFrom('"', ",", "\r", "\n", "語") }), fc.nat(30_000));
    fc.assert(
      fc.property(
        fc.array(
          long.map(([text, times]) => text.repeat(times % 3000)),
          { minLength: 2, maxLength: 20 },
        ),
        (cells) => {
          const rows = [["a", "b"], ...cells.slice(1).map((text, k) => [cells[k]!, text])];
          expect(readInPieces(utf8(write(rows, "\r\n", true)), [65_536, 1, 7]).rows).toEqual(rows);
        },
      ),
      { numRuns: 30 },
    );
  });

  test("a row's line is the one on which it begins in the file", () => {
    const csv = 'a,b\r\n\r\n1,"x\r\ny"\r\n\r\n\r\n2,z\r\n"3\n\n",q';
    expect(readInPieces(utf8(csv), [1])).toEqual({
      rows: [
        ["a", "b"],
        ["1", "x\r\ny"],
        ["2", "z"],
        ["3\n\n", "q"],
      ],
      lines: [1, 3, 7, 8],
    });
  });
});

describe("what is read", () => {
  test.each<[string, string | Uint8Array, string[][]]>([
    [
      "line ends of two kinds, beside quotes",
      'a,b\n1,2\r\n"3",4\n"5","6"\r\n',
      [
        ["1", "2"],
        ["3", "4"],
        ["5", "6"],
      ],
    ],
    [
      "CR alone",
      "a,b\r1,2\r3,4",
      [
        ["1", "2"],
        ["3", "4"],
      ],
    ],
    ["a CR at the end of a quoted cell", 'a,b\n1,"2\r"\r\n', [["1", "2\r"]]],
    ["a byte order mark before a quote", '\uFEFF"a",b\n1,2\n', [["1", "2"]]],
    ["UTF-16 with a mark", utf16("\uFEFFa,b\r\n1,ä\r\n"), [["1", "ä"]]],
    ["UTF-16 the other way round", utf16("\uFEFFa,b\r\n1,ä\r\n", true), [["1", "ä"]]],
    ["UTF-16 without a mark", utf16("a,b\r\n1,ä\r\n"), [["1", "ä"]]],
    ["a quote inside a cell without quotes", 'a,b\n5" disk,2\n', [['5" disk', "2"]]],
    ["blanks behind a closing quote", 'a,b\n"1"  ,"2" \n', [["1", "2"]]],
    ["lines of blanks where there are several columns", "a,b\n\n  \n1,2\n\t\n", [["1", "2"]]],
    ["a blank as the only cell", 'a\n\n \n""\n', [[" "], [""]]],
    ["rows of empty cells", "a,b\n,\n", [["", ""]]],
    ["columns without names", "a,,\n1,2,3\n", [["1", "2", "3"]]],
    ["semicolons", "a;b;c\n1;2,5;3\n", [["1", "2,5", "3"]]],
    [
      "decimal commas in more columns than the header has commas",
      "a;b;c;d\n1,5;2,5;3,5;4,5\n",
      [["1,5", "2,5", "3,5", "4,5"]],
    ],
    ["bars", "a|b\n1|2\n", [["1", "2"]]],
    ["tabs", 'a\tb\n"1\t2"\t3\n', [["1\t2", "3"]]],
    ["a header alone", "a,b\n", []],
    ["a header without a line end", "a,b", []],
    ["nothing", "", []],
    ["empty lines alone", "\r\n\n", []],
  ])("%s", (_, source, rows) => {
    expect(readCsv(source).rows).toEqual(rows);
  });

  test("a million characters of escaped quotes, and as many cells in one row", () => {
    expect(readCsv(`a\n"${'""'.repeat(1e6)}"\n`).rows[0]![0]).toBe('"'.repeat(1e6));
    const cells = Array.from({ length: 5e5 }, (_, k) => (k % 2 ? '"x"' : String(k % 10))).join(",");
    const header = Array.from({ length: 5e5 }, (_, k) => k.toString(36)).join(",");
    expect(readCsv(`${header}\n${cells}\n`, { longestRow: 1e7 }).rows[0]).toHaveLength(5e5);
  });
});

describe("what is refused, with file, line, column and cause", () => {
  const bytes = (...parts: (string | number[])[]) =>
    new Uint8Array(parts.flatMap((part) => (typeof part === "string" ? [...utf8(part)] : part)));
  const zeros = [0, 0, 0, 0, 0, 0];

  test.each<[string, string | Uint8Array, string]>([
    [
      "text behind a closing quote",
      'a,b\n1,"7B" base\n2,3\n',
      'line 2, column 2 ("b"): text stands behind a closing quote: "7B" base; double the quotes that belong to the text',
    ],
    [
      "a quote that is not closed",
      'a,b\n1,2\n"3,4\n5,6\n',
      'line 3, column 1 ("a"): the quote that opens here is not closed',
    ],
    [
      "a quote that is not closed in the header",
      '"a,b\n1,2\n',
      "line 1, column 1: the quote that opens here is not closed",
    ],
    [
      "a quote as the last character",
      'a,b\n1,"',
      'line 2, column 2 ("b"): the quote that opens here is not closed',
    ],
    [
      "one that is not closed behind one over several lines",
      'a,b\n"1\n\n","2\n',
      'line 4, column 2 ("b"): the quote that opens here is not closed',
    ],
    [
      "blanks before a quote",
      'a,b\n1, "x,y"\n',
      'line 2, column 2 ("b"): blanks stand before the opening quote; take them out',
    ],
    [
      "a surplus cell",
      "a,b\n1,2\n\n1,2,5\n",
      "line 4, column 3: the row has 3 cells, the header 2; a text or a number with the delimiter in it needs quotes",
    ],
    [
      "a cell too few",
      "a,b\n1\n",
      'line 2, column 2 ("b"): the row has 1 cell, the header 2; is a value missing?',
    ],
    [
      "a name twice",
      "a, b,b\n1,2,3\n",
      'line 1, column 3 ("b"): column 2 has this name, too; give one of them another',
    ],
    [
      "a CR among LFs",
      "a,b\n1,2\r3,4\n",
      'line 2, column 2 ("b"): a CR stands here where the lines end in LF; use one kind of line end',
    ],
    [
      "a LF among CRs",
      "a,b\r1,2\n3,4\r",
      'line 2, column 2 ("b"): a LF stands here where the lines end in CR; use one kind of line end',
    ],
    [
      "a NUL",
      "a,b\n1,2\n3,\0\n",
      'line 3, column 2 ("b"): a NUL character stands here; the file is damaged or no text',
    ],
    [
      "Latin-1",
      bytes("a,b\n1,2\n3,gr", [0xfc], "n\n"),
      'line 3, column 2 ("b"): byte 0xFC is no UTF-8 (is the file Latin-1?); save it as UTF-8',
    ],
    [
      "a character cut off by the end",
      bytes("a,b\n1,", [0xe8, 0xaa]),
      'line 2, column 2 ("b"): byte 0xE8 is no UTF-8',
    ],
    [
      "UTF-16 cut off",
      utf16("\uFEFFa,b\n1,2\n").subarray(0, 17),
      'line 2, column 2 ("b"): half a UTF-16 character stands here; the file is damaged',
    ],
    [
      "half of a surrogate pair in UTF-16",
      utf16("\uFEFFa,b\n\uD800,2\n"),
      'line 2, column 1 ("a"): half a UTF-16 character stands here',
    ],
    [
      "gzip data",
      bytes([0x1f, 0x8b, 8], zeros),
      "x.csv: this is gzip data; name the file .csv.gz, or unpack it",
    ],
    [
      "a zip archive",
      bytes([0x50, 0x4b, 3, 4], zeros),
      "x.csv: this is a zip archive (a spreadsheet?); save the sheet as CSV, or unpack the archive",
    ],
    [
      "a file of zeros",
      bytes(zeros, zeros),
      "x.csv: a NUL character stands here; the file is damaged or no text",
    ],
    [
      "JSON",
      '\n{ "a": 1, "b": 2 }\n',
      "x.csv: this is JSON; name the file .json, or .jsonl with one object a line",
    ],
    ["a JSON array", '[{"a": 1}]', "x.csv: this is a JSON array; name the file .json"],
    ["a web page", "<!DOCTYPE html>\n<p>404\n", "x.csv: this is a web page or XML; get the table itself"],
    ["a pointer", "version https://git-lfs.github.com/spec/v1\n", "x.csv: this is a Git LFS pointer"],
    [
      "empty lines without end",
      `a,b\n${"\n".repeat(1_000_001)}1,2\n`,
      "line 1000002: 1000001 empty lines follow each other",
    ],
    ["a Parquet file", bytes("PAR1", [0x15, 4, 0x15, 8]), "x.csv: this is a Parquet file; name it .parquet"],
  ])("%s", (_, source, message) => {
    const read = () => readCsv(source, { file: "x.csv" });
    expect(read).toThrow(MalformedFileError);
    expect(read).toThrow(message);
    // The message does not depend on how the bytes come.
    const pieces = typeof source === "string" ? utf8(source) : source;
    const reader = new CsvReader({ onHeader() {}, onRow() {} }, { file: "x.csv" });
    expect(() => {
      for (const byte of pieces) reader.push(new Uint8Array([byte]));
      reader.end();
    }).toThrow(message);
  });

  test("a byte of Latin-1 deep in a long file is found", () => {
    const lines = Array.from({ length: 50_000 }, (_, k) => `${k},größer\n`).join("");
    const source = bytes("a,b\n", [...utf8(lines)], "1,gr", [0xf6], "sser\n", [...utf8(lines)]);
    expect(() => readCsv(source)).toThrow('line 50002, column 2 ("b"): byte 0xF6 is no UTF-8');
  });

  test("a message is one line that does nothing to a terminal", () => {
    const read = () => readCsv('a\n,"\x1b[31m\n",c\n"x" \x1b[2J y,1,2\n', { file: "x.csv" });
    expect(read).toThrow(MalformedFileError);
    expect(read).not.toThrow(/[\x00-\x1f]/);
  });

  test("a column called PAR1 is no Parquet file", () => {
    expect(readCsv("PAR1,loss\n1,2\n").header).toEqual(["PAR1", "loss"]);
  });

  test("rows longer than the bound, with memory for little more than the bound", () => {
    const read = (text: string) => () => readCsv(text, { file: "x.csv", longestRow: 1000 });
    expect(read(`a,b\n1,${"x".repeat(1001)}\n`)).toThrow(
      'x.csv, line 2, column 2 ("b"): the row is longer than 1000 characters',
    );
    expect(read(`a,b\n1,"${"x\n".repeat(1e5)}`)).toThrow(
      'line 2, column 2 ("b"): the quote that opens here is not closed within 1000 characters',
    );
    expect(read("a,".repeat(1e5))).toThrow("the row is longer than 1000 characters");
    const reader = new CsvReader({ onHeader() {}, onRow() {} });
    reader.push("a,b\n1,");
    const piece = "x".repeat(100_000);
    let pushed = 0;
    expect(() => {
      for (; pushed < 1000; pushed++) reader.push(piece);
    }).toThrow('line 2, column 2 ("b"): the row is longer than 2097152 characters');
    expect(pushed).toBeLessThan(25);
  });
});

test("rows that are too long or too short can be taken instead of refused", () => {
  const ragged: unknown[] = [];
  const rows: unknown[] = [];
  const reader = new CsvReader({
    onHeader() {},
    onRow: (cells) => rows.push(cells),
    onRaggedRow: (cells, line) => ragged.push([line, cells]),
  });
  reader.push("a,b\n1\n2,3\n4,5,6\n");
  reader.end();
  expect(rows).toEqual([["2", "3"]]);
  expect(ragged).toEqual([
    [2, ["1"]],
    [4, ["4", "5", "6"]],
  ]);
});

test("lines are counted from the first one where text before it was taken off", () => {
  const read = () => readCsv('a,b\n1,2\n"3" x,4\n', { firstLine: 8 });
  expect(readCsv("a,b\n1,2\n", { firstLine: 8 }).lines).toEqual([9]);
  expect(read).toThrow(/line 10, column 1/);
});
