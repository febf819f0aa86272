import fc from "fast-check";
import {
  accelerators,
  countParams,
  efficiencyPresets,
  estimateServing,
  expectedDistinctExperts,
  forwardFlops,
  kvCacheBytes,
  type ModelName,
  modelShape,
  models,
  type TransformerShape,
  usdPerMillionTokens,
  weightBytes,
} from "isoflop";
import { costReference, llmAnalysisLlamaInference } from "isoflop-datasets";
import { describe, expect, test } from "vitest";

test("parameters and KV bytes a token equal the published counts exactly", () => {
  const counted = (name: ModelName) => {
    const { total, active } = countParams(modelShape(name));
    return [total, active, kvCacheBytes(modelShape(name), { tokens: 1 })];
  };
  expect(counted("Llama-2-7B")).toEqual([6_738_415_616, 6_738_415_616, 524_288]);
  expect(counted("Llama-2-13B")).toEqual([13_015_864_320, 13_015_864_320, 819_200]);
  expect(counted("Llama-2-70B")).toEqual([68_976_648_192, 68_976_648_192, 327_680]);
  expect(counted("Llama-3-8B")).toEqual([8_030_261_248, 8_030_261_248, 131_072]);
  expect(counted("Llama-3-70B")).toEqual([70_553_706_496, 70_553_706_496, 327_680]);
  expect(counted("Llama-3.1-405B")).toEqual([405_853_388_800, 405_853_388_800, 516_096]);
  expect(counted("Mixtral-8x7B")).toEqual([46_702_792_704, 12_879_925_248, 131_072]);
  expect(counted("DeepSeek-V3")).toEqual([671_026_419_200, 37_552_297_472, 70_272]);
});

test("the parts of a count add up to its total, for every model of the catalogue", () => {
  for (const { shape } of Object.values(models)) {
    const { total, active, embedding, positions, head, attention, feedForward, activeFeedForward, norms } =
      countParams(shape);
    expect(embedding + positions + head + attention + feedForward + norms).toBe(total);
    expect(total - feedForward + activeFeedForward).toBe(active);
  }
});

describe.each(costReference().filter((row) => row.source === "exact config arithmetic"))(
  "$configId, $model",
  (row) => {
    const shape = modelShape(row.model as ModelName);

    test("has the exact parameters, weight bytes and KV bytes of the reference", () => {
      const { total, active } = countParams(shape);
      expect([total, active]).toEqual([row.nParams, row.nParamsActive]);
      expect(weightBytes(shape, { bits: row.weightBits! }) / row.tensorParallel!).toBe(row.weightBytesPerGpu);
      expect(kvCacheBytes(shape, { tokens: 1, bits: row.kvBits! })).toBe(row.kvBytesPerToken);
      const estimate = estimateServing(shape, {
        accelerator: accelerators[row.hardware.toLowerCase() as keyof typeof accelerators],
        promptTokens: row.promptTokens!,
        outputTokens: row.outputTokens!,
        batchSize: row.batchSize!,
        tensorParallel: row.tensorParallel!,
        weightBits: row.weightBits!,
        kvBits: row.kvBits!,
      });
      expect(estimate.weightBytesPerAccelerator).toBe(row.weightBytesPerGpu);
      expect(estimate.kvBytesPerAccelerator).toBe(row.kvBytesPerGpu);
    });
  },
);

test("GPT-2 has nanoGPT's parameters and FLOPs, and three times as many with the backward pass", () => {
  const forward = forwardFlops(modelShape("GPT-2"), { newTokens: 1024, causal: false }).total;
  expect(countParams(modelShape("GPT-2")).total).toBe(124_337_664);
  expect(forward).toBe(291_648_307_200);
  expect(3 * forward).toBe(874_944_921_600);
});

test("Llama-7B as llm-analysis counts it has that tool's KV cache and prefill FLOPs to the unit", () => {
  // The tool takes a feed-forward of 8 d² and attention over all pairs.
  const { experts: _, ...base }: TransformerShape = {
    ...modelShape("Llama-2-7B"),
    gated: false,
    ffnSize: 4 * 4096,
  };
  const row = llmAnalysisLlamaInference().find(
    ({ model, tensorParallel, promptTokens, outputTokens, batchSize }) =>
      model === "7b" &&
      tensorParallel === 1 &&
      promptTokens === 512 &&
      outputTokens === 32 &&
      batchSize === 1,
  )!;
  expect(kvCacheBytes(base, { tokens: 544 })).toBe(row.kvCacheBytesPerGpu);
  expect(forwardFlops(base, { newTokens: 512, causal: false }).total).toBe(row.prefillFlops);
});

