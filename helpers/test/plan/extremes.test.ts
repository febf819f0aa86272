import {
  chinchilla,
  chinchillaFigure4Fit,
  dataConstrained,
  fit,
  hoffmann2022,
  optimalMixture,
  type Planned,
  planTraining,
  rangeNote,
  renormaliseShares,
  withParameters,
} from "isoflop";
import { chinchillaFigure4 } from "isoflop-datasets";
import { describe, expect, test } from "vitest";

const runs = chinchillaFigure4().filter((run) => !run.isOutlier);
const every = (count: number, from = 0) =>
  Array.from({ length: count }, (_, k) => runs[(from + k * Math.floor(runs.length / count)) % runs.length]!);

describe("memory", () => {
  test("a model for serving stays within it, and is the best that does", () => {
    const question = { flops: 1e22, memoryBytes: 1e9, draws: 50 };
    const held = planTraining(question);
    for (const inferenceTokens of [1e9, 1e12, 1e14]) {
      const plan = planTraining({ ...question, inferenceTokens });
      expect(plan.nParams.value).toBeLessThanOrEqual(5e8 * (1 + 1e-12));
      expect(plan.nParams.interval![1]).toBeLessThanOrEqual(5e8 * (1 + 1e-12));
      expect(plan.loss.value).toBe(held.loss.value);
      const { E, A, B, alpha, beta } = chinchillaFigure4Fit.parameters;
      const cost = (size: number) =>
        6 * size * (B / (held.loss.value - E - A * size ** -alpha)) ** (1 / beta) +
        2 * size * inferenceTokens;
      const sizes = Array.from({ length: 500 }, (_, k) => 5e8 * Math.exp(-k / 500));
      const least = Math.min(...sizes.map(cost).filter((one) => !Number.isNaN(one)));
      expect(plan.flops.value + plan.inferenceFlops!.value).toBeLessThanOrEqual(least * (1 + 1e-9));
    }
  });

  test("less over-training than it holds is refused, more is planned", () => {
    const question = { flops: 1e22, memoryBytes: 1e9, draws: 2 };
    expect(() => planTraining({ ...question, overTrain: 0.1 })).toThrow(
      "overTrain 0.1 asks for 1.58B parameters a token sees, and memoryBytes 1e9 holds 500M; give more memory",
    );
    expect(planTraining({ ...question, overTrain: 4 }).nParams.value).toBeCloseTo(2.5e8, 0);
  });

  test("of several numbers of experts the one that ends best is taken, over-trained as well", () => {
    for (const overTrain of [0.2, 5, 100]) {
      const question = { flops: 1e21, overTrain, draws: 2, beyondData: true };
      const chosen = planTraining({ ...question, experts: [1, 4, 32, 256] });
      for (const experts of [1, 4, 32, 256]) {
        const alone = planTraining({ ...question, experts });
        expect(alone.loss.value).toBeGreaterThanOrEqual(chosen.loss.value);
      }
    }
  });

  test("of less than a parameter is refused; experts that do not fit are left out", () => {
    expect(() => planTraining({ flops: 1e22, memoryBytes: 1 })).toThrow(
      "memoryBytes must hold at least one parameter of 2 bytes, got 1",
    );
  });
});

describe("serving", () => {
  test("where smaller models never reach the loss, the plan is the budget's own", () => {
    const question = { flops: 7.971e22, uniqueTokens: 4.477e8, beyondData: true, draws: 2 };
    const plain = planTraining(question);
    const served = planTraining({ ...question, inferenceTokens: 3e13 });
    expect(Number.isFinite(served.nTokens.value)).toBe(true);
    expect(served.nParams.value).toBeLessThanOrEqual(plain.nParams.value * (1 + 1e-9));
    expect(served.loss.value).toBe(plain.loss.value);
  });

  test("the compute beyond the budget is told, and accelerators are whole ones in the interval too", () => {
    const plan = planTraining({
      usd: 1e4,
      days: 30,
      accelerator: "h100-sxm",
      usdPerGpuHour: 2,
      inferenceTokens: 1e12,
      draws: 100,
    });
    expect(plan.flops.notes.at(-1)).toMatch(/^1\.\d+ times the budget of .*saves more in serving/);
    const { value, interval } = plan.gpus!;
    for (const count of [value, ...interval!]) expect(Number.isInteger(count)).toBe(true);
    expect(interval![0]).toBeLessThanOrEqual(value);
    expect(interval![1]).toBeGreaterThanOrEqual(value);
  });

  test("more tokens than numbers reach are refused instead of planned as Infinity", () => {
    expect(() => planTraining({ flops: 1e22, inferenceTokens: 1e300, draws: 20 })).toThrow(
      /must be a finite number, got .* ask for less extreme numbers/,
    );
  });
});

