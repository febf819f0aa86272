import * as isoflop from "isoflop";
import { describe, expect, it } from "vitest";

// What a caller may hand over by mistake; types are put aside as a notebook in JavaScript would.
const {
  boostedTrees,
  dirichletShares,
  fittedMixture,
  mixtureDraws,
  mixtureIntervals,
  mixtureRegression,
  mixtureScores,
  mixtureSlopes,
  optimalMixture,
  renormaliseShares,
  simplexGrid,
  simulatedMixture,
  straighteningFloor,
  bimix,
  exponentialMixture,
  ownShareMixture,
} = isoflop as unknown as Record<string, (...given: unknown[]) => unknown>;

const two = ["web", "code"];
const response = { sources: two, losses: ([web]: Float64Array) => (web! - 0.7) ** 2 };
const ask = { draws: 1000, best: 10 };
const x = Array.from({ length: 100 }, (_, i) => [i / 100]);
const y = x.map(([one]) => (one! < 0.5 ? 1 : 3));
const manySources = Array.from({ length: 17 }, (_, i) => `s${i}`);

describe("mixtures refuse in words", () => {
  it.each<readonly [string, () => unknown, string]>([
    ["no count of draws", () => dirichletShares!({ a: 1 }, {}), "count must be a whole number >= 1"],
    ["no concentrations", () => dirichletShares!({}, { count: 1 }), "must be one or more different names"],
    ["shares beyond numbers", () => renormaliseShares!({ a: 1e308, b: 1e308 }), "must be a finite number"],
    ["no shares", () => renormaliseShares!(null), "must be a finite number > 0, got 0"],
    ["a least share that is NaN", () => simplexGrid!(two, 2, Number.NaN), "least must lie between 0 and 0.5"],
    ["least shares above 1 in all", () => simplexGrid!(two, 2, 0.9), "least must lie between 0 and 0.5"],
    ["a source twice", () => simplexGrid!(["a", "a"], 2), "different names, got [a, a]"],
    ["a text for a list", () => simplexGrid!("web", 2), "different names, got web"],
    ["a grid without end", () => simplexGrid!(manySources, 20), "must make 1000000 points at most"],
    [
      "a prior without end",
      () => simulatedMixture!(response, { prior: { web: 1, code: Infinity }, ...ask }),
      "the prior of code must be a finite number > 0",
    ],
    [
      "a misspelt prior",
      () => simulatedMixture!(response, { prior: { web: 1, code: 1, wbe: 1 }, ...ask }),
      "no source wbe; did you mean web",
    ],
    [
      "a response that is NaN",
      () =>
        simulatedMixture!({ ...response, losses: () => Number.NaN }, { prior: { web: 1, code: 1 }, ...ask }),
      "got NaN at web",
    ],
    [
      "several targets to rank by",
      () => simulatedMixture!({ ...response, targets: ["a", "b"] }, { prior: { web: 1, code: 1 }, ...ask }),
      "ranks by one target, got a, b",
    ],
    ["a loss that is NaN", () => straighteningFloor!([0, 1, 2], [1, Number.NaN, 3]), "in row 1"],
    ["losses that are alike", () => straighteningFloor!([0, 1, 2], [1, 1, 1]), "must vary"],
    ["no parameters", () => mixtureSlopes!(two), "t_web must be a finite number"],
    ["no targets", () => mixtureRegression!([{ web: 1, code: 0 }], { sources: two, targets: [] }), "targets"],
    ["no runs to judge on", () => mixtureScores!(response, []), "needs runs to judge on"],
    [
      "fewer losses than targets",
      () =>
        mixtureScores!({ sources: two, targets: ["a", "b"], losses: () => [1] }, [
          { web: 1, code: 0, a: 1, b: 1 },
        ]),
      "the response for b must be a finite number, got undefined in row 0",
    ],
    ["no runs to resample", () => mixtureDraws!([], () => response), "needs runs, got none"],
    ["no resamples", () => mixtureDraws!([{ a: 1 }], () => response, { resamples: 0 }), "resamples must be"],
    ["no draws", () => mixtureIntervals!(undefined), "intervals need responses"],
    ["no response", () => optimalMixture!(null), "optimalMixture needs a response"],
    ["epochs as a text", () => optimalMixture!(response, { maxEpochs: "4" }), "maxEpochs of all sources"],
    [
      "a law of repetition that gives NaN",
      () =>
        optimalMixture!(response, { effectiveTokens: () => Number.NaN, nTokens: 1e9, supply: { web: 1e8 } }),
      "effectiveTokens of web must be a finite number >= 0, got NaN",
    ],
    [
      "a law of repetition that is a number",
      () => optimalMixture!(response, { effectiveTokens: 16, nTokens: 1e9, supply: { web: 1e8 } }),
      "effectiveTokens must be a function",
    ],
    ["no fitted law", () => fittedMixture!(two, undefined), "needs a fitted law"],
    ["something else by target", () => fittedMixture!(two, { loss: 3 }), "no law for loss"],
    ["nothing to stop on", () => boostedTrees!(x, y, { stopOn: { x: [], y: [] } }), "must be 1 or more"],
    ["NaN to stop on", () => boostedTrees!(x, y, { stopOn: { x: [[Number.NaN]], y: [1] } }), "row 0"],
    ["wider rows to stop on", () => boostedTrees!(x, y, { stopOn: { x: [[1, 2]], y: [1] } }), "row 0"],
    ["a rate that diverges", () => boostedTrees!(x, y, { rate: 5 }), "rate must lie in (0, 1]"],
    [
      "no features",
      () =>
        boostedTrees!(
          x.map(() => []),
          y,
        ),
      "with features",
    ],
    [
      "a row without features",
      () => (boostedTrees!(x, y, { rounds: 5 }) as { predict(row: number[]): number }).predict([]),
      "must hold 1 features, got 0",
    ],
    ["an empty source", () => exponentialMixture!(["", "a"]), "two or more different names"],
    ["no source", () => bimix!(), "different names"],
    ["a share called as the steps", () => bimix!("nSteps"), "different names"],
    ["a share called as the size", () => ownShareMixture!("nParams"), "different names"],
  ])("%s", (_, call, text) => {
    expect(call).toThrow(text);
  });

  it("order of runs that are alike is NaN, as is the variance explained", () => {
    const runs = [0.2, 0.6].map((web) => ({ web, code: 1 - web, loss: 2 }));
    const { loss } = mixtureScores!(response, runs) as { loss: { r2: number; meanAbsoluteError: number } };
    expect(loss.r2).toBeNaN();
    expect(loss.meanAbsoluteError).toBeGreaterThan(1);
  });
});
