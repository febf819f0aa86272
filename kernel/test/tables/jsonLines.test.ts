import fc from "fast-check";
import { chinchilla } from "isoflop";
import { describe, expect, test } from "vitest";
import { repeatedKey } from "../../src/tables/json/repeatedKey.ts";
import { readNumbers } from "../../src/tables/readNumbers.ts";
import { loadRuns } from "./loadRecords.ts";
import { temporaryFiles } from "./temporaryFiles.ts";

const { file: write } = temporaryFiles();
const file = (lines: readonly string[]) => write(`${lines.join("\n")}\n`, "jsonl");
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

describe("a key twice in a line", () => {
  const escaped = (key: string, which: readonly boolean[]) =>
    `"${[...key]
      .map((letter, k) => {
        const code = letter.charCodeAt(0).toString(16).padStart(4, "0");
        return which[k % which.length] && letter.length === 1
          ? `\\u${code}`
          : JSON.stringify(letter).slice(1, -1);
      })
      .join("")}"`;
  const blanks = fc.string({ unit: fc.constantFrom(" ", "\t", "\r"), maxLength: 60 });
  const key = fc.oneof(
    fc.constantFrom("loss", "params", "", "__proto__", "a\\", '"', 'a":1,"b', "ü", "\ud800", "0"),
    fc.string({ maxLength: 6 }),
  );
  const value = fc.oneof(
    fc.json({ maxDepth: 3 }),
    fc.constantFrom(
      '"{:,"',
      '"\\\\"',
      '"\\":"',
      '{"loss":1,"loss":2}',
      '[{"loss":3},":"]',
      '"\\\\\\":"',
      "2.5",
    ),
  );
  const member = fc.record({
    key,
    value,
    before: blanks,
    behind: blanks,
    which: fc.array(fc.boolean(), { minLength: 1, maxLength: 4 }),
  });
  type Member = { key: string; value: string; before: string; behind: string; which: boolean[] };
  const write = (members: readonly Member[]) =>
    `{${members
      .map(
        ({ key: name, value: held, before, behind, which }) =>
          `${before}${escaped(name, which)}${behind}:${behind}${held}${before}`,
      )
      .join(",")}}`;

  test("is found however it is written, and no other is", () => {
    fc.assert(
      fc.property(fc.array(member, { maxLength: 6 }), (members) => {
        const text = write(members);
        const keys = members.map((one) => one.key);
        const twice = keys.filter((one, k) => keys.indexOf(one) !== k);
        const found = repeatedKey(text, Object.keys(JSON.parse(text)).length);
        expect(found).toBe(twice.length === 0 ? undefined : JSON.stringify(twice[0]));
      }),
      { numRuns: 5000 },
    );
  });

  test.each([
    `"loss"${" ".repeat(21)}:2`,
    `"loss"${"\t".repeat(100)}:2`,
    `"loss"${" \t\r".repeat(10_000)}:2`,
    '"\\u006coss":2',
    '"\\u006C\\u006f\\u0073\\u0073" :2',
    '"x":{"y":[{"loss":1},"}"]},"loss":2',
    '"x":"\\\\","loss":2',
    '"x":"\\\\\\"","loss":2',
    '"x":"a:b,c","loss" \t:2',
    '"loss":{"loss":2}',
    '"loss":null',
    `"x":${"[".repeat(20_000)}${"]".repeat(20_000)},"loss":2`,
    `"x":"${'\\"'.repeat(100_000)}","loss":2`,
    `"x":"${"\\\\".repeat(100_000)}","loss":2`,
  ])("stops the file with its line: %#", async (more) => {
    const lines = runs(20);
    lines[11] = run(11, `,${more}`);
    expect(await failure(file(lines))).toMatch(
      /^\S+\.jsonl, line 12 has the key "loss" twice; give one of them another name$/,
    );
  });

  test("is looked for in a time that grows as the line does", () => {
    for (const unit of ['\\"', "\\\\", ":", '\\":', "{", "é"]) {
      const start = performance.now();
      expect(repeatedKey(`{"a":"::${unit.repeat(1_600_000)}"}`, 1)).toBeUndefined();
      // A hundredth of a second; as the square of the length it would be a quarter of an hour.
      expect(performance.now() - start).toBeLessThan(10_000);
    }
  });
});

