import fc from "fast-check";
import { expect, test } from "vitest";
import { nearestWord } from "../../src/text/nearestWord.ts";

const names = ["chinchilla_figure4", "step_law_dense", "kaplan_constants", "tts_flops"];

test.each([
  ["chinchila_figure4", "chinchilla_figure4"],
  ["chinchillaFigure", "chinchilla_figure4"],
  ["kaplan", "kaplan_constants"],
  ["STEP-LAW-DENSE", "step_law_dense"],
  ["dense", "step_law_dense"],
  ["tts_flosp", "tts_flops"],
])("%s means %s", (word, meant) => expect(nearestWord(word, names)).toBe(meant));

test("what is near to nothing means nothing", () => {
  expect(nearestWord("elephant", names)).toBeUndefined();
  expect(nearestWord("x", [])).toBeUndefined();
  expect(nearestWord("x".repeat(1_000_000), names)).toBeUndefined();
});

test("a name with one letter exchanged for its neighbour is found among others", () => {
  const exchanged = fc.tuple(fc.constantFrom(...names), fc.nat()).map(([name, k]) => {
    const at = k % (name.length - 1);
    return [name, name.slice(0, at) + name[at + 1] + name[at] + name.slice(at + 2)] as const;
  });
  fc.assert(
    fc.property(exchanged, ([name, word]) => {
      expect(nearestWord(word, names)).toBe(name);
    }),
  );
});
