import fc from "fast-check";
import {
  allocateWithData,
  besiroglu2024,
  chinchilla,
  chinchillaFigure4Fit,
  computeOptimal,
  criticalBatch,
  dataConstrained,
  fit,
  lifetimeOptimum,
  overTraining,
  planTraining,
  rateAndBatch,
  repetitionCostRefit,
  withParameters,
} from "isoflop";
import { chinchillaFigure4 } from "isoflop-datasets";
import { describe, expect, test } from "vitest";

const { rStarTokens, rStarParams } = repetitionCostRefit.parameters;
const limited = withParameters(dataConstrained, {
  ...chinchillaFigure4Fit.parameters,
  rStarTokens,
  rStarParams,
});

describe("unique tokens", () => {
  test("the plan is the optimum of the law of repeated data, as allocateWithData and a law that reads unique tokens find it", () => {
    fc.assert(
      fc.property(
        fc.double({ min: 1e19, max: 1e24, noNaN: true }),
        fc.double({ min: 1e9, max: 1e12, noNaN: true }),
        (flops, uniqueTokens) => {
          const plan = planTraining({ flops, uniqueTokens, draws: 2 });
          const closed = allocateWithData({ flops, uniqueTokens, law: limited });
          expect(plan.loss.value / closed.loss).toBeCloseTo(1, 9);
          const direct = planTraining({ flops, uniqueTokens, law: limited });
          expect(direct.loss.value / closed.loss).toBeCloseTo(1, 9);
        },
      ),
      { seed: 5, numRuns: 60 },
    );
  });

  test("no size on a fine grid beats it, over-trained or not", () => {
    const flops = 1e22;
    const plan = planTraining({ flops, uniqueTokens: 60e9, draws: 2 });
    for (let k = -400; k <= 400; k++) {
      const nParams = plan.nParams.value * Math.exp(k / 100);
      const loss = limited.predict({ nParams, nTokens: flops / 6 / nParams, uniqueTokens: 60e9 });
      expect(loss).toBeGreaterThanOrEqual(plan.loss.value * (1 - 1e-10));
    }
  });

  test("as many as the plan wants anyway change nothing", () => {
    const plain = planTraining({ flops: 1e22, draws: 2 });
    const plenty = planTraining({ flops: 1e22, uniqueTokens: 1e13, draws: 2 });
    expect(plenty.nParams.value).toBe(plain.nParams.value);
    expect(plenty.loss.value).toBeCloseTo(plain.loss.value, 12);
    expect(plenty.epochs!.value).toBeLessThan(1);
  });

  test("what repeats are worth widens the interval, since the runs hardly bound it", () => {
    const plain = planTraining({ flops: 1e22 });
    const repeated = planTraining({ flops: 1e22, uniqueTokens: 20e9 });
    const width = ([low, high]: readonly [number, number]) => high / low;
    expect(width(repeated.nTokens.interval!)).toBeGreaterThan(width(plain.nTokens.interval!));
    const [low, high] = repeated.terms[1]!.constants.rStarTokens!.interval!;
    expect(low).toBeLessThan(15.4);
    expect(high).toBeGreaterThan(1000);
    expect(repeated.regret!.value).toBeGreaterThan(plain.regret!.value);
  });
});

describe("tokens to serve", () => {
  test("the plan is the closed form's for Chinchilla's law", () => {
    fc.assert(
      fc.property(
        fc.double({ min: 1e20, max: 1e25, noNaN: true }),
        fc.double({ min: 1e9, max: 1e14, noNaN: true }),
        (flops, nTokens) => {
          const plan = planTraining({ flops, inferenceTokens: nTokens, law: besiroglu2024 });
          const { loss } = computeOptimal(besiroglu2024, { flops });
          const closed = lifetimeOptimum(besiroglu2024.parameters, { loss, inference: [{ nTokens }] });
          expect(plan.flops.value + plan.inferenceFlops!.value).toBeLessThan(closed.total * (1 + 1e-9));
          expect(plan.nParams.value / closed.nParams).toBeCloseTo(1, 3);
        },
      ),
      { seed: 6, numRuns: 60 },
    );
  });
});

