import fc from "fast-check";
import { expect, test } from "vitest";
import { visiblePairs } from "../../../src/cost/arithmetic/visiblePairs.ts";
import { meanOverSteps } from "../../../src/cost/serving/meanOverSteps.ts";
import {
  accelerators,
  type Block,
  blockTensors,
  countParams,
  estimateServing,
  forwardFlops,
  kvCache,
  type Model,
  modelFromConfig,
  modelFromShape,
  modelNamed,
  modelShape,
  servingMemory,
  tensorSize,
  weightBytes,
} from "../../../src/index.ts";

const latent = {
  kind: "latent-attention",
  inputSize: 2048,
  nHeads: 16,
  kvRank: 512,
  ropeSize: 64,
  nopeSize: 128,
  valueSize: 128,
  span: { kind: "full" },
} as const satisfies Block;

const modelOf = (blocks: readonly Block[], nLayers = 1): Model => ({
  name: "",
  modelType: "test",
  hiddenSize: 2048,
  vocabSize: 100,
  input: [{ kind: "token-table", rows: 100, width: 2048 }],
  layers: Array.from({ length: nLayers }, () => ({ blocks })),
  output: [{ kind: "head", rows: 100, width: 2048, tied: true }],
  towers: [],
  prediction: [],
});

test("27 layers of expanded latent attention take 8,640 MiB for 32,768 tokens, compressed 972", () => {
  const model = modelOf([latent], 27);
  expect(kvCache(model, { tokens: 32768, latent: "expanded" }).kvBytes / 2 ** 20).toBe(8640);
  expect(kvCache(model, { tokens: 32768 }).kvBytes / 2 ** 20).toBe(972);
});

test("16 of 64 layers that attend take 16,384 MiB at 262,144 tokens, and the others a state of fixed size", () => {
  const attention: Block = {
    kind: "attention",
    inputSize: 2048,
    nHeads: 24,
    nKvHeads: 4,
    keySize: 256,
    span: { kind: "full" },
  };
  const delta: Block = {
    kind: "linear-attention",
    variant: "gated-delta",
    inputSize: 2048,
    nKeyHeads: 16,
    nValueHeads: 48,
    keySize: 128,
    valueSize: 128,
    convTokens: 4,
    outputNorm: { kind: "norm", size: 128 },
  };
  const base = modelOf([]);
  const layers = Array.from({ length: 64 }, (_, i) => ({ blocks: [i % 4 === 3 ? attention : delta] }));
  const model: Model = { ...base, layers };
  const long = kvCache(model, { tokens: 262_144 });
  expect(long.kvBytes / 2 ** 20).toBe(16_384);
  // 48 layers of 48 heads of 128 by 128, and three tokens of the convolution over 2·16·128 + 48·128 channels.
  const state = 48 * (48 * 128 * 128 + 3 * (2 * 16 * 128 + 48 * 128)) * 2;
  expect(long.stateBytes).toBe(state);
  expect(kvCache(model, { tokens: 1 }).stateBytes).toBe(state);
  expect(long.layers.filter(({ kind }) => kind === "full").map(({ layer }) => layer)).toEqual(
    Array.from({ length: 16 }, (_, i) => 4 * i + 3),
  );
});

test("a window of 4,096 holds 12,304 tokens in blocks of 16 while a chunk of 8,192 passes", () => {
  const model = modelShape("Mistral-7B-v0.1");
  const held = (tokens: number, options = {}) =>
    kvCache(model, { tokens, blockTokens: 16, chunkTokens: 8192, ...options }).tokensHeld;
  expect(held(16_384)).toBe(12_304);
  expect(held(100_000)).toBe(12_304);
  // A sequence shorter than that holds its own blocks and no more.
  expect(held(1000)).toBe(1008);
  expect(held(16_384, { chunkTokens: 1 })).toBe(4096 + 16);
  expect(held(16_384, { chunkTokens: 1, blockTokens: 1 })).toBe(4096);
});

test("key-value heads that are fewer than the devices are copied, latent vectors always", () => {
  const grouped = modelShape("Llama-3-70B");
  const perDevice = (tensorParallel: number) =>
    kvCache(grouped, { tokens: 100, tensorParallel }).bytesPerDevice;
  expect(perDevice(1)).toBe(100 * 327_680);
  expect(perDevice(8)).toBe((100 * 327_680) / 8);
  expect(perDevice(16)).toBe(perDevice(8));
  expect(() => perDevice(3)).toThrow("tensorParallel must divide the 64 attention heads, got 3");
  expect(kvCache(modelShape("DeepSeek-V3"), { tokens: 1, tensorParallel: 8 }).bytesPerDevice).toBe(70_272);
});

test("scales add their bits to each group of a quantised cache", () => {
  const model = modelShape("Llama-3-8B");
  const plain = kvCache(model, { tokens: 64, bits: 8 }).kvBytes;
  expect(kvCache(model, { tokens: 64, bits: 8, scale: { groupSize: 128, bits: 16 } }).kvBytes).toBe(
    plain * (1 + 16 / 128 / 8),
  );
});

