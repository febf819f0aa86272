import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { chinchilla } from "isoflop";
import { afterAll, describe, expect, test } from "vitest";
import { loadRuns } from "../../src/tables/loadRuns.ts";
import { readNumbers } from "../../src/tables/readNumbers.ts";

const folder = mkdtempSync(join(tmpdir(), "isoflop-jsonl-"));
afterAll(() => rmSync(folder, { recursive: true }));
let files = 0;
function file(lines: readonly string[]): string {
  const path = join(folder, `${files++}.jsonl`);
  writeFileSync(path, `${lines.join("\n")}\n`);
  return path;
}
const load = (path: string, dropBad = false, group?: string) =>
  loadRuns(path, chinchilla, { map: [], fields: [], dropBad, ...(group && { group }) });
const failure = (path: string, group?: string) =>
  load(path, false, group).then(String, (error: Error) => error.message);
const run = (k: number, more = "") =>
  `{"run":"r${k}","params":${k + 1}e8,"tokens":${k + 1}e10,"loss":${3 - k / 100}${more}}`;
const runs = (count: number) => Array.from({ length: count }, (_, k) => run(k));

describe("a value that holds others is no number and no text", () => {
  const deep = (open: string, close: string, middle = "") =>
    open.repeat(20_000) + middle + close.repeat(20_000);
  const nested = [
    ["{}", "an object"],
    ['{"a":1}', "an object"],
    ['{"toString":1}', "an object"],
    ['{"toString":null,"valueOf":null}', "an object"],
    ['{"valueOf":{}}', "an object"],
    ['{"__proto__":null}', "an object"],
    ['{"__proto__":{"toString":5}}', "an object"],
    ['{"constructor":{"name":1}}', "an object"],
    ['{"length":3,"0":1}', "an object"],
    ['{"toJSON":1}', "an object"],
    ['{"Symbol.toPrimitive":1}', "an object"],
    [deep('{"a":', "}", "1"), "an object"],
    [deep('{"toString":', "}", "1"), "an object"],
    ["[]", "an array"],
    ["[2.5]", "an array"],
    ["[[2.5]]", "an array"],
    ["[1,2]", "an array"],
    ['[{"toString":1}]', "an array"],
    ["[null]", "an array"],
    [`[${"1,".repeat(50_000)}1]`, "an array"],
    [deep("[", "]"), "an array"],
    [deep("[", "]", "2.5"), "an array"],
    [deep('[{"join":', "}]", "1"), "an array"],
  ] as const;

  test.each(nested.map(([value, kind]) => [value.slice(0, 30), kind, value]))(
    "%s: %s",
    async (_, kind, value) => {
      const lines = runs(20);
      lines[6] = `{"run":"x","params":1e8,"tokens":1e10,"loss":${value}}`;
      const said = await failure(file(lines));
      expect(said.length).toBeLessThan(400);
      expect(said).toMatch(new RegExp(`^1 of 20 rows [^]*\\n *7 +loss +\\S+ +${kind}, not a number\\n`));
      expect((await load(file(lines), true)).dropped).toBe(1);
      await expect(readNumbers(file(lines), { loss: ["loss"] })).rejects.toThrow(
        /, line 7, loss: expected a number, got "(\{…\}|\[…\])"; drop the row or fix the file$/,
      );
      lines[6] = `{"run":${value},"params":1e8,"tokens":1e10,"loss":2}`;
      expect(await failure(file(lines))).toBe("[object Object]");
      expect(await failure(file(lines), "run")).toMatch(
        new RegExp(
          `^\\S+, line 7, column "run": ${kind} stands here, where a text or a number is needed; take another column$`,
        ),
      );
    },
  );
});
