import {
  chinchilla,
  fit,
  fitGroups,
  hoffmann2022,
  huber,
  l1,
  loadFit,
  logCosh,
  simulateSweep,
  squared,
} from "isoflop";
import { chinchillaFigure4 } from "isoflop-datasets";
import { describe, expect, test } from "vitest";
import { studentTQuantile } from "../../src/numerics/distributions/studentT.ts";
import { line, points, textbook } from "./lineLaw.ts";

const n = points.length;
const options = { loss: squared(), residual: "raw" } as const;
const sum = (f: (point: { x: number; y: number }) => number) =>
  points.reduce((total, one) => total + f(one), 0);

/** Mean and covariance of the posterior of a line with a Gaussian prior of the slope, for noise of a known variance. */
function posterior(variance: number, mean: number, sd: number) {
  const [saa, sab, sbb] = [n / variance, sum(({ x }) => x) / variance, sum(({ x }) => x * x) / variance];
  const own = sbb + 1 / sd ** 2;
  const det = saa * own - sab ** 2;
  const [va, vab, vb] = [own / det, -sab / det, saa / det];
  const [ra, rb] = [sum(({ y }) => y) / variance, sum(({ x, y }) => x * y) / variance + mean / sd ** 2];
  const [a, b] = [va * ra + vab * rb, vab * ra + vb * rb];
  const spent = va * saa + 2 * vab * sab + vb * sbb;
  return {
    a,
    b,
    seA: Math.sqrt(va),
    seB: Math.sqrt(vb),
    spent,
    rss: sum(({ x, y }) => (y - a - b * x) ** 2),
  };
}

describe.each([0.003, 0.02, 0.2, 50])("a prior of the slope of a line, known to %s", (sd) => {
  const mean = 0.45;
  const found = fit(line, points, { ...options, priors: { b: { mean, sd } } });
  // Under squared loss the dispersion is twice the variance of the noise.
  const variance = found.options.priors!.b!.dispersion! / 2;
  const exact = posterior(variance, mean, sd);

  test("gives the posterior's mean and covariance", () => {
    expect(found.parameters.a).toBeCloseTo(exact.a, 8);
    expect(found.parameters.b).toBeCloseTo(exact.b, 8);
    const { standardErrors } = found.covariance({ kind: "hessian" });
    expect(standardErrors.a / exact.seA).toBeCloseTo(1, 4);
    expect(standardErrors.b / exact.seB).toBeCloseTo(1, 4);
  });

  test("is weighed by the noise that the fit with it leaves, over the runs that it spends", () => {
    expect(variance / (exact.rss / (n - exact.spent))).toBeCloseTo(1, 4);
    expect(found.covariance().freedom).toBeCloseTo(n - exact.spent, 3);
  });

  test("has a profile and a delta interval as wide as the posterior", () => {
    const reach = studentTQuantile(0.975, n - exact.spent) * exact.seB;
    const delta = found.interval("b", { kind: "hessian" });
    const { interval } = found.profile("b");
    for (const [low, high] of [delta, interval]) {
      expect((low - exact.b) / -reach).toBeCloseTo(1, 3);
      expect((high - exact.b) / reach).toBeCloseTo(1, 3);
    }
  });

  test("means the same whatever the weights' and the response's unit", () => {
    const weighed = fit(line, points, { ...options, weights: () => 1e5, priors: { b: { mean, sd } } });
    expect(weighed.parameters.b).toBeCloseTo(found.parameters.b, 8);
    const larger = points.map(({ x, y }) => ({ x, y: 1e4 * y }));
    const scaled = fit(line, larger, { ...options, priors: { b: { mean: 1e4 * mean, sd: 1e4 * sd } } });
    expect(scaled.parameters.b / 1e4).toBeCloseTo(found.parameters.b, 6);
  });
});

test("what the runs leave open is as sure as its prior, by every kind of covariance", () => {
  // All at one x: a + 5 b is all that they tell.
  const stacked = points.map(({ y }, k) => ({ x: 5, y: y - 0.5 * k }));
  const found = fit(line, stacked, { ...options, priors: { b: { mean: 0.5, sd: 0.1 } } });
  expect(found.status).toBe("converged");
  expect(found.parameters.b).toBeCloseTo(0.5, 6);
  for (const kind of ["hessian", "HC1", "HC2", "HC3"] as const) {
    expect(found.covariance({ kind }).standardErrors.b, kind).toBeCloseTo(0.1, 4);
  }
});

test("under every loss a belief counts by its precision beside the runs'", () => {
  const design = simulateSweep(hoffmann2022, { budgets: [1e18, 1e19, 1e20, 1e21], nPoints: 9, halfWidth: 4 });
  const runs = design.map((run, k) => ({
    ...run,
    loss: run.loss * Math.exp(0.004 * Math.sin(12.9 * k * k)),
  }));
  for (const loss of [squared(), undefined, huber(1e-3), logCosh(0.01)]) {
    const free = fit(chinchilla, runs, { loss });
    const own = free.covariance({ kind: "hessian" }).standardErrors.E ** 2;
    const [mean, sd] = [free.parameters.E - 0.02, Math.sqrt(own)];
    const held = fit(chinchilla, runs, { loss, priors: { E: { mean, sd } } });
    const share = (held.parameters.E - free.parameters.E) / (mean - free.parameters.E);
    // Half, were the law straight and the loss's own noise known.
    expect(share, free.options.loss!.label).toBeGreaterThan(0.3);
    expect(share, free.options.loss!.label).toBeLessThan(0.7);
  }
  // Least absolute deviations stay on the corners of their runs, but a vague belief must not move them.
  const free = fit(chinchilla, runs, { loss: l1() }).parameters.E;
  const vague = fit(chinchilla, runs, { loss: l1(), priors: { E: { mean: 1.5, sd: 100 } } });
  expect(vague.parameters.E).toBeCloseTo(free, 3);
});

