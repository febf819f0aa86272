import fc from "fast-check";
import {
  countedCriticalBatch,
  criticalBatch,
  criticalBatchTokens,
  evaluatePowerLaw,
  fitStepsToLoss,
  gradientNoiseScale,
  largestBatch,
  leastSquares,
  stepsAndExamples,
  timeAgainstCompute,
  zhangCriticalBatch,
} from "isoflop";
import { zhangStepsToLoss } from "isoflop-datasets";
import { expect, test } from "vitest";
import { Random } from "../../../src/numerics/random/Random.ts";

const positive = fc.double({ min: 1e-3, max: 1e12, noNaN: true });

test("at the critical batch a run takes twice the least steps and twice the least examples", () => {
  const { stepRatio, exampleRatio } = stepsAndExamples({ batch: 3e6, criticalBatch: 3e6 });
  expect([stepRatio, exampleRatio]).toEqual([2, 2]);
});

test("(S / Smin - 1) (E / Emin - 1) is 1 at every batch, and E is B S in any unit", () => {
  fc.assert(
    fc.property(positive, positive, positive, (batch, critical, leastSteps) => {
      const run = stepsAndExamples({ batch, criticalBatch: critical, leastSteps });
      const minusOne = (critical / batch) * (batch / critical);
      expect(minusOne).toBeCloseTo(1, 12);
      expect(run.examples / (run.steps * batch)).toBeCloseTo(1, 12);
      expect(run.examples / (leastSteps * critical * run.exampleRatio)).toBeCloseTo(1, 12);
      const sequences = stepsAndExamples({ batch: batch / 512, criticalBatch: critical / 512, leastSteps });
      expect(sequences.stepRatio / run.stepRatio).toBeCloseTo(1, 12);
    }),
    { seed: 6 },
  );
});

test("small batches take the least examples, large ones the least steps", () => {
  const small = stepsAndExamples({ batch: 1, criticalBatch: 1e9, leastSteps: 1000 });
  expect(small.examples / (1000 * 1e9)).toBeCloseTo(1, 8);
  expect(stepsAndExamples({ batch: 1e18, criticalBatch: 1e9, leastSteps: 1000 }).steps).toBeCloseTo(1000, 5);
});

test("the largest batch wastes what it may: it is the largest of a brute search", () => {
  const allowed = 0.15;
  const batch = largestBatch({ criticalBatch: 4e6, overhead: allowed });
  let found = 0;
  for (let b = 1000; b < 8e6; b += 1000) {
    if (stepsAndExamples({ batch: b, criticalBatch: 4e6 }).exampleRatio <= 1 + allowed + 1e-12) found = b;
  }
  expect(batch).toBeCloseTo(found, 0);
});

test("on the front of time and compute a faster run always costs more", () => {
  const front = timeAgainstCompute({
    criticalBatch: 4e6,
    batches: [1e5, 1e6, 4e6, 16e6, 64e6],
    leastTokens: 1e12,
    nParams: 7e9,
    secondsPerStep: 0.1,
    flopsPerSecond: 4e14,
    tokensPerAccelerator: 8192,
  });
  for (let i = 1; i < front.length; i++) {
    expect(front[i]!.seconds!).toBeLessThan(front[i - 1]!.seconds!);
    expect(front[i]!.flops).toBeGreaterThan(front[i - 1]!.flops);
  }
  expect(front[2]!.nTokens).toBe(2e12);
});

test("the noise scale of Gaussian gradients is right on average, with numerator and denominator averaged apart", () => {
  const random = new Random(3, 0);
  const [size, variance] = [50, 4];
  const mean = Array.from({ length: size }, () => random.normal());
  const signal = mean.reduce((sum, m) => sum + m * m, 0);
  const norm = (batch: number) =>
    mean.reduce((sum, m) => sum + (m + Math.sqrt(variance / batch) * random.normal()) ** 2, 0);
  const small = Array.from({ length: 4000 }, () => norm(16));
  const big = Array.from({ length: 4000 }, () => norm(256));
  const found = gradientNoiseScale({ normSmall: small, normBig: big, batchSmall: 16, batchBig: 256 });
  expect(found.noise / (size * variance)).toBeCloseTo(1, 1);
  expect(found.signal / signal).toBeCloseTo(1, 1);
});

test("a noise scale that noise hides is NaN and says so", () => {
  const hidden = gradientNoiseScale({ normSmall: 10, normBig: 0.1, batchSmall: 10, batchBig: 20 });
  expect(hidden.noiseScale).toBeNaN();
  expect(hidden.notes[0]).toContain("not told from noise");
});

