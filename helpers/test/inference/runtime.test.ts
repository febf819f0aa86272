import { readFileSync } from "node:fs";
import {
  denoiseRuntimes,
  denseTransformerFlops,
  fitRuntime,
  linearFit,
  paretoFrontier,
  predictRuntime,
  runtimeCost,
} from "isoflop";
import { helmModels, helmProfiledRuntimes, helmSyntheticApiRuntimes } from "isoflop-datasets";
import { describe, expect, test } from "vitest";

interface Oracle {
  key: string;
  slope: number;
  intercept: number;
  r2: number;
  slopeStandardError: number;
  jointSlope: number;
  jointPromptSeconds: number[];
  freeSlope: number;
  freeIntercept: number;
  freeR2: number;
}

const squares = { loss: "squares" } as const;

/** What the paper does: every row counts by its square, and F is what was measured. */
const paper = { loss: "squares", constraints: "none" } as const;

const oracle: Oracle[] = JSON.parse(readFileSync(new URL("runtimeOracle.json", import.meta.url), "utf8"));

function profile(hardware: string, modelKey: string) {
  return helmProfiledRuntimes()
    .filter((run) => run.hardware === hardware && run.modelKey === modelKey)
    .map((run) => ({ ...run, runtimeS: run.runtimeS * run.runtimeMultiplier }));
}

describe.each(oracle)("$key", (expected) => {
  const [hardware, modelKey] = expected.key.split("/") as [string, string];
  const rows = profile(hardware, modelKey);

  test("G, intercept and R2 equal scipy's to 1e-6, F made never to fall", () => {
    const model = fitRuntime(rows, squares);
    expect(model.secondsPerOutputToken).toBeCloseTo(expected.slope, 9);
    expect(model.interceptS).toBeCloseTo(expected.intercept, 9);
    expect(model.r2).toBeCloseTo(expected.r2, 9);
  });

  test("without constraints they equal scipy's with F as measured", () => {
    const model = fitRuntime(rows, paper);
    expect(model.secondsPerOutputToken).toBeCloseTo(expected.freeSlope, 9);
    expect(model.interceptS).toBeCloseTo(expected.freeIntercept, 9);
    expect(model.r2).toBeCloseTo(expected.freeR2, 9);
  });

  test("fitted prompt times and G equal scipy's bounded least squares", () => {
    const model = fitRuntime(rows, { promptTimes: "fitted", ...squares });
    expect(model.secondsPerOutputToken).toBeCloseTo(expected.jointSlope, 9);
    model.promptTimes.forEach(({ seconds }, k) => {
      expect(seconds).toBeCloseTo(expected.jointPromptSeconds[k]!, 9);
    });
  });
});

test("all 18 published G come out to three decimals", () => {
  const order =
    "gptj_6b ai21_j1_large ai21_j1_grande anthropic bloom ai21_j1_jumbo yalm openai_davinci mt_nlg";
  const fitted = (hardware: string) =>
    order
      .split(" ")
      .map((key) => fitRuntime(profile(hardware, key), { decimals: 3, ...paper }).secondsPerOutputToken);
  // Narayanan et al. 2023, printed by their fit_runtimes.py.
  expect(fitted("a100")).toEqual([0.021, 0.024, 0.038, 0.054, 0.061, 0.064, 0.068, 0.081, 0.123]);
  expect(fitted("v100")).toEqual([0.023, 0.027, 0.052, 0.065, 0.08, 0.083, 0.08, 0.101, 0.138]);
});

test("squared errors with the scripts' rounding equal the published ones to four decimals", () => {
  const errors = (key: string) => {
    const model = fitRuntime(profile("a100", key), { decimals: 3, ...paper });
    return [model.meanSquaredError.toFixed(4), model.maxSquaredError.toFixed(4)];
  };
  expect(errors("openai_davinci")).toEqual(["0.0002", "0.0021"]);
  expect(errors("ai21_j1_jumbo")).toEqual(["0.0004", "0.0372"]);
  expect(errors("mt_nlg")).toEqual(["0.0018", "0.0262"]);
});

test("davinci at 512 and 64 tokens takes 5.31 s and 4.83 cents on 8 A100", () => {
  const model = fitRuntime(profile("a100", "openai_davinci"), paper);
  const seconds = predictRuntime(model, { promptTokens: 512, outputTokens: 64 });
  const { gpusA100, usdPerA100Hour } = helmModels().find((row) => row.modelId === "openai_davinci")!;
  expect(seconds.toFixed(2)).toBe("5.31");
  const usd = runtimeCost(seconds, { accelerators: gpusA100, usdPerHour: usdPerA100Hour });
  expect((100 * usd).toFixed(2)).toBe("4.83");
});

test("HELM's lookup falls below the time of a shorter prompt, and neither floor nor interpolation does at p = 2", () => {
  const model = fitRuntime(profile("a100", "openai_davinci"), { decimals: 3, ...paper });
  const prefill = (promptTokens: number, lookup: "helm" | "floored" | "interpolated") =>
    predictRuntime(model, { promptTokens, outputTokens: 1 }, { lookup });
  expect(prefill(1, "helm")).toBe(0.087);
  expect(prefill(2, "helm")).toBeCloseTo(0.011, 3);
  expect(prefill(2, "floored")).toBe(0.087);
  expect(prefill(2, "interpolated")).toBeGreaterThanOrEqual(0.08);
});

