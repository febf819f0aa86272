import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import fc from "fast-check";
import { chinchilla } from "isoflop";
import { describe, expect, test } from "vitest";
import { parseMap } from "../../src/tables/chooseColumns.ts";
import { numberOf, whyNoNumber } from "../../src/tables/numbers/numberOf.ts";
import { readColumns } from "../../src/tables/readColumns.ts";
import { readNumbers } from "../../src/tables/readNumbers.ts";
import { loadRuns } from "./loadRecords.ts";
import { temporaryFiles } from "./temporaryFiles.ts";

const { file } = temporaryFiles();
const load = (path: string, map = "", dropBad = false, group?: string) =>
  loadRuns(path, chinchilla, {
    map: map === "" ? [] : parseMap(map),
    fields: [],
    dropBad,
    ...(group && { group }),
  });
const all = (header: readonly string[]) => ({ numbers: header.slice(1), texts: header.slice(0, 1) });
const failure = (path: string) => readColumns(path, all).then(String, (error: Error) => error.message);

describe("what is a number", () => {
  test.each<[string, number]>([
    ["5", 5],
    [" 5 ", 5],
    ["+5", 5],
    ["-5", -5],
    ["5.", 5],
    [".5", 0.5],
    ["5e3", 5000],
    ["5E+3", 5000],
    ["1_000_000", 1e6],
    ["007", 7],
    ["1e400", Number.POSITIVE_INFINITY],
    ["-Infinity", Number.NEGATIVE_INFINITY],
    ["\u00a05\t", 5],
  ])("%j", (text, number) => expect(numberOf(text)).toBe(number));

  test.each([
    ..."0x10 0X1F 0o17 0b11 1__0 _1 1_ 1_.5 1e 1e+ e5 . + - +-5 --5 5- 1.2.3 5% 7m $5 5e3.2 NaN nan inf ∞".split(
      " ",
    ),
    ..."٣ ５ ½ 1'000 1,5 1,000 1.000,5 1.000.000 1e1e1 true null None NA 5n 1f 0x1p3 (5) 5+5 =5 #N/A".split(
      " ",
    ),
    "1 000",
    "1\u202f000",
    "",
    " ",
    "5 6",
    "5\0",
    "\u200b5",
  ])("%j is none, and the reason is one line", (text) => {
    expect(numberOf(text)).toBeNaN();
    expect(whyNoNumber(text)).toMatch(/^not a number[^\n]*$/);
  });

  test.each([
    ["1,000", "thousands are not separated, and a decimal comma is written as a point"],
    ["1,000,000", "thousands are not separated"],
    ["1.000.000", "thousands are not separated"],
    ["1'000", "thousands are not separated"],
    ["1 000 000", "thousands are not separated"],
    ["1.000,5", "thousands are not separated"],
    ["2,5", "a decimal comma is written as a point"],
    ["12 %", "a percentage is written as a share"],
    ["7m", "a lower-case suffix is not read; write M, G or T"],
    ["7Q", "7B is written 7e9"],
    ["0x10", "not a number in decimal notation"],
  ])("%s: %s", (text, reason) => expect(whyNoNumber(text).endsWith(reason)).toBe(true));
});

describe("two columns that differ by case and punctuation alone", () => {
  const twins = [
    ["loss", "Loss"],
    ["loss", "LOSS"],
    ["val_loss", "val loss"],
    ["val_loss", "ValLoss"],
    ["val.loss", "Val-Loss"],
    ["loss ", "Loss"],
    ["n_params", "N Params"],
    ["tokens", "Tokens"],
    ["N", "n"],
  ] as const;
  test.each(twins)("%j and %j are not told apart by a guess", async (one, other) => {
    const others = ["params", "tokens", "loss"].filter((name) => !/loss/i.test(one) || name !== "loss");
    const wanted = others.filter((name) => name !== one && !(name === "params" && /^n/i.test(one)));
    const header = [...wanted, one, other];
    const row = header.map((_, k) => `${k + 2}e${k === 0 && !/loss/i.test(one) ? 10 : 9}`).join(",");
    const path = file(`${header.join(",")}\n${row}\n`);
    await expect(load(path)).rejects.toThrow(
      /^line 1: column \d \(".*"\) and column \d \(".*"\) may both be /,
    );
  });

  test("one is taken when it is named", async () => {
    const path = file("params,tokens,loss,Loss\n1e9,2e10,2.5,3.5\n");
    expect((await load(path, "loss=Loss")).runs[0]!.loss).toBe(3.5);
    expect((await load(path, "loss=loss")).runs[0]!.loss).toBe(2.5);
    await expect(readNumbers(path, { loss: ["loss"] })).rejects.toThrow(
      /the columns loss, Loss may both be loss/,
    );
  });
});

