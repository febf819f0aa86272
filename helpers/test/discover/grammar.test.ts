import { withParameters } from "isoflop";
import { defineLaw } from "isoflop/formula";
import { describe, expect, test } from "vitest";
import { basisAt, predictWith } from "../../src/discover/fit/predict.ts";
import { type Candidate, innerCount, parameterCount } from "../../src/discover/grammar/Candidate.ts";
import { enumerateLaws } from "../../src/discover/grammar/enumerate.ts";
import { formulaOf } from "../../src/discover/grammar/formulaOf.ts";
import { limitsOf } from "../../src/discover/grammar/limits.ts";
import type { TableShape } from "../../src/discover/grammar/TableShape.ts";
import { dataOf } from "./dataOf.ts";

const columns = {
  N: [1e8, 2e8, 4e8, 8e8, 16e8],
  D: [4e9, 4e9, 8e9, 2e10, 2e10],
  U: [4e9, 2e9, 3e9, 1e10, 2e9],
  P: [1, 2, 4, 8, 16],
  r: [0, 0.5, -1, 2, 0.2],
};
const data = dataOf(columns, [3, 2.8, 2.7, 2.5, 2.4]);
const shapeOf = (coordinates: readonly number[], more: Partial<TableShape> = {}): TableShape => ({
  coordinates: data.points.coordinates,
  scale: coordinates.slice(0, 2),
  shares: [],
  pairs: [],
  counts: [3],
  levels: [5, 5, 5, 5, 5],
  smallest: [1e8, 4e9, 2e9, 1, -1],
  ...more,
});
const laws = enumerateLaws(shapeOf([0, 1, 2, 3, 4], { pairs: [[1, 2]] }), 12, 5000);

/** Parameters inside the limits, different from law to law and from parameter to parameter. */
const thetaOf = (candidate: Candidate, k: number) =>
  Float64Array.from(limitsOf(candidate, data.points, new Set()), ({ from, to }, j) => {
    const share = 0.1 + 0.8 * ((k * 0.618 + j * 0.382) % 1);
    return from + share * (to - from);
  });

describe("every law of the grammar", () => {
  test("has the derivatives that finite differences give", () => {
    for (const [k, candidate] of laws.entries()) {
      const theta = thetaOf(candidate, k);
      let at = 0;
      for (const [t, term] of candidate.terms.entries()) {
        for (let j = 0; j < innerCount(term); j++) {
          const step = 1e-5;
          const moved = [step, -step].map((by) => {
            const other = theta.slice();
            other[at + j]! += by;
            return basisAt({ candidate, theta: other }, data.points)[t]!.column;
          });
          const { column, derivatives } = basisAt({ candidate, theta }, data.points)[t]!;
          for (let i = 0; i < data.points.n; i++) {
            const slope = (moved[0]![i]! - moved[1]![i]!) / (2 * step);
            const size = Math.abs(column[i]!) + Math.abs(slope);
            expect(Math.abs(derivatives[j]![i]! - slope) / size).toBeLessThan(1e-6);
          }
        }
        at += innerCount(term);
      }
    }
  });

  test("prints as a formula that gives the same numbers", () => {
    // Every seventh and those with a rare piece: each is compiled, which takes its time.
    const isRare = (candidate: Candidate) => /limited|repeated|slow|logistic/.test(JSON.stringify(candidate));
    const few = laws.filter((law, k) => k % 7 === 0 || (isRare(law) && k % 2 === 0));
    for (const [k, candidate] of few.entries()) {
      if (candidate.terms.length === 0) continue;
      const theta = thetaOf(candidate, k);
      const m = candidate.terms.length;
      const amplitudes = Float64Array.from({ length: m + 1 }, (_, j) =>
        j === m && !candidate.floor ? 0 : 0.5 + j,
      );
      const { text, linear, nonlinear } = formulaOf(candidate, data.points.coordinates, "loss");
      const isSize = (name: string) => name.startsWith("K");
      const ordered = [...(candidate.floor ? [amplitudes[m]!] : []), ...amplitudes.subarray(0, m)];
      const own = { domain: [-1e3, 1e3] };
      const names = Object.keys(columns).filter((name) => new RegExp(`\\b${name}\\b`).test(text));
      const law = defineLaw(text, {
        variables: Object.fromEntries(names.map((name) => [name, { name, domain: "real" }])),
        response: { name: "loss", domain: "real" },
        parameters: Object.fromEntries([...linear, ...nonlinear].map((name) => [name, own])),
      } as never);
      const formula = withParameters(
        law as never,
        Object.fromEntries([
          ...linear.map((name, j) => [name, ordered[j]!]),
          ...nonlinear.map((name, j) => [name, isSize(name) ? Math.exp(theta[j]!) : theta[j]!]),
        ]) as never,
      ) as unknown as { predict(run: Record<string, number>): number };
      const fit = { candidate, theta, amplitudes: new Map([[0, amplitudes]]), value: 0, residuals: theta };
      const predicted = predictWith(fit, data.points, () => 0);
      for (let i = 0; i < data.points.n; i++) {
        const run = Object.fromEntries(Object.entries(columns).map(([name, values]) => [name, values[i]!]));
        const off = Math.abs(formula.predict(run) - predicted[i]!);
        expect(off / (1 + Math.abs(predicted[i]!)), text).toBeLessThan(1e-10);
      }
    }
  });
});

test("one variable has ten laws or more, four have 500 at most", () => {
  const one = { ...shapeOf([0]), coordinates: data.points.coordinates.slice(0, 1), levels: [5], scale: [0] };
  expect(enumerateLaws(one, 12).length).toBeGreaterThanOrEqual(10);
  expect(enumerateLaws(shapeOf([0, 1, 2, 3, 4]), 12).length).toBe(500);
  expect(new Set(laws.map((law) => JSON.stringify(law))).size).toBe(laws.length);
});

test("saturations are of counts, and what has no end is no law of a scale", () => {
  const texts = enumerateLaws(shapeOf([0, 1, 2, 3, 4]), 12, 5000).map((law) => JSON.stringify(law));
  expect(texts.some((text) => text.includes('"saturating","v":3'))).toBe(true);
  expect(texts.some((text) => text.includes('"saturating","v":0'))).toBe(false);
  expect(texts.some((text) => text.includes('"of":[0,0]'))).toBe(false);
  expect(
    texts.every((text) => text.includes('"floor":true') || !/^\S*\[\{"kind":"monomial"[^p]*$/.test(text)),
  ).toBe(true);
});

test("where there are many laws, each kind keeps some, the valleys of two settings among them", () => {
  const settings = {
    ...shapeOf([0, 1, 2, 3]),
    coordinates: data.points.coordinates.slice(0, 4),
    scale: [0, 1],
  };
  const kept = enumerateLaws(settings, 16);
  expect(kept.length).toBe(500);
  const isValley = (law: Candidate) => /"of":\[2,2\].*"of":\[3,3\]/.test(JSON.stringify(law));
  expect(kept.filter(isValley).some((law) => parameterCount(law) >= 10)).toBe(true);
  expect(kept.some((law) => JSON.stringify(law).includes("saturating"))).toBe(true);
});

test("no law has more parameters than asked", () => {
  for (const { floor, terms } of enumerateLaws(shapeOf([0, 1, 2]), 5)) {
    const inner = terms.reduce((sum, term) => sum + innerCount(term), 0);
    expect(inner + terms.length + (floor ? 1 : 0)).toBeLessThanOrEqual(5);
  }
});
