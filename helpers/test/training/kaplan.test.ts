import fc from "fast-check";
import {
  criticalBatchTokens,
  evaluatePowerLaw,
  kaplanComputeExponents,
  kaplanCrossing,
  kaplanLossByCompute,
  kaplanLossByTokens,
  kaplanOptimalParams,
  kaplanTrajectory,
  lossAtStep,
  lossTrajectory,
  pfDays,
  stepsToLoss,
} from "isoflop";
import { kaplanConstants } from "isoflop-datasets";
import { describe, expect, test } from "vitest";

const printed = (law: string, symbol: string) =>
  kaplanConstants().find((row) => row.law === law && row.symbol === symbol)!.value;

test("the constants are those of the table of printed constants", () => {
  expect(kaplanTrajectory).toMatchObject({
    Nc: printed("L(N,S_min)", "N_c"),
    alphaN: printed("L(N,S_min)", "alpha_N"),
    Sc: printed("L(N,S_min)", "S_c"),
    alphaS: printed("L(N,S_min)", "alpha_S"),
    Bstar: printed("B_crit(L)", "B_star"),
    alphaB: printed("B_crit(L)", "alpha_B"),
  });
  expect(kaplanOptimalParams.coefficient).toBe(printed("N_opt(C_min)", "coef"));
  expect(kaplanOptimalParams.exponents.pfDays).toBe(printed("N_opt(C_min)", "exponent"));
  expect(evaluatePowerLaw(kaplanLossByTokens, { nTokens: printed("L(D)", "D_c") })).toBeCloseTo(1, 12);
  expect(evaluatePowerLaw(kaplanLossByCompute, { pfDays: printed("L(C_min)", "C_c_min") })).toBeCloseTo(
    1,
    12,
  );
});

test("the crossing lies on both laws, at the printed order of magnitude", () => {
  const crossing = kaplanCrossing();
  expect(evaluatePowerLaw(kaplanLossByCompute, crossing)).toBeCloseTo(crossing.loss, 12);
  expect(evaluatePowerLaw(kaplanLossByTokens, crossing)).toBeCloseTo(crossing.loss, 12);
  expect(Math.abs(Math.log10(crossing.pfDays / 1e4))).toBeLessThan(1);
  expect(Math.abs(Math.log10(crossing.nParams / 1e12))).toBeLessThan(1);
});

test("the exponents of the compute-efficient run add up: N B S is compute", () => {
  const { nParams, batchTokens, steps } = kaplanComputeExponents({
    alphaN: 0.077,
    alphaS: 0.76,
    alphaB: 0.21,
  });
  expect(nParams + batchTokens + steps).toBeCloseTo(1, 12);
  expect(nParams).toBeCloseTo(0.681, 3);
});

test("a petaflop-day is 8.64e19 FLOPs", () => {
  expect(pfDays(8.64e19)).toBe(1);
  expect(() => pfDays(0)).toThrow("flops must be a number > 0, got 0");
});

describe("trajectory", () => {
  const model = fc.record({
    nParams: fc.double({ min: 1e6, max: 1e12, noNaN: true }),
    batchTokens: fc.double({ min: 1e3, max: 1e9, noNaN: true }),
    steps: fc.double({ min: 1e3, max: 1e7, noNaN: true }),
  });

  test("the loss solves its implicit equation", () => {
    const { Nc, alphaN, Sc, alphaS } = kaplanTrajectory;
    fc.assert(
      fc.property(model, ({ nParams, batchTokens, steps }) => {
        const loss = lossAtStep({ nParams, batchTokens, steps });
        const right =
          (Nc / nParams) ** alphaN +
          (Sc / steps) ** alphaS * (1 + criticalBatchTokens(loss) / batchTokens) ** alphaS;
        expect(right / loss).toBeCloseTo(1, 10);
      }),
      { seed: 7 },
    );
  });

  test("trajectories fall step by step, and more parameters or a larger batch never hurt", () => {
    fc.assert(
      fc.property(model, fc.double({ min: 1.01, max: 10, noNaN: true }), (question, factor) => {
        const course = lossTrajectory({ ...question, points: 20 });
        for (let i = 1; i < course.length; i++) {
          expect(course[i]!.loss).toBeLessThan(course[i - 1]!.loss);
          expect(course[i]!.criticalBatchTokens).toBeGreaterThan(course[i - 1]!.criticalBatchTokens);
        }
        const loss = lossAtStep(question);
        expect(lossAtStep({ ...question, nParams: question.nParams * factor })).toBeLessThan(loss);
        expect(lossAtStep({ ...question, batchTokens: question.batchTokens * factor })).toBeLessThan(loss);
      }),
      { seed: 8, numRuns: 50 },
    );
  });

  test("steps to a loss invert the trajectory, on the hyperbola of steps and tokens", () => {
    fc.assert(
      fc.property(model, (question) => {
        const loss = lossAtStep(question);
        const { steps, nTokens, minSteps, minTokens } = stepsToLoss({ ...question, loss });
        expect(steps / question.steps).toBeCloseTo(1, 6);
        expect((steps / minSteps - 1) * (nTokens / minTokens - 1)).toBeCloseTo(1, 6);
      }),
      { seed: 9 },
    );
  });

  test("impossible questions are refused with the way out", () => {
    expect(() => stepsToLoss({ nParams: 1e9, batchTokens: 1e6, loss: 2 })).toThrow(
      "does not get below a loss of 2.347, asked for 2; take a larger model",
    );
    expect(() => lossAtStep({ nParams: 1e9, batchTokens: 0, steps: 1 })).toThrow(
      "batchTokens must be a number > 0",
    );
    expect(() => lossTrajectory({ nParams: 1e9, batchTokens: 1e6, steps: 0.5 })).toThrow(
      "steps must be >= 1",
    );
    expect(() => lossTrajectory({ nParams: 1e9, batchTokens: 1e6, steps: 10, points: 1 })).toThrow(
      "points must be",
    );
  });
});