describe("experts", () => {
  test("one expert is the dense plan, and more see fewer parameters at the same compute and promise less loss", () => {
    const dense = planTraining({ flops: 1e21, draws: 20 });
    const one = planTraining({ flops: 1e21, experts: 1, draws: 20 });
    expect(one.nParams).toEqual(dense.nParams);
    expect(one.experts).toBeUndefined();
    const routed = planTraining({ flops: 1e21, experts: 64, draws: 20 });
    expect(routed.loss.value).toBeLessThan(dense.loss.value);
    expect(routed.nParamsTotal!.value / routed.nParams.value).toBeCloseTo(22, 10);
  });

  test("the loss is bounded by the dense model of the same size, since the laws were never measured together", () => {
    const { loss, nParams, nTokens } = planTraining({ flops: 1e21, experts: 64 });
    const dense = chinchillaFigure4Fit.predict({ nParams: nParams.value, nTokens: nTokens.value });
    expect(loss.isBound).toBe(true);
    expect(loss.interval![1]).toBeGreaterThan(dense);
    expect(loss.interval![0]).toBeLessThan(loss.value);
  });

  test("memory holds the weights, and the best of the candidates that it holds is taken", () => {
    const free = planTraining({ flops: 1e21, experts: [1, 8, 64, 256], draws: 2 });
    expect(free.experts!.value).toBe(256);
    const held = planTraining({ flops: 1e21, experts: [1, 8, 64, 256], memoryBytes: 20e9, draws: 2 });
    expect(held.nParamsTotal!.value * 2).toBeLessThanOrEqual(20e9 * (1 + 1e-9));
    expect(held.experts!.value).toBeLessThan(256);
    for (const experts of [1, 8, 64, 256]) {
      const own = planTraining({ flops: 1e21, experts, memoryBytes: 20e9, draws: 2, beyondData: true });
      expect(own.loss.value).toBeGreaterThanOrEqual(held.loss.value * (1 - 1e-12));
    }
  });

  test("a candidate beyond the runs is passed over for one within, and that is said", () => {
    const question = { flops: 1e22, experts: [1, 64], memoryBytes: 50e9, draws: 2 };
    expect(() => planTraining({ ...question, experts: 64 })).toThrow(/never measured together/);
    const plan = planTraining({ ...question, experts: [8, 64] });
    expect(plan.experts!.value).toBe(8);
    expect(plan.experts!.notes[0]).toContain("64 would promise less loss");
    expect(planTraining({ ...question, experts: [8, 64], beyondData: true }).experts!.value).toBe(64);
  });

  test("ten times beyond the runs of either law a plan is refused, unless asked for", () => {
    expect(() => planTraining({ flops: 1e25, experts: 64 })).toThrow(
      /loss and experts were never measured together, and n(Params|Tokens) .*set beyondData/,
    );
    expect(planTraining({ flops: 1e25, experts: 64, beyondData: true, draws: 2 }).loss.isBound).toBe(true);
    expect(planTraining({ flops: 1e27, draws: 2 }).nParams.notes[0]).toContain("above the fitted range");
  });
});