test("reading one embedding, the weights and the cache twice gives that tool's 6.73 ms a token on an A100", () => {
  const base: TransformerShape = {
    ...modelShape("Llama-2-7B"),
    gated: false,
    ffnSize: 4 * 4096,
    tiedEmbeddings: true,
  };
  const { total, norms } = countParams(base);
  const bytes = 2 * (total - norms) + 2 * kvCacheBytes(base, { tokens: 544 });
  expect((1000 * bytes) / accelerators["a100-sxm-80gb"].memoryBytesPerS).toBeCloseTo(6.728, 3);
});

test("a causal pass equals the sum of its steps, with a window and without", () => {
  const shape = fc.constantFrom<ModelName>("Llama-3-8B", "Mistral-7B-v0.1", "Mixtral-8x7B");
  fc.assert(
    fc.property(
      shape,
      fc.integer({ min: 1, max: 40 }),
      fc.integer({ min: 4070, max: 4110 }),
      (name, newTokens, cached) => {
        const whole = forwardFlops(modelShape(name), { newTokens, cached }).total;
        let steps = 0;
        for (let i = 0; i < newTokens; i++)
          steps += forwardFlops(modelShape(name), { newTokens: 1, cached: cached + i }).total;
        expect(whole).toBe(steps);
      },
    ),
    { seed: 2, numRuns: 60 },
  );
});

test("a sliding window caps the KV cache, and interleaved global layers keep growing", () => {
  const mistral = modelShape("Mistral-7B-v0.1");
  expect(kvCacheBytes(mistral, { tokens: 4096 })).toBe(4096 * 131_072);
  expect(kvCacheBytes(mistral, { tokens: 100_000 })).toBe(4096 * 131_072);
  const attention = {
    kind: "grouped",
    nHeads: 8,
    nKvHeads: 4,
    headSize: 256,
    window: 1024,
    globalEvery: 6,
  } as const;
  const gemmaLike: TransformerShape = { ...mistral, nLayers: 36, attention };
  const perLayer = 2 * 4 * 256 * 2;
  expect(kvCacheBytes(gemmaLike, { tokens: 8192 })).toBe((6 * 8192 + 30 * 1024) * perLayer);
});

test("expected distinct experts run from k for one token to all for many", () => {
  const routing = { nExperts: 8, perToken: 2 };
  expect(expectedDistinctExperts({ ...routing, batchSize: 1 })).toBe(2);
  expect(expectedDistinctExperts({ ...routing, batchSize: 16 }).toFixed(1)).toBe("7.9");
  expect(expectedDistinctExperts({ ...routing, batchSize: 1e6 })).toBe(8);
  expect(expectedDistinctExperts({ ...routing, batchSize: Infinity })).toBe(8);
  expect(() => expectedDistinctExperts({ ...routing, batchSize: NaN })).toThrow("batchSize must be");
  expect(() => expectedDistinctExperts({ ...routing, perToken: 9, batchSize: 1 })).toThrow(
    "between 1 and nExperts 8",
  );
});

test("Mixtral's decode step lies between the tool that loads all experts and the one that loads two", () => {
  const row = (source: string) =>
    costReference().find((reference) => reference.configId === "C15" && reference.source.startsWith(source))!;
  const step = estimateServing(modelShape("Mixtral-8x7B"), {
    accelerator: accelerators["a100-sxm-80gb"],
    promptTokens: 512,
    outputTokens: 128,
    tensorParallel: 2,
  }).firstStepS;
  expect(step).toBeLessThan(row("llm-analysis").decodeStepSMean! / 2);
  // GenZ loads two experts as well, but takes 1 GB/s as 2^30 bytes and adds communication.
  expect(Math.abs(step / row("GenZ").decodeStepSFirst! - 1)).toBeLessThan(0.1);
});