test("a prediction passes through every measured prompt size and grows in proportion beyond the last", () => {
  const model = fitRuntime(profile("a100", "bloom"));
  for (const lookup of ["helm", "interpolated"] as const) {
    for (const { promptTokens, seconds } of model.promptTimes) {
      expect(predictRuntime(model, { promptTokens, outputTokens: 0 }, { lookup })).toBeCloseTo(seconds, 12);
    }
    const last = model.promptTimes.at(-1)!;
    expect(
      predictRuntime(model, { promptTokens: 2 * last.promptTokens, outputTokens: 1 }, { lookup }),
    ).toBeCloseTo(2 * last.seconds, 12);
  }
});

test("a fit names the row and the value it cannot use, and says what to measure", () => {
  const row = { promptTokens: 512, outputTokens: 1, runtimeS: 0.2 };
  expect(() => fitRuntime([row, { ...row, runtimeS: -3 }])).toThrow(
    "runtimeS must be a finite number > 0, got -3 in row 2; drop it or fix the file",
  );
  expect(() => fitRuntime([row])).toThrow("at least 2 different output sizes");
  const noSingle = [2, 4].map((outputTokens) => ({ ...row, outputTokens }));
  expect(() => fitRuntime(noSingle, { promptTimes: "measured" })).toThrow('{ promptTimes: "fitted" }');
  expect(() => fitRuntime(noSingle)).toThrow("G, the time per output token, must be > 0");
});

test("repeated requests of one size count by their mean, or by the fastest after denoising", () => {
  const trials = [
    { promptTokens: 8, outputTokens: 1, runtimeS: 1 },
    { promptTokens: 8, outputTokens: 1, runtimeS: 3 },
    { promptTokens: 8, outputTokens: 3, runtimeS: 5 },
  ];
  expect(fitRuntime(trials).promptTimes[0]?.seconds).toBe(2);
  expect(fitRuntime(denoiseRuntimes(trials)).promptTimes[0]?.seconds).toBe(1);
});

test("the standard error of a slope is that of scipy's linregress", () => {
  const line = linearFit([1, 2, 3, 4], [1, 3, 2, 5]);
  // scipy.stats.linregress([1, 2, 3, 4], [1, 3, 2, 5]).stderr
  expect(line.slopeStandardError).toBeCloseTo(0.5196152422706632, 12);
  expect(() => linearFit([1, 1], [2, 3])).toThrow("a line needs two different x");
});

test("FLOPs of a dense request follow 24 h^2 L (p + o - 1)", () => {
  const flops = denseTransformerFlops({ hiddenSize: 4, nLayers: 2, promptTokens: 5, outputTokens: 3 });
  expect(flops).toBe(24 * 16 * 2 * 7);
});

test("the frontier keeps the first of equal rows and drops rows that cost more for no more", () => {
  const rows = [
    { cost: 1, quality: 0.5 },
    { cost: 1, quality: 0.5 },
    { cost: 2, quality: 0.5 },
    { cost: 3, quality: 0.8 },
    { cost: 1, quality: 0.4 },
  ];
  const frontier = paretoFrontier(rows, { cost: (row) => row.cost, quality: (row) => row.quality });
  expect(frontier).toEqual([rows[0], rows[3]]);
});

test("prefill reaches .41 to .51 of the A100's peak and decoding .18 to .44 of its bandwidth", () => {
  const shares = helmModels().map((model) => {
    const { promptTimes, secondsPerOutputToken } = fitRuntime(profile("a100", model.modelKey), paper);
    const long = promptTimes.filter((size) => size.promptTokens >= 512);
    const { slope } = linearFit(
      long.map((size) => size.promptTokens),
      long.map((size) => size.seconds),
    );
    const flops = denseTransformerFlops({ ...model, promptTokens: 1, outputTokens: 1 });
    const decode = (2 * model.nParams) / (secondsPerOutputToken * model.gpusA100 * 2039e9);
    return { id: model.modelId, prefill: flops / (slope * model.gpusA100 * 312e12), decode };
  });
  const prefill = (id: string) => shares.find((share) => share.id === id)!.prefill.toFixed(2);
  expect([prefill("yalm"), prefill("mt_nlg")]).toEqual(["0.32", "0.15"]);
  const others = shares.filter(({ id }) => id !== "yalm" && id !== "mt_nlg").map((share) => share.prefill);
  expect([Math.min(...others).toFixed(2), Math.max(...others).toFixed(2)]).toEqual(["0.41", "0.51"]);
  const decodes = shares.map(({ decode }) => decode);
  expect([Math.min(...decodes).toFixed(2), Math.max(...decodes).toFixed(2)]).toEqual(["0.18", "0.44"]);
});

test("API means of the AI21 models give G of .020, .032 and .053 s, not the paper's denoised ones", () => {
  const slope = (model: string) => {
    const means = helmSyntheticApiRuntimes()
      .filter((row) => row.model === model)
      .map((row) => ({
        promptTokens: row.requestedPromptTokens,
        outputTokens: row.requestedOutputTokens,
        runtimeS: row.rawRuntimeS,
      }));
    const { secondsPerOutputToken, r2 } = fitRuntime(denoiseRuntimes(means), paper);
    return `${secondsPerOutputToken.toFixed(3)} ${r2.toFixed(2)}`;
  };
  expect(["j1-large", "j1-grande", "j1-jumbo"].map((name) => slope(`ai21_${name}`))).toEqual([
    "0.020 0.81",
    "0.032 0.56",
    "0.053 0.79",
  ]);
});
