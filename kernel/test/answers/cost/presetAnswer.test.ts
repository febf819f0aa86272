import { accelerators, countParams, efficiencyPresets, estimateServing, modelNamed } from "isoflop";
import { expect, test } from "vitest";
import { presetAnswer } from "../../../src/answers/cost/serving/presetAnswer.ts";
import { presetText } from "../../../src/answers/cost/serving/serveText.ts";

const model = modelNamed("Llama-2-7B");
const eight = { weights: 8, activations: 8, kv: 8 };
const asked = { accelerator: "A100_SXM 80gb", batch: 4, prompt: 512, output: 128, ...eight };

test.each(["ideal", "measured"] as const)(
  "%s is the roofline at its efficiency, under the promised names",
  (preset) => {
    const answer = presetAnswer(model, asked, { preset });
    const { compute, memory } =
      preset === "ideal" ? { compute: 1, memory: 1 } : efficiencyPresets["a100-fp16-tensorrt"];
    const estimate = estimateServing(model, {
      accelerator: accelerators["a100-sxm-80gb"],
      promptTokens: 512,
      outputTokens: 128,
      batchSize: 4,
      weightBits: 8,
      activationBits: 8,
      kvBits: 8,
      efficiency: { compute, memory },
    });
    const { total, active } = countParams(model);
    expect(answer).toMatchObject({
      params: { total, active },
      weightBytesPerDevice: estimate.weightBytesPerAccelerator,
      // Keys and values of 32 layers, 32 heads of 128 values, a byte each.
      kvBytesPerToken: 2 * 32 * 32 * 128,
      prefillSeconds: estimate.prefillS,
      decodeStepSeconds: { mean: estimate.meanStepS },
      tokensPerSecond: estimate.tokensPerS,
    });
  },
);

test("the cache of a token is of the whole model, however many devices hold it", () => {
  const kv = (tp: number) => presetAnswer(model, { ...asked, tp }, { preset: "ideal" }).kvBytesPerToken;
  expect(kv(8)).toBe(kv(1));
});

test("what is not said has 16 bits, and a preset says where it was not fitted", () => {
  const { kv, weights, activations, ...plain } = asked;
  expect(presetAnswer(model, plain, { preset: "ideal" }).bits).toEqual({
    weights: 16,
    activations: 16,
    kv: 16,
  });
  const said = (accelerator: string, bits: object) =>
    presetAnswer(model, { ...plain, accelerator, ...bits }, { preset: "measured" }).assumptions[0]!;
  expect(said("a100-sxm-80gb", {})).not.toContain("not fitted");
  expect(said("h100-sxm", eight)).not.toContain("not fitted");
  expect(said("h200-sxm", eight)).toContain("not fitted to H200-SXM-141GB at 8 bits");
  expect(said("a100-sxm-80gb", eight)).toContain("not fitted");
});

test("its text stays within the terminal", () => {
  const text = presetText(presetAnswer(model, asked, { preset: "ideal" }), 80);
  expect(Math.max(...text.split("\n").map((line) => line.length))).toBeLessThanOrEqual(80);
  expect(text).toContain("ideal roofline");
});

test("money is of the price that is given, else of the dated range of the catalogue", () => {
  const { tokensPerSecond, usdPerMillionTokens } = presetAnswer(model, asked, {
    preset: "ideal",
    usdPerHour: 3.6,
  });
  expect(usdPerMillionTokens!.value).toBeCloseTo(1000 / tokensPerSecond, 12);
  expect(usdPerMillionTokens!.interval95[0]).toBe(usdPerMillionTokens!.value);
  const { usdPerHour } = accelerators["a100-sxm-80gb"];
  expect(presetAnswer(model, asked, { preset: "ideal" }).usdPerMillionTokens!.usdPerHour).toEqual(usdPerHour);
});
