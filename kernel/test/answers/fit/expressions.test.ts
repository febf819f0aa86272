import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { namesOf } from "../../../src/answers/fit/expressions/Expression.ts";
import { compileExpression } from "../../../src/answers/fit/expressions/evaluate.ts";
import {
  parseConditionOn,
  parseExpression,
  parseNumberExpression,
} from "../../../src/answers/fit/expressions/parseExpression.ts";

const row: Record<string, number | string> = {
  n: 3,
  zero: 0,
  x2: 2.5,
  nan: Number.NaN,
  family: "llama",
  note: " ",
  "config.lr": 0.1,
  "Model Size (B)": 7,
  größe: 4,
  参数: 5,
};
const cells = { number: (name: string) => row[name] as number, text: (name: string) => String(row[name]) };
const resultOf = (text: string) => compileExpression(parseExpression(text))(cells);

describe("an expression about a row", () => {
  test.each<[string, number | boolean]>([
    ["1 + 2 * 3", 7],
    ["(1 + 2) * 3", 9],
    ["2 ^ 3 ^ 2", 512],
    ["-2 ^ 2", -4],
    ["2 ^ -1", 0.5],
    ["7 % 4 - 10 / 5", 1],
    ["2**3", 8],
    ["1e3 + .5", 1000.5],
    ["{Model Size (B)} * 1e9", 7e9],
    ["`Model Size (B)` + 1", 8],
    ["config.lr * 10", 1],
    ["größe + 参数", 9],
    ["max(1, n, x2) + min(n, 2)", 5],
    ["if(n > 2, 10, 20)", 10],
    ["log10(1000) + log2(8) + ln(exp(1)) + log(1)", 7],
    ["round(x2) + floor(x2) + ceil(x2) + abs(0 - n) + sqrt(4)", 13],
    ["(family == 'llama') * 2", 2],
    ["n > 2 and x2 < 3", true],
    ["n > 2 && x2 > 3", false],
    ["n > 5 or x2 >= 2.5", true],
    ["n > 5 || not (x2 = 2.5)", false],
    ["!(n > 5)", true],
    ["n <> 3", false],
    ["NOT n == 3 OR n == 3", true],
    ["family == 'llama'", true],
    ['family != "opt"', true],
    ["'llama' == family", true],
    ["family in ('opt', 'llama')", true],
    ["family not in ('opt', 'llama')", false],
    ["n in (1, 2, 3)", true],
    ["not family in ('opt')", true],
    ["contains(family, 'ama') and startsWith(family, 'll') and endsWith(family, 'ma')", true],
    ["empty(note) and not empty(family)", true],
    ["family == 'it\\'s'", false],
    ["nan > 1", false],
    ["not nan > 1", true],
    ["nan == nan", false],
  ])("%s", (text, value) => {
    expect(resultOf(text)).toEqual(typeof value === "number" ? expect.closeTo(value, 12) : value);
  });

  test("says which names it reads, and as what", () => {
    const { numbers, texts } = namesOf(parseExpression("family == 'a' and n/x2 > 1 and contains(note, 'x')"));
    expect([...numbers]).toEqual(["n", "x2"]);
    expect([...texts]).toEqual(["family", "note"]);
  });

  test.each([
    ["", "an expression is empty"],
    ["n >", '"n >" needs a name, a number or a text in quotes, got its end'],
    ["n params > 1", 'needs an operator such as > or and, got "params" at character 3'],
    ["1 < n < 3", "compares three things in a row; write a < b and b < c"],
    ["(n > 1", 'needs ")", got its end'],
    ["n > 7B", '"7B" is no number; write 7e9'],
    ["family == 'llama", "what begins at ' does not end"],
    ["{n > 1", "what begins at { does not end"],
    ["n # 2", '"#" cannot stand there'],
    ["family > 'a'", "asks which of two texts is larger"],
    ["family + 'a' == 1", "reckons with a text"],
    ["n + 1 == 'a'", "has a number where a text is compared"],
    ["n and x2", "that is no condition; compare it"],
    ["foo(n)", "there is no function foo"],
    ["sqr(n)", "did you mean sqrt?"],
    ["sqrt(n, 2)", "sqrt takes 1 argument, got 2"],
    ["max()", "max takes at least 1 argument, got 0"],
    ["n in 3", 'needs "(", got "3"'],
    ["n not 3", 'needs "in" behind "not"'],
    [`${"(".repeat(200)}n${")".repeat(200)} > 1`, "nests more than 100 deep"],
    [`${"not ".repeat(200)}n > 1`, "nests more than 100 deep"],
    [`${"-".repeat(200)}n > 1`, "nests more than 100 deep"],
    [`2${"^2".repeat(200)} > 1`, "nests more than 100 deep"],
  ])("%s is refused", (text, said) => {
    expect(() => parseExpression(text)).toThrow(RangeError);
    expect(() => parseExpression(text)).toThrow(said);
  });

  test("a condition is no number, and a text neither", () => {
    expect(() => parseConditionOn("n + 1")).toThrow('"n + 1" is no condition; compare it with something');
    expect(() => parseConditionOn("family")).toThrow("is no condition");
    expect(() => parseNumberExpression("'a'")).toThrow("is a text, where a number is needed");
  });

  test("reckons as JavaScript does, whatever the operators and parentheses", () => {
    const leaf = fc.oneof(fc.integer({ min: 0, max: 9 }).map(String), fc.constantFrom("n", "x2", "zero"));
    const { tree } = fc.letrec<{ tree: string }>((tie) => ({
      tree: fc.oneof(
        { maxDepth: 4 },
        leaf,
        fc
          .tuple(tie("tree"), fc.constantFrom("+", "-", "*", "/"), tie("tree"))
          .map(([a, sign, b]) => `(${a}${sign}${b})`),
        fc
          .tuple(leaf, fc.constantFrom("+", "-", "*", "/"), leaf, fc.constantFrom("+", "-", "*", "/"), leaf)
          .map((parts) => `(${parts.join(" ")})`),
        tie("tree").map((inner) => `(-${inner})`),
      ),
    }));
    fc.assert(
      fc.property(tree, (text) => {
        const own = new Function("n", "x2", "zero", `return ${text.replaceAll("--", "- -")}`) as (
          ...values: number[]
        ) => number;
        expect(resultOf(text)).toBe(own(3, 2.5, 0));
      }),
      { numRuns: 300 },
    );
  });

  test("whatever is typed is read or refused in a sentence", () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 40 }), (text) => {
        try {
          parseExpression(text);
        } catch (error) {
          expect(error).toBeInstanceOf(RangeError);
        }
      }),
      { numRuns: 2000 },
    );
  });
});
