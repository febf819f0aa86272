import fc from "fast-check";
import {
  chinchilla,
  chinchillaFigure4Fit,
  computeOptimal,
  fit,
  hoffmann2022,
  type Planned,
  planTraining,
  powerLaw,
  rateAndBatch,
  withParameters,
} from "isoflop";
import { chinchillaFigure4 } from "isoflop-datasets";
import { describe, expect, test } from "vitest";

const runs = chinchillaFigure4().filter((run) => !run.isOutlier);
const budgets = fc.double({ min: 1e18, max: 1e26, noNaN: true });

test("the plan for a budget is the law's optimum, spends the budget, and names a source for every number", () => {
  fc.assert(
    fc.property(budgets, (flops) => {
      const plan = planTraining({ flops, draws: 20 });
      const best = computeOptimal(chinchillaFigure4Fit, { flops });
      expect(plan.nParams.value).toBe(best.nParams);
      expect(plan.loss.value / best.loss).toBeCloseTo(1, 14);
      expect((6 * plan.nParams.value * plan.nTokens.value) / flops).toBeCloseTo(1, 12);
      const { terms, ...quantities } = plan;
      expect(terms.map(({ term, runs }) => [term, runs])).toEqual([["loss", 240]]);
      for (const planned of Object.values(quantities) as Planned[]) {
        expect(planned.from.length).toBeGreaterThan(0);
        expect(planned.unit.length).toBeGreaterThan(0);
        expect(Number.isFinite(planned.value)).toBe(true);
      }
    }),
    { seed: 12, numRuns: 50 },
  );
});

test("no neighbour of the plan reaches its loss with less compute", () => {
  fc.assert(
    fc.property(budgets, fc.double({ min: 0.2, max: 5, noNaN: true }), (flops, factor) => {
      const { nParams, loss } = planTraining({ flops, law: hoffmann2022 });
      const { E, A, B, alpha, beta } = hoffmann2022.parameters;
      const size = nParams.value * factor;
      const left = loss.value - E - A * size ** -alpha;
      const tokens = left > 0 ? (B / left) ** (1 / beta) : Infinity;
      expect(6 * size * tokens).toBeGreaterThanOrEqual(flops * (1 - 1e-9));
    }),
    { seed: 13, numRuns: 200 },
  );
});

test("over-training keeps the budget, shrinks the model by the root of the factor, and says what it costs", () => {
  const plain = planTraining({ flops: 1e22 });
  const over = planTraining({ flops: 1e22, overTrain: 4 });
  expect(over.flops.value).toBe(1e22);
  expect(over.nParams.value / plain.nParams.value).toBeCloseTo(0.5, 12);
  expect(over.tokensPerParam.value / plain.tokensPerParam.value).toBeCloseTo(4, 10);
  expect(over.lossPenalty!.value).toBeCloseTo(over.loss.value - plain.loss.value, 12);
  expect(over.lossPenalty!.value).toBeGreaterThan(0);
});

test("tokens to serve make the model smaller and the lifetime cheaper at the same loss", () => {
  const plain = planTraining({ flops: 1e22 });
  const served = planTraining({ flops: 1e22, inferenceTokens: 1e12 });
  expect(served.loss.value).toBe(plain.loss.value);
  expect(served.nParams.value).toBeLessThan(plain.nParams.value);
  const lifetime = served.flops.value + served.inferenceFlops!.value;
  expect(lifetime).toBeLessThan(1e22 + 2 * plain.nParams.value * 1e12);
});

test("accelerator hours become FLOPs, days and cost", () => {
  const plan = planTraining({
    gpuHours: 1e6,
    accelerator: "h100-sxm",
    mfu: 0.5,
    gpus: 1000,
    usdPerGpuHour: 3,
  });
  expect(plan.flops.value).toBeCloseTo(1e6 * 3600 * 989e12 * 0.5, -10);
  expect(plan.gpuHours!.value).toBeCloseTo(1e6, 3);
  expect(plan.days!.value).toBeCloseTo(1e6 / 1000 / 24, 6);
  expect(plan.usd!.value).toBeCloseTo(3e6, 3);
});

