import { fitMixed, powerLaw } from "isoflop";
import { defineLaw } from "isoflop/formula";
import { describe, expect, test } from "vitest";
import { studentTQuantile } from "../../src/numerics/distributions/studentT.ts";
import { Random } from "../../src/numerics/random/Random.ts";
import oracle from "./freedomOracle.json" with { type: "json" };

const real = { domain: [-Infinity, Infinity] as const, scale: "linear" as const };
const line = defineLaw("y = a + b*x", {
  variables: { x: { name: "x", domain: "real" } },
  response: { name: "y", domain: "real" },
  parameters: { a: real, b: real },
});
const rowsOf = ({ g, x, w, y }: { g: string[]; x: number[]; w: number[]; y: number[] }) =>
  g.map((name, i) => ({ g: name, x: x[i]!, w: w[i]!, y: y[i]! }));
const plain = rowsOf(oracle.plain);

describe("standard errors, degrees of freedom and weights of unequal groups, against lme4 and lmerTest", () => {
  test.each([
    ["both", plain, { random: ["a", "b"] }],
    ["bothML", plain, { random: ["a", "b"], method: "ML" }],
    ["weighted", plain, { random: ["a", "b"], weights: (run: { w: number }) => run.w }],
    ["intercept", plain, { random: ["a"] }],
    ["apart", plain, { random: ["a", "b"], correlated: false }],
    ["tied", rowsOf(oracle.singular), { random: ["a", "b"] }],
    ["oneWay", rowsOf(oracle.balanced), { random: ["a"], fixed: { b: 0 } }],
  ] as const)("%s", (name, runs, given) => {
    const theirs = oracle[name];
    const ours = fitMixed(line, runs, {
      group: "g",
      residual: "raw",
      ...given,
    } as never) as ReturnType<typeof fitMixed<"x", "a" | "b", "y", (typeof plain)[number]>>;
    expect(ours.logLikelihood).toBeCloseTo(theirs.logLik[0]!, 7);
    expect(ours.sigma / theirs.sigma[0]!).toBeCloseTo(1, 4);
    expect(ours.spread.a / theirs.sds[0]!).toBeCloseTo(1, 4);
    (name === "oneWay" ? (["a"] as const) : (["a", "b"] as const)).forEach((parameter, k) => {
      expect(ours.parameters[parameter]).toBeCloseTo(theirs.fixed[k]!, 5);
      expect(ours.standardErrors[parameter] / theirs.se[k]!).toBeCloseTo(1, 4);
      expect(ours.freedom[parameter] / theirs.df[k]!).toBeCloseTo(1, 3);
    });
    if (name === "tied") {
      expect(ours.correlation("a", "b")).toBeCloseTo(1, 9);
      expect(ours.status).toBe("at-bound");
      expect(ours.reason).toContain("the correlation of a and b ended at 1");
    } else expect(ours.status).toBe("converged");
  });
});

test.each([0.3, 1e-4, 1e-8])(
  "groups of one size around a level: analysis of variance, Student's t with the groups less one, noise %s",
  (noise) => {
    const [groups, size] = [7, 5];
    const random = new Random(4, 0);
    const means = Array.from({ length: groups }, () => 2 + 0.5 * random.normal());
    const runs = means.flatMap((mean, g) =>
      Array.from({ length: size }, () => ({ g, x: 1, y: mean + noise * random.normal() })),
    );
    const found = fitMixed(line, runs, { group: "g", random: ["a"], fixed: { b: 0 }, residual: "raw" });
    const meanOf = (values: number[]) => values.reduce((sum, each) => sum + each, 0) / values.length;
    const own = means.map((_, g) => meanOf(runs.filter((run) => run.g === g).map(({ y }) => y)));
    const grand = meanOf(own);
    const between = (size * own.reduce((sum, each) => sum + (each - grand) ** 2, 0)) / (groups - 1);
    const within = runs.reduce((sum, { g, y }) => sum + (y - own[g]!) ** 2, 0) / (groups * (size - 1));
    expect(found.parameters.a).toBeCloseTo(grand, 10);
    expect(found.sigma ** 2 / within).toBeCloseTo(1, 6);
    expect(found.spread.a ** 2 / ((between - within) / size)).toBeCloseTo(1, 6);
    expect(found.freedom.a).toBeCloseTo(groups - 1, 4);
    const reach = studentTQuantile(0.975, groups - 1) * Math.sqrt(between / (groups * size));
    expect(found.interval("a")[0]).toBeCloseTo(grand - reach, 5);
    expect(found.interval("a")[1]).toBeCloseTo(grand + reach, 5);
    // Each group's level is drawn towards the common one by the share of its variance that is noise.
    const kept = 1 - within / between;
    expect(found.groupParameters(3).a).toBeCloseTo(grand + kept * (own[3]! - grand), 6);
  },
);

/** Families of few members, a floor and an exponent of each. */
function families(groups: number, seed: number, alphaSpread = 0.01) {
  const random = new Random(seed, groups);
  return Array.from({ length: groups }, (_, g) => {
    const [E, alpha] = [1.7 + 0.1 * random.normal(), 0.3 + alphaSpread * random.normal()];
    return Array.from({ length: 8 }, (_unused, k) => {
      const nParams = 1e6 * 4 ** k;
      return {
        family: `f${g}`,
        nParams,
        loss: (E + 80 * nParams ** -alpha) * Math.exp(0.004 * random.normal()),
      };
    });
  }).flat();
}

