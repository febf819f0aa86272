import fc from "fast-check";
import {
  chinchillaInBillions,
  computeOptimal,
  cosineSchedule,
  informationGain,
  learningRates,
  powerSchedule,
  type Schedule,
  scheduleTable,
  wsdSchedule,
} from "isoflop";
import { minicpmFits } from "isoflop-datasets";
import { describe, expect, test } from "vitest";
import { expectReference } from "./reference.ts";

const schedules: Record<string, Schedule> = {
  cosine: cosineSchedule({ peak: 3e-4, warmup: 2000, total: 1e5 }),
  WSD: wsdSchedule({ peak: 0.01, warmup: 2000, decayStart: 9e4, total: 1e5 }),
  power: powerSchedule({ batchSequences: 512, warmup: 1e9, decayStart: 0.9e12, total: 1e12 }),
};

describe.each(Object.entries(schedules))("%s", (_, schedule) => {
  test("starts at 0, rises through the warm-up, never rises after it", () => {
    const warmup = schedule.unit === "steps" ? 2000 : 1e9;
    expect(schedule.learningRate(0)).toBe(0);
    fc.assert(
      fc.property(
        fc.double({ min: 0, max: 1, noNaN: true }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (u, v) => {
          const [p, q] = [Math.min(u, v), Math.max(u, v)];
          const rise = [p, q].map((x) => schedule.learningRate(x * warmup));
          expect(rise[1]).toBeGreaterThanOrEqual(rise[0]!);
          const fall = [p, q].map((x) => schedule.learningRate(warmup + x * (schedule.total - warmup)));
          expect(fall[1]).toBeLessThanOrEqual(fall[0]! * (1 + 1e-12));
        },
      ),
      { seed: 10 },
    );
  });

  test("as a table has tokens = steps times batch and the schedule's rates", () => {
    const rows = scheduleTable(schedule, { batchTokens: 2e6, points: 11 });
    expect(rows).toHaveLength(11);
    for (const { step, nTokens, learningRate } of rows) {
      expect(nTokens).toBeCloseTo(step * 2e6, 3);
      expect(learningRate).toBe(schedule.learningRate(schedule.unit === "steps" ? step : nTokens));
    }
  });
});

test("power scheduler does not depend on the horizon before its decay", () => {
  const short = powerSchedule({ batchSequences: 512, warmup: 1e9, decayStart: 0.9e12, total: 1e12 });
  const long = powerSchedule({ batchSequences: 512, warmup: 1e9, decayStart: 9e12, total: 10e12 });
  for (const nTokens of [1e8, 1e10, 5e11])
    expect(short.learningRate(nTokens)).toBe(long.learningRate(nTokens));
  expect(short.learningRate(1e12)).toBe(0);
});

test("phases out of order and rates that are not positive are refused", () => {
  expect(() => wsdSchedule({ peak: 0, decayStart: 9, total: 10 })).toThrow(
    "peak must be a number > 0, got 0",
  );
  expect(() => wsdSchedule({ peak: 1, warmup: 5, decayStart: 4, total: 10 })).toThrow(
    "decayStart must lie between 5 and 10, got 4",
  );
  expect(() => cosineSchedule({ peak: 1, warmup: 11, total: 10 })).toThrow(
    "warmup must lie between 0 and 10, got 11",
  );
  expect(() => powerSchedule({ batchSequences: 0, decayStart: 1, total: 2 })).toThrow(
    "batchSequences must be",
  );
  expect(() => scheduleTable(schedules.WSD!, { batchTokens: 1, points: 1 })).toThrow(
    "points must be a whole number between 2 and 1000000",
  );
});

test("MiniCPM's average panel asks for 184 tokens a parameter at 1e21 FLOPs from its rounded constants", () => {
  const [row] = minicpmFits();
  const { cN, cD, l0, alpha, beta } = row!;
  const law = chinchillaInBillions({ E: l0, A: cN, B: cD, alpha, beta }, "MiniCPM");
  expectReference("minicpm_average", {
    tokens_per_param_at_1e21: computeOptimal(law, { flops: 1e21 }).tokensPerParam,
  });
});

test("information gain is the share of the loss that the condition removes", () => {
  expect(informationGain({ alone: 80, given: 72 })).toEqual({ mutualInformation: 8, share: 0.1 });
  expect(() => informationGain({ alone: 0, given: 1 })).toThrow("alone must be a number > 0, got 0");
});

test("a last rate below 0, a power that rises and what is no schedule are refused", () => {
  expect(() => cosineSchedule({ peak: 1, last: -1, total: 10 })).toThrow(
    "last must be a finite number >= 0, got -1",
  );
  expect(() => powerSchedule({ batchSequences: 1, decayStart: 5, total: 10, b: Number.NaN })).toThrow(
    "b must",
  );
  expect(() => scheduleTable({} as Schedule, { batchTokens: 1 })).toThrow("scheduleTable needs a schedule");
  expect(() => learningRates(null as never)).toThrow("learningRates needs a schedule such as");
});