describe("mixtures", () => {
  const response = {
    sources: ["web", "code"] as const,
    losses: ([web, code]: Readonly<Float64Array>) => 2 + Math.exp(-3 * web!) + Math.exp(-6 * code!),
  };

  test("the shares are the response's best where supply is ample, and end at four epochs where it is not", () => {
    const ample = planTraining({ flops: 1e21, mixture: { supply: {}, response }, draws: 2 });
    // -3 e^-3w = -6 e^-6(1-w)
    expect(ample.shares!.web!.value).toBeCloseTo((6 - Math.log(2)) / 9, 4);
    const short = planTraining({ flops: 1e21, mixture: { supply: { code: 1e9 }, response }, draws: 2 });
    expect((short.shares!.code!.value * short.nTokens.value) / 1e9).toBeCloseTo(4, 6);
    expect(short.shares!.code!.notes[0]).toContain("where its limit holds it");
  });

  test("one source with a supply is the plan with as many unique tokens", () => {
    const mixed = planTraining({
      flops: 1e22,
      mixture: { supply: { web: 30e9 }, shares: { web: 1 } },
      draws: 2,
    });
    const plain = planTraining({ flops: 1e22, uniqueTokens: 30e9, draws: 2 });
    expect(mixed.nParams.value).toBe(plain.nParams.value);
    expect(mixed.loss.value).toBe(plain.loss.value);
  });

  test("sources that run out one by one leave more loss than as many tokens of one kind", () => {
    const mixture = { supply: { web: 1e12, code: 1e9 }, shares: { web: 0.5, code: 0.5 } };
    const mixed = planTraining({ flops: 1e21, mixture });
    expect(mixed.loss.value).toBeGreaterThan(planTraining({ flops: 1e21, draws: 2 }).loss.value);
    expect(mixed.loss.isBound).toBe(true);
  });

  test("a supply that cannot fill the run is seen more often than four times, evenly", () => {
    const mixture = { supply: { web: 2e9, code: 1e9 }, response };
    const plan = planTraining({ flops: 1e22, mixture, draws: 2, beyondData: true });
    const epochs = (name: "web" | "code") =>
      (plan.shares![name]!.value * plan.nTokens.value) / mixture.supply[name];
    expect(epochs("web")).toBeGreaterThan(4);
    expect(epochs("web") / epochs("code")).toBeCloseTo(1, 1);
  });
});

describe("laws of one's own", () => {
  test("a law of compute and tokens per parameter is planned on", () => {
    const law = withParameters(overTraining, { E: 1.5, a: 141, b: 190, eta: 0.12 });
    const plan = planTraining({ flops: 1e21, law });
    expect(plan.tokensPerParam.value).toBeCloseTo((190 / 141) ** (1 / 0.24), 4);
  });

  test("the draws of a law are the same whatever other laws the plan rests on", () => {
    const law = fit(
      chinchilla,
      chinchillaFigure4().filter((run) => !run.isOutlier),
    );
    const plain = planTraining({ flops: 1e21, law, draws: 100 });
    const more = planTraining({ flops: 1e21, law, uniqueTokens: 1e10, experts: 8, draws: 100 });
    expect(more.terms[0]).toEqual(plain.terms[0]);
    expect(planTraining({ flops: 1e21, law, draws: 100 })).toEqual(plain);
    expect(planTraining({ flops: 1e21, law, draws: 100, seed: 1 }).loss.interval).not.toEqual(
      plain.loss.interval,
    );
  });
});

describe("batch and schedule", () => {
  const free = planTraining({ flops: 1e22, draws: 2 });

  test("a batch within the limit stays the best; below it the rate is the best for it, and what it costs is told", () => {
    expect(planTraining({ flops: 1e22, maxBatchTokens: 1e9, draws: 2 }).batchTokens).toEqual(
      free.batchTokens,
    );
    const half = free.batchTokens.value / 2;
    const plan = planTraining({ flops: 1e22, maxBatchTokens: half, draws: 2 });
    const run = { nParams: free.nParams.value, nTokens: free.nTokens.value };
    expect(plan.batchTokens.value).toBe(half);
    expect(plan.steps.value).toBeCloseTo(2 * free.steps.value, 4);
    expect(plan.learningRate.value).toBeLessThan(free.learningRate.value);
    // The rate is for the parameters outside the vocabulary, which are a few per cent fewer.
    const { lossPaid } = rateAndBatch({ ...run, batchTokens: half });
    expect(plan.batchPenalty!.value / lossPaid.value).toBeCloseTo(1, 1);
    expect(plan.batchPenalty!.value).toBeGreaterThan(0);
  });

  test("the critical batch is that of the run's tokens", () => {
    const { batchTokens, interval } = criticalBatch({ law: "counted", nTokens: free.nTokens.value });
    expect(free.criticalBatch).toMatchObject({ value: batchTokens, interval });
  });

  test("a cooldown of a fifth begins at four fifths of the steps, and earlier horizons cost their cooldowns alone", () => {
    const nTokens = free.nTokens.value;
    const horizons = [0.3 * nTokens, 0.7 * nTokens];
    const plan = planTraining({ flops: 1e22, cooldown: 0.2, horizons, draws: 2 });
    expect(plan.cooldownFrom!.value).toBeCloseTo(0.8 * plan.steps.value, 6);
    expect(plan.horizonFlops!.value / 1e22).toBeCloseTo(1 + 0.2 * (0.3 + 0.7), 10);
    expect(plan.horizonFlops!.notes[0]).toContain("1.67 times as much");
    expect(free.cooldownFrom).toBeUndefined();
  });
});

