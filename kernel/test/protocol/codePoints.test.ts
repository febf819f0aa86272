import fc from "fast-check";
import { expect, test } from "vitest";
import { toCodePoints, toUtf16 } from "../../src/protocol/codePoints.ts";

test("a cursor after an emoji counts it once in the protocol and twice in JavaScript", () => {
  expect(toUtf16("😀x", 1)).toBe(2);
  expect(toCodePoints("😀x", 2)).toBe(1);
});

test("a cursor beyond the end stays at the end", () => {
  expect(toUtf16("ab", 9)).toBe(2);
});

test("both ways agree with the length of the spread string", () => {
  fc.assert(
    fc.property(fc.string({ unit: "grapheme" }), (text) => {
      const points = [...text];
      for (let n = 0; n <= points.length; n++) {
        const offset = points.slice(0, n).join("").length;
        expect(toUtf16(text, n)).toBe(offset);
        expect(toCodePoints(text, offset)).toBe(n);
      }
    }),
    { seed: 1, numRuns: 100 },
  );
});