test("keys and values of different widths are both counted", () => {
  const model = modelOf([
    {
      kind: "attention",
      inputSize: 2048,
      nHeads: 8,
      nKvHeads: 2,
      keySize: 192,
      valueSize: 128,
      span: { kind: "full" },
    },
  ]);
  expect(kvCache(model, { tokens: 1 }).kvBytesPerToken).toBe(2 * (192 + 128) * 2);
});

test("pairs in sight are those that counting finds", () => {
  const spans = fc.oneof(
    fc.constant({ kind: "full" } as const),
    fc.record({
      kind: fc.constantFrom("window" as const, "chunk" as const),
      tokens: fc.integer({ min: 1, max: 9 }),
    }),
  );
  fc.assert(
    fc.property(
      spans,
      fc.integer({ min: 0, max: 30 }),
      fc.integer({ min: 0, max: 30 }),
      (span, fresh, cached) => {
        let pairs = 0;
        for (let query = cached; query < cached + fresh; query++) {
          for (let key = 0; key <= query; key++) {
            if (span.kind === "full") pairs++;
            else if (span.kind === "window") pairs += query - key < span.tokens ? 1 : 0;
            else pairs += Math.floor(query / span.tokens) === Math.floor(key / span.tokens) ? 1 : 0;
          }
        }
        expect(visiblePairs(span, fresh, cached)).toBe(pairs);
      },
    ),
  );
});

test("latent attention decodes cheaper absorbed than expanded once much is cached, and a first pass is the other way round", () => {
  const model = modelShape("DeepSeek-V3");
  const at = (cached: number, form: "absorbed" | "expanded", newTokens = 1) =>
    forwardFlops(model, { newTokens, cached, latent: form }).total;
  expect(at(4096, "absorbed")).toBeLessThan(at(4096, "expanded") / 10);
  expect(at(0, "expanded", 4096)).toBeLessThan(at(0, "absorbed", 4096));
  // A pair costs 2·128·(2·512 + 64) FLOPs in each of 61 layers.
  expect(at(1001, "absorbed") - at(1000, "absorbed")).toBe(61 * 2 * 128 * (2 * 512 + 64));
  expect(forwardFlops(model, { newTokens: 1, cached: 4096 }).total).toBe(at(4096, "absorbed"));
});

test("the mean over decode steps is that of every step, across a window that fills and a bound that changes", () => {
  const line = fc.record({ from: fc.integer({ min: 0, max: 50 }), slope: fc.integer({ min: 0, max: 4 }) });
  fc.assert(
    fc.property(
      line,
      line,
      fc.integer({ min: 0, max: 20 }),
      fc.integer({ min: 0, max: 60 }),
      (p, q, first, count) => {
        const step = (t: number) => ({
          compute: p.from + p.slope * t,
          memory: q.from + q.slope * Math.min(t, 13),
        });
        let sum = 0;
        for (let t = first; t <= first + count; t++) sum += Math.max(step(t).compute, step(t).memory);
        const mean = meanOverSteps(step, { first, last: first + count, breaks: [13, 14] });
        expect(mean).toBeCloseTo(sum / (count + 1), 9);
      },
    ),
  );
});

test("the estimate's mean step is that of its steps one by one, with windows", () => {
  const mistral = modelShape("Mistral-7B-v0.1");
  const request = { accelerator: accelerators["a100-sxm-80gb"], promptTokens: 4000, batchSize: 64 };
  let sum = 0;
  for (let i = 0; i < 299; i++) {
    sum += estimateServing(mistral, { ...request, promptTokens: 4000 + i, outputTokens: 2 }).firstStepS;
  }
  const whole = estimateServing(mistral, { ...request, outputTokens: 300 });
  expect(whole.meanStepS).toBeCloseTo(sum / 299, 12);
  expect(whole.totalS).toBeCloseTo(whole.prefillS + sum, 9);
});

test("what does not fit says so, with the largest batch and context that would", () => {
  const accelerator = accelerators["h100-sxm-80gb"];
  const request = { accelerator, tensorParallel: 2, contextTokens: 20_000, batchSize: 4 };
  const memory = servingMemory(modelShape("Llama-3-70B"), request);
  expect(memory.fits).toBe(false);
  const { largestBatch, largestContext } = memory;
  for (const [batchSize, contextTokens, fits] of [
    [Math.max(1, largestBatch), 20_000, largestBatch > 0],
    [largestBatch + 1, 20_000, false],
    [4, Math.max(1, largestContext), largestContext > 0],
    [4, largestContext + 1, false],
  ] as const) {
    expect(servingMemory(modelShape("Llama-3-70B"), { ...request, batchSize, contextTokens }).fits).toBe(
      fits,
    );
  }
  const estimate = estimateServing(modelShape("Llama-3-70B"), {
    accelerator,
    tensorParallel: 2,
    promptTokens: 19_000,
    outputTokens: 30_000,
    batchSize: 4,
  });
  expect(estimate.fits).toBe(false);
  expect(estimate.notes[0]).toContain("does not fit");
});

