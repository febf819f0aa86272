import * as isoflop from "isoflop";
import { describe, expect, test } from "vitest";
import { ladder } from "./ladder.ts";

// What a caller may hand over by mistake; types are put aside as a notebook in JavaScript would.
const {
  capabilityScore,
  checkpointNoise,
  fit,
  fitFamilySkill,
  fitLossToAccuracy,
  observational,
  pcaScores,
  saturatingLogistic,
  singleStepNote,
  smoothCheckpoints,
} = isoflop as unknown as Record<string, (...given: unknown[]) => unknown>;
const { taskLoss } = isoflop;

const one = { run: "a", taskLoss: 1, accuracy: 0.5 };
const models = Array.from({ length: 20 }, (_, i) => ({
  family: "x",
  nParams: 1e9 * (i + 1),
  nTokens: 1e12,
  a: i / 20,
  b: 0.5 + 0.4 * Math.sin(i),
  t: i / 25,
}));
const law = { models, benchmarks: ["a", "b"], target: "t" };
const inPercent = models.map((model) => ({ ...model, t: 100 * model.t }));

describe("laws of accuracy refuse in words", () => {
  test.each<readonly [string, () => unknown, string]>([
    ["a loss that is NaN", () => smoothCheckpoints!([{ ...one, taskLoss: Number.NaN }]), "taskLoss must be"],
    [
      "no accuracy",
      () => smoothCheckpoints!([{ run: "a", taskLoss: 1 }]),
      "accuracy must lie between 0 and 1",
    ],
    [
      "accuracy in per cent",
      () => fitLossToAccuracy!([{ ...one, accuracy: 50 }]),
      "divide percentages by 100",
    ],
    [
      "a negative loss",
      () => fitLossToAccuracy!([{ ...one, taskLoss: -1 }]),
      "taskLoss must be a finite number >= 0",
    ],
    ["noise of NaN", () => checkpointNoise!(Array(12).fill({ taskLoss: 1 })), "accuracy must lie"],
    [
      "another law's fit",
      () => singleStepNote!(fit!(taskLoss, ladder), ladder[0]),
      'got the text "taskLoss"',
    ],
    ["nothing", () => singleStepNote!(), "needs a fit of singleStepAccuracy"],
    ["no capabilities", () => capabilityScore!(undefined), "one or more different names"],
    ["capabilities as a text", () => capabilityScore!("pc1"), "different names, got pc1"],
    ["a capability twice", () => capabilityScore!(["a", "a"]), "different names"],
    ["one name for both fields", () => saturatingLogistic!("x", "x"), "different names"],
    [
      "scores beyond numbers",
      () =>
        pcaScores!(
          models.map((model) => ({ ...model, a: 1e200 * model.a })),
          { benchmarks: ["a", "b"] },
        ),
      "too large",
    ],
    [
      "no row to project",
      () =>
        (pcaScores!(models, { benchmarks: ["a", "b"] }) as { project(row: unknown): unknown }).project(null),
      "a record of scores",
    ],
    [
      "a target in per cent",
      () => observational!({ ...law, models: inPercent }),
      "divide percentages by 100",
    ],
    ["no target", () => observational!({ ...law, target: undefined }), "target must be"],
    ["a cut that is no function", () => observational!({ ...law, train: 1e23 }), "train must be a function"],
    ["skill in per cent", () => fitFamilySkill!(inPercent, { benchmark: "t" }), "divide percentages by 100"],
    ["no benchmark", () => fitFamilySkill!(models, {}), "benchmark must be"],
    [
      "no least number",
      () => fitFamilySkill!(models, { benchmark: "t", leastModels: Number.NaN }),
      "leastModels",
    ],
  ])("%s", (_, call, text) => {
    expect(call).toThrow(text);
  });

  test("models without a size have no line, and no line is NaN", () => {
    const some = models.map((model, i) => ({ ...model, nParams: i % 5 === 0 ? 0 : model.nParams }));
    const { families } = observational!({ ...law, models: some }) as { families: { slope: number }[] };
    expect(families[0]!.slope).toBeGreaterThan(0);
  });
});
