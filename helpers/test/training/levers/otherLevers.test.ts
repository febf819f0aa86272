import * as everything from "isoflop";
import {
  chinchilla,
  computeForReward,
  farseerForm,
  fit,
  levers,
  parallelLoss,
  powerLaw,
  predict,
  rlReward,
  saturatingLogistic,
  squared,
  streamsWorth,
  transferWorth,
} from "isoflop";
import { describe, expect, test } from "vitest";

describe("streams", () => {
  const parameters = { E: 0.7, A: 22, alpha: 0.19, k: 0.39 };

  test("one stream is the plain power law in parameters", () => {
    const { E, A, alpha } = parameters;
    expect(predict(parallelLoss, parameters, { nParams: 1e9, streams: 1 })).toBe(
      predict(powerLaw("nParams"), { E, A, alpha }, { nParams: 1e9 }),
    );
  });

  test("P streams are worth 1 + k ln P times the parameters", () => {
    const worth = streamsWorth({ streams: 8, k: parameters.k });
    expect(predict(parallelLoss, parameters, { nParams: 1e9, streams: 8 })).toBeCloseTo(
      predict(parallelLoss, parameters, { nParams: worth * 1e9, streams: 1 }),
      13,
    );
    expect(() => streamsWorth({ streams: 0, k: 0.3 })).toThrow("streams must be >= 1, got 0");
  });

  test("counting parameters in billions moves A alone", () => {
    const runs = [0.5e9, 1e9, 2e9, 4e9].flatMap((nParams) =>
      [1, 2, 4, 8].map((streams) => ({
        nParams,
        streams,
        loss:
          predict(parallelLoss, parameters, { nParams, streams }) * (1 + 1e-3 * Math.sin(nParams + streams)),
      })),
    );
    const options = { loss: squared() };
    const counts = fit(parallelLoss, runs, options).parameters;
    const billions = fit(
      parallelLoss,
      runs.map((run) => ({ ...run, nParams: run.nParams / 1e9 })),
      options,
    ).parameters;
    expect(billions.k / counts.k).toBeCloseTo(1, 5);
    expect(billions.alpha / counts.alpha).toBeCloseTo(1, 5);
    expect((billions.A * 1e9 ** counts.alpha) / counts.A).toBeCloseTo(1, 4);
  });
});

describe("transfer", () => {
  const constants = { k: 1.9e4, alpha: 0.18, beta: 0.38 };

  test("ten times the parameters are worth 10^(beta / alpha) times the data", () => {
    const larger = transferWorth({ ...constants, fineTuningData: 1e6, nParams: 1e9 }).transferred;
    const more = transferWorth({ ...constants, fineTuningData: 1e6 * 10 ** (0.38 / 0.18), nParams: 1e8 });
    expect(larger / more.transferred).toBeCloseTo(1, 12);
  });

  test("the multiplier counts the data itself, and what is no count is refused", () => {
    const { transferred, multiplier } = transferWorth({ ...constants, fineTuningData: 1e6, nParams: 1e8 });
    expect(multiplier).toBeCloseTo((1e6 + transferred) / 1e6, 12);
    expect(() => transferWorth({ ...constants, fineTuningData: 0, nParams: 1e8 })).toThrow("fineTuningData");
    expect(() => transferWorth({ ...constants, k: -1, fineTuningData: 1, nParams: 1 })).toThrow("k must be");
  });
});

describe("reinforcement learning", () => {
  const curve = { start: 0.2, ceiling: 0.65, exponent: 1.7, midpoint: 1e4 };

  test("at its midpoint a run has half its gain, and it is the saturating logistic", () => {
    expect(rlReward({ ...curve, compute: 1e4 })).toEqual({ reward: 0.2 + 0.45 / 2, share: 0.5 });
    const law = { low: 0.2, span: 0.45, slope: 1.7, midpoint: 1e4 };
    for (const compute of [1e2, 3e3, 1e5]) {
      const expected = predict(saturatingLogistic("compute", "reward"), law, { compute });
      expect(rlReward({ ...curve, compute }).reward).toBeCloseTo(expected, 14);
    }
  });

  test("the compute for a share reaches it", () => {
    for (const share of [0.05, 0.5, 0.99]) {
      const compute = computeForReward({ ...{ exponent: 1.7, midpoint: 1e4 }, share });
      expect(rlReward({ ...curve, compute }).share).toBeCloseTo(share, 12);
    }
    expect(() => computeForReward({ share: 1, exponent: 1, midpoint: 1 })).toThrow(
      "give a share between 0 and 1",
    );
    expect(() => rlReward({ ...curve, ceiling: 0.1, compute: 1 })).toThrow("ceiling must be > 0.2, got 0.1");
    expect(() => rlReward({ ...curve, compute: -1 })).toThrow("compute must be a number > 0, got -1");
  });
});

test("Farseer's form is Chinchilla's where the data term does not depend on the size", () => {
  const parameters = { E: 1.7, A: 400, alpha: 0.34, B: 410, beta: 0.28 };
  const run = { nParams: 3e8, nTokens: 2e10 };
  const plain = predict(farseerForm, { ...parameters, eta: 0, delta: 0 }, run);
  expect(plain).toBeCloseTo(predict(chinchilla, parameters, run), 13);
});

test("every lever names helpers that there are, and whether its runs are public", () => {
  for (const { helper, lever, source } of levers) {
    for (const name of helper.split(", ")) expect(everything, `${lever}: ${name}`).toHaveProperty(name);
    expect(source).toMatch(/arXiv \d{4}\.\d{5}/);
  }
  expect(levers.filter(({ publicRuns }) => publicRuns)).toHaveLength(2);
  expect(Object.isFrozen(levers)).toBe(true);
});