test("steps without noise give back the least steps, the least examples and both critical batches", () => {
  const runs = [64, 128, 256, 512, 1024, 8192].map((batch) => ({ batch, steps: 1500 + 3e6 / batch }));
  const found = fitStepsToLoss(runs, { linearTo: 256 });
  expect(found.leastSteps).toBeCloseTo(1500, 3);
  expect(found.criticalBatch).toBeCloseTo(2000, 3);
  // 20 % more steps than in proportion from 256.
  const at = (batch: number) => 1500 + 3e6 / batch;
  expect(at(found.overheadBatch) / ((at(256) * 256) / found.overheadBatch)).toBeCloseTo(1.2, 8);
});

const rows = zhangStepsToLoss();
const sizes = [...new Set(rows.map((row) => row.nParams))];
const curves = (key: "stepsLogged" | "stepsFitted") =>
  sizes.map((nParams) => {
    const own = rows.filter((row) => row.nParams === nParams);
    return {
      nParams,
      nTokens: own[0]!.chinchillaTokens,
      ...fitStepsToLoss(
        own.map((row) => ({ batch: row.batchTokens, steps: row[key] })),
        { linearTo: 256 * 512 },
      ),
    };
  });

test("Zhang's rule comes out of the counts that the authors fit, to the digits of their notebook", () => {
  const found = curves("stepsFitted");
  const { coefficients } = leastSquares(
    [found.map((one) => Math.log(one.nParams / 1e6))],
    found.map((one) => Math.log(one.overheadBatch / 512)),
  );
  expect(Math.exp(coefficients[0]!)).toBeCloseTo(93.1968, 3);
  expect(coefficients[1]).toBeCloseTo(0.468278, 5);
  expect(zhangCriticalBatch.exponents.nParams).toBeCloseTo(coefficients[1]!, 5);
});

test("the law of counted steps and its errors are those of the table", () => {
  const found = curves("stepsLogged");
  const logD = found.map((one) => Math.log(one.nTokens));
  const logB = found.map((one) => Math.log(one.criticalBatch));
  const line = leastSquares([logD], logB);
  expect(Math.exp(line.coefficients[0]!) / countedCriticalBatch.coefficient).toBeCloseTo(1, 3);
  expect(line.coefficients[1]).toBeCloseTo(countedCriticalBatch.exponents.nTokens, 4);
  const { interval, batchTokens } = criticalBatch({ law: "counted", nTokens: 1e12 });
  const mean = logD.reduce((sum, v) => sum + v, 0) / 5;
  const centred = leastSquares([logD.map((v) => v - mean)], logB).standardErrors;
  const reach = 3.182446 * Math.hypot(centred[0]!, centred[1]! * (Math.log(1e12) - mean));
  expect(Math.log(interval![1] / batchTokens)).toBeCloseTo(reach, 3);
});

test("critical batches are in tokens, and N in millions and sequences of 512 are converted at the door", () => {
  const printed = 93.196814043949 * 1200 ** 0.4682782328130422 * 512;
  expect(criticalBatch({ law: "zhang", nParams: 1.2e9 }).batchTokens / printed).toBeCloseTo(1, 12);
  expect(criticalBatch({ law: "kaplan", loss: 2.5 }).batchTokens).toBe(criticalBatchTokens(2.5));
  expect(criticalBatch({ law: "counted", nTokens: 2e10 }).batchTokens).toBe(
    evaluatePowerLaw(countedCriticalBatch, { nTokens: 2e10 }),
  );
});

test("bad input is refused with its name, value and a way out", () => {
  expect(() => stepsAndExamples({ batch: -1, criticalBatch: 1 })).toThrow(
    "batch must be a number > 0, got -1",
  );
  expect(() => largestBatch({ criticalBatch: 1, overhead: 0 })).toThrow(
    "overhead must be a number > 0, got 0",
  );
  expect(() => criticalBatch({ law: "zhang" })).toThrow("nParams must be a number > 0, got undefined");
  expect(() => criticalBatch({ law: "zang" as never })).toThrow("law must be");
  expect(() => gradientNoiseScale({ normSmall: 1, normBig: 1, batchSmall: 8, batchBig: 8 })).toThrow(
    "batchBig must be above batchSmall 8",
  );
  expect(() => fitStepsToLoss([{ batch: 1, steps: 2 }])).toThrow("three batches at least, got 1");
  expect(() => timeAgainstCompute({ criticalBatch: 1, batches: [], leastTokens: 1, nParams: 1 })).toThrow(
    "batches must be a list",
  );
});

test("steps of one batch only, and half of what makes a time, are refused", () => {
  expect(() => fitStepsToLoss([10, 11, 12].map((steps) => ({ batch: 64, steps })))).toThrow(
    "fitStepsToLoss needs different batches, got 64 in every run",
  );
  const run = { criticalBatch: 1e6, batches: [1e6], leastTokens: 1e9, nParams: 1e9 };
  expect(() => timeAgainstCompute({ ...run, flopsPerSecond: 4e14 })).toThrow("only together");
  expect(() => timeAgainstCompute({ ...run, secondsPerStep: 1 })).toThrow("only together");
});
