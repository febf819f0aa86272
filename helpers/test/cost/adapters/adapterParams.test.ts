import fc from "fast-check";
import {
  type AdapterMethod,
  type AttentionBlock,
  adapterParams,
  type Block,
  countParams,
  fineTuningBytes,
  type Model,
  modelFromShape,
  modelShape,
  models,
  quantizedBits,
  type TransformerShape,
  weightBytes,
} from "isoflop";
import { molaTrainableParams } from "isoflop-datasets";
import { describe, expect, test } from "vitest";

const llama = modelShape("Llama-2-7B");
const trainable = (method: AdapterMethod, shape: TransformerShape = llama) =>
  adapterParams(shape, method).trainable;

describe("MoLA's Table 1", () => {
  const methodOf = (row: ReturnType<typeof molaTrainableParams>[number]): AdapterMethod => {
    if (row.expertsPerGroup) return { kind: "mola", rank: 8, experts: [...row.expertsPerGroup].map(Number) };
    if (row.method === "LoRA r=64") return { kind: "lora", rank: 64 };
    if (row.method === "Prompt Tuning") return { kind: "prompt", tokens: 40 };
    if (row.method === "LLaMA-Adapter") return { kind: "llama-adapter", tokens: 40 };
    return { kind: "full" };
  };

  test.each(molaTrainableParams().map((row) => [row.method, row.expertsPerGroup ?? "", row] as const))(
    "%s %s: trains as many parameters as printed, to the last",
    (_, __, row) => {
      expect(trainable(methodOf(row))).toBe(row.trainableParams);
    },
  );
});

describe("the documentation of Hugging Face's PEFT", () => {
  test("prints the prompts and prefixes of bloomz-560m as ours count", () => {
    const attention = { kind: "grouped", nHeads: 16, nKvHeads: 16, headSize: 64 } as const;
    const bloomz = { ...llama, nLayers: 24, hiddenSize: 1024, ffnSize: 4096, gated: false, attention };
    expect(trainable({ kind: "prompt", tokens: 8 }, bloomz)).toBe(8192);
    expect(trainable({ kind: "prefix", tokens: 20 }, bloomz)).toBe(983_040);
  });

  test("prints of BLOOM-7B1, whose queries, keys and values are one matrix, what ours counts when told so", () => {
    const attention = { kind: "grouped", nHeads: 32, nKvHeads: 32, headSize: 128 } as const;
    const bloom = { ...llama, nLayers: 30, hiddenSize: 4096, ffnSize: 16384, gated: false, attention };
    const targets = ["query", "key", "value"];
    // https://zenn.dev/koichiro_mori/scraps/b3592fdfec55b4, print_trainable_parameters at rank 16.
    expect(trainable({ kind: "lora", rank: 16, targets, joined: [targets] }, bloom)).toBe(7_864_320);
    expect(trainable({ kind: "lora", rank: 16, targets }, bloom)).toBe(30 * 16 * 3 * 8192);
  });

  test.each([
    [{ targets: "query" }, "targets must be a list of names among query, key"],
    [{ targets: ["q_proj"] }, "targets must be a list of names among query, key"],
    [{ joined: 5 }, "joined must be a list of lists of names, got 5"],
    [{ joined: [["query", "kee"]] }, "joined must be a list of names among query, key"],
    [
      { targets: ["query"], joined: [["query", "key", "value"]] },
      "targets must have all of query, key, value, which are one matrix by joined, got query",
    ],
  ])("LoRA with %j is refused: %s", (more, message) => {
    const method = { kind: "lora", rank: 8, ...more } as unknown as AdapterMethod;
    expect(() => adapterParams(llama, method)).toThrow(message);
  });

  test("prints mt0-large with its encoder and cross attention as ours count: size, LoRA and (IA)³", () => {
    const norm: Block = { kind: "norm", size: 1024 };
    const inner: Block = { kind: "feed-forward", inputSize: 1024, size: 2816, matrices: 3 };
    const attend = (more: Partial<AttentionBlock>): Block => {
      const full = { kind: "full" } as const;
      return {
        kind: "attention",
        inputSize: 1024,
        nHeads: 16,
        nKvHeads: 16,
        keySize: 64,
        span: full,
        ...more,
      };
    };
    const stack = (cross: Block[]) =>
      Array.from({ length: 24 }, (_, i) => {
        const own = attend(i === 0 ? { relativeBuckets: 32 } : {});
        return { blocks: [norm, own, ...cross, norm, inner] };
      });
    const mt0: Model = {
      ...modelFromShape(llama),
      hiddenSize: 1024,
      vocabSize: 250_112,
      input: [{ kind: "token-table", rows: 250_112, width: 1024 }],
      layers: stack([norm, attend({ cross: true })]),
      output: [norm, { kind: "head", rows: 250_112, width: 1024, tied: false }],
      towers: [{ role: "encoder", input: [], layers: stack([]), output: [norm] }],
    };
    const lora = adapterParams(mt0, { kind: "lora", rank: 8, targets: ["query", "value"] });
    expect([lora.trainable, lora.base + lora.trainable]).toEqual([2_359_296, 1_231_940_608]);
    const ia3 = adapterParams(mt0, { kind: "ia3" });
    expect([ia3.trainable, ia3.base + ia3.trainable]).toEqual([282_624, 1_229_863_936]);
  });
});

