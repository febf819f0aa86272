import fc from "fast-check";
import { textTable } from "isoflop";
import { describe, expect, test } from "vitest";
import { fittedTable } from "../../src/text/fittedTable.ts";
import { wrapText } from "../../src/text/wrapText.ts";

const widest = (text: string) => Math.max(...text.split("\n").map((line) => line.length));
const word = fc.stringMatching(/^[a-zA-Z(),.]{1,14}$/);
const text = fc.array(word, { minLength: 1, maxLength: 12 }).map((words) => words.join(" "));
const cell = fc.oneof(text, fc.double({ noNaN: true, noDefaultInfinity: true }).map(String), fc.constant(""));

describe("wrapText", () => {
  test("no line is wider than asked, unless one word is, and all words come in order", () => {
    fc.assert(
      fc.property(
        text,
        fc.integer({ min: 20, max: 100 }),
        fc.integer({ min: 0, max: 6 }),
        (one, width, hang) => {
          const lines = wrapText(one, width, hang);
          for (const line of lines) expect(line.length <= width || !line.trim().includes(" ")).toBe(true);
          expect(lines.map((line) => line.trim()).join(" ")).toBe(one);
          for (const line of lines.slice(1)) expect(line.startsWith(" ".repeat(hang))).toBe(true);
        },
      ),
    );
  });
  test("what fits, and what has no end, is left alone", () => {
    expect(wrapText("  two  columns", 14)).toEqual(["  two  columns"]);
    expect(wrapText("a b c", Number.POSITIVE_INFINITY)).toEqual(["a b c"]);
  });
  test("columns stay together, and what goes on hangs beneath them", () => {
    expect(wrapText("note     the prompt is long", 20, 9)).toEqual([
      "note     the prompt",
      "         is long",
    ]);
  });
});

describe("fittedTable", () => {
  const rows = fc
    .integer({ min: 1, max: 5 })
    .chain((n) =>
      fc.tuple(
        fc.array(text, { minLength: n, maxLength: n }),
        fc.array(fc.array(cell, { minLength: n, maxLength: n }), { minLength: 1, maxLength: 5 }),
      ),
    );
  test("is no wider than the terminal, whatever is in it, and holds every word", () => {
    fc.assert(
      fc.property(
        rows,
        fc.integer({ min: 40, max: 120 }),
        fc.boolean(),
        ([columns, cells], width, hasNotes) => {
          const footnotes = hasNotes ? columns.length - 1 : undefined;
          const table = fittedTable(columns, cells, { width, ...(footnotes !== undefined && { footnotes }) });
          expect(widest(table)).toBeLessThanOrEqual(width);
          const words = new Set(table.split(/\s+/));
          for (const one of cells.flat().flatMap((each) => each.split(" ").filter(Boolean)))
            expect(words.has(one)).toBe(true);
        },
      ),
    );
  });
  test("is the plain table where that fits, or nobody says how wide", () => {
    fc.assert(
      fc.property(rows, ([columns, cells]) => {
        const plain = textTable(columns, cells);
        expect(fittedTable(columns, cells, { width: Number.POSITIVE_INFINITY, footnotes: 0 })).toBe(plain);
        expect(fittedTable(columns, cells, { width: widest(plain) })).toBe(plain);
      }),
    );
  });
  test("sources go beneath it, each once", () => {
    const long = "Somebody et al. 2024, a source of many words that would make the table wide";
    const cells = [
      ["size", "7B", long],
      ["loss", "2.1", "given"],
      ["tokens", "140B", long],
    ];
    expect(fittedTable(["quantity", "value", "from"], cells, { width: 60, footnotes: 2 })).toBe(
      [
        "quantity  value  from",
        "--------  -----  ----",
        "size         7B  [1]",
        "loss        2.1  [2]",
        "tokens     140B  [1]",
        "",
        "[1] Somebody et al. 2024, a source of many words that would",
        "    make the table wide",
        "[2] given",
      ].join("\n"),
    );
  });
  test("where words would break, each row is a block", () => {
    const cells = [["separablePowerLaw", "nParamsNonVocab", "lossUnigramNormalized", "somebody"]];
    expect(fittedTable(["law", "reads", "predicts", "by"], cells, { width: 40, footnotes: 3 })).toBe(
      [
        "separablePowerLaw",
        "  reads: nParamsNonVocab",
        "  predicts: lossUnigramNormalized",
        "  by: somebody",
      ].join("\n"),
    );
  });
});
