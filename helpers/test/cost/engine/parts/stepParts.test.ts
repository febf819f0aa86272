import fc from "fast-check";
import { accelerators, modelNamed, type ServingScenario } from "isoflop";
import { describe, expect, test } from "vitest";
import { engineMachine } from "../../../../src/cost/engine/parts/EngineMachine.ts";
import { engineParts, partAt } from "../../../../src/cost/engine/parts/partNames.ts";
import { addDecodeParts, addPromptParts } from "../../../../src/cost/engine/parts/stepParts.ts";

const layout = (tensorParallel = 1, more: Partial<ServingScenario["serve"]["layout"]> = {}) => ({
  tensorParallel,
  pipelineParallel: 1,
  attentionDataParallel: 1,
  expertParallel: 1,
  expertTensorParallel: tensorParallel,
  ...more,
});

const scenario = (model: string, given: Partial<ServingScenario> = {}): ServingScenario => ({
  model: modelNamed(model),
  modelKey: model,
  accelerator: accelerators["h100-sxm-80gb"],
  acceleratorKey: "h100-sxm-80gb",
  bits: { weights: 16, activations: 16, kv: 16 },
  format: "bf16",
  engine: "vllm",
  release: "",
  serve: { instances: 1, layout: layout() },
  load: { kind: "closed", concurrency: 1 },
  promptTokens: 1024,
  outputTokens: 256,
  assumptions: [],
  ...given,
});

const decode = (one: ServingScenario, decoding: number, cached: number) => {
  const out = new Float64Array(engineParts.length);
  addDecodeParts(engineMachine(one, one.serve.layout), decoding, cached, out);
  return out;
};

const prompt = (one: ServingScenario, tokens: number, decoding = 0) => {
  const out = new Float64Array(engineParts.length);
  addPromptParts(engineMachine(one, one.serve.layout), tokens, (tokens * (tokens + 1)) / 2, decoding, out);
  return out;
};

