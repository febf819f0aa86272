import fc from "fast-check";
import { expect, test } from "vitest";
import { wellFormedJson } from "../../src/protocol/wellFormedJson.ts";

/** The same with every text made well-formed, by the language's own means. */
function repaired(value: unknown): unknown {
  if (typeof value === "string") return (value as string & { toWellFormed(): string }).toWellFormed();
  if (Array.isArray(value)) return value.map(repaired);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [repaired(key), repaired(each)]));
}

const half = fc.constantFrom("\ud83d", "\ude00", "\\ud83d", "\\\\ud83d", "\\", '"', "ud83d", "\n", "😀", "é");
const text = fc.array(half, { maxLength: 6 }).map((parts) => parts.join(""));

test("what was text with halves of surrogate pairs holds U+FFFD in their place, and nothing else changes", () => {
  fc.assert(
    fc.property(fc.jsonValue({ stringUnit: "binary" }), text, text, (value, key, each) => {
      const whole = { [key]: each, list: [each, value] };
      const written = wellFormedJson(JSON.stringify(whole));
      expect(JSON.parse(written)).toEqual(repaired(whole));
      expect(Buffer.from(written).toString()).toBe(written);
      expect(written.includes("\\ud83d")).toBe(JSON.stringify(repaired(whole)).includes("\\ud83d"));
    }),
    { seed: 3, numRuns: 1000 },
  );
});
