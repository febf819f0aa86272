import fc from "fast-check";
import { expect, test } from "vitest";
import { isNestedDeeper } from "../../src/protocol/nesting.ts";

function depthOf(value: unknown): number {
  if (typeof value !== "object" || value === null) return 0;
  return 1 + Math.max(0, ...Object.values(value).map(depthOf));
}

test("the depth told from the bytes is that of the value", () => {
  const value = fc.jsonValue({ maxDepth: 8, stringUnit: "binary" });
  fc.assert(
    fc.property(value, fc.constantFrom('a"[', "\\", '\\"{', "]}"), (inner, key) => {
      const whole = { [key]: [inner, key] };
      const json = Buffer.from(JSON.stringify(whole));
      for (const limit of [1, 2, 3, 5, 8]) expect(isNestedDeeper(json, limit)).toBe(depthOf(whole) > limit);
    }),
    { seed: 4, numRuns: 1000 },
  );
});

test.each([
  ["[".repeat(1e6), true],
  [`${"[".repeat(999)}${"]".repeat(999)}`, false],
  [`"${"[".repeat(1e6)}"`, false],
  [`"${"\\".repeat(1e6)}"`, false],
  [`"${"[".repeat(1e5)}`, false],
  ['{"a":'.repeat(1e5), true],
  ["[]".repeat(1e6), false],
])("text %# takes no stack and no time", (json, expected) => {
  expect(isNestedDeeper(Buffer.from(json), 1000)).toBe(expected);
});