test("a fit keeps the weight of its priors, saved and resampled; one that is given is taken", async () => {
  const runs = chinchillaFigure4().filter((run, k) => !run.isOutlier && k % 4 === 0);
  const found = fit(chinchilla, runs, { priors: { E: { mean: 1.7, sd: 0.05 } } });
  const back = loadFit(JSON.stringify(found));
  expect(back.options.priors).toEqual(found.options.priors);
  expect(back.objective).toBe(found.objective);
  const { notes } = await found.bootstrap({ resamples: 5 });
  expect(notes[0]).toContain("the priors of E are the same in every replicate");
  const asItIs = fit(chinchilla, runs, {
    loss: squared(),
    priors: { E: { mean: 1.7, sd: 0.05, dispersion: 1 } },
  });
  const rest = asItIs.residuals().reduce((total, r) => total + r * r, 0);
  const square = (asItIs.parameters.E - 1.7) ** 2 / (2 * 0.05 ** 2);
  expect((rest + square) / asItIs.objective).toBeCloseTo(1, 9);
  expect(() => fit(chinchilla, runs, { priors: { E: { mean: 1.7, sd: 0.05, dispersion: 0 } } })).toThrow(
    "priors.E.dispersion must be a number > 0, got the number 0; leave it out to take it from the runs",
  );
});

test("joint fits weigh a prior by the noise of all their runs", () => {
  const groups = [0, 1, 2].flatMap((g) => points.map(({ x, y }) => ({ x, y: y + g, g: `g${g}` })));
  const base = { group: "g", shared: ["b"], loss: squared(), residual: "raw" } as const;
  const prior = { mean: 0.45, sd: 0.01 };
  const of = (weight: number) =>
    fitGroups(line, groups, { ...base, weights: () => weight, priors: { b: prior } });
  const found = of(1);
  const { b, sxx } = textbook(points);
  // Each group has the slope b and a third of the precision; three levels are spent, and of the slope what the runs decide.
  const squares = found.residuals().reduce((total, r) => total + r * r, 0);
  const belief = 1 / prior.sd ** 2;
  let variance = squares / (3 * n - 4);
  for (let round = 0; round < 50; round++) {
    const decided = (3 * sxx) / variance / ((3 * sxx) / variance + belief);
    variance = squares / (3 * n - 3 - decided);
  }
  const runs = (3 * sxx) / variance;
  expect(found.shared.b).toBeCloseTo((runs * b + belief * prior.mean) / (runs + belief), 6);
  expect(of(1e5).shared.b).toBeCloseTo(found.shared.b, 6);
  // The posterior's standard deviation, which a covariance without the prior would exceed three times over.
  expect(found.covariance().standardErrors.shared.b * Math.sqrt(runs + belief)).toBeCloseTo(1, 4);
  expect(found.covariance().freedom).toBeCloseTo(3 * n - 3 - runs / (runs + belief), 4);
});

test.each(["hessian", "sandwich"] as const)(
  "all shared, a joint fit with priors is one fit of all runs: %s",
  (kind) => {
    const two = points.map((point, k) => ({ ...point, g: k % 2 }));
    const priors = { b: { mean: 0.45, sd: 0.02 }, a: { mean: 1, sd: 5 } };
    const weights = (_: unknown, row: number) => (row === 0 ? 0 : 1);
    const joint = fitGroups(line, two, { ...options, group: "g", shared: ["a", "b"], priors, weights });
    const whole = fit(line, points.slice(1), { ...options, priors });
    expect(joint.shared.b).toBeCloseTo(whole.parameters.b, 6);
    const [ours, theirs] = [joint.covariance({ kind }), whole.covariance({ kind })];
    for (const name of ["a", "b"] as const) {
      expect(ours.standardErrors.shared[name] / theirs.standardErrors[name]).toBeCloseTo(1, 3);
      expect(ours.interval(name)[0]).toBeCloseTo(theirs.interval(name)[0], 3);
    }
  },
);

test("own parameters that only their prior decides are as sure as it, and change nothing of the others", () => {
  const rows = [...points.map((point) => ({ ...point, g: "told" })), { x: 3, y: 4, g: "guessed" }];
  const prior = { mean: 0.45, sd: 0.3 };
  const found = fitGroups(line, rows, { ...options, group: "g", shared: [], priors: { b: prior } });
  const alone = fit(line, points, { ...options, priors: { b: prior } });
  const { groups } = found.covariance().standardErrors;
  expect(groups.guessed!.b).toBeCloseTo(prior.sd, 2);
  expect(groups.told!.b / alone.covariance({ kind: "hessian" }).standardErrors.b).toBeCloseTo(1, 3);
});