describe("repeats", () => {
  test("more passes, or fewer different tokens, than ten times the runs behind their law are refused unless asked for", () => {
    expect(() => planTraining({ flops: 1e22, uniqueTokens: 1e3 })).toThrow(
      /loss and repetition were never measured together, and uniqueTokens 1K is 100000 times outside/,
    );
    const asked = planTraining({ flops: 1e22, uniqueTokens: 1e6, beyondData: true, draws: 20 });
    expect(asked.nTokens.notes.some((note) => note.includes("of the law of repetition"))).toBe(true);
  });

  test("a source of a mixture that repeats so often is refused as well", () => {
    const mixture = { supply: { rare: 1e4 }, shares: { web: 0.9, rare: 0.1 } };
    expect(() => planTraining({ flops: 1e20, mixture })).toThrow(/epochs .* times outside/);
  });

  test("more different tokens than are trained on are no question to it", () => {
    const plan = planTraining({ flops: 1e22, uniqueTokens: 1e18, draws: 20 });
    expect(plan.nTokens.notes.join()).not.toContain("uniqueTokens");
  });
});

describe("a fit of few runs", () => {
  test("has intervals that hold their values, without draws that have no best split", () => {
    for (const count of [6, 7, 9, 12]) {
      for (const from of [0, 17, 34]) {
        const plan = planTraining({ flops: 1e22, law: fit(chinchilla, every(count, from)) });
        const { terms, ...quantities } = plan;
        for (const { value, interval } of Object.values(quantities) as Planned[]) {
          if (!interval) continue;
          expect(interval[0]).toBeLessThanOrEqual(value);
          expect(interval[1]).toBeGreaterThanOrEqual(value);
        }
        expect(plan.nTokens.interval![0]).toBeGreaterThan(1.01);
      }
    }
  });

  test("says in how many draws there is none", () => {
    const { nParams } = planTraining({ flops: 1e22, law: fit(chinchilla, every(6)) });
    expect(nParams.notes.join()).toMatch(/in \d+ of 1000 draws .* more parameters or tokens always help/);
  });

  test("foretells one more run with the noise's own uncertainty", () => {
    const law = fit(chinchilla, every(7));
    const { posterior: many } = chinchillaFigure4Fit;
    expect(many.freedom).toBe(235);
    const { loss } = planTraining({ flops: 1e20, law, draws: 4000 });
    // Two degrees of freedom: t reaches 4.3 standard deviations, a normal 1.96.
    const logs = Math.log(loss.interval![1] / loss.value);
    const residuals = law.residuals();
    const noise = Math.sqrt(residuals.reduce((sum, one) => sum + one * one, 0) / 2);
    expect(logs).toBeGreaterThan(3 * noise);
  });
});

