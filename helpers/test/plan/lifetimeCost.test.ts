import { describe, expect, test } from "vitest";
import {
  chinchilla,
  chinchillaFigure4Fit,
  computeOptimal,
  countParams,
  curveThrough,
  type EngineEstimate,
  hoffmann2022,
  type LifetimeQuestion,
  lifetimeCost,
  type ServingCostCurve,
  type ServingScenario,
  servingCostCurve,
} from "../../src/index.ts";
import { servedShape } from "../../src/plan/lifetime/servedShape.ts";

/** Device seconds a token c N^p, known to a factor. */
function powerCurve(c: number, p: number, factor = 1.0000001): ServingCostCurve {
  const sizes = [1e7, 1e9, 1e11, 1e13].map((nParams) => {
    const deviceSeconds = c * nParams ** p;
    return {
      nParams,
      deviceSeconds,
      interval: [deviceSeconds / factor, deviceSeconds * factor] as const,
      by: "closed form",
    };
  });
  return { ...curveThrough(sizes), unserved: [], assumptions: [] };
}

const rate = 1.4e18;
const question = (more: Partial<LifetimeQuestion> = {}, cost = powerCurve(2e-14, 0.9)): LifetimeQuestion => ({
  flops: 1e22,
  training: { accelerator: "h100-sxm", flopsPerHour: rate, usdPerHour: 2 },
  serving: { outputTokens: 1e12, cost },
  draws: 100,
  ...more,
});

