import {
  capabilityScore,
  familySkill,
  fitFamilySkill,
  observational,
  pcaScores,
  withParameters,
} from "isoflop";
import { describe, expect, test } from "vitest";
import { Random } from "../../../src/numerics/random/Random.ts";

const names = ["a", "b", "c", "d"];
const weights = [0.8, 0.4, 0.4, 0.2];

/** Scores that are one capability and a little noise. */
function models(n: number, noise: number) {
  const random = new Random(1, 0);
  return Array.from({ length: n }, () => {
    const skill = random.normal();
    return Object.fromEntries(
      names.map((name, j) => [name, 0.5 + weights[j]! * 0.1 * skill + noise * random.normal()]),
    );
  });
}

describe("principal components of scores", () => {
  test("find the one capability, its largest loading positive, whatever its sign was", () => {
    const rows = models(60, 1e-4);
    const found = pcaScores(rows, { benchmarks: names, components: 2 });
    const [first] = found.components;
    for (const [j, name] of names.entries()) expect(first!.loadings[name]).toBeCloseTo(weights[j]!, 2);
    const turned = rows.map((row) => Object.fromEntries(names.map((name) => [name, 1 - row[name]!])));
    expect(pcaScores(turned, { benchmarks: names }).components[0]!.loadings.a).toBeCloseTo(0.8, 2);
    expect(found.cumulative[0]).toBeGreaterThan(0.999);
  });

  test("loadings are orthonormal, variances add up, and scores have them", () => {
    const found = pcaScores(models(40, 0.03), { benchmarks: names, components: 4 });
    for (const [i, one] of found.components.entries()) {
      for (const [k, other] of found.components.entries()) {
        const product = names.reduce((sum, name) => sum + one.loadings[name]! * other.loadings[name]!, 0);
        expect(product).toBeCloseTo(i === k ? 1 : 0, 10);
      }
    }
    expect(found.cumulative[3]).toBeCloseTo(1, 12);
    expect(found.scores.reduce((sum, [first]) => sum + first!, 0)).toBeCloseTo(0, 10);
  });

  test("a score that is missing is filled in from the others", () => {
    const rows = models(60, 1e-5).map((row, i) => (i % 7 === 0 ? { ...row, b: undefined } : row));
    const whole = models(60, 1e-5);
    const found = pcaScores(rows, { benchmarks: names });
    expect(found.imputed).toBe(9);
    const reference = pcaScores(whole, { benchmarks: names });
    for (const [i, [first]] of found.scores.entries()) expect(first).toBeCloseTo(reference.scores[i]![0]!, 3);
  });

  test("without imputation rows that lack a score are left out and named by their place", () => {
    const rows = models(10, 0.01).map((row, i) => (i === 3 ? { ...row, c: Number.NaN } : row));
    expect(pcaScores(rows, { benchmarks: names, impute: 0 }).rows).not.toContain(3);
  });

  test("a row projects onto the components that it had, and one with a gap close to them", () => {
    const rows = models(50, 1e-4);
    const found = pcaScores(rows, { benchmarks: names });
    expect(found.project(rows[4]!)[0]).toBeCloseTo(found.scores[4]![0]!, 12);
    expect(found.project({ ...rows[4]!, a: null })[0]).toBeCloseTo(found.scores[4]![0]!, 2);
    expect(() => found.project({})).toThrow(/needs one of the scores a, b, c, d/);
  });

  test("hostile tables are refused with a way out", () => {
    const rows = models(5, 0.01);
    expect(() => pcaScores(rows, { benchmarks: ["a"] })).toThrow(/two or more fields/);
    expect(() => pcaScores(rows, { benchmarks: ["a", "a"] })).toThrow(/must differ/);
    expect(() => pcaScores(rows, { benchmarks: ["a", "z"] })).toThrow(/no row has a score for z/);
    expect(() => pcaScores([{ ...rows[0], b: "0.5" }, rows[1]!], { benchmarks: names })).toThrow(
      /b must be a finite number or missing.*row 0/,
    );
    expect(() =>
      pcaScores(
        rows.map((row) => ({ ...row, a: 0.5 })),
        { benchmarks: names },
      ),
    ).toThrow(/a is the same in every row/);
    expect(() => pcaScores(rows, { benchmarks: names, components: 9 })).toThrow(
      /components must be a whole number between 1 and 4, got 9/,
    );
  });
});

const line = withParameters(capabilityScore(["pc1"]), { h: 0.9, alpha: -0.4, beta_pc1: 9 });