describe("a wrong question gets told", () => {
  const response = { sources: ["web", "code"], losses: () => 1 };
  test.each([
    [undefined, "the options of planTraining must be an object such as { flops: … }, got undefined"],
    [5, "got the number 5"],
    [{ flops: 1e22, at: 5 }, "at must be an object of numbers by variable"],
    [{ flops: 1e22, beyondData: "no" }, 'beyondData must be true or false, got the text "no"'],
    [{ flops: 1e22, vocabulary: 32000.5 }, "vocabulary must be a whole number >= 256, got 32000.5"],
    [{ flops: 1e22, accelerator: 5 }, "accelerator must be a name such as h100-sxm or a data sheet"],
    [{ flops: 1e22, accelerator: {} }, "peakFlopsPerS, got an empty object"],
    [{ flops: 1e22, accelerator: "h100-sxm", gpus: 1.5 }, "gpus must be a whole number >= 1, got 1.5"],
    [{ flops: 1 }, "has no optimum of at least one parameter and one token at 1e0 FLOPs"],
    [{ flops: 1e22, overTrain: 1e30 }, "tokens, less than one"],
    [{ flops: 1e22, experts: 1.5 }, "experts must be a whole number >= 1, got 1.5"],
    [
      { flops: 1e22, experts: "8" },
      'experts must be a number or a list of them such as [1, 8, 64], got the text "8"',
    ],
    [{ flops: 1e22, experts: [] }, "got an empty list"],
    [{ flops: 1e22, draws: 1e9 }, "draws must be a whole number between 2 and 100000, got 1000000000"],
    [
      { flops: 1e22, cooldown: 0.2, horizons: [] },
      "horizons must be a list of tokens such as [1e11, 2e11], got an empty",
    ],
    [{ flops: 1e22, cooldown: 0.2, horizons: 1e10 }, "got the number 10000000000; leave it out for none"],
    [
      { flops: 1e22, cooldown: 0.2, horizons: [1e15] },
      "a horizon must be within the run's 181B tokens, got 1e15",
    ],
    [
      { usd: 1e308, usdPerGpuHour: 1e-300, accelerator: "h100-sxm" },
      "the budget must come to a finite number of FLOPs > 0, got Infinity",
    ],
    [
      { usd: 1e-300, usdPerGpuHour: 1e300, accelerator: "h100-sxm" },
      "the budget must come to a finite number of FLOPs > 0, got 0",
    ],
    [
      { flops: 1e22, mixture: { shares: { web: 1 } } },
      "a mixture's supply must be an object of numbers by source",
    ],
    [
      { flops: 1e22, mixture: { supply: {}, shares: [1, 2] } },
      "a mixture's shares must be an object of numbers by source",
    ],
    [{ flops: 1e22, mixture: { supply: {}, shares: "web" } }, 'got the text "web"'],
    [
      { flops: 1e22, mixture: { supply: {}, shares: { web: 1 }, weights: { a: 1 } } },
      "weights says how a mixture's shares are found",
    ],
    [
      { flops: 1e22, mixture: { supply: {}, shares: { web: 1 }, maxEpochs: 3 } },
      "maxEpochs says how a mixture's shares are found",
    ],
    [
      { flops: 1e22, mixture: { supply: {}, shares: { web: 1e308, code: 1e308 } } },
      "the sum of all shares must be a finite number > 0, got Infinity",
    ],
    [
      { flops: 1e22, mixture: { supply: {}, shares: { "a\u001b[31m": 1 } } },
      "a source's name must be a line of text",
    ],
    [
      { flops: 1e22, mixture: { supply: {}, response: 5 } },
      "a mixture's response must have sources and losses",
    ],
    [
      { flops: 1e22, mixture: { supply: {}, response: { ...response, sources: [] } } },
      "a mixture's response must have sources",
    ],
  ] as const)("%#: %j", (question, message) => {
    expect(() => planTraining(question as never)).toThrow(message);
  });
});

test("a source without a share changes nothing, however much there is of it", () => {
  const supply = { web: 2e10, code: 1e9 };
  const shares = { web: 0.9, code: 0.1 };
  const plain = planTraining({ flops: 1e21, mixture: { supply, shares }, draws: 50 });
  const more = planTraining({ flops: 1e21, mixture: { supply, shares: { ...shares, books: 0 } }, draws: 50 });
  expect(more.loss).toEqual(plain.loss);
});

test("sources may have the names that every object inherits", () => {
  const names = ["constructor", "toString", "__proto__"];
  const shares = Object.fromEntries(names.map((name) => [name, 1]));
  const plan = planTraining({ flops: 1e21, mixture: { supply: {}, shares }, draws: 2 });
  const plain = planTraining({ flops: 1e21, draws: 2 });
  expect(plan.loss.value).toBeCloseTo(plain.loss.value, 10);
  expect(Object.keys(plan.shares!)).toEqual(names);
  expect(renormaliseShares(shares).constructor).toBeCloseTo(1 / 3, 12);
  const response = {
    sources: names,
    targets: ["valueOf"],
    losses: ([a, b, c]: Readonly<Float64Array>) => [a! ** 2 + b! ** 2 + c! ** 2],
  };
  expect(optimalMixture(response).shares.toString).toBeCloseTo(1 / 3, 5);
  expect(() => optimalMixture(response, { weights: {} as never })).toThrow("the weights are all 0");
});

