import { fit, fitMixed, jupyterDisplay, powerLaw, squared } from "isoflop";
import { defineLaw } from "isoflop/formula";
import { describe, expect, test } from "vitest";
import { Random } from "../../src/numerics/random/Random.ts";
import oracle from "./mixedOracle.json" with { type: "json" };

const real = { domain: [-Infinity, Infinity] as const, scale: "linear" as const };
const line = defineLaw("y = a + b*x", {
  variables: { x: { name: "x", domain: "real" } },
  response: { name: "y", domain: "real" },
  parameters: { a: real, b: real },
});
const lineRuns = oracle.line.x.map((x, i) => ({ g: oracle.line.g[i]!, x, y: oracle.line.y[i]! }));
const curve = defineLaw("loss = E + A*(nParams/1e8)^(-alpha)");
const curveRuns = oracle.curve.N.map((nParams, i) => ({
  g: oracle.curve.g[i]!,
  nParams,
  loss: oracle.curve.loss[i]!,
}));

describe("a law that is linear in its parameters, against lme4", () => {
  test.each([
    ["reml", { random: ["a", "b"] }],
    ["ml", { random: ["a", "b"], method: "ML" }],
    ["apart", { random: ["a", "b"], correlated: false }],
    ["intercept", { random: ["a"] }],
  ] as const)("%s", (name, options) => {
    const theirs = oracle.linear[name];
    const ours = fitMixed(line, lineRuns, { group: "g", residual: "raw", ...options } as never);
    expect(ours.logLikelihood).toBeCloseTo(theirs.logLik[0]!, 8);
    expect(ours.parameters.a).toBeCloseTo(theirs.a[0]!, 8);
    expect(ours.parameters.b).toBeCloseTo(theirs.b[0]!, 8);
    expect(ours.standardErrors.a / theirs.seA[0]!).toBeCloseTo(1, 5);
    expect(ours.standardErrors.b / theirs.seB[0]!).toBeCloseTo(1, 5);
    expect(ours.sigma / theirs.sigma[0]!).toBeCloseTo(1, 5);
    expect(ours.spread.a / theirs.sds[0]!).toBeCloseTo(1, 5);
    expect(ours.groupParameters("g1").a - ours.parameters.a).toBeCloseTo(theirs.ranefA[0]!, 6);
    if (name === "reml" || name === "ml") {
      expect(ours.spread.b / theirs.sds[1]!).toBeCloseTo(1, 5);
      expect(ours.correlation("a", "b")).toBeCloseTo(theirs.sds[2]!, 5);
    }
  });
});

describe("a power law with floors and exponents of each group, against nlme (REML: lme on the linearised law)", () => {
  test.each([
    ["rawML", { random: ["E"], method: "ML", residual: "raw" }],
    ["rawREML", { random: ["E"], residual: "raw" }],
    ["logML", { random: ["E"], method: "ML" }],
    ["logREML", { random: ["E"] }],
    ["both", { random: ["E", "alpha"], method: "ML", correlated: false }],
    ["full", { random: ["E", "alpha"], method: "ML" }],
  ] as const)("%s", (name, options) => {
    const theirs = oracle.nonlinear[name];
    const ours = fitMixed(curve, curveRuns, { group: "g", ...options } as never);
    expect(ours.status).toBe("converged");
    expect(ours.logLikelihood).toBeCloseTo(theirs.logLik[0]!, 6);
    expect(ours.parameters.E / theirs.E[0]!).toBeCloseTo(1, 5);
    expect(ours.parameters.A / theirs.A[0]!).toBeCloseTo(1, 5);
    expect(ours.parameters.alpha / theirs.alpha[0]!).toBeCloseTo(1, 5);
    expect(ours.standardErrors.E / theirs.se.E[0]!).toBeCloseTo(1, 5);
    expect(ours.standardErrors.A / ours.parameters.A / theirs.se.lnA[0]!).toBeCloseTo(1, 5);
    expect(ours.sigma / theirs.sigma[0]!).toBeCloseTo(1, 5);
    expect(ours.spread.E / theirs.sds[0]!).toBeCloseTo(1, 5);
    expect(ours.groupParameters("g1").E - ours.parameters.E).toBeCloseTo(theirs.ranefE[0]!, 5);
  });
});