describe("money and days", () => {
  test("money at a price an hour is a budget, and days say how many accelerators", () => {
    const plan = planTraining({ usd: 2e6, days: 60, accelerator: "h100-sxm", usdPerGpuHour: 2.5, draws: 2 });
    expect(plan.gpuHours!.value).toBeCloseTo(8e5, 4);
    expect(plan.usd!.value).toBeCloseTo(2e6, 4);
    expect(plan.gpus!.value).toBe(Math.ceil(8e5 / 24 / 60));
  });

  test("without an accelerator money buys A100s at the geometric mean of their dated prices, and says so", () => {
    const { usd, flops } = planTraining({ usd: 2e6, days: 60, draws: 2 });
    expect(flops.from).toContain("A100-SXM-40GB");
    expect(usd!.notes[0]).toContain("prices of 2026-11-09, the dearest 1.7 times the cheapest");
    expect(usd!.from).toContain("the geometric mean of 1.99 to 3.4");
    expect(flops.notes.join("\n")).toContain("hours hold more than steps");
    expect(() => planTraining({ usd: 1e6, accelerator: "h20" })).toThrow(
      "usd needs the price of an hour of H20",
    );
  });

  test("of several limits the least counts, and is named", () => {
    const both = planTraining({
      usd: 1e9,
      days: 30,
      gpus: 1000,
      accelerator: "h100-sxm",
      usdPerGpuHour: 2,
      draws: 2,
    });
    expect(both.gpuHours!.value).toBeCloseTo(30 * 24 * 1000, 4);
    expect(both.days!.value).toBeCloseTo(30, 10);
    expect(both.flops.notes.at(-1)).toContain("the least of the limits: 1e9 US dollars");
  });
});

describe("a wrong question gets told", () => {
  const response = { sources: ["web"], losses: () => 1 };
  test.each([
    [{ flops: 1e22, uniqueTokens: 0 }, "uniqueTokens must be a number > 0, got 0"],
    [{ flops: 1e22, uniqueTokens: Number.NaN }, "uniqueTokens must be a number > 0, got NaN"],
    [{ flops: 1e22, experts: 0 }, "experts must be a whole number >= 1, got 0"],
    [{ flops: 1e22, experts: [] }, "experts must be a number or a list of them"],
    [{ flops: 1e22, memoryBytes: -1 }, "memoryBytes must be a number > 0, got -1"],
    [{ flops: 1e22, draws: 1 }, "draws must be a whole number between 2 and 100000, got 1"],
    [{ flops: 1e22, at: { vocabSize: 3 } }, "at.vocabSize is nothing that chinchilla reads"],
    [{ flops: 1e22, law: limited }, "dataConstrained reads uniqueTokens (tokens), which no plan chooses"],
    [{ usd: -1 }, "usd must be a number > 0, got -1"],
    [{ flops: 1e22, days: 3 }, "days and cost need an accelerator"],
    [{ flops: 1e22, mixture: { supply: {} } }, "a mixture needs either shares"],
    [{ flops: 1e22, mixture: { supply: { code: 1 }, response } }, "supply names code, which is no source"],
    [{ flops: 1e22, mixture: { supply: { web: 0 }, response } }, "supply.web must be a number > 0, got 0"],
    [{ flops: 1e22, mixture: { supply: {}, response }, uniqueTokens: 1e9 }, "both say what there is"],
    [{ flops: 1e22, mixture: { suply: {}, response } }, "mixture has no option suply"],
    [{ flops: 1e22, horizons: [1e10] }, "give cooldown, such as 0.2"],
    [{ flops: 1e22, cooldown: 20 }, "cooldown must lie in (0, 1], got 20"],
    [{ flops: 1e22, maxBatchTokens: 0 }, "maxBatchTokens must be a number > 0, got 0"],
  ] as const)("%#: %j", (question, message) => {
    expect(() => planTraining(question as never)).toThrow(message);
  });
});