describe("notes are true", () => {
  test("of a dense plan with a mixture the bounds are those of its sources, though experts were candidates", () => {
    const mixture = { supply: { web: 5e10, code: 1e9 }, shares: { web: 0.8, code: 0.2 } };
    // Memory for a thousandth of the model: a dense one is the best of what it holds.
    const plan = planTraining({ flops: 1e21, mixture, experts: [1, 256], memoryBytes: 1e9, draws: 20 });
    expect(plan.experts!.value).toBe(1);
    expect(plan.loss.notes.join()).toContain("from sources that repeat as one to each for itself");
    expect(plan.loss.notes.join()).not.toContain("no gain by experts");
  });

  test("shares without draws of their response are said to have no interval", () => {
    const response = (slope: number) => ({
      sources: ["web", "code"],
      losses: ([web, code]: Readonly<Float64Array>) => Math.exp(-slope * web!) + Math.exp(-2 * code!),
    });
    const notes = (mixture: object) =>
      planTraining({
        flops: 1e21,
        mixture: { supply: {}, response: response(2), ...mixture },
        draws: 2,
      }).mixtureLoss!.notes.join();
    expect(notes({})).toContain("no interval of the shares");
    expect(notes({ draws: [1.9, 2, 2.1].map(response) })).not.toContain("no interval");
  });

  test("a range of one value is one, and a factor is never 1", () => {
    const { nTokens } = planTraining({ flops: 1e21, experts: 8, draws: 2 });
    expect(nTokens.notes.join()).toContain("below the fitted value 130B of the law of experts");
    expect(rangeNote("nParams", 4.1e9, [1e9, 4e9])).toContain("is 1.02 times above");
  });

  test("a fit that its runs pass through has its runs and their range, and says why it has no interval", () => {
    const law = fit(chinchilla, every(5));
    const plan = planTraining({ flops: 1e21, law });
    expect(plan.loss.interval).toBeUndefined();
    expect(plan.loss.notes).toEqual([
      "no interval: the fit of 5 runs leaves nothing to tell its uncertainty by",
    ]);
    expect(plan.terms[0]).toMatchObject({ runs: 5 });
    expect(Object.keys(plan.terms[0]!.fitted)).toEqual(["nParams", "nTokens"]);
  });

  test("where only other laws have draws the intervals are said to be theirs", () => {
    const plan = planTraining({ flops: 1e22, law: hoffmann2022, uniqueTokens: 6e10, draws: 20 });
    const said =
      "the interval is of the law of repetition alone, and too narrow: for the loss the constants of this law come without a covariance";
    expect(plan.loss.notes[0]).toBe(said);
    expect(plan.nParams.notes).toContain(said);
    expect(planTraining({ flops: 1e22, law: hoffmann2022 }).nParams.notes.join()).not.toContain("interval");
  });

  test("a law that knows repeats is not asked with a mixture, which would count them twice", () => {
    const law = withParameters(dataConstrained, {
      ...chinchillaFigure4Fit.parameters,
      rStarTokens: 15.4,
      rStarParams: 5.3,
    });
    const mixture = { supply: { web: 1e10 }, shares: { web: 1 } };
    expect(() => planTraining({ flops: 1e22, law, at: { uniqueTokens: 1e10 }, mixture })).toThrow(
      "dataConstrained reads uniqueTokens and says itself what repeats are worth",
    );
  });

  test("beyond its runs the loss says how often such intervals held, inside them it does not", () => {
    const says = (flops: number) => planTraining({ flops, draws: 20 }).loss.notes.join().includes("(76 %)");
    expect([says(1e21), says(1e24)]).toEqual([false, true]);
  });
});