describe("the dollars of a model's life", () => {
  test("are 6 N D / rate · price + tokens · seconds · price, at the compute-optimal size", () => {
    const life = lifetimeCost(question());
    const best = computeOptimal(chinchillaFigure4Fit, { flops: 1e22 });
    const { nParams, nTokens, trainingUsd, servingUsd, usd } = life.computeOptimal;
    expect(nParams.value / best.nParams).toBeCloseTo(1, 6);
    expect(nTokens.value / best.nTokens).toBeCloseTo(1, 6);
    expect(trainingUsd.value).toBeCloseTo((1e22 / rate) * 2, 4);
    expect(servingUsd.value / ((1e12 * 2e-14 * best.nParams ** 0.9 * 2) / 3600)).toBeCloseTo(1, 6);
    expect(usd.value).toBeCloseTo(trainingUsd.value + servingUsd.value, 4);
    expect(life.loss.value).toBeCloseTo(best.loss, 6);
  });

  test("of the lifetime optimum are never more, in any draw, and the loss is the same", () => {
    const life = lifetimeCost(question());
    expect(life.saved.value).toBeGreaterThan(0);
    expect(life.saved.interval![0]).toBeGreaterThanOrEqual(-1e-9);
    const { nParams, nTokens } = life.lifetimeOptimal;
    const at = chinchillaFigure4Fit.predict({ nParams: nParams.value, nTokens: nTokens.value });
    expect(at).toBeCloseTo(life.loss.value, 9);
  });

  test("with a serving cost of 2N at the training rate the optimum is that by 2N", () => {
    // An hour does `rate` FLOPs: 2 N take 3600 · 2 N / rate seconds.
    const life = lifetimeCost(question({}, powerCurve((2 * 3600) / rate, 1)));
    expect(life.moved.value).toBeCloseTo(1, 5);
    expect(life.moved.interval![0]).toBeCloseTo(1, 4);
    // Serving that costs ten times as much wants a smaller model.
    const dear = lifetimeCost(question({}, powerCurve((20 * 3600) / rate, 1)));
    expect(dear.moved.value).toBeLessThan(0.9);
  });

  test("an uncertain cause widens the interval, and the causes say which it was", () => {
    const width = (life: ReturnType<typeof lifetimeCost>) => {
      const [low, high] = life.computeOptimal.usd.interval!;
      return Math.log(high / low);
    };
    const none = lifetimeCost(question());
    expect(none.causes.law).toBeGreaterThan(0.99);
    const prices = lifetimeCost(
      question({ training: { accelerator: "h100-sxm", flopsPerHour: rate, usdPerHour: [1, 6] } }),
    );
    expect(width(prices)).toBeGreaterThan(2 * width(none));
    expect(prices.causes.prices).toBeGreaterThan(0.8);
    const speed = lifetimeCost(question({}, powerCurve(2e-14, 0.9, 4)));
    expect(speed.causes.servingSpeed).toBeGreaterThan(0.5);
    const sum = Object.values(speed.causes).reduce((total, share) => total + share, 0);
    expect(sum).toBeCloseTo(1, 12);
  });

  test("one price for both is drawn once: the dollars then spread as the price does", () => {
    const training = { accelerator: "h100-sxm", flopsPerHour: rate, usdPerHour: [2, 8] as const };
    const shared = lifetimeCost(question({ training, draws: 500 }));
    const apart = lifetimeCost(
      question({
        training,
        serving: { outputTokens: 1e12, cost: powerCurve(2e-14, 0.9), usdPerHour: [2, 8] },
        draws: 500,
      }),
    );
    const width = ({ computeOptimal: { usd } }: typeof shared) =>
      Math.log(usd.interval![1] / usd.interval![0]);
    // 95 % of a range that is even in logarithms.
    expect(width(shared)).toBeGreaterThan(0.95 * Math.log(4) - 0.08);
    expect(width(apart)).toBeLessThan(width(shared));
  });

  test("a budget of dollars is spent to the cent in every draw", () => {
    const training = {
      accelerator: "h100-sxm",
      flopsPerHour: [1e18, 2e18] as const,
      usdPerHour: [2, 3] as const,
    };
    const life = lifetimeCost(question({ flops: undefined, usd: 1e6, training }));
    expect(life.computeOptimal.trainingUsd.value).toBeCloseTo(1e6, 3);
    const { interval } = life.computeOptimal.trainingUsd;
    if (interval) expect(interval[1] - interval[0]).toBeLessThan(1e-3);
    expect(
      life.computeOptimal.trainingFlops.interval![1] / life.computeOptimal.trainingFlops.value,
    ).toBeGreaterThan(1.3);
  });

  test("a loss to reach is reached with the least training, and below E refused", () => {
    const life = lifetimeCost(question({ flops: undefined, loss: 2.2 }));
    const again = lifetimeCost(question({ flops: life.computeOptimal.trainingFlops.value }));
    expect(again.loss.value).toBeCloseTo(2.2, 9);
    expect(() => lifetimeCost(question({ flops: undefined, loss: 1 }))).toThrow(
      /no model reaches a loss of 1 nats/,
    );
  });

  test("the same seed gives the same answer, another not", () => {
    const one = lifetimeCost(question());
    expect(lifetimeCost(question()).computeOptimal.usd).toEqual(one.computeOptimal.usd);
    expect(lifetimeCost(question({ seed: 7 })).computeOptimal.usd.interval).not.toEqual(
      one.computeOptimal.usd.interval,
    );
  });

  test.each([
    ["two budgets", { usd: 1e6 }, /give one of flops, usd and loss, got 2/],
    ["no budget", { flops: undefined }, /got 0/],
    [
      "negative tokens",
      { serving: { outputTokens: -1, cost: powerCurve(1, 1) } },
      /outputTokens must be a finite number >= 0/,
    ],
    ["a law without covariance", { law: hoffmann2022 }, /without a covariance/],
    ["a bare law", { law: chinchilla as never }, /needs a fit/],
    [
      "a price of 0",
      { training: { accelerator: "h100-sxm", usdPerHour: 0 } },
      /usdPerHour must be a finite number > 0/,
    ],
    ["few draws", { draws: 10 }, /draws must be a whole number between 100/],
    ["a misspelt option", { serving: { outputToken: 1 } as never }, /did you mean outputTokens/],
  ] as const)("refuses %s", (_, more, message) => {
    expect(() => lifetimeCost(question(more as Partial<LifetimeQuestion>))).toThrow(message);
  });
});

