import { expect, test } from "vitest";
import { fitsGlob, longestSearch, parseGlob } from "../../../src/server/cells/glob.ts";

const fits = (pattern: string, text: string) => fitsGlob(parseGlob(pattern), text, { left: longestSearch });

test.each([
  ["*", "", true],
  ["", "", true],
  ["", "a", false],
  ["a*", "abc\ndef", true],
  ["*c", "abc", true],
  ["a?c", "abc", true],
  ["a?c", "a😀c", true],
  ["?", "😀", true],
  ["??", "😀", false],
  ["[a-c]x", "bx", true],
  ["[a-c]x", "dx", false],
  ["[^a-c]x", "dx", true],
  ["[]]", "]", true],
  ["[^]]", "]", false],
  ["[a-]", "-", true],
  ["[-a]", "-", true],
  ["[a", "a", false],
  ["A", "a", false],
  ["*print(*", "x = 1\nprint(x)", true],
  ["a.c", "abc", false],
  ["*[😀-😂]*", "so 😁", true],
])("%j fits %j: %j", (pattern, text, expected) => {
  expect(fits(pattern, text)).toBe(expected);
});

test("patterns with many stars cost at most the product of the lengths", () => {
  for (const stars of [2, 8, 30, 300]) {
    const effort = { left: longestSearch };
    const text = "a".repeat(5000);
    const pattern = `${"*a".repeat(stars)}*b`;
    expect(fitsGlob(parseGlob(pattern), text, effort)).toBe(false);
    expect(longestSearch - effort.left).toBeLessThan(text.length * pattern.length);
  }
});

test("a search that would take too long says so", () => {
  const glob = parseGlob(`*${"a".repeat(5000)}b`);
  expect(() => fitsGlob(glob, "a".repeat(1e6), { left: longestSearch })).toThrow(RangeError);
});
