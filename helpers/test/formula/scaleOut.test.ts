import fc from "fast-check";
import { expect, test } from "vitest";
import { readEquation } from "../../src/formula/readEquation.ts";
import { scaleOut } from "../../src/formula/search/scaleOut.ts";
import { sizeAt } from "../../src/formula/search/searchRanges.ts";

const variables = ["N", "D", "lr"];
const parameter = (name: string) => !variables.includes(name);

function scaled(formula: string, isFree = parameter) {
  const { right } = readEquation(formula);
  return { right, ...scaleOut(right, parameter, isFree, () => true) };
}

test.each([
  ["L = E + (A/N^a + B/D^b)^g", ["B"]],
  ["L = (A/N^a + B/D^b)^0.5", ["B"]],
  ["L = E + 2*(3*A/N^a + B*D^b + C*lr)^(g*h)", ["B", "C"]],
  ["L = E + (A/N^a + B/D^b)^g + (F*N + G/D)^h", ["B", "G"]],
])("%s keeps its values when ratios take the place of amplitudes", (formula, names) => {
  const { right, formula: found, ratios } = scaled(formula);
  expect([...ratios.keys()]).toEqual(names);
  fc.assert(
    fc.property(fc.infiniteStream(fc.double({ min: 0.1, max: 3, noNaN: true })), (numbers) => {
      const values = new Map<string, number>();
      const named = (name: string) => {
        if (!values.has(name)) values.set(name, numbers.next().value);
        return values.get(name)!;
      };
      const expected = sizeAt(right, named);
      const ratio = (name: string) =>
        ratios.has(name) ? named(name) / named(ratios.get(name)!) : named(name);
      expect(sizeAt(found, ratio) / expected - 1).toBeCloseTo(0, 11);
    }),
  );
});

test.each([
  ["an amplitude that stands elsewhere too", "L = A + (A/N^a + B/D^b)^g"],
  ["a term without an amplitude of its own", "L = E + (A/N^a + (Dc/D)^b)^g"],
  ["a term that is the same for all runs", "L = E + (A/N^a + B)^g"],
  ["one term", "L = E + (A/N^a)^g"],
  ["a difference", "L = E + (A/N^a - B/D^b)^g"],
])("%s leaves the formula alone", (_, formula) => {
  const { right, formula: found, ratios } = scaled(formula);
  expect(found).toBe(right);
  expect(ratios.size).toBe(0);
});

test("an amplitude that is bounded stands for no ratio", () => {
  expect(scaled("L = E + (A/N^a + B/D^b)^g", (name) => parameter(name) && name !== "B").ratios.size).toBe(0);
});
