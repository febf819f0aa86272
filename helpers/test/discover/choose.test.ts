import { describe, expect, test } from "vitest";
import { choose } from "../../src/discover/choice/choose.ts";
import { fitFully } from "../../src/discover/choice/FullFit.ts";
import { foretold } from "../../src/discover/choice/foretold.ts";
import { keptRows, type ScoredLaw, scoreLaw } from "../../src/discover/choice/scoreLaws.ts";
import { unitsOf } from "../../src/discover/choice/units.ts";
import { readTable } from "../../src/discover/table/readTable.ts";
import { fisherTail } from "../../src/numerics/distributions/fisher.ts";
import { Random } from "../../src/numerics/random/Random.ts";

const weights = new Float64Array(8).fill(1 / 8);
const lawOf = (own: Partial<ScoredLaw> & { readonly errors?: readonly number[] }): ScoredLaw => {
  const errors = Float64Array.from(own.errors ?? [1, 1.1, 0.9, 1, 1.2, 0.8, 1, 1]);
  return {
    law: { candidate: { floor: true, terms: [] }, shared: true },
    fits: [],
    parameters: 4,
    aicc: 0,
    bic: 0,
    sigma: [1],
    squared: errors,
    absolute: errors,
    foldFits: [],
    foretold: 1,
    ...own,
  };
};
const units = { weights, isByRow: false };

describe("the choice of a law", () => {
  test("is the smallest within 2 of the least BIC; the set reaches to 10, half of the weight is the chosen one's", () => {
    const large = lawOf({ parameters: 6, bic: 0 });
    const small = lawOf({ parameters: 4, bic: 1.5 });
    const near = lawOf({ parameters: 5, bic: 9 });
    const far = lawOf({ parameters: 3, bic: 11 });
    const { set, by } = choose([large, small, near, far], units);
    expect(by).toBe("likelihood");
    expect(set.map(({ law }) => law.parameters)).toEqual([4, 6, 5]);
    const supports = [-0.75, 0, -4.5].map(Math.exp);
    const total = supports[0]! + supports[1]! + supports[2]!;
    expect(set[0]!.weight).toBeCloseTo(0.5 + (0.5 * supports[0]!) / total, 12);
    expect(set[1]!.weight).toBeCloseTo((0.5 * supports[1]!) / total, 12);
  });

  test("goes to extrapolation where the rows held out contradict what is likeliest", () => {
    const likeliest = lawOf({
      parameters: 4,
      bic: 0,
      foretold: 0.01,
      errors: [3, 3.1, 2.9, 3, 3.2, 2.8, 3, 3],
    });
    const steady = lawOf({
      parameters: 5,
      bic: 20,
      foretold: 0.001,
      errors: [1, 1.1, 0.9, 1, 1.2, 0.8, 1, 0.9],
    });
    const steadier = lawOf({ parameters: 7, bic: 12, errors: [1.1, 0.9, 1, 1, 1.1, 0.7, 1, 1] });
    const { set, by } = choose([likeliest, steady, steadier], units);
    expect(by).toBe("extrapolation");
    expect(set.map(({ law }) => law.parameters)).toEqual([5, 7]);
  });

  test("leaves out what does not describe the rows, however well it does on what is held out", () => {
    const lucky = lawOf({ parameters: 2, sigma: [1.6], bic: 300, errors: [0, 0, 0, 0, 0, 0, 0, 0.1] });
    const sound = lawOf({ foretold: 0 });
    expect(choose([lucky, sound], units).set.map(({ law }) => law.sigma[0])).toEqual([1]);
  });
});

// scipy.stats.f.sf
test.each([
  [0.3, 3, 20, 0.8249889864049693],
  [1, 7, 40, 0.4455825674239689],
  [4.2, 12, 90, 3.159989014389469e-5],
  [30, 2, 5, 0.001641124840903045],
])("the tail of Fisher's distribution at %f", (x, df1, df2, tail) => {
  expect(fisherTail(x, df1, df2) / tail).toBeCloseTo(1, 11);
});

test("a true linear law is contradicted as often as the level says", () => {
  // Exact for laws that are linear: with 400 tables, .05 and one fold, 20 are expected, with a standard error of 4.4.
  const random = new Random(3, 3);
  let contradicted = 0;
  for (let set = 0; set < 400; set++) {
    const rows = Array.from({ length: 30 }, (_, k) => ({
      n: 2 ** k,
      y: 13 - 0.1 * k + 0.05 * random.normal(),
    }));
    const table = readTable(rows, { response: "y", scale: ["n"] });
    const law = { candidate: { floor: true, terms: [{ kind: "monomial", of: [0] }] }, shared: true } as const;
    const counts = Float64Array.from({ length: 30 }, (_, i) => (i >= 24 ? 1 : 0));
    const folds = [{ variable: 0, depth: 1, counts, weight: 1 }];
    const kept = keptRows(table, folds);
    const scored = scoreLaw(fitFully(law, table)!, table, folds, unitsOf(table, folds), kept, [0.05])!;
    expect(scored.foretold).toBe(foretold(scored, scored.foldFits, kept, table));
    if (scored.foretold < 0.05) contradicted++;
  }
  expect(contradicted).toBeGreaterThan(6);
  expect(contradicted).toBeLessThan(34);
});
