import fc from "fast-check";
import {
  constantSchedule,
  cooldownSchedule,
  fit,
  learningRates,
  loadFit,
  luo2025,
  multiPowerLaw,
  type Rates,
  squared,
  twoStageSchedule,
  withParameters,
} from "isoflop";
import { describe, expect, test } from "vitest";

type Constants = (typeof luo2025)["25M"];

const phases = { peak: 3e-4, warmup: 300 };
const schedules: Record<string, Float64Array> = {
  constant: learningRates(constantSchedule({ ...phases, total: 4000 })),
  "two stages": learningRates(
    twoStageSchedule({ first: 3e-4, second: 6e-5, warmup: 300, change: 2000, total: 4000 }),
  ),
  cosine: learningRates(
    cooldownSchedule({ ...phases, last: 3e-5, decayStart: 300, total: 4000, shape: "cosine" }),
  ),
  linear: learningRates(
    cooldownSchedule({ ...phases, last: 3e-5, decayStart: 3000, total: 4000, shape: "linear" }),
  ),
  "1-sqrt to 0": learningRates(cooldownSchedule({ ...phases, decayStart: 3000, total: 4000 })),
  exponential: learningRates(
    cooldownSchedule({ ...phases, decayStart: 1000, total: 4000, shape: "exponential" }),
  ),
};

/** The law as printed, change by change. */
function directLoss(rates: Rates, step: number, { L0, A, B, C, alpha, beta, gamma }: Constants): number {
  const area = [0];
  for (let k = 0; k <= step; k++) area.push(area[k]! + rates[k]!);
  let used = 0;
  for (let k = 1; k <= step; k++) {
    if (rates[k] === 0) continue;
    const x = C * rates[k]! ** -gamma * (area[step + 1]! - area[k]!);
    used += (rates[k - 1]! - rates[k]!) * (1 - (1 + x) ** -beta);
  }
  return L0 + A * area[step + 1]! ** -alpha - B * used;
}

const between = (low: number, high: number) => fc.double({ min: low, max: high, noNaN: true });
const someConstants: fc.Arbitrary<Constants> = fc.record({
  L0: between(2, 3),
  A: between(0.3, 0.8),
  B: between(200, 900),
  C: between(0.1, 5),
  alpha: between(0.3, 0.6),
  beta: between(0.05, 2),
  gamma: between(0.2, 1.2),
});

describe.each(Object.entries(schedules))("%s", (_, rates) => {
  const law = multiPowerLaw([rates]);

  test("equals the sum over all changes within 1e-7 nats at any step and constants", () => {
    fc.assert(
      fc.property(someConstants, fc.integer({ min: 1, max: 4000 }), (constants, step) => {
        const ours = withParameters(law, constants).predict({ run: 0, step });
        expect(Math.abs(ours - directLoss(rates, step, constants))).toBeLessThan(1e-7);
      }),
      { seed: 3, numRuns: 60 },
    );
  });

  test("has the gradient of finite differences", () => {
    fc.assert(
      fc.property(someConstants, fc.integer({ min: 300, max: 4000 }), (constants, step) => {
        const theta = Float64Array.from(law.parameters, ({ name }) => constants[name]);
        const x = [Float64Array.of(0), Float64Array.of(step)];
        const [value, gradient, scratch] = [new Float64Array(1), new Float64Array(7), new Float64Array(7)];
        law.evaluate(theta, x, 1, value, gradient);
        for (let j = 0; j < 7; j++) {
          const at = (shift: number) => {
            const moved = theta.slice();
            moved[j]! *= 1 + shift;
            law.evaluate(moved, x, 1, value, scratch);
            return value[0]!;
          };
          const difference = (at(1e-5) - at(-1e-5)) / (2e-5 * theta[j]!);
          expect(Math.abs(gradient[j]! - difference) * theta[j]!).toBeLessThan(1e-7);
        }
      }),
      { seed: 5, numRuns: 20 },
    );
  });
});

test("a constant rate leaves the power of its sum", () => {
  const { L0, A, alpha } = luo2025["25M"];
  const rates = learningRates(constantSchedule({ peak: 3e-4, total: 100 }));
  const { predict } = withParameters(multiPowerLaw([rates]), luo2025["25M"]);
  expect(predict({ run: 0, step: 99 })).toBeCloseTo(L0 + A * (100 * 3e-4) ** -alpha, 12);
});

test("one fall brings B times the fall times G, and with a large C all of it at once", () => {
  const [first, second, change] = [3e-4, 9e-5, 50];
  const rates = learningRates(twoStageSchedule({ first, second, change, total: 100 }));
  const constants = luo2025["100M"];
  const { L0, A, B, C, alpha, beta, gamma } = constants;
  const area = change * first + 51 * second;
  const used = 1 - (1 + C * second ** -gamma * 51 * second) ** -beta;
  const law = multiPowerLaw([rates]);
  expect(withParameters(law, constants).predict({ run: 0, step: 100 })).toBeCloseTo(
    L0 + A * area ** -alpha - B * (first - second) * used,
    12,
  );
  expect(withParameters(law, { ...constants, C: 1e30 }).predict({ run: 0, step: change })).toBeCloseTo(
    L0 + A * (change * first + second) ** -alpha - B * (first - second),
    7,
  );
});