describe("the cost of serving by size", () => {
  const estimator = ({ serve, load, model }: ServingScenario): EngineEstimate => {
    const requests = load.kind === "closed" ? load.concurrency / serve.instances : 1;
    const devices = serve.instances * serve.layout.tensorParallel;
    const tpot = (1e-12 * countParams(model).total) / serve.layout.tensorParallel + 1e-5 * requests;
    const within = (value: number) => ({
      value,
      interval80: [value / 1.2, value * 1.2] as const,
      interval95: [value / 1.4, value * 1.4] as const,
    });
    return {
      ttftS: within(0.1),
      tpotS: within(tpot),
      tokensPerS: within((requests * serve.instances) / tpot),
      devices,
      decoding: requests,
      inDistribution: true,
      calibratedOn: "closed form",
      assumptions: [],
    };
  };
  const serving = {
    offers: [{ accelerator: "h100-sxm", devices: 8 }],
    promptTokens: 512,
    outputTokens: 128,
    estimator,
    choices: { serving: ["aggregated"], formats: ["fp8"] },
  } as const;

  test("goes through what the search finds at each size, rises, and is straight between in logarithms", () => {
    const curve = servingCostCurve({ serving, sizes: [1e9, 100e9], points: 6 });
    expect(curve.sizes).toHaveLength(6);
    for (const [i, { nParams, deviceSeconds }] of curve.sizes.entries()) {
      expect(curve.deviceSeconds(nParams) / deviceSeconds).toBeCloseTo(1, 9);
      if (i > 0) expect(deviceSeconds).toBeGreaterThan(curve.sizes[i - 1]!.deviceSeconds);
    }
    const [a, b] = [curve.sizes[1]!, curve.sizes[2]!];
    const middle = curve.deviceSeconds(Math.sqrt(a.nParams * b.nParams));
    expect(middle / Math.sqrt(a.deviceSeconds * b.deviceSeconds)).toBeCloseTo(1, 9);
    expect(curve.deviceSecondsAt(a.nParams, 1.959964) / a.interval[1]).toBeCloseTo(1, 6);
    expect(curve.deviceSecondsAt(a.nParams, -1.959964) / a.interval[0]).toBeCloseTo(1, 6);
    expect(curve.computedPerOutput).toBe(5);
  });

  test("sizes that nothing serves are named with the reason, and two are needed", () => {
    const one = { ...serving, offers: [{ accelerator: "h100-sxm", devices: 1 }] };
    const curve = servingCostCurve({ serving: one, sizes: [1e9, 1e12], points: 7 });
    expect(curve.unserved.length).toBeGreaterThan(1);
    expect(curve.unserved[0]!.reason).toMatch(/nothing fits/);
    expect(() => servingCostCurve({ serving: one, sizes: [1e12, 3e12] })).toThrow(
      /got 0 of 13; nothing fits/,
    );
    expect(() => servingCostCurve({ serving: one, sizes: [2, 1] })).toThrow(/give the smaller first/);
    const two = { ...serving, offers: [...serving.offers, ...serving.offers] };
    expect(() => servingCostCurve({ serving: two, sizes: [1e9, 1e10] })).toThrow(/make a curve for each/);
  });

  test("a model that nothing serves is said to cost what smaller ones do, carried on", () => {
    const one = { ...serving, offers: [{ accelerator: "h100-sxm", devices: 1 }] };
    const curve = servingCostCurve({ serving: one, sizes: [1e9, 1e12], points: 7 });
    const life = lifetimeCost(question({ flops: 1e26 }, curve));
    expect(life.computeOptimal.nParams.value).toBeGreaterThan(curve.sizes.at(-1)!.nParams);
    expect(life.assumptions.join()).toMatch(
      /the compute-optimal model of .* carried on; nothing serves .*fits/,
    );
    expect(lifetimeCost(question()).assumptions.join()).not.toMatch(/carried on/);
  });

  test("a curve is of two sizes or more, that rise, with what they cost", () => {
    const size = (nParams: number, deviceSeconds: number) => ({
      ...{ nParams, deviceSeconds, by: "measured" },
      interval: [deviceSeconds / 2, 2 * deviceSeconds] as const,
    });
    expect(() => curveThrough([])).toThrow(/sizes must be two or more, got 0/);
    expect(() => curveThrough([size(1e9, 1)])).toThrow(/sizes must be two or more, got 1/);
    expect(() => curveThrough([size(2e9, 1), size(1e9, 1)])).toThrow(
      /nParams must be > 2000000000, got 1000/,
    );
    expect(() => curveThrough([size(1e9, -1), size(2e9, 1)])).toThrow(/deviceSeconds must be/);
    const bare = { nParams: 1e9, deviceSeconds: 1 } as never;
    expect(() => curveThrough([bare, size(2e9, 1)])).toThrow(/interval must be \[low, high\] around 1/);
    const measured = curveThrough([size(1e8, 1e-6), size(1e12, 1e-2)]);
    expect(lifetimeCost(question({}, measured)).draws).toBe(100);
  });

  test("accelerators and days of training are counts", () => {
    const training = question().training;
    expect(() => lifetimeCost(question({ training: { ...training, gpus: -1 } }))).toThrow(/training.gpus/);
    expect(() => lifetimeCost(question({ training: { ...training, days: 0 } }))).toThrow(/training.days/);
  });

  test("the models that are served have about the size asked for, and heads that eight devices divide", () => {
    for (let size = 3e8; size < 1e12; size *= 1.37) {
      const shape = servedShape(size);
      expect(Math.abs(Math.log(countParams(shape).total / size))).toBeLessThan(0.25);
      expect((shape.attention as { nHeads: number }).nHeads % 8).toBe(0);
    }
  });
});
