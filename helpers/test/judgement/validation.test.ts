import {
  chinchilla,
  fit,
  hoffmann2022,
  holdOut,
  influence,
  kFold,
  leaveOneOut,
  planSweep,
  simulateSweep,
  squared,
  syntheticRecovery,
} from "isoflop";
import { chinchillaFigure4 } from "isoflop-datasets";
import { describe, expect, test } from "vitest";
import { robustSpread } from "../../src/numerics/robustSpread.ts";
import { leverage, lineRuns, straightLine } from "./straightLine.ts";

const runs = chinchillaFigure4().filter((run) => !run.isOutlier);
const line = fit(straightLine, lineRuns, { loss: squared(), residual: "raw" });

describe("leave-one-out", () => {
  test("equals the closed form e / (1 − h) of a straight line", () => {
    const inSample = line.residuals();
    leaveOneOut(line).residuals.forEach((residual, i) => {
      expect(residual).toBeCloseTo(inSample[i]! / (1 - leverage(lineRuns[i]!.x)), 8);
    });
  });

  test("is n folds of one run each", () => {
    const loo = leaveOneOut(line);
    const folds = kFold(line, { folds: lineRuns.length, seed: 9 });
    for (const [i, residual] of folds.residuals.entries()) expect(residual).toBeCloseTo(loo.residuals[i]!, 9);
  });

  test("of Chinchilla's law equals 240 fits from scratch", () => {
    const full = fit(chinchilla, runs);
    const { residuals } = leaveOneOut(full);
    for (const row of [0, 57, 120, 239]) {
      const rest = runs.filter((_, i) => i !== row);
      const without = fit(chinchilla, rest, { loss: full.options.loss });
      expect(residuals[row]).toBeCloseTo(Math.log(without.predict(runs[row]!) / runs[row]!.loss), 6);
    }
  });
});

describe("k-fold", () => {
  test("keeps runs of one group in one fold: with two groups each is predicted from the other", () => {
    const groups = lineRuns.map((run) => (run.x < 0 ? "left" : "right"));
    const { residuals } = kFold(line, { folds: 2, groups });
    const right = fit(straightLine, lineRuns.filter((run) => run.x >= 0), { loss: squared(), residual: "raw" }); // biome-ignore format: one thought
    expect(residuals[0]).toBeCloseTo(right.predict(lineRuns[0]!) - lineRuns[0]!.y, 8);
  });

  test("the seed chooses the folds", () => {
    const law = fit(chinchilla, runs);
    const at = (seed: number) => kFold(law, { folds: 5, seed }).rootMeanSquare;
    expect(at(1)).toBe(at(1));
    expect(at(1)).not.toBe(at(2));
  });

  test.each([
    [{ folds: 1 }, "folds must be an integer from 2 to 8, got 1"],
    [{ folds: 9 }, "folds must be an integer from 2 to 8, got 9"],
    [{ groups: ["a"] }, "groups must have one key per run (8), got 1"],
  ])("refuses %o", (options, message) => {
    expect(() => kFold(line, options)).toThrow(message);
  });
});

describe("hold-out", () => {
  test("a law fitted to its own noiseless small runs predicts its large ones exactly", () => {
    const synthetic = runs.map((run) => ({ ...run, loss: hoffmann2022.predict(run) }));
    const check = holdOut(chinchilla, synthetic, (run) => run.flops > 1e21);
    expect(check.largestError).toBeLessThan(1e-6);
    expect(check.fit.n + check.heldOut.length).toBe(runs.length);
  });

  test("says how far the prediction reaches", () => {
    const check = holdOut(chinchilla, runs, (run) => run.nParams > 1e9);
    const most = (list: readonly { nParams: number }[]) => Math.max(...list.map((run) => run.nParams));
    expect(check.reach.nParams).toBe(most(runs) / most(runs.filter((run) => run.nParams <= 1e9)));
  });

  test("nothing held out, or everything, is refused", () => {
    expect(() => holdOut(chinchilla, runs, () => false)).toThrow("got 240 to fit and 0 to predict");
    expect(() => holdOut(chinchilla, runs, () => true)).toThrow("got 0 to fit and 240 to predict");
  });
});

