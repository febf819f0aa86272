import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { chinchilla } from "isoflop";
import { afterAll, describe, expect, test } from "vitest";
import { shownMessage, shownPath } from "../../src/files/shownPath.ts";
import { loadRuns } from "../tables/loadRecords.ts";

const folder = mkdtempSync(join(tmpdir(), "isoflop-shown-"));
afterAll(() => rmSync(folder, { recursive: true }));

const obeyed = /[\p{Cc}\p{Zl}\p{Zp}\p{Cs}\u061C\u200E\u200F\u202A-\u202E\u2066-\u2069]/u;

test.each([
  ["runs.csv", "runs.csv"],
  ["größe 😀.csv", "größe 😀.csv"],
  ["a\nb", "a\\nb"],
  ["a\r\tb", "a\\r\\tb"],
  ["\x1b[31mred", "\\x1b[31mred"],
  ["\x07\x7f\x9b", "\\x07\\x7f\\x9b"],
  ["a\u2028b\u202egnp.csv", "a\\u2028b\\u202egnp.csv"],
  ["\ud800x", "\\ud800x"],
])("%j is shown as %s", (path, shown) => {
  expect(shownPath(path)).toBe(shown);
});

test("nothing that a terminal obeys is left of any name, and line ends alone of a message", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary", maxLength: 40 }), (text) => {
      expect(shownPath(text)).not.toMatch(obeyed);
      expect(shownMessage(text).replace(/[\n\t]/g, "")).not.toMatch(obeyed);
      expect(shownPath(shownPath(text))).toBe(shownPath(text));
    }),
    { numRuns: 2000, seed: 3 },
  );
});

describe("a table with such a name is told with its name in one line", () => {
  const name = "a\n\x1b[31m\u202e\x85b";
  const contents: [string, string | Uint8Array][] = [
    ["csv", ""],
    ["csv", "params,tokens,loss\n"],
    ["csv", "a,b,c\n1,2,3\n"],
    ["csv", 'params,tokens,loss\n1,"2"x,3\n'],
    ["csv", `${"a,".repeat(100_001)}\n`],
    ["csv", Buffer.from("params,tokens,loss\n\xff", "latin1")],
    ["csv.gz", "no gzip"],
    ["jsonl", "{"],
    ["jsonl", '{"a":1,"a":2}'],
    ["jsonl", "[1]"],
    ["jsonl", `${"x".repeat(17_000_000)}`],
    ["jsonl.gz", "no gzip"],
    ["parquet", ""],
    ["parquet", "PAR1 and so on PAR1"],
    ["xlsx", ""],
  ];
  test.each(contents)("%s: %#", async (extension, content) => {
    const path = join(folder, `${name}.${extension}`);
    writeFileSync(path, content);
    const said = await loadRuns(path, chinchilla, { map: [], fields: [], dropBad: false }).then(
      () => "read",
      (error: Error) => error.message,
    );
    expect(said).toContain(`a\\n\\x1b[31m\\u202e\\x85b.${extension}`);
    expect(said).not.toMatch(obeyed);
  });

  test("so is one that is not there", async () => {
    const path = join(folder, `${name}-none.csv`);
    await expect(loadRuns(path, chinchilla, { map: [], fields: [], dropBad: false })).rejects.toThrow(
      "a\\n\\x1b[31m\\u202e\\x85b-none.csv does not exist",
    );
  });
});
