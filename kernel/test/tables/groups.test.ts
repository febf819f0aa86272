import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { chinchilla } from "isoflop";
import { afterAll, describe, expect, test } from "vitest";
import { loadRuns } from "./loadRecords.ts";

const folder = mkdtempSync(join(tmpdir(), "isoflop-groups-"));
afterAll(() => rmSync(folder, { recursive: true }));
let files = 0;

/** The group of each row of JSON lines with these values, or what was said. */
async function groupsOf(values: readonly string[]): Promise<readonly string[] | string> {
  const path = join(folder, `${files++}.jsonl`);
  const lines = values.map((value, k) => `{"params":${1e9 + k},"tokens":2e10,"loss":2.5,"g":${value}}`);
  writeFileSync(path, lines.join("\n"));
  const options = { map: [], fields: [], dropBad: false, group: "g" };
  return loadRuns(path, chinchilla, options).then(
    ({ groups }) => groups!,
    (error: Error) => error.message,
  );
}

const deep = (depth: number) => "[".repeat(depth) + "]".repeat(depth);

describe("values that differ are different groups, or are refused with line and column", () => {
  test.each([
    ["1", '"1"'],
    ['"-2.5"', "-2.5"],
    ["1e30", '"1e+30"'],
    ["true", '"true"'],
    ['"false"', "false"],
    ["9007199254740993", '"9007199254740993"'],
    ['{"a":1}', '{"a":2}'],
    ["{}", '"[object Object]"'],
    ["[1,2]", '"1,2"'],
    ["[1,2]", "[1,[2]]"],
    ['{"toString":1}', '{"toString":2}'],
    ['{"toString":null,"valueOf":null}', '"a"'],
    ['{"__proto__":{}}', '"a"'],
    ['{"toJSON":1}', '"a"'],
    [deep(100), "1"],
    [deep(20_000), "1"],
    [`${'{"a":'.repeat(20_000)}1${"}".repeat(20_000)}`, "1"],
  ])("%.40s and %.40s are refused", async (...values) => {
    for (const order of [values, values.toReversed()]) {
      expect(await groupsOf(order)).toMatch(
        /^\S+\.jsonl, line [12], column "g": [^\n]+; [^\n]+$|^--group names the column "g", which the file has not/,
      );
    }
  });

  test.each([
    ["9007199254740992", "9007199254740993"],
    ["-9007199254740993", "-9007199254740992"],
    ["123456789012345678901234567890", "123456789012345678901234567891"],
    ["0.1", "0.10000000000000000001"],
    ["1e400", "1e401"],
    ["-1e400", "1e400"],
    ["1e-400", "1e-401"],
    ["0", "1e-400"],
    ["2.5", "2.50000000000000000000000000000000001"],
    ['"a"', '" a"'],
    ['"a"', '"\\ufeffa"'],
    ['"\\ud800"', '"\\ud801"'],
    ['"e\\u0301"', '"\\u00e9"'],
    ['"a"', '"A"'],
    ["1", "true"],
  ])("%s and %s are two", async (...values) => {
    expect(new Set(await groupsOf(values)).size).toBe(2);
  });

  test.each([
    ["1", "1.0", "1e0", "10e-1", "0.1E+1", "1.000000000000000000000000000"],
    ["0", "-0", "0.0", "0e5", "-0e-5"],
    ["1e23", "100000000000000000000000", "1.0e+23"],
    ["0.1", "1e-1", "0.10"],
    ["12345678901234567891", "1.2345678901234567891e19"],
  ])("but %s however it is written is one", async (...values) => {
    expect(new Set(await groupsOf(values)).size).toBe(1);
  });

  test("any two scalars", async () => {
    const scalar = fc.oneof(
      fc.string({ maxLength: 3 }).filter((text) => text.trim() !== ""),
      fc.constantFrom("1", "true", "null", "0", "-1", "1e5"),
      fc.integer({ min: -3, max: 3 }),
      fc.boolean(),
      fc.double({ noNaN: true, noDefaultInfinity: true }),
    );
    await fc.assert(
      fc.asyncProperty(
        fc.uniqueArray(scalar, { minLength: 2, maxLength: 8, comparator: "SameValueZero" }),
        async (values) => {
          const groups = await groupsOf(values.map((value) => JSON.stringify(value)));
          if (typeof groups === "string")
            expect(groups).toMatch(/line \d+, column "g": .* that reads alike; write/);
          else expect(new Set(groups).size).toBe(values.length);
        },
      ),
      { numRuns: 200, seed: 7 },
    );
  });
});