test("with five groups of unequal sizes intervals hold the truth as often as they say", () => {
  const covered = { a: 0, b: 0 };
  for (let seed = 1; seed <= 200; seed++) {
    const random = new Random(seed, 5);
    const runs = [3, 4, 5, 7, 9].flatMap((size, g) => {
      const [a, b] = [3 + 0.5 * random.normal(), 1 + 0.4 * random.normal()];
      return Array.from({ length: size }, (_, k) => ({
        g,
        x: k % 4,
        y: a + b * (k % 4) + 0.2 * random.normal(),
      }));
    });
    const found = fitMixed(line, runs, { group: "g", random: ["a", "b"], residual: "raw" });
    for (const [name, truth] of [
      ["a", 3],
      ["b", 1],
    ] as const) {
      const [low, high] = found.interval(name);
      if (low <= truth && truth <= high) covered[name]++;
    }
  }
  // 190 of 200 are meant, with a standard error of 3; by the normal distribution they were 176 and 166.
  for (const count of Object.values(covered)) {
    expect(count).toBeGreaterThanOrEqual(184);
    expect(count).toBeLessThanOrEqual(198);
  }
});

describe("the answer does not hang on", () => {
  const law = defineLaw("loss = E + A*(nParams/1e8)^(-alpha)");
  const runs = families(60, 3);
  const given = { group: "family", random: ["E", "alpha"], residual: "raw" } as const;
  const found = fitMixed(law, runs, given);

  test.each([1e-12, 1e9])("the unit of the loss: %s of it", (unit) => {
    const other = fitMixed(
      law,
      runs.map((run) => ({ ...run, loss: run.loss * unit })),
      given,
    );
    expect(other.status).toBe("converged");
    expect(other.parameters.E / unit / found.parameters.E).toBeCloseTo(1, 6);
    expect(other.spread.alpha / found.spread.alpha).toBeCloseTo(1, 4);
    expect(other.standardErrors.alpha / found.standardErrors.alpha).toBeCloseTo(1, 4);
  });

  test("the order of rows and groups", () => {
    const order = new Random(5, 0);
    const turned = runs
      .map((run) => ({ run, key: order.normal() }))
      .sort((a, b) => a.key - b.key)
      .map(({ run }) => run);
    const other = fitMixed(law, turned, given);
    expect(other.logLikelihood).toBeCloseTo(found.logLikelihood, 6);
    expect(other.spread.alpha / found.spread.alpha).toBeCloseTo(1, 4);
    expect(other.groupParameters("f9").alpha).toBeCloseTo(found.groupParameters("f9").alpha, 6);
  });

  test("a common factor of the weights", () => {
    const other = fitMixed(law, runs, { ...given, weights: () => 9 });
    expect(other.logLikelihood).toBeCloseTo(found.logLikelihood, 5);
    expect(other.sigma / found.sigma).toBeCloseTo(3, 5);
  });

  test("runs and groups of weight 0", () => {
    const [first, ...rest] = [...new Set(runs.map(({ family }) => family))];
    const other = fitMixed(law, runs, { ...given, weights: ({ family }) => Number(family !== first) });
    const without = fitMixed(
      law,
      runs.filter(({ family }) => rest.includes(family)),
      given,
    );
    expect(other.logLikelihood).toBeCloseTo(without.logLikelihood, 6);
    expect(other.standardErrors.E / without.standardErrors.E).toBeCloseTo(1, 4);
  });
});

describe("what the runs cannot tell is said", () => {
  const runs = families(5, 8);
  const law = powerLaw("nParams");
  test("one run a group: scatter and noise are one", () => {
    const found = fitMixed(law, runs, { group: (_, row) => row, random: ["E"] });
    expect(found.status).toBe("not-identified");
    expect(found.reason).toContain("40 runs in 40 groups cannot tell the scatter of E from the noise");
  });

  test("floors that the normal scatter takes below 0, where the law has none", () => {
    const low = families(8, 4).map((run) => ({ ...run, loss: run.loss - 1.68 }));
    const found = fitMixed(
      law,
      low.filter(({ loss }) => loss > 0),
      { group: "family", random: ["E"], residual: "raw" },
    );
    expect(Math.min(...found.groups.map((name) => found.groupParameters(name).E))).toBeLessThan(0);
    expect(found.status).toBe("at-bound");
    expect(found.reason).toMatch(/E of f\d is -0\.\d+, outside its domain \[0, Infinity\].*take fitGroups/);
  });

  test("a correlation of what does not scatter", () => {
    const found = fitMixed(law, runs, { group: "family", random: ["E"] });
    expect(() => found.correlation("E", "alpha")).toThrow("alpha does not scatter among the groups");
  });

  test("two groups with weight", () => {
    const weights = ({ family }: { family: string }) => Number(family === "f0" || family === "f1");
    expect(() => fitMixed(law, runs, { group: "family", random: ["E"], weights })).toThrow(
      /at least 3 groups with runs of weight .* got f0, f1/,
    );
  });

  test.each<[object, RegExp]>([
    [{ fixed: null }, /fixed must be an object/],
    [{ fixed: { A: "1" } }, /A must be held or started at a number/],
    [{ weights: "w" }, /weights must be an array of numbers or a function/],
  ])("%j is refused", (given, message) => {
    expect(() => fitMixed(law, runs, { group: "family", random: ["E"], ...given } as never)).toThrow(message);
  });
});