/** Families around a common law. */
function families(groups: number, spread: { E: number; alpha: number }, noise: number, seed: number) {
  const random = new Random(seed, groups);
  return Array.from({ length: groups }, (_, g) => {
    const E = 1.7 + spread.E * random.normal();
    const alpha = 0.3 + spread.alpha * random.normal();
    return Array.from({ length: 7 }, (_unused, k) => {
      const nParams = 1e6 * 5 ** k;
      const loss = (E + 80 * nParams ** -alpha) * Math.exp(noise * random.normal());
      return { family: `f${g}`, nParams, loss };
    });
  }).flat();
}

describe("simulated truth", () => {
  test("over 40 simulations spread and noise come out on average, and the common floor lies in its interval", () => {
    let [spread, sigma, covered] = [0, 0, 0];
    const sets = 40;
    for (let seed = 1; seed <= sets; seed++) {
      const runs = families(12, { E: 0.08, alpha: 0 }, 0.004, seed);
      const found = fitMixed(powerLaw("nParams"), runs, { group: "family", random: ["E"] });
      spread += found.spread.E / sets;
      sigma += found.sigma / sets;
      const [low, high] = found.interval("E");
      if (low <= 1.7 && 1.7 <= high) covered++;
    }
    // Means of 40: the spread's standard error is 3 %, that of the noise 0.9 %.
    expect(spread / 0.08).toBeGreaterThan(0.9);
    expect(spread / 0.08).toBeLessThan(1.1);
    expect(sigma / 0.004).toBeGreaterThan(0.97);
    expect(sigma / 0.004).toBeLessThan(1.03);
    expect(covered).toBeGreaterThanOrEqual(34);
  });

  test("where groups do not differ their spread ends at 0 about half the time, and the status says so", () => {
    const statuses = Array.from({ length: 12 }, (_, k) => {
      const runs = families(8, { E: 0, alpha: 0 }, 0.004, k + 1);
      const found = fitMixed(powerLaw("nParams"), runs, { group: "family", random: ["E"] });
      if (found.spread.E === 0) {
        expect(found.reason).toContain("no scatter of E beyond the noise");
        const pooled = fit(powerLaw("nParams"), runs, { loss: squared() });
        expect(found.parameters.E / pooled.parameters.E).toBeCloseTo(1, 6);
        expect(found.sigma ** 2 * (runs.length - 3)).toBeCloseTo(pooled.objective, 9);
      }
      return found.status;
    });
    expect(statuses.filter((status) => status === "at-bound").length).toBeGreaterThanOrEqual(3);
    expect(statuses.filter((status) => status === "converged").length).toBeGreaterThanOrEqual(2);
  });

  test("REML allows for what was estimated: its spread is the larger; rows may come in any order", () => {
    const runs = families(6, { E: 0.1, alpha: 0 }, 0.004, 3);
    const options = { group: "family", random: ["E"] } as const;
    const reml = fitMixed(powerLaw("nParams"), runs, options);
    const ml = fitMixed(powerLaw("nParams"), runs, { ...options, method: "ML" });
    expect(reml.spread.E).toBeGreaterThan(ml.spread.E);
    const turned = fitMixed(powerLaw("nParams"), [...runs].reverse(), options);
    expect(turned.logLikelihood).toBeCloseTo(reml.logLikelihood, 6);
    expect([...turned.residuals()].reverse()[3]).toBeCloseTo(reml.residuals()[3]!, 6);
  });

  test("a group of two runs borrows from the others", () => {
    const runs = families(8, { E: 0.1, alpha: 0 }, 0.003, 5);
    const small = runs.filter(({ family, nParams }) => family !== "f0" || nParams > 1e10);
    expect(small.filter(({ family }) => family === "f0")).toHaveLength(1);
    const found = fitMixed(powerLaw("nParams"), small, { group: "family", random: ["E"] });
    const truth = runs.filter(({ family }) => family === "f0");
    for (const { nParams, loss } of truth) {
      expect(Math.abs(found.predict({ nParams }, "f0") / loss - 1)).toBeLessThan(0.02);
    }
  });
});

