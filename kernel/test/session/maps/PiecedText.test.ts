import fc from "fast-check";
import MagicString from "magic-string";
import { describe, expect, test } from "vitest";
import { PiecedText } from "../../../src/session/maps/PiecedText.ts";
import { kept, toSource, toText } from "../../../src/session/maps/pieces.ts";

type Put = "appendLeft" | "appendRight" | "prependRight";

interface Edits {
  source: string;
  /** Offsets that cut the source into ranges, and what becomes of each. */
  ranges: { start: number; end: number; becomes: "kept" | "replaced" | "removed" | "moved"; by: string }[];
  /** At the ranges' ends only, as in a cell, whose statements are the ranges. */
  puts: { at: number; how: Put; text: string }[];
}

const words = fc.constantFrom("a", "bc", "\n", "d\ne", "f g", "\n\n");
const edits: fc.Arbitrary<Edits> = fc
  .array(
    fc.record({
      text: fc.array(words, { minLength: 1, maxLength: 4 }).map((parts) => parts.join("")),
      becomes: fc.constantFrom(
        "kept" as const,
        "kept" as const,
        "replaced" as const,
        "removed" as const,
        "moved" as const,
      ),
      by: words,
      put: fc.array(
        fc.record({
          how: fc.constantFrom<Put>("appendLeft", "appendRight", "prependRight"),
          text: fc.constantFrom("(", ")", "<\n>"),
        }),
        { maxLength: 2 },
      ),
    }),
    { minLength: 1, maxLength: 8 },
  )
  .map((parts) => {
    const ranges: Edits["ranges"] = [];
    const puts: Edits["puts"] = [];
    let source = "";
    for (const { text, becomes, by, put } of parts) {
      const start = source.length;
      source += text;
      ranges.push({
        start,
        end: source.length,
        becomes: start === 0 && becomes === "moved" ? "kept" : becomes,
        by,
      });
      // The ends of the whole text are for `build(before, behind)`.
      if (start > 0) for (const each of put) puts.push({ at: start, ...each });
    }
    return { source, ranges, puts };
  });

function both({ source, ranges, puts }: Edits) {
  const ours = new PiecedText(source);
  const theirs = new MagicString(source);
  for (const { start, end, becomes, by } of ranges) {
    if (becomes === "removed") {
      ours.remove(start, end);
      theirs.remove(start, end);
    } else if (becomes === "replaced") {
      ours.overwrite(start, end, by);
      theirs.overwrite(start, end, by, { contentOnly: true });
    } else if (becomes === "moved") {
      ours.toFront(start, end);
      theirs.move(start, end, 0);
    }
  }
  for (const { at, how, text } of puts) {
    ours[how](at, text);
    theirs[how](at, text);
  }
  return { ours, theirs };
}

/** The offset of a line (1-based) and column. */
function offsetOf(text: string, { line, column }: { line: number; column: number }): number {
  return (
    text
      .split("\n")
      .slice(0, line - 1)
      .join("\n").length +
    (line > 1 ? 1 : 0) +
    column
  );
}

function atOf(text: string, offset: number) {
  const before = text.slice(0, offset);
  return { line: before.split("\n").length, column: offset - before.lastIndexOf("\n") - 1 };
}

describe("PiecedText", () => {
  test("is the text that magic-string makes of the same edits", () => {
    fc.assert(
      fc.property(edits, (given) => {
        const { ours, theirs } = both(given);
        theirs.prepend("{");
        theirs.append("}");
        expect(ours.build("{", "}").text).toBe(theirs.toString());
      }),
      { numRuns: 2_000 },
    );
  });

  test("every character that was kept leads back to itself, and from itself to where it is", () => {
    fc.assert(
      fc.property(edits, (given) => {
        const { text, pieces } = both(given).ours.build("start\n", "\nend");
        let characters = 0;
        for (const { start, end, becomes } of given.ranges) {
          if (becomes === "replaced" || becomes === "removed") continue;
          for (let offset = start; offset < end; offset++) {
            const at = toText(pieces, atOf(given.source, offset));
            const inText = offsetOf(text, at ?? { line: 0, column: 0 });
            expect(text[inText]).toBe(given.source[offset]);
            expect(toSource(pieces, at ?? { line: 0, column: 0 })).toEqual(atOf(given.source, offset));
            characters++;
          }
        }
        const keptCharacters = pieces.reduce((sum, [line, column, , , kind], index) => {
          if (kind !== kept) return sum;
          const next = pieces[index + 1];
          const begins = offsetOf(text, { line, column });
          return sum + (next ? offsetOf(text, { line: next[0], column: next[1] }) : text.length) - begins;
        }, 0);
        expect(keptCharacters).toBe(characters);
      }),
      { numRuns: 500 },
    );
  });

  test("what was written or replaced comes from where it stands", () => {
    const text = new PiecedText("one two\nthree");
    text.overwrite(4, 7, "TWICE");
    text.appendLeft(13, "!");
    const { pieces, text: built } = text.build("<", ">");
    expect(built).toBe("<one TWICE\nthree!>");
    expect(toSource(pieces, { line: 1, column: 0 })).toEqual({ line: 1, column: 0 });
    expect(toSource(pieces, { line: 1, column: 8 })).toEqual({ line: 1, column: 4 });
    expect(toSource(pieces, { line: 2, column: 5 })).toEqual({ line: 2, column: 5 });
    expect(toText(pieces, { line: 1, column: 6 })).toEqual({ line: 1, column: 5 });
  });
});
