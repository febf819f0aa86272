import { constantSchedule, cooldownSchedule, learningRates, powerSchedule, twoStageSchedule } from "isoflop";
import { describe, expect, test } from "vitest";

const phases = { peak: 3e-4, last: 3e-5, warmup: 100, decayStart: 800, total: 1000 };

describe.each(["linear", "1-sqrt", "cosine", "exponential"] as const)("a cooldown that is %s", (shape) => {
  const { learningRate } = cooldownSchedule({ ...phases, shape });

  test("rises from 0, stays at the peak, and falls to the last rate at the end of the run", () => {
    expect([0, 50, 100, 800].map(learningRate)).toEqual([0, 1.5e-4, 3e-4, 3e-4]);
    expect(learningRate(1000)).toBeCloseTo(3e-5, 15);
    for (let step = 801; step <= 1000; step++)
      expect(learningRate(step)).toBeLessThan(learningRate(step - 1));
  });

  test("of no length is the constant schedule", () => {
    const none = cooldownSchedule({ ...phases, decayStart: 1000, shape });
    expect(learningRates(none)).toEqual(
      learningRates(constantSchedule({ peak: 3e-4, warmup: 100, total: 1000 })),
    );
  });
});

test("halfway a cooldown from 4 to 1 is at 2.5 by its line and half cosine, at 2 by its exponential, lower by 1-sqrt", () => {
  const halfway = (shape: "linear" | "1-sqrt" | "cosine" | "exponential") =>
    cooldownSchedule({ peak: 4, last: 1, decayStart: 0, total: 2, shape }).learningRate(1);
  expect(halfway("linear")).toBeCloseTo(2.5, 14);
  expect(halfway("cosine")).toBeCloseTo(2.5, 14);
  expect(halfway("exponential")).toBeCloseTo(2, 14);
  expect(halfway("1-sqrt")).toBeCloseTo(4 - 3 * Math.SQRT1_2, 14);
});

test("two stages change at the step that is given, and rates have one more entry than the run has steps", () => {
  const rates = learningRates(twoStageSchedule({ first: 2, second: 1, warmup: 2, change: 4, total: 5 }));
  expect([...rates]).toEqual([0, 1, 2, 2, 1, 1]);
});

test("schedules that cannot be are refused with the way out", () => {
  expect(() => cooldownSchedule({ ...phases, last: 0, shape: "exponential" })).toThrow(
    "last must be > 0 where the rate falls exponentially, got 0; give a tenth of the peak",
  );
  expect(() => cooldownSchedule({ ...phases, shape: "step" as "linear" })).toThrow("shape must be 1-sqrt or");
  expect(() => cooldownSchedule({ ...phases, decayStart: 1001 })).toThrow("decayStart must lie between");
  expect(() => twoStageSchedule({ first: 1, second: 0, change: 1, total: 2 })).toThrow("second must be");
  expect(() => constantSchedule({ peak: 1, warmup: 3, total: 2 })).toThrow("warmup must lie between 0 and 2");
  const tokens = powerSchedule({ batchSequences: 512, warmup: 1e9, decayStart: 9e11, total: 1e12 });
  expect(() => learningRates(tokens)).toThrow("schedule must count steps, got tokens");
  expect(() => learningRates(constantSchedule({ peak: 1, total: 2.5 }))).toThrow("total of the schedule");
});