test("rates in other units give the same losses with constants in those units", () => {
  const unit = 1000;
  const { cosine } = schedules;
  const constants = luo2025["400M"];
  const scaled = multiPowerLaw([cosine!.map((rate) => rate * unit)]);
  const { alpha, gamma } = constants;
  const inUnits = {
    ...constants,
    A: constants.A * unit ** alpha,
    B: constants.B / unit,
    C: constants.C * unit ** (gamma - 1),
  };
  for (const step of [500, 2000, 4000]) {
    expect(withParameters(scaled, inUnits).predict({ run: 0, step })).toBeCloseTo(
      withParameters(multiPowerLaw([cosine!]), constants).predict({ run: 0, step }),
      10,
    );
  }
});

test("noiseless curves of four schedules give back all seven constants", () => {
  const names = ["constant", "two stages", "cosine", "linear"];
  const law = multiPowerLaw(names.map((name) => schedules[name]!));
  for (const constants of Object.values(luo2025)) {
    const { predict } = withParameters(law, constants);
    const runs = names.flatMap((_, run) =>
      Array.from({ length: 25 }, (__, i) => {
        const step = 400 + 150 * i;
        return { run, step, loss: predict({ run, step }) };
      }),
    );
    const found = fit(law, runs, { loss: squared() });
    expect(found.status).toBe("converged");
    for (const { name } of law.parameters) expect(found.parameters[name] / constants[name]).toBeCloseTo(1, 3);
  }
});

test("runs, steps and schedules that are not there are refused with the way out", () => {
  const law = withParameters(multiPowerLaw([schedules.cosine!]), luo2025["25M"]);
  expect(() => law.predict({ run: 1, step: 10 })).toThrow("run must be a whole number from 0 to 0, got 1");
  expect(() => law.predict({ run: 0, step: 0 })).toThrow("step must be a whole number from 1 to 4000, got 0");
  expect(() => law.predict({ run: 0, step: 4001 })).toThrow("step must be");
  expect(() => law.predict({ run: 0, step: 1.5 })).toThrow("step must be");
  expect(() => multiPowerLaw([])).toThrow("multiPowerLaw needs a list of schedules");
  expect(() => multiPowerLaw([1, 2] as unknown as number[][])).toThrow(
    "multiPowerLaw needs a list of schedules",
  );
  expect(() => multiPowerLaw([[1, -1]])).toThrow("the rate of step 1 must be a finite number >= 0, got -1");
  expect(() => multiPowerLaw([[1, Number.NaN]])).toThrow("the rate of step 1");
  expect(() => multiPowerLaw([[0, 0]])).toThrow("a schedule must have a rate > 0 somewhere");
});

test("the engine's weights, profile and bootstrap work on a law with its schedules, and a saved fit is loaded with it", async () => {
  const names = ["two stages", "linear"];
  const law = multiPowerLaw(names.map((name) => schedules[name]!));
  const held = { beta: 0.5, gamma: 0.6, C: 2 };
  const { predict } = withParameters(law, { ...luo2025["25M"], ...held });
  const runs = names.flatMap((_, run) =>
    Array.from({ length: 30 }, (__, i) => {
      const step = 400 + 120 * i;
      return { run, step, loss: predict({ run, step }) * (1 + 1e-3 * Math.sin(7 * i + run)) };
    }),
  );
  const found = fit(law, runs, { loss: squared(), fixed: held, weights: ({ step }) => step / 4000 });
  const [low, high] = found.profile("alpha").interval;
  expect(low).toBeLessThan(found.parameters.alpha);
  expect(high).toBeGreaterThan(found.parameters.alpha);
  const replicates = await found.bootstrap({ resamples: 50, seed: 1 });
  expect(replicates.interval("L0", 0.9)[0]).toBeLessThan(found.parameters.L0);
  expect(loadFit(JSON.stringify(found), { law }).parameters).toEqual(found.parameters);
});

test("after a rate of 0 a run may start again: values and gradients are numbers, whatever the constants", () => {
  const rates = Array.from({ length: 900 }, (_, k) => (k % 300 === 299 ? 0 : 3e-4 * (1 - (k % 300) / 300)));
  const law = multiPowerLaw([rates]);
  const x = [new Float64Array(3), Float64Array.of(298, 301, 899)];
  const [value, gradient] = [new Float64Array(3), new Float64Array(21)];
  for (const gamma of [0, 0.6, 4]) {
    const constants = { ...luo2025["400M"], gamma };
    law.evaluate(
      Float64Array.from(law.parameters, ({ name }) => constants[name]),
      x,
      3,
      value,
      gradient,
    );
    for (const number of [...value, ...gradient]) expect(number).not.toBeNaN();
    if (gamma !== 0.6) continue;
    for (const [i, step] of [298, 301].entries())
      expect(Math.abs(value[i]! - directLoss(rates, step, constants)) < 0.05).toBe(true);
  }
});

test("a fit to rates in other units predicts the same", () => {
  const shown = ["two stages", "cosine", "constant"].map((name) => schedules[name]!);
  const { predict } = withParameters(multiPowerLaw(shown), luo2025["100M"]);
  const rows = shown.flatMap((_, run) =>
    Array.from({ length: 30 }, (__, i) => ({ run, step: 120 * (i + 4) })).map((row, i) => ({
      ...row,
      loss: predict(row) * (1 + 1e-3 * Math.sin(7 * i + run)),
    })),
  );
  const [plain, scaled] = [1, 1e4].map((unit) =>
    fit(multiPowerLaw(shown.map((rates) => rates.map((rate) => rate * unit))), rows, { loss: squared() }),
  );
  for (const row of rows) expect(scaled!.predict(row) / plain!.predict(row)).toBeCloseTo(1, 5);
});