test("a fit gives the loss with an interval and the distance from its runs, published constants say what they lack", () => {
  const law = fit(chinchilla, runs);
  const inside = planTraining({ flops: 1e20, law });
  const [low, high] = inside.loss.interval!;
  expect(low).toBeLessThan(inside.loss.value);
  expect(high).toBeGreaterThan(inside.loss.value);
  expect(inside.nParams.notes).toEqual([]);
  expect(planTraining({ flops: 1e24, law }).nParams.notes[0]).toContain("beyond the runs");
  expect(planTraining({ flops: 1e24, law: hoffmann2022 }).loss.notes).toContain(
    "no interval: the constants of this law come without a covariance",
  );
  expect(planTraining({ flops: 1e24, law: hoffmann2022 }).loss.interval).toBeUndefined();
});

test("outside the range of Chinchilla's runs the factor of extrapolation is stated", () => {
  const range = (field: "nParams" | "nTokens") => {
    const values = runs.map((run) => run[field]);
    return [Math.min(...values), Math.max(...values)] as const;
  };
  const plan = planTraining({ flops: 1e24 });
  const factor = (field: "nParams" | "nTokens") => (plan[field].value / range(field)[1]).toPrecision(2);
  expect(plan.nParams.notes).toEqual([
    `nParams 100B is ${factor("nParams")} times above the fitted range 57.3M to 16.2B`,
    `nTokens 1.67T is ${factor("nTokens")} times above the fitted range 819M to 318B`,
  ]);
});

test("learning rate and batch are those of the public grids for the parameters outside the vocabulary", () => {
  const plan = planTraining({ flops: 1e21, vocabulary: 32_000 });
  const nonEmbedding = plan.nParams.value - 32_000 * 3200;
  expect(plan.learningRate.value).toBe(
    rateAndBatch({ nParams: nonEmbedding, nTokens: plan.nTokens.value }).learningRate.value,
  );
  expect(plan.vocabSize!.value).toBe(32_000);
});

test("beyond the published widths the plan has no vocabulary instead of a guess", () => {
  expect(planTraining({ flops: 1e28 }).vocabSize).toBeUndefined();
});

describe("a wrong question gets told", () => {
  const law = withParameters(powerLaw("flops"), { E: 1.5, A: 141, alpha: 0.12 });
  test.each([
    [{}, "give the budget once: flops, or gpuHours with an accelerator"],
    [{ flops: 1e22, gpuHours: 1 }, "give the budget once"],
    [{ flops: 0 }, "flops must be a number > 0, got 0"],
    [{ flops: -1e22 }, "flops must be a number > 0, got -1e+22"],
    [{ gpuHours: 1e6 }, "gpuHours needs an accelerator"],
    [{ gpuHours: 0, accelerator: "h100-sxm" }, "gpuHours must be a number > 0, got 0"],
    [{ gpuHours: 1, accelerator: "tpu" }, 'accelerator "tpu" is ambiguous: it may be tpu-v4'],
    [{ gpuHours: 1, accelerator: "a1" }, 'accelerator "a1" is unknown; did you mean a100-sxm-40gb'],
    [
      { gpuHours: 1, accelerator: "h100-sxm", mfu: 40 },
      "mfu must lie in (0, 1], got 40; divide percentages by 100",
    ],
    [{ flops: 1e22, vocabulary: 32 }, "vocabulary must be a whole number >= 256, got 32"],
    [{ flops: 1e18, vocabulary: 1e9 }, "has more parameters than the model's"],
    [{ flops: 1e22, overTrain: 0 }, "overTrain must be a number > 0, got 0"],
    [{ flops: 1e22, overTrain: 2, inferenceTokens: 1e12 }, "both choose the model's size; give one"],
    [{ flops: 1e22, inferenceTokens: -1 }, "inferenceTokens must be a number > 0, got -1"],
    [{ flops: 1e22, nCharacters: 1e12 }, "a plan counts tokens, not characters"],
    [{ flops: 1e22, gpus: 8 }, "days and cost need an accelerator"],
    [
      { flops: 1e22, law },
      "a plan needs a law in nParams and nTokens (or what follows from them: flops with tokenMultiplier)",
    ],
  ] as const)("%#: %j", (question, message) => {
    expect(() => planTraining(question as never)).toThrow(message);
  });
});