describe("parts of a step of decoding", () => {
  // Llama-3.1-8B: 32 layers of 218,103,808 weights and a head of 128,256 x 4,096, 131,072 bytes of cache a token.
  const weights = 32 * 218_103_808;
  const head = 128_256 * 4096;

  test("weights are read once, at the rate of the data sheet, whatever the batch", () => {
    for (const batch of [1, 8, 64]) {
      const parts = decode(scenario("Llama-3.1-8B"), batch, 1000);
      expect(parts[partAt("weightBytes")]).toBeCloseTo((2 * (weights + head)) / 3350e9, 12);
    }
  });

  test("keys and values of every request in sight are read", () => {
    const parts = decode(scenario("Llama-3.1-8B"), 16, 2000);
    expect(parts[partAt("cacheBytes")]).toBeCloseTo((16 * 2000 * 131_072) / 3350e9, 12);
  });

  test("products overlap reading: a small batch hides them, of a large one they are all that counts", () => {
    const one = scenario("Llama-3.1-8B");
    const bytes = decode(one, 1, 1)[partAt("weightBytes")]!;
    const small = decode(one, 1, 1)[partAt("decodeFlops")]!;
    const large = decode(one, 4096, 1)[partAt("decodeFlops")]!;
    const products = (2 * 4096 * weights) / (0.75 * 989e12);
    expect(small).toBeLessThan(0.01 * bytes);
    expect(large + bytes).toBeCloseTo(Math.hypot(bytes, products), 9);
  });

  test("two devices have half the bytes each, and exchange", () => {
    const alone = decode(scenario("Llama-3.1-8B"), 8, 1000);
    const two = decode(scenario("Llama-3.1-8B", { serve: { instances: 1, layout: layout(2) } }), 8, 1000);
    expect(two[partAt("weightBytes")]! / alone[partAt("weightBytes")]!).toBeCloseTo(0.5, 9);
    expect(two[partAt("cacheBytes")]! / alone[partAt("cacheBytes")]!).toBeCloseTo(0.5, 9);
    expect(alone[partAt("exchange")]).toBe(0);
    expect(two[partAt("exchange")]).toBeGreaterThan(0);
  });

  test("key-value heads are copied where devices are more: 16 devices read as much cache each as 8", () => {
    const [eight, sixteen] = [8, 16].map((tp) =>
      decode(scenario("Llama-3.1-70B", { serve: { instances: 1, layout: layout(tp) } }), 8, 1000),
    );
    expect(sixteen![partAt("cacheBytes")]).toBeCloseTo(eight![partAt("cacheBytes")]!, 12);
  });

  test("one request of a mixture reads the experts it is sent to, a large batch all", () => {
    const one = scenario("Mixtral-8x7B", { bits: { weights: 8, activations: 8, kv: 8 } });
    const experts = 32 * 8 * 3 * 4096 * 14_336;
    expect(decode(one, 1, 1)[partAt("expertBytes")]).toBeCloseTo(experts / 4 / 3350e9, 9);
    expect(decode(one, 512, 1)[partAt("expertBytes")]).toBeCloseTo(experts / 3350e9, 6);
  });

  test("a skewed router reads fewer experts", () => {
    const even = decode(scenario("Mixtral-8x7B"), 4, 1)[partAt("expertBytes")]!;
    const skewed = decode(scenario("Mixtral-8x7B", { expertSkew: 1 }), 4, 1)[partAt("expertBytes")]!;
    expect(skewed).toBeLessThan(even);
  });

  test("a latent cache is held whole by each device of a tensor parallel group, and divided by data parallel ones", () => {
    const bits = { weights: 8, activations: 8, kv: 8 };
    const by = (tp: number, dp: number) =>
      decode(
        scenario("DeepSeek-V3", {
          bits,
          serve: {
            instances: 1,
            layout: layout(tp, { attentionDataParallel: dp, expertParallel: 8, expertTensorParallel: 1 }),
          },
        }),
        64,
        1000,
      )[partAt("cacheBytes")]!;
    expect(by(8, 1)).toBeCloseTo((64 * 1000 * 61 * 576) / 3350e9, 12);
    expect(by(1, 8) / by(8, 1)).toBeCloseTo(1 / 8, 9);
  });

  test("a window bounds what is read, and nothing grows beyond it", () => {
    const one = scenario("Mistral-7B-v0.1");
    const [at, beyond] = [4096, 20_000].map((cached) => decode(one, 1, cached)[partAt("cacheBytes")]!);
    expect(beyond).toBeCloseTo(at!, 9);
  });

  test("every part is finite, >= 0 and no less for more requests or longer contexts", () => {
    const models = [
      "Llama-3.1-8B",
      "DeepSeek-V3",
      "gpt-oss-120b",
      "Mixtral-8x7B",
      "Qwen3.5-397B-A17B",
      "GLM-5",
    ];
    fc.assert(
      fc.property(
        fc.constantFrom(...models),
        fc.integer({ min: 1, max: 2000 }),
        fc.integer({ min: 1, max: 200_000 }),
        fc.integer({ min: 1, max: 500 }),
        (model, decoding, cached, more) => {
          const few = decode(scenario(model), decoding, cached);
          const many = decode(scenario(model), decoding + more, cached);
          const long = decode(scenario(model), decoding, cached + more);
          for (const seconds of few) expect(seconds >= 0 && Number.isFinite(seconds)).toBe(true);
          const sum = (list: Float64Array) => list.reduce((total, x) => total + x, 0);
          expect(sum(long)).toBeGreaterThanOrEqual(sum(few) * (1 - 1e-9));
          expect(sum(many)).toBeGreaterThanOrEqual(sum(few) * (1 - 1e-9));
        },
      ),
      { numRuns: 200 },
    );
  });
});

describe("parts of a prompt's pass", () => {
  test("a long prompt takes its products at what large ones reach of the peak", () => {
    const parts = prompt(scenario("Llama-3.1-8B"), 8192);
    const bytes = parts[partAt("weightBytes")]!;
    const products = (2 * 8192 * 32 * 218_103_808) / (0.75 * 989e12);
    expect(parts[partAt("promptFlops")]! + bytes).toBeCloseTo(Math.hypot(bytes, products), 6);
    expect(parts[partAt("promptMixing")]).toBeCloseTo(
      (32 * 4 * 32 * 128 * ((8192 * 8193) / 2)) / (0.75 * 989e12),
      9,
    );
  });

  test("beside requests that decode, weights are not read again", () => {
    expect(prompt(scenario("Llama-3.1-8B"), 512, 8)[partAt("weightBytes")]).toBe(0);
    const one = scenario("Mixtral-8x7B");
    const [alone, beside] = [0, 64].map((decoding) => prompt(one, 512, decoding)[partAt("expertBytes")]!);
    expect(beside).toBeLessThan(0.01 * alone!);
  });
});
