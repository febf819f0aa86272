import { gzipSync } from "node:zlib";
import fc from "fast-check";
import { chinchilla } from "isoflop";
import { describe, expect, test } from "vitest";
import { readNumbers } from "../../src/tables/readNumbers.ts";
import { loadRuns } from "./loadRecords.ts";
import { temporaryFiles } from "./temporaryFiles.ts";

const { file } = temporaryFiles();
const load = (path: string, dropBad = false) => loadRuns(path, chinchilla, { map: [], fields: [], dropBad });
const failure = (path: string, dropBad = false) =>
  load(path, dropBad).then(
    ({ runs }) => `${runs.length} runs`,
    (error: Error) => error.message,
  );

const names = ["run", "params", "tokens", "loss", "note", "seed"];
const rows = Array.from({ length: 40 }, (_, k) => [
  `r${k}`,
  `${k + 1}e8`,
  `${k + 1}e10`,
  `${3 - k / 100}`,
  k % 3 ? "a" : "",
  `${k}`,
]);

const layout = fc.record({
  // Any columns in any order with the three that are needed.
  columns: fc
    .tuple(fc.subarray([0, 4, 5]), fc.array(fc.nat(), { minLength: 6, maxLength: 6 }))
    .map(([more, keys]) => [1, 2, 3, ...more].sort((a, b) => keys[a]! - keys[b]!)),
  delimiter: fc.constantFrom(",", ";", "\t", "|"),
  lineEnd: fc.constantFrom("\n", "\r\n", "\r"),
  encoding: fc.constantFrom("utf8" as const, "utf16le" as const),
  mark: fc.boolean(),
  isPacked: fc.boolean(),
});
type Layout = typeof layout extends fc.Arbitrary<infer T> ? T : never;

function write(
  cells: readonly (readonly string[])[],
  { delimiter, lineEnd, encoding, mark, isPacked }: Layout,
) {
  const text = (mark ? "\uFEFF" : "") + cells.map((row) => row.join(delimiter) + lineEnd).join("");
  const bytes = Buffer.from(text, encoding);
  return isPacked ? file(gzipSync(bytes), "csv.gz") : file(bytes);
}
const take = ({ columns }: Layout, row: readonly string[]) => columns.map((column) => row[column]!);

describe("rows between a stray quote and one that happens to close it", () => {
  test("stop the file with the line, wherever the quotes stand", async () => {
    const place = fc.record({
      open: fc.nat(5),
      close: fc.nat(5),
      from: fc.nat(20),
      length: fc.integer({ min: 2, max: 19 }),
    });
    await fc.assert(
      fc.asyncProperty(layout, place, fc.boolean(), async (how, { open, close, from, length }, dropBad) => {
        const width = how.columns.length;
        const cells = [names, ...rows].map((row) => take(how, row));
        cells[from]![open % width] = `"${cells[from]![open % width]}`;
        const last = cells[from + length]!;
        last[close % width] = `${last[close % width]}"`;
        const said = await failure(write(cells, how), dropBad);
        // A header that is within quotes from end to end shows no delimiter.
        if (from === 0 && open % width === 0 && close % width === width - 1 && how.delimiter !== ",") {
          expect(said).toMatch(/ has no column for nParams; it has /);
          return;
        }
        expect(said).toContain(`line ${from + 1}, column ${(open % width) + 1}`);
        const between =
          length === 2
            ? "the line between looks like a row"
            : `the ${length - 1} lines between look like rows`;
        expect(said).toContain(
          `: the quote that opens here closes on line ${from + length + 1}; ${between}; take the two quotes out, or the line breaks`,
        );
        expect(said).not.toContain("\n");
      }),
      { numRuns: 600, seed: 4 },
    );
  });

  test("stop it where the lines follow each other, or are told as bad rows", async () => {
    const place = fc.record({ open: fc.nat(5), close: fc.nat(5), from: fc.integer({ min: 1, max: 30 }) });
    await fc.assert(
      fc.asyncProperty(layout, place, async (how, { open, close, from }) => {
        const width = how.columns.length;
        const cells = [names, ...rows].map((row) => take(how, row));
        cells[from]![open % width] = `"${cells[from]![open % width]}`;
        const last = cells[from + 1]!;
        last[close % width] = `${last[close % width]}"`;
        const said = await failure(write(cells, how));
        expect(said).toMatch(
          new RegExp(
            `line ${from + 1}, column ${(open % width) + 1} .*closes on line ${from + 2}; both lines look|\\n *${from + 1} +`,
          ),
        );
      }),
      { numRuns: 600, seed: 5 },
    );
  });

  test("stop it where some of them are empty, short, long or without a number", async () => {
    for (const odd of ["", "r,1e8", "r,1e8,1e10,2.5,x,1,2", "r,n/a,n/a,n/a,,", 'r,1e8,1e10,2.5,"",1']) {
      const lines = [names, ...rows].map((row) => row.join(","));
      lines[10] = 'r,1e8,1e10,2.5,"a,1';
      lines[14] = odd;
      lines[19] = 'q,1e8,1e10,2.6,b",1';
      const said =
        /line 11, column 5 \("note"\): the quote that opens here closes on line 20; (the \d|7 of the 8) lines between look like rows/;
      expect(await failure(file(lines.join("\n")))).toMatch(said);
      expect(await failure(file(lines.join("\n")), true)).toMatch(said);
      await expect(readNumbers(file(lines.join("\n")), { n: ["params"] })).rejects.toThrow(said);
    }
  });
});

describe("a text of several lines is read", () => {
  const words = fc.constantFrom("ran", "well", "loss 2.5", "see #12", "", " ", '""', "üb", "lr=1e-3");
  const line = fc
    .tuple(fc.array(words, { minLength: 1, maxLength: 9 }), fc.constantFrom(" ", ": ", " - "))
    .map(([parts, between]) => parts.join(between));

  test("whatever it says, in any column of texts, behind and before others", async () => {
    await fc.assert(
      fc.asyncProperty(
        layout,
        fc.array(line, { minLength: 2, maxLength: 8 }),
        fc.nat(39),
        async (how, note, at) => {
          const texts = { ...how, columns: [...new Set([...how.columns, 0, 4])] };
          const cells = [names, ...rows].map((row) => take(texts, row));
          for (const column of [0, 4]) {
            const k = texts.columns.indexOf(column);
            cells[at + 1]![k] = `"${note.join(how.lineEnd).replaceAll('"', '""')}"`;
          }
          expect(await failure(write(cells, texts))).toBe("40 runs");
        },
      ),
      { numRuns: 600, seed: 6 },
    );
  });

  test.each([
    "first, second\nthird",
    "a list:\n- one, two\n- three, four, five\n- six",
    "a, b, c, d, e, f\nall fine",
    "diverged,\nrestarted, then fine,\nsee the log",
    "one\n\n\n\ntwo",
    "1, 2\n3, 4\n5, 6",
    "lr, wd, beta\n1e-3, 0.1, 0.9",
    "\n",
    "ok\n",
    "one of six, with, commas, that, are, none\nin two lines",
    "x\nseen twice, first at night, then by day, both well, and fast, too\ny",
  ])("with commas in it: %j", async (note) => {
    const lines = [names, ...rows].map((row) => row.join(","));
    lines[11] = `r,5e8,7e10,2.5,"${note}",1`;
    expect(await failure(file(lines.join("\n")))).toBe("40 runs");
    lines[0] = `run,params,tokens,loss,"note\n(of the one who ran it)",seed`;
    expect(await failure(file(lines.join("\n")))).toBe("40 runs");
  });
});