test("LoRA on grouped queries counts the narrow keys and values as they are", () => {
  const { hiddenSize: d, nLayers, ffnSize: f, attention } = modelShape("Llama-3-8B");
  if (attention.kind !== "grouped") throw new Error("Llama-3 has grouped queries");
  const kv = attention.nKvHeads * attention.headSize;
  const shape = modelShape("Llama-3-8B");
  expect(trainable({ kind: "lora", rank: 16 }, shape)).toBe(
    16 * nLayers * (4 * d + 2 * (d + kv) + 3 * (d + f)),
  );
  expect(trainable({ kind: "prefix", tokens: 30 }, shape)).toBe(30 * nLayers * 2 * kv);
  expect(trainable({ kind: "ia3" }, shape)).toBe(nLayers * (2 * kv + f));
  // 65B with rank 64: the adapter that ComPEFT gives as 3.2 GB in float32.
  const llama65: TransformerShape = {
    ...llama,
    nLayers: 80,
    hiddenSize: 8192,
    ffnSize: 22016,
    attention: { kind: "grouped", nHeads: 64, nKvHeads: 64, headSize: 128 },
  };
  expect(trainable({ kind: "lora", rank: 64 }, llama65)).toBe(799_539_200);
});

test("bottlenecks, prompts and sparse deltas follow their closed forms", () => {
  expect(trainable({ kind: "bottleneck", size: 64 })).toBe(32 * 2 * (2 * 4096 * 64 + 64 + 4096));
  expect(trainable({ kind: "bottleneck", size: 64, perLayer: 1 })).toBe(32 * (2 * 4096 * 64 + 64 + 4096));
  expect(trainable({ kind: "prompt", tokens: 100 })).toBe(409_600);
  expect(trainable({ kind: "llama-adapter", tokens: 10, layers: 30 })).toBe(30 * (40_960 + 1));
  const matrices = 32 * (4 * 4096 ** 2 + 3 * 4096 * 11008);
  expect(trainable({ kind: "sparse", density: 0.01 })).toBe(Math.round(matrices / 100));
  expect(trainable({ kind: "sparse", density: 1, targets: ["query"] })).toBe(32 * 4096 ** 2);
});

test("experts have adapters each, and the router only where it is named", () => {
  const shape = modelShape("Mixtral-8x7B");
  const up = 8 * 8 * 32 * (4096 + 14336);
  expect(trainable({ kind: "lora", rank: 8, targets: ["expert-up"] }, shape)).toBe(up);
  expect(trainable({ kind: "lora", rank: 8, targets: ["router"] }, shape)).toBe(8 * 32 * (4096 + 8));
  const attention = trainable({ kind: "lora", rank: 8, targets: ["query", "key", "value", "output"] }, shape);
  expect(trainable({ kind: "lora", rank: 8 }, shape)).toBe(attention + 3 * up);
  expect(trainable({ kind: "ia3" }, shape)).toBe(32 * (2 * 1024 + 8 * 14336));
});