describe("influence", () => {
  test("is Cook's distance in closed form for a straight line", () => {
    const residuals = line.residuals();
    const variance = robustSpread(residuals) ** 2;
    for (const { row, distance } of influence(line)) {
      const h = leverage(lineRuns[row]!.x);
      expect(distance).toBeCloseTo((residuals[row]! ** 2 * h) / (2 * variance * (1 - h) ** 2), 6);
    }
  });

  test("the most influential run of the line is the far one that is off", () => {
    const [first] = influence(line);
    expect(first!.row).toBe(7);
    expect(Math.abs(first!.leftOutResidual)).toBeGreaterThan(Math.abs(first!.residual));
    expect(first!.shift.m).toBeLessThan(0);
  });
});

describe("sweep planner", () => {
  const candidates = [{ x: 0 }, { x: 5 }, { x: 20 }, { x: -20 }];

  test("the width after a run is that of the straight line's closed-form slope variance", () => {
    const plan = planSweep(line, { goal: "m", candidates, flopsOf: () => 1 });
    const sxx = (xs: readonly number[]) => {
      const mean = xs.reduce((sum, x) => sum + x, 0) / xs.length;
      return xs.reduce((sum, x) => sum + (x - mean) ** 2, 0);
    };
    const xs = lineRuns.map((run) => run.x);
    for (const { candidate, width } of plan.ranking) {
      expect(width).toBeCloseTo(Math.sqrt(sxx(xs) / sxx([...xs, candidate.x])), 6);
    }
    expect(plan.runs[0]!.candidate.x).toBe(-20);
  });

  test("a goal computed from the parameters: the intercept plus twice the slope is the value at x = 2", () => {
    const plan = planSweep(line, { goal: ({ c, m }) => c + 2 * m, candidates, flopsOf: () => 1 });
    const spread = robustSpread(line.residuals());
    expect(plan.standardError).toBeCloseTo(spread * Math.sqrt(leverage(2)), 6);
  });

  test("each run is chosen in the light of those before: the second goes to the other side", () => {
    const plan = planSweep(line, { goal: "m", candidates, flopsOf: () => 1, count: 2 });
    expect(plan.runs.map((run) => run.candidate.x)).toEqual([-20, 20]);
    expect(plan.runs[1]!.width).toBeLessThan(plan.runs[0]!.width);
  });

  test("stays within the budget, and says so when nothing fits it", () => {
    const flopsOf = ({ x }: { x: number }) => Math.abs(x) + 1;
    const plan = planSweep(line, { goal: "m", candidates, flopsOf, count: 9, budget: 10, by: "run" });
    expect(plan.runs.reduce((sum, run) => sum + run.flops, 0)).toBeLessThanOrEqual(10);
    expect(() => planSweep(line, { goal: "m", candidates, flopsOf, budget: 0.5 })).toThrow(
      "no candidate costs 0.5 FLOPs or less; the cheapest costs 1",
    );
    expect(() => planSweep(line, { goal: "m", candidates: [] })).toThrow(/needs candidates/);
    expect(() => planSweep(line, { goal: "m", candidates })).toThrow(
      /candidate 1 costs NaN FLOPs; give flopsOf/,
    );
  });

  test("a fit that is not identified has nothing to plan by", () => {
    const two = fit(straightLine, [{ x: 1, y: 1 }], { loss: squared(), residual: "raw" });
    expect(() => planSweep(two, { goal: "m", candidates, flopsOf: () => 1 })).toThrow(/not identified/);
  });
});

describe("synthetic recovery", () => {
  const design = simulateSweep(hoffmann2022, { budgets: [1e19, 1e20, 1e21, 1e22], nPoints: 9, halfWidth: 8 });

  test("finds the truth without noise", () => {
    const { parameters, unconverged } = syntheticRecovery(hoffmann2022, design, { noise: 0, repeats: 1 });
    for (const one of Object.values(parameters)) expect(one.median / one.truth).toBeCloseTo(1, 4);
    expect(unconverged).toBe(0);
  });

  test("with noise the interval holds the truth and grows with the noise", () => {
    const at = (noise: number) =>
      syntheticRecovery(hoffmann2022, design, { noise, repeats: 60, loss: squared() }).parameters.alpha;
    const quiet = at(0.001);
    const loud = at(0.01);
    expect(quiet.interval[0]).toBeLessThan(quiet.truth);
    expect(quiet.interval[1]).toBeGreaterThan(quiet.truth);
    expect(loud.interval[1] - loud.interval[0]).toBeGreaterThan(5 * (quiet.interval[1] - quiet.interval[0]));
  });

  test("negative noise is refused", () => {
    expect(() => syntheticRecovery(hoffmann2022, design, { noise: -1 })).toThrow(
      />= 0 of ln response, got -1/,
    );
  });
});