describe("JSON lines", () => {
  test.each([
    '{"run":"a","loss":1,"loss":2}',
    '{"run":"a","loss":1,"l\\u006fss":2}',
    '{"run":"a,b","loss":1, "x":{"loss":3},"loss" :2}',
    '{"loss":1,"loss":1}',
  ])("a key twice is refused: %s", async (line) => {
    expect(await failure(file(`{"run":"z","loss":1}\n${line}\n`, "jsonl"))).toMatch(
      /\.jsonl, line 2 has the key "loss" twice; give one of them another name$/,
    );
  });

  test.each([
    '{"run":"a,\\"loss\\":","loss":1}',
    '{"run":"a","loss":1,"x":{"loss":2},"y":[{"loss":3},"loss"]}',
    '{"run":"}{][","loss":1}',
  ])("a key within a value is another: %s", async (line) => {
    const { numbers } = await readColumns(file(`{"run":"z","loss":4}\n${line}\n`, "jsonl"), all);
    expect([...numbers.get("loss")!]).toEqual([4, 1]);
  });

  test("no object has keys that it does not hold", async () => {
    const names = ["toString", "constructor", "hasOwnProperty", "__proto__", "valueOf"];
    const first = `{${names.map((name) => `"${name}":1`).join(",")}}`;
    const { numbers, texts } = await readColumns(file(`${first}\n{}\n`, "jsonl"), all);
    expect(names.slice(1).map((name) => numbers.get(name)![1])).toEqual([NaN, NaN, NaN, NaN]);
    expect(texts.get("toString")).toEqual(["1", ""]);
  });

  test.each(["[1]", "5", '"a"', "null", '{"a":1', "{'a':1}", '{"a":1} {"a":2}', "NaN", "\uFFFD"])(
    "%s is no object",
    async (line) => {
      expect(await failure(file(`{"a":1}\n${line}\n`, "jsonl"))).toMatch(/\.jsonl, line 2 [^\n]+$/);
    },
  );
});

describe("Parquet", () => {
  const source = readFileSync(fileURLToPath(new URL("fixtures/runs.parquet", import.meta.url)));

  test("cut off anywhere it is refused with the path, in one line", async () => {
    for (let length = 0; length < source.length; length += 7) {
      expect(await failure(file(source.subarray(0, length), "parquet"))).toMatch(
        /^\S+\.parquet (is no Parquet file|is damaged)[^\n]*$/,
      );
    }
  });

  // The pages begin with sizes that its reader trusts; the rest of the file is what is damaged here.
  test("with damaged metadata it is refused with the path, or read", async () => {
    const place = fc.integer({ min: source.length - 401, max: source.length - 1 });
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(place, fc.integer({ min: 0, max: 255 })), { minLength: 1, maxLength: 3 }),
        async (damage) => {
          const bytes = Uint8Array.from(source);
          for (const [at, value] of damage) bytes[at] = value;
          const said = await failure(file(bytes, "parquet"));
          if (said !== "[object Object]") expect(said).toMatch(/^\S+\.parquet [^\n]+$/);
        },
      ),
      { numRuns: 300, seed: 5 },
    );
  });
});

test("every kind of row that is left out is counted", async () => {
  const path = file(
    [
      "run,params,tokens,loss",
      "a,1e9,2e10,2.5",
      "b,1e9,2e10,2.4,7",
      "c,1e9",
      "d,1e9,2e10,2.5",
      ",1e9,3e10,2.4",
      "e,1e9,4e10,2,3",
      "f,0x10,4e10,2.3",
      "g,1e9,4e10,-1",
      "h,7,4e10,2.2",
      "i,1e9,5e10,1e400",
      "",
      "j,1e9,6e10,2.1",
    ].join("\n"),
  );
  const { runs, notes, dropped } = await load(path, "", true, "run");
  expect(runs).toHaveLength(3);
  expect(dropped).toBe(8);
  expect(notes).toContain("8 of 11 rows left out as unusable");
  expect(notes).toContain(
    "rows left out: 2 with too many cells, 1 with too few cells, 1 without a group, " +
      "1 without a number in params, 2 out of bounds in loss, 1 out of bounds in params",
  );
});

test("characters of several bytes are whole wherever a piece of the file ends", async () => {
  const names = ["größe", "大規模", "😀😀"];
  for (let shift = 0; shift < 12; shift++) {
    const row = (k: number) => `${names[k % 3]},${k}\n`;
    const body = Array.from({ length: 9000 }, (_, k) => row(k)).join("");
    for (const [encoding, mark] of [
      ["utf8", ""],
      ["utf8", "\uFEFF"],
      ["utf16le", "\uFEFF"],
    ] as const) {
      const path = file(Buffer.from(`${mark}run${"x".repeat(shift)},k\n${body}`, encoding));
      const { texts, n } = await readColumns(path, all);
      expect(n).toBe(9000);
      expect([...new Set([...texts.values()][0])]).toEqual(names);
    }
  }
});