describe("against measurements", () => {
  const [a100, h100] = [accelerators["a100-sxm-80gb"], accelerators["h100-sxm-80gb"]];
  // In-flight batching (M01, M03) mixes phases, and the vLLM rows (M17, M19) state no precision.
  const measured = costReference().filter(
    (row) => row.source.startsWith("MEASURED") && row.configId.startsWith("C"),
  );
  const errors = (bits: number, fitted: boolean) =>
    measured
      .filter((row) => row.weightBits === bits)
      .flatMap((row) => {
        const preset =
          bits === 16 ? efficiencyPresets["a100-fp16-tensorrt"] : efficiencyPresets["h100-fp8-tensorrt"];
        const estimate = estimateServing(modelShape(row.model as ModelName), {
          accelerator: bits === 16 ? a100 : h100,
          promptTokens: row.promptTokens!,
          outputTokens: row.outputTokens!,
          batchSize: row.batchSize!,
          tensorParallel: row.tensorParallel!,
          weightBits: bits,
          activationBits: bits as 16 | 8,
          kvBits: bits,
          ...(fitted ? { efficiency: preset } : {}),
        });
        const pairs = [
          [estimate.prefillS, row.prefillS],
          [estimate.meanStepS, row.decodeStepSMean],
          [estimate.totalS, row.totalS],
        ] as const;
        return pairs.flatMap(([ours, theirs]) => (theirs === undefined ? [] : [ours / theirs - 1]));
      });
  const meanAbsolute = (values: number[]) => values.reduce((sum, x) => sum + Math.abs(x), 0) / values.length;

  test.each([16, 8])("the bound at %i bits is never slower than what was measured", (bits) => {
    const bound = errors(bits, false);
    expect(bound.length).toBeGreaterThanOrEqual(3);
    for (const error of bound) expect(error).toBeLessThan(0);
  });

  test("the presets stay within the largest error they state", () => {
    for (const [bits, preset] of [
      [16, efficiencyPresets["a100-fp16-tensorrt"]],
      [8, efficiencyPresets["h100-fp8-tensorrt"]],
    ] as const) {
      const fitted = errors(bits, true);
      expect(Math.max(...fitted.map(Math.abs))).toBeLessThan(preset.maxError);
      expect(meanAbsolute(fitted)).toBeLessThan(meanAbsolute(errors(bits, false)) / 3);
    }
  });
});

test("a larger batch never lowers throughput or speeds up a step, and fewer bits never slow one", () => {
  const name = fc.constantFrom<ModelName>("Llama-2-7B", "Llama-3-8B", "Mixtral-8x7B", "DeepSeek-V3");
  fc.assert(
    fc.property(
      name,
      fc.integer({ min: 1, max: 200 }),
      fc.integer({ min: 16, max: 4000 }),
      (model, batchSize, promptTokens) => {
        const request = {
          accelerator: accelerators["h100-sxm-80gb"],
          promptTokens,
          outputTokens: 64,
          batchSize,
        };
        const one = estimateServing(modelShape(model), request);
        const two = estimateServing(modelShape(model), { ...request, batchSize: 2 * batchSize });
        expect(two.meanStepS).toBeGreaterThanOrEqual(one.meanStepS);
        expect(two.tokensPerS).toBeGreaterThanOrEqual(one.tokensPerS * (1 - 1e-12));
        const narrow = estimateServing(modelShape(model), { ...request, weightBits: 4, kvBits: 8 });
        expect(narrow.meanStepS).toBeLessThanOrEqual(one.meanStepS);
      },
    ),
    { seed: 3, numRuns: 100 },
  );
});

test("price, precision and shape are checked with the way out", () => {
  expect(usdPerMillionTokens({ tokensPerS: 2000, accelerators: 4, usdPerHour: 1.8 })).toBe(1);
  const request = { accelerator: accelerators["v100-sxm-32gb"], promptTokens: 8, outputTokens: 8 };
  expect(() => estimateServing(modelShape("GPT-2"), { ...request, activationBits: 8 })).toThrow(
    "no 8-bit peak rate",
  );
  expect(() => modelShape("Llama-4" as ModelName)).toThrow("it has GPT-2, Llama-2-7B");
  const odd = {
    ...modelShape("Llama-3-8B"),
    attention: { kind: "grouped", nHeads: 32, nKvHeads: 5, headSize: 128 } as const,
  };
  expect(() => countParams(odd)).toThrow("must divide nHeads 32, got 5");
  expect(() => kvCacheBytes({ ...modelShape("GPT-2"), nLayers: 1.5 }, { tokens: 1 })).toThrow(
    "nLayers must be a whole number",
  );
});
