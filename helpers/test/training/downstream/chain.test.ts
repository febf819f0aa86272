import { chain, chinchilla, fit, fitLossToAccuracy, squared, taskLoss, withParameters } from "isoflop";
import { describe, expect, test } from "vitest";
import { Random } from "../../../src/numerics/random/Random.ts";
import { checkpoints, ladder, larger, step1, step2 } from "./ladder.ts";

const exact = chain(
  fit(taskLoss, ladder, { loss: squared() }),
  fitLossToAccuracy(checkpoints, { ideal: false }),
);

/** A ladder with noise: of the loss by run, of the accuracy by checkpoint. */
function noisy(seed: number) {
  const random = new Random(seed, 0);
  const runs = ladder.map((run) => ({ ...run, taskLoss: run.taskLoss * Math.exp(0.005 * random.normal()) }));
  const points = checkpoints.map((point) => ({
    ...point,
    accuracy: point.accuracy + 0.005 * random.normal(),
  }));
  return chain(fit(taskLoss, runs), fitLossToAccuracy(points, { ideal: false }));
}

describe("two steps as one", () => {
  test("runs without noise give back the accuracy of a run beyond them", () => {
    expect(exact.taskLoss(larger)).toBeCloseTo(step1.predict(larger), 8);
    expect(exact.predict(larger)).toBeCloseTo(step2.predict({ taskLoss: step1.predict(larger) }), 7);
  });

  test("without noise the interval shrinks to the prediction", () => {
    const [low, high] = exact.interval(larger);
    expect(high - low).toBeLessThan(1e-4);
  });

  test("the gradient by both steps' constants is that of finite differences", () => {
    const { step1: first, step2: second, byLoss } = exact.gradient(larger);
    const p1 = exact.step1.parameters as Record<string, number>;
    const p2 = exact.step2.parameters;
    const at = (one: Record<string, number>, two: typeof p2) =>
      withParameters(exact.step2.law, two).predict({
        taskLoss: withParameters(taskLoss, one as never).predict(larger),
      });
    for (const [name, slope] of Object.entries(first)) {
      const h = 1e-6 * p1[name]!;
      const numeric =
        (at({ ...p1, [name]: p1[name]! + h }, p2) - at({ ...p1, [name]: p1[name]! - h }, p2)) / (2 * h);
      expect(slope / numeric, name).toBeCloseTo(1, 5);
    }
    for (const [name, slope] of Object.entries(second)) {
      const h = 1e-6;
      const own = p2[name as "a"];
      const numeric = (at(p1, { ...p2, [name]: own + h }) - at(p1, { ...p2, [name]: own - h })) / (2 * h);
      expect(slope / numeric, name).toBeCloseTo(1, 5);
    }
    const loss = exact.taskLoss(larger);
    const h = 1e-6;
    const numeric =
      (exact.step2.predict({ taskLoss: loss + h }) - exact.step2.predict({ taskLoss: loss - h })) / (2 * h);
    expect(byLoss / numeric).toBeCloseTo(1, 6);
  });

  test("the errors are those of each step's own interval, the first through the slope of the second", () => {
    const both = noisy(3);
    const { step1: first, step2: second } = both.errors(larger);
    const loss = both.taskLoss(larger);
    const own = both.step1.covariance();
    const [low, high] = both.step1.predictionInterval(larger);
    // The loss's interval is that of its logarithm: a half-width in ln L is t standard errors.
    const t = 2.2009851600829489;
    const sdOfLog = Math.log(high / low) / (2 * t);
    expect(own.freedom).toBe(11);
    expect(first / (sdOfLog * loss * Math.abs(both.gradient(larger).byLoss))).toBeCloseTo(1, 6);
    expect(second).toBeGreaterThan(0);
  });

  test("an interval for one more run holds that of the law's value, and both stay between 0 and 1", () => {
    const both = noisy(4);
    const mean = both.interval(larger, { kind: "mean" });
    const run = both.interval(larger);
    expect(run[0]).toBeLessThan(mean[0]);
    expect(run[1]).toBeGreaterThan(mean[1]);
    const wide = both.interval({ nParams: 1e15, nTokens: 1e18 }, { level: 0.9999999 });
    expect(wide[0]).toBeGreaterThanOrEqual(0);
    expect(wide[1]).toBeLessThanOrEqual(1);
  });

  test("the bootstrap agrees with the delta method where the law is nearly straight, and with itself", async () => {
    const both = noisy(5);
    const near = { nParams: 2e9, nTokens: 8e10 };
    const replicates = await both.bootstrap({ resamples: 300, seed: 7 });
    const again = await both.bootstrap({ resamples: 300, seed: 7 });
    expect(replicates.interval(near)).toEqual(again.interval(near));
    const [low, high] = both.interval(near);
    const [from, to] = replicates.interval(near);
    expect((to - from) / (high - low)).toBeGreaterThan(0.5);
    expect((to - from) / (high - low)).toBeLessThan(1.5);
    const mean = replicates.interval(near, { kind: "mean" });
    expect(mean[1] - mean[0]).toBeLessThan(to - from);
  });

  test("replicates lie around the prediction with the ideal model among the rows, which has no noise", async () => {
    const random = new Random(8, 0);
    const points = checkpoints.map((point) => ({
      ...point,
      accuracy: point.accuracy + 0.005 * random.normal(),
    }));
    const both = chain(exact.step1, fitLossToAccuracy(points));
    const replicates = await both.bootstrap({ resamples: 100 });
    for (const nParams of [1e6, 7e9]) {
      const run = { nParams, nTokens: 1e12 };
      const values = replicates.values(run).sort();
      const sd = Math.hypot(both.errors(run).step1, both.errors(run).step2);
      expect(Math.abs(values[50]! - both.predict(run))).toBeLessThan(sd);
      expect(values[97]! - values[2]!).toBeLessThan(8 * sd);
    }
  });

  test("the unit of the counts does not matter", () => {
    const scaled = ladder.map((run) => ({ ...run, nParams: run.nParams / 1e6, nTokens: run.nTokens / 1e9 }));
    const both = noisy(6);
    const inMillions = chain(fit(taskLoss, scaled, { loss: squared() }), {
      fit: both.step2,
      runs: both.runs as string[],
    });
    const other = chain(fit(taskLoss, ladder, { loss: squared() }), {
      fit: both.step2,
      runs: both.runs as string[],
    });
    expect(inMillions.predict({ nParams: 7e3, nTokens: 4e3 })).toBeCloseTo(other.predict(larger), 6);
  });

  test("a step that the runs do not settle gives the interval [0, 1]", () => {
    const one = ladder.filter(({ nParams }) => nParams === 1.9e8);
    const open = chain(
      fit(taskLoss, one, { loss: squared() }),
      fitLossToAccuracy(checkpoints, { ideal: false }),
    );
    expect(open.step1.status).toBe("not-identified");
    expect(open.interval(larger)).toEqual([0, 1]);
  });

  test("checkpoints of fewer than ten runs predict, and are refused where an interval is asked for", () => {
    const few = ladder.slice(0, 8);
    const names = few.map(({ run }) => run);
    const part = chain(exact.step1, fitLossToAccuracy(checkpoints.filter(({ run }) => names.includes(run))));
    expect(part.predict(larger)).toBeGreaterThan(0.3);
    expect(() => part.interval(larger)).toThrow(/must come from 10 runs.*got 9/);
  });

  test("other laws in the place of the steps are refused by name", () => {
    const losses = ladder.map((run) => ({ ...run, loss: run.taskLoss }));
    expect(() => chain(fit(chinchilla, losses) as never, fitLossToAccuracy(checkpoints))).toThrow(
      /response is taskLoss, got .*loss/,
    );
    expect(() => chain(exact.step1 as never, exact.step2 as never)).toThrow(/what fitLossToAccuracy returns/);
    expect(() => exact.interval(larger, { level: 95 })).toThrow(/level must be between 0 and 1/);
    expect(() => exact.interval(larger, { kind: "run" as never })).toThrow(/kind must be mean or new-run/);
  });
});

describe("the second step", () => {
  test("the sigmoid stands half-way at L0, at chance far above it, at the ceiling far below", () => {
    expect(step2.predict({ taskLoss: 0.85 })).toBeCloseTo(0.97 - 0.35, 12);
    expect(step2.predict({ taskLoss: 50 })).toBeCloseTo(0.27, 12);
    expect(step2.predict({ taskLoss: -50 })).toBeCloseTo(0.97, 12);
  });

  test("the ideal model is one row, of a run of its own", () => {
    const { fit: found, runs } = fitLossToAccuracy(checkpoints);
    expect(found.n).toBe(checkpoints.length + 1);
    expect(new Set(runs).size).toBe(17);
    expect(found.predict({ taskLoss: 0 })).toBeGreaterThan(0.94);
  });

  test("a checkpoint without a run is refused", () => {
    expect(() => fitLossToAccuracy([{ taskLoss: 1, accuracy: 0.5 }] as never)).toThrow(
      /must name its run, got undefined/,
    );
  });
});