describe("the columns are those of all rows", () => {
  const trained = (k: number, more = "") => run(k, more).replace('"loss"', '"trainloss"');
  const notesOf = (path: string, dropBad = false) =>
    load(path, dropBad).then(({ notes }) => notes.join("\n"));
  const count = 21_000;
  const many = (change: ReadonlyMap<number, string>) =>
    Array.from(
      { length: count },
      (_, k) => change.get(k) ?? trained(k % 250).replace(/"tokens":\d+/, `"tokens":1.${k + 100_000}`),
    );

  test.each([1, 2, 7, 20_478, 20_479, 20_480, 20_481, count - 1])(
    "a better one from row %i on is taken",
    async (at) => {
      const lines = many(new Map([[at, trained(1, ',"loss":2.5')]]));
      expect(await failure(file(lines))).toMatch(
        new RegExp(
          `^${count - 1} of ${count} rows [^]*\\n *${at === 0 ? 2 : 1} +loss +\\(empty\\) +not a number`,
        ),
      );
      const said = await notesOf(file(lines), true);
      expect(said).toContain('loss from column "loss" (not trainloss; --map loss=… takes another)');
    },
  );

  test.each([1, 5, 20_479, 20_480, count - 1])("a worse one in row %i is said", async (at) => {
    const said = await notesOf(file(many(new Map([[at, trained(1, ',"nll":2.5')]]))));
    expect(said).toContain('loss from column "trainloss" (not nll; --map loss=… takes another)');
    expect(said.match(/loss from column/g)).toHaveLength(1);
  });

  test.each([1, 5, 20_480, count - 1])("one that all rows before %i lack is found", async (at) => {
    const lines = Array.from({ length: count }, (_, k) =>
      k < at ? `{"params":${k + 1}e9,"tokens":1e10}` : run(1),
    );
    expect(await failure(file(lines))).toMatch(/ 1 +loss +\(empty\) +not a number/);
    const { runs: kept } = await load(file(lines), true, "run");
    expect(kept.length).toBeGreaterThan(0);
  });

  test.each(["Loss", "LOSS", "lo ss", "l_o_s_s"])(
    "one that differs as %s does is not told apart",
    async (name) => {
      for (const at of [1, 15, 20_490]) {
        const lines = Array.from({ length: at + 3 }, (_, k) => run(k % 250));
        lines[at] = lines[at]!.replace('"loss"', JSON.stringify(name));
        expect(await failure(file(lines))).toBe(
          `the columns "loss" and "${name}" may both be loss; say which with --map loss=COLUMN`,
        );
      }
    },
  );

  test("the other commands read them, too", async () => {
    const lines = ["{}", '{"c":1}', ...Array.from({ length: 20_480 }, () => '{"c":2}'), '{"n":1,"c":3}'];
    await expect(readNumbers(file(lines), { n: ["n"] })).rejects.toThrow(
      /line 1, n: expected a number, got ""/,
    );
    await expect(readNumbers(file(lines), { m: ["m", "M"] })).rejects.toThrow(
      /there is no column m .*it has c, n$/,
    );
  });

  test("keys that are no columns end in one line", async () => {
    const lines = Array.from({ length: 100_010 }, (_, k) => `{"loss":1,"step${k}":2}`);
    expect(await failure(file(lines))).toMatch(
      /^\S+ has more than 100000 columns, which is the most that is read; write what differs from row to row as a value$/,
    );
  });
});

describe("what is no line of JSON is told with the way out", () => {
  test.each([
    ["[", "each line needs one whole object"],
    ["{", "each line needs one whole object"],
    ['{"a":1}\r{"a":2}', "each line needs one whole object"],
    ['{"a":1},', "each line needs one whole object"],
    ['{"loss":nan}', "each line needs one whole object"],
  ])("%j", async (line, advice) => {
    const said = await failure(file([run(1), line]));
    expect(said).toMatch(/^\S+, line 2 is not JSON: [^\n]+$/);
    expect(said.endsWith(`; ${advice}`)).toBe(true);
  });

  test("empty lines without end, and objects without a key", async () => {
    expect(await failure(file([run(1), "\n".repeat(1_000_001), run(2)]))).toMatch(
      /line 1000002: 1000001 empty lines follow each other; this is no table$/,
    );
    expect(await failure(file(["{}", "{}"]))).toMatch(/has no column for nParams; it has none; say which/);
  });
});