/** Two families whose capability grows with ln C, and a target that follows it. */
function observed() {
  return ["x", "y"].flatMap((family, f) =>
    [1e9, 3e9, 1e10, 3e10, 1e11].map((nParams) => {
      const nTokens = 20 * nParams;
      const skill = 0.05 * Math.log(6 * nParams * nTokens) - 2.5 + 0.1 * f;
      const row = Object.fromEntries(names.map((name, j) => [name, 0.5 + weights[j]! * skill]));
      return { family, nParams, nTokens, ...row, skill };
    }),
  );
}

describe("an observational law", () => {
  const middle = observed().reduce((sum, { skill }) => sum + skill, 0) / 10;
  const rows = observed().map((row) => ({ ...row, t: line.predict({ pc1: row.skill - middle }) }));
  const law = observational({ models: rows, benchmarks: names, target: "t", components: 1 });

  test("gives back the sigmoid and the families' slopes from scores without noise", () => {
    expect(law.fit.parameters.h).toBeCloseTo(0.9, 5);
    expect(law.fit.parameters.beta_pc1).toBeCloseTo(9, 4);
    expect(law.families.map(({ family }) => family)).toEqual(["x", "y"]);
    for (const { slope, r2 } of law.families) {
      expect(slope).toBeCloseTo(0.05, 8);
      expect(r2).toBeCloseTo(1, 10);
    }
  });

  test("predicts a model by its scores and a family's model by its compute alike", () => {
    const one = rows[3]!;
    expect(law.predict(one)).toBeCloseTo(one.t, 6);
    expect(law.predictFamily("x", 6 * one.nParams * one.nTokens)).toBeCloseTo(one.t, 6);
  });

  test("is fitted to the training models only", () => {
    const part = observational({
      models: rows,
      benchmarks: names,
      target: "t",
      components: 1,
      train: (row) => row.nParams !== 1e11,
    });
    expect(part.fit.n).toBe(8);
  });

  test("a target among the benchmarks, too few models and unknown families are refused", () => {
    expect(() => observational({ models: rows, benchmarks: [...names, "t"], target: "t" })).toThrow(
      /cannot be among/,
    );
    expect(() =>
      observational({ models: rows.slice(0, 3), benchmarks: names, target: "t", components: 1 }),
    ).toThrow(/constants need more/);
    expect(() => law.predictFamily("z", 1e24)).toThrow(/no line for the family z.*x, y/);
  });
});

describe("skills by family", () => {
  const truth = { c: 0.25, bN: 0.7, bD: 0.4, bND: 0.03 };
  const level = { x: -2, y: -1.2, z: -0.5 };
  const rows = Object.entries(level).flatMap(([family, own]) =>
    [4e8, 2e9, 1.3e10, 6.5e10].flatMap((nParams) =>
      [3e11, 2e12].map((nTokens) => ({
        family,
        nParams,
        nTokens,
        mmlu: withParameters(familySkill, { ...truth, family: own }).predict({ nParams, nTokens }),
      })),
    ),
  );

  test("scores without noise give back what families share and where each stands", () => {
    const found = fitFamilySkill(rows, { benchmark: "mmlu", chance: 0.25 });
    expect(found.shared.bN).toBeCloseTo(0.7, 5);
    expect(found.shared.bD).toBeCloseTo(0.4, 5);
    expect(found.shared.bND).toBeCloseTo(0.03, 5);
    for (const [family, own] of Object.entries(level))
      expect(found.parameters(family).family).toBeCloseTo(own, 5);
  });

  test("two families differ by a constant on the logit above chance, at any size", () => {
    const found = fitFamilySkill(rows, { benchmark: "mmlu", chance: 0.25 });
    const logit = (family: string, nParams: number) => {
      const share = (found.predict({ nParams, nTokens: 1e12 }, family) - 0.25) / 0.75;
      return Math.log(share / (1 - share));
    };
    for (const nParams of [1e8, 7e9, 4e11])
      expect(logit("y", nParams) - logit("x", nParams)).toBeCloseTo(0.8, 4);
  });

  test("families below the least number of models, and models without size, are left out", () => {
    const more = [
      ...rows,
      { family: "lonely", nParams: 1e9, nTokens: 1e12, mmlu: 0.3 },
      { family: "x", mmlu: 0.4 },
    ];
    const found = fitFamilySkill(more, { benchmark: "mmlu", chance: 0.25, leastModels: 2 });
    expect(found.groups).toEqual(["x", "y", "z"]);
    expect(found.n).toBe(24);
  });

  test("too few models are refused", () => {
    expect(() => fitFamilySkill(rows.slice(0, 2), { benchmark: "mmlu" })).toThrow(/too few for 5 constants/);
  });
});