test("BitFit trains the biases that are there, and says where there are none", () => {
  const model = modelFromShape(llama);
  const biased = {
    ...model,
    layers: model.layers.map((layer) => ({
      blocks: layer.blocks.map((block) =>
        block.kind === "attention" ? { ...block, biases: { query: true, key: true, value: true } } : block,
      ),
    })),
  };
  expect(adapterParams(biased, { kind: "bitfit" }).trainable).toBe(32 * 3 * 4096);
  // The bias that balances experts is moved by a rule of its own, not trained.
  expect(() => trainable({ kind: "bitfit" }, modelShape("DeepSeek-V3"))).toThrow("this one has none");
  expect(() => trainable({ kind: "bitfit" })).toThrow(
    "bitfit trains the biases of a model, and this one has none",
  );
});

test("LoRA grows in proportion to its rank on every model of the catalogue", () => {
  fc.assert(
    fc.property(
      fc.constantFrom(...Object.values(models)),
      fc.integer({ min: 1, max: 256 }),
      ({ shape }, rank) => {
        expect(trainable({ kind: "lora", rank }, shape)).toBe(
          rank * trainable({ kind: "lora", rank: 1 }, shape),
        );
        const { base, share } = adapterParams(shape, { kind: "full" });
        expect([base, share]).toEqual([countParams(shape).total, 1]);
      },
    ),
  );
});

test("bytes: frozen weights at their bits, trained values at the recipe's", () => {
  const method = { kind: "lora", rank: 64 } as const;
  const bits = quantizedBits();
  const { base, trained, total } = fineTuningBytes(llama, { method, bits });
  expect(base).toBe(weightBytes(llama, { bits }));
  expect(trained).toBe(16 * 159_907_840);
  expect(total).toBe(base + trained);
  expect(fineTuningBytes(llama, { method: { kind: "full" } })).toEqual({
    base: 0,
    trained: 16 * 6_738_415_616,
    total: 16 * 6_738_415_616,
  });
  const sparse = fineTuningBytes(llama, { method: { kind: "sparse", density: 0.01 } });
  expect(sparse.trained).toBe(20 * trainable({ kind: "sparse", density: 0.01 }));
});

test("hostile methods are refused", () => {
  const of = (method: object) => () => trainable(method as AdapterMethod);
  expect(of({ kind: "dora", rank: 8 })).toThrow("kind must be full or lora or");
  expect(of({ kind: "lora", rank: 0 })).toThrow("rank must be a whole number >= 1, got 0; 8 is usual");
  expect(of({ kind: "lora" })).toThrow("rank must be a whole number >= 1, got undefined");
  expect(of({ kind: "lora", rank: 8, target: ["query"] })).toThrow("did you mean targets?");
  expect(of({ kind: "lora", rank: 8, targets: ["q_proj"] })).toThrow(
    "targets must be a list of names among query, key, value",
  );
  expect(of({ kind: "lora", rank: 8, targets: [] })).toThrow("targets must be a list of names among");
  expect(of({ kind: "mola", rank: 8, experts: [2, 4, 6] })).toThrow(
    "a list whose length divides the 32 layers, got 3 numbers",
  );
  expect(of({ kind: "mola", rank: 8, experts: [2, 0] })).toThrow(
    "experts must be a whole number >= 1, got 0",
  );
  expect(of({ kind: "prompt", tokens: 1.5 })).toThrow("tokens must be a whole number");
  expect(of({ kind: "llama-adapter", tokens: 10, layers: 33 })).toThrow(
    "layers must be a whole number between 1 and 32",
  );
  expect(of({ kind: "sparse", density: 1.2 })).toThrow("density must lie in (0, 1]");
  expect(() => trainable({ kind: "prefix", tokens: 4 }, modelShape("DeepSeek-V3"))).toThrow(
    "every layer must have plain attention",
  );
  expect(() => fineTuningBytes(llama, { method: { kind: "full" }, bits: 0 })).toThrow(
    "bits must be > 0, got 0",
  );
});
