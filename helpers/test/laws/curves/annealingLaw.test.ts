import {
  annealingLaw,
  constantSchedule,
  cooldownSchedule,
  fit,
  learningRates,
  scheduleSums,
  squared,
  twoStageSchedule,
  withParameters,
} from "isoflop";
import { expect, test } from "vitest";

const constants = { L0: 2.6, A: 0.6, C: 0.5, alpha: 0.45 };

test("the annealing area is the double sum of falls with a memory", () => {
  const rates = [1, 3, 3, 2, 0.5, 0.5, 0.25];
  const memory = 0.7;
  for (let step = 0; step < rates.length; step++) {
    let area = 0;
    for (let i = 1; i <= step; i++)
      for (let k = 1; k <= i; k++) area += (rates[k - 1]! - rates[k]!) * memory ** (i - k);
    const sum = rates.slice(0, step + 1).reduce((a, b) => a + b, 0);
    const { predict } = withParameters(annealingLaw([rates], { memory }), constants);
    expect(predict({ run: 0, step })).toBeCloseTo(2.6 + 0.6 * sum ** -0.45 - 0.5 * area, 12);
  }
});

test("noiseless curves give back the constants, each schedule by its number", () => {
  const schedules = [
    cooldownSchedule({ peak: 3e-4, warmup: 100, decayStart: 100, total: 3000, shape: "cosine" }),
    constantSchedule({ peak: 3e-4, warmup: 100, total: 3000 }),
    twoStageSchedule({ first: 3e-4, second: 9e-5, warmup: 100, change: 1500, total: 3000 }),
  ].map(learningRates);
  const law = annealingLaw(schedules);
  const { predict } = withParameters(law, constants);
  const runs = schedules.flatMap((_, run) =>
    Array.from({ length: 25 }, (__, i) => ({
      run,
      step: 100 * (i + 2),
      loss: predict({ run, step: 100 * (i + 2) }),
    })),
  );
  const { parameters } = fit(law, runs, { loss: squared() });
  for (const { name } of law.parameters) expect(parameters[name] / constants[name]).toBeCloseTo(1, 5);
});

test("sums count the steps that change, and a memory of 1 or more is refused", () => {
  const sums = scheduleSums([2, 2, 1]);
  expect([...sums.area]).toEqual([2, 4, 5]);
  expect([...sums.drop]).toEqual([0, 0, 1]);
  expect(sums.changes).toBe(1);
  expect(() => scheduleSums([])).toThrow("a schedule must be a list of learning rates by step");
  expect(() => annealingLaw([[1]], { memory: 1 })).toThrow("memory must lie in [0, 1), got 1");
});

test("a fit to rates in other units predicts the same", () => {
  const rates = learningRates(cooldownSchedule({ peak: 3e-4, warmup: 100, decayStart: 2000, total: 3000 }));
  const { predict } = withParameters(annealingLaw([rates]), { ...constants, C: 0.2 });
  const rows = Array.from({ length: 28 }, (_, i) => ({ run: 0, step: 100 * (i + 2) })).map((row, i) => ({
    ...row,
    loss: predict(row) * (1 + 1e-3 * Math.sin(7 * i)),
  }));
  const [plain, scaled] = [1, 1e4].map((unit) =>
    fit(annealingLaw([rates.map((rate) => rate * unit)]), rows, { loss: squared() }),
  );
  for (const row of rows) expect(scaled!.predict(row) / plain!.predict(row)).toBeCloseTo(1, 5);
});