test("weights are inverse variances: a run twice is a run of weight 2 for the common values", () => {
  const runs = families(5, { E: 0.1, alpha: 0 }, 0.004, 8);
  const options = { group: "family", random: ["E"], method: "ML" } as const;
  const twice = fitMixed(powerLaw("nParams"), [...runs, ...runs], options);
  const heavy = fitMixed(powerLaw("nParams"), runs, { ...options, weights: () => 2 });
  const once = fitMixed(powerLaw("nParams"), runs, options);
  expect(heavy.sigma / once.sigma).toBeCloseTo(Math.SQRT2, 5);
  expect(heavy.spread.E / once.spread.E).toBeCloseTo(1, 5);
  expect(twice.parameters.alpha / once.parameters.alpha).toBeCloseTo(1, 2);
});

test("a record has valid numbers, a display a row a parameter", () => {
  const runs = families(5, { E: 0.1, alpha: 0.01 }, 0.004, 2);
  const found = fitMixed(powerLaw("nParams"), runs, {
    group: "family",
    random: ["E", "alpha"],
    method: "ML",
  });
  const record = JSON.parse(JSON.stringify(found));
  expect(record).toMatchObject({ format: "isoflop-mixed-fit", method: "ML", random: ["E", "alpha"] });
  expect(Object.keys(record.groups)).toHaveLength(5);
  expect(found.aic).toBeCloseTo(-2 * found.logLikelihood + 2 * 7, 9);
  const text = String(found[jupyterDisplay]()["text/plain"]);
  expect(text).toContain("spread among groups");
  expect(text).not.toMatch(/undefined|NaN/);
});

describe("what cannot be fitted is refused or said", () => {
  const runs = families(5, { E: 0.1, alpha: 0 }, 0.004, 2);
  const law = powerLaw("nParams");
  test.each<[string, object, RegExp]>([
    ["nothing random", { random: [] }, /random must be a list of one or more/],
    ["an unknown parameter", { random: ["beta"] }, /no parameter is called beta/],
    ["random and fixed", { random: ["E"], fixed: { E: 1 } }, /E cannot be both fixed and random/],
    ["a misspelt method", { random: ["E"], method: "reml" }, /method must be/],
    ["a misspelt option", { random: ["E"], sigma: 1 }, /fitMixed has no option sigma/],
    ["no truth value", { random: ["E"], correlated: "yes" }, /correlated must be true or false, got yes/],
    [
      "two groups",
      { random: ["E"], group: (run: { nParams: number }) => Number(run.nParams > 1e8) },
      /at least 3 groups/,
    ],
  ])("%s", (_, given, message) => {
    expect(() => fitMixed(law, runs, { group: "family", ...given } as never)).toThrow(message);
  });

  test("more random parameters than groups can tell", () => {
    const few = runs.filter(({ family }) => ["f0", "f1", "f2"].includes(family));
    const found = fitMixed(law, few, { group: "family", random: ["E", "A", "alpha"] });
    expect(found.status).toBe("not-identified");
    expect(found.reason).toContain("3 groups cannot tell how 3 parameters scatter");
  });

  test("an unknown group", () => {
    const found = fitMixed(law, runs, { group: "family", random: ["E"] });
    expect(() => found.predict({ nParams: 1e9 }, "f7")).toThrow(
      /no group is called f7; did you mean f\d\? Leave it out/,
    );
  });
});