test("a window that is full holds no more, so that any context fits", () => {
  const memory = servingMemory(modelShape("Mistral-7B-v0.1"), {
    accelerator: accelerators["a100-sxm-80gb"],
    contextTokens: 1000,
  });
  expect(memory.largestContext).toBe(Infinity);
  expect(memory.note).toContain("any number");
});

test("shards of the weights add up to the whole and the copies of what is not divided", () => {
  fc.assert(
    fc.property(
      fc.constantFrom("Llama-3-8B", "Mixtral-8x7B", "DeepSeek-V3", "GPT-2"),
      fc.constantFrom(2, 4),
      (name, tensorParallel) => {
        const model = modelFromShape(modelShape(name));
        let copied = 0;
        for (const { blocks } of [...model.layers, { blocks: model.output }, { blocks: model.input }]) {
          for (const block of blocks) {
            for (const tensor of blockTensors(block))
              if (tensor.split === "none") copied += tensorSize(tensor);
          }
        }
        const shard = weightBytes(model, { tensorParallel });
        expect(shard * tensorParallel).toBeCloseTo(weightBytes(model) + 2 * copied * (tensorParallel - 1), 0);
      },
    ),
  );
});

test("the kinds of block add up to the total", () => {
  for (const name of ["GPT-2", "Mixtral-8x7B", "DeepSeek-V3"] as const) {
    const { total, byBlock } = countParams(modelShape(name));
    expect(Object.values(byBlock).reduce((sum, each) => sum + each, 0)).toBe(total);
  }
});

test.each([
  [{ tokens: -1 }, "tokens must be"],
  [{ tokens: Number.NaN }, "tokens must be"],
  [{ tokens: 1, bits: 0 }, "bits must be"],
  [{ tokens: 1, blockTokens: 0 }, "blockTokens must be"],
  [{ tokens: 1, blockTokens: 1.5 }, "blockTokens must be"],
  [{ tokens: 1, chunkTokens: 0 }, "chunkTokens must be"],
  [{ tokens: 1, tensorParallel: 0 }, "tensorParallel must be"],
  [{ tokens: 1, latent: "wide" }, 'latent must be "compressed" or "expanded"'],
  [{ tokens: 1, scale: { groupSize: 0, bits: 16 } }, "scale.groupSize must be"],
  [{ tokens: 1, token: 2 }, "token"],
])("%j is refused with the name of what is wrong", (sequence, message) => {
  expect(() => kvCache(modelShape("Llama-3-8B"), sequence as never)).toThrow(message);
});

test.each([
  ["a name", "Llama-3.1-8B", 'a model is wanted, got the text "Llama-3.1-8B"; modelNamed'],
  ["a configuration", { model_type: "llama" }, "modelFromConfig"],
  ["nothing", undefined, "a model is wanted, got undefined"],
  ["null", null, "a model is wanted, got null"],
])("%s is no model, and the way to one is said", (_, given, message) => {
  expect(() => countParams(given as never)).toThrow(message);
  expect(() => kvCache(given as never, { tokens: 1 })).toThrow(TypeError);
});

test("parameters that no number holds exactly are refused, not rounded", () => {
  const wide = { ...modelShape("Llama-3-8B"), hiddenSize: 1e10 };
  expect(() => countParams(wide)).toThrow("the parameters must be a whole number below 2^53");
});

test("what cannot be served or passed is refused by name", () => {
  const shape = modelShape("Llama-3-8B");
  const request = { accelerator: accelerators["h100-sxm-80gb"], promptTokens: 8, outputTokens: 8 };
  const tower = modelFromConfig({ model_type: "vit" });
  expect(() => estimateServing(tower, request)).toThrow("(vit) writes no tokens");
  expect(() => estimateServing(shape, { ...request, accelerator: "h100" as never })).toThrow(
    'accelerator must be a data sheet, such as findAccelerator("h100 sxm") gives, got the text "h100"',
  );
  const { accelerator } = request;
  expect(() =>
    servingMemory(shape, { accelerator, contextTokens: 8, cache: { tokens: 5 } as never }),
  ).toThrow("cache has no option tokens");
  expect(() => forwardFlops(shape, { newTokens: 4, logitTokens: -1 })).toThrow("logitTokens must be >= 0");
  expect(() => forwardFlops(shape, { newTokens: 4, causal: "no" as never })).toThrow(
    "causal must be true or false",
  );
  const memory = servingMemory(modelNamed("mamba-2.8b"), { accelerator, contextTokens: 8 });
  expect(memory.note).toContain("any number of tokens");
});
