import fc from "fast-check";
import { blockTensors, countParams, kvCache, modelFromConfig, tensorSize } from "isoflop";
import { describe, expect, test } from "vitest";
import { readVectors } from "./readVectors.ts";

const llama = {
  model_type: "llama",
  hidden_size: 64,
  intermediate_size: 160,
  num_attention_heads: 4,
  num_key_value_heads: 2,
  num_hidden_layers: 3,
  vocab_size: 500,
};
const total = (config: unknown) => countParams(modelFromConfig(config)).total;
const held = (config: unknown, tokens: number) =>
  kvCache(modelFromConfig(config), { tokens }).layers.map((layer) => layer.tokensHeld);

describe("keys that fix no count are passed over", () => {
  test.each<[string, unknown]>([
    ["_from_model_config", true],
    ["_name_or_path", "meta-llama/Llama-2-7b-hf"],
    ["architectures", ["LlamaForCausalLM"]],
    ["attn_implementation", "eager"],
    ["auto_map", { AutoConfig: "configuration_x.X" }],
    ["cache_config", { bits: 8 }],
    ["eos_token_id", [1, 2, 3]],
    ["head_dim", null],
    ["head_dim", 16],
    ["id2label", { 0: "LABEL_0", 1: "LABEL_1" }],
    ["is_llama_config", true],
    ["flex_attention_block_size", 128],
    ["layer_types", ["full_attention", "full_attention", "full_attention"]],
    ["max_window_layers", 28],
    ["mlp_bias", false],
    ["moe_layer_freq", 1],
    ["n_embd", 64],
    ["n_group", 1],
    ["num_experts", 0],
    ["num_gpus", 8],
    ["num_key_value_heads", 2],
    ["num_nextn_predict_layers", 0],
    ["output_hidden_states", true],
    ["pool_size", 1],
    ["pretraining_tp", 4],
    ["quantization_config", { quant_method: "awq", bits: 4, group_size: 128 }],
    ["rope_parameters", { rope_type: "default" }],
    ["rope_scaling", { factor: 8, rope_type: "llama3", original_max_position_embeddings: 8192 }],
    ["sliding_window", null],
    ["sliding_window", 4096],
    ["tie_word_embeddings", null],
    ["torch_dtype", "bfloat16"],
    ["transformers.js_config", { kv_cache_dtype: { fp16: "float16" } }],
    ["transformers_version", "4.46.0"],
    ["type_vocab_size", 2],
    ["use_cache", true],
    ["vision_config", null],
  ])("%s: %j", (key, value) => {
    expect(total({ ...llama, [key]: value })).toBe(total(llama));
  });
});

test("the biases of Qwen 2 are there, whatever its file says of them", () => {
  const qwen2 = { ...llama, model_type: "qwen2" };
  for (const attention_bias of [true, false]) expect(total({ ...qwen2, attention_bias })).toBe(total(qwen2));
  expect(total(qwen2) - total(llama)).toBe(3 * (64 + 2 * 32));
});

describe("a key that may change a count and is not known is named", () => {
  test.each<[string, unknown]>([
    ["n_embd", 128],
    ["n_routed_experts", 64],
    ["num_initial_dense_layers", 1],
    ["num_local_experts", 8],
    ["moe_intermediate_size", 1408],
    ["kv_lora_rank", 512],
    ["qk_layernorm", true],
    ["use_qk_norm", true],
    ["qkv_bias", true],
    ["attn_output_gate", true],
    ["vision_config", { hidden_size: 1024 }],
    ["ssm_state_size", 16],
    ["ffn_dim_multiplier", 1.3],
    ["num_nextn_predict_layers", 1],
    ["shared_expert_intermediate_size", 5632],
    ["per_layer_hidden_size", [64, 64, 32]],
  ])("%s: %j", (key, value) => {
    expect(() => modelFromConfig({ ...llama, [key]: value })).toThrow(key);
  });
});

test("an unknown model_type is named, and so are those that are near", () => {
  expect(() => modelFromConfig({ ...llama, model_type: "rwkv7" })).toThrow(
    /"rwkv7" is not known; none is near it/,
  );
  expect(() => modelFromConfig({ ...llama, model_type: "llama5" })).toThrow(
    /"llama5" is not known; near it are .*llama4/,
  );
  expect(() => modelFromConfig({ hidden_size: 64 })).toThrow("no model_type");
  expect(() => modelFromConfig({ ...llama, model_type: "constructor" })).toThrow("not known");
});

test("the class's name stands in for a model_type, and its case and hyphens are free", () => {
  const { model_type: _, ...rest } = llama;
  expect(total({ ...rest, architectures: ["LlamaForCausalLM"] })).toBe(total(llama));
  expect(total({ ...llama, model_type: "Llama" })).toBe(total(llama));
});

describe("what cannot be is refused, with the key", () => {
  test.each<[string, unknown, string]>([
    ["hidden_size", -64, "hidden_size"],
    ["hidden_size", 64.5, "hidden_size"],
    ["hidden_size", Number.NaN, "hidden_size"],
    ["hidden_size", "64", "hidden_size"],
    ["hidden_size", [64], "hidden_size"],
    ["hidden_size", true, "hidden_size"],
    ["num_hidden_layers", 0, "num_hidden_layers"],
    ["num_hidden_layers", 1e9, "at most 10000"],
    ["vocab_size", 1e15, "at most 1000000000"],
    ["num_attention_heads", 5, "must divide the hidden size 64; give head_dim"],
    ["num_key_value_heads", 3, "must divide the 4 attention heads"],
    ["num_key_value_heads", 8, "must divide the 4 attention heads"],
    ["layer_types", ["full_attention"], "must name 3 layers, got 1"],
    ["layer_types", ["full_attention", "full_attention", "mamba"], '"full_attention" or "sliding_attention"'],
    ["layer_types", "full_attention", "must be a list"],
    ["tie_word_embeddings", "yes", "tie_word_embeddings"],
    ["attention_bias", 2, "attention_bias"],
    ["vocab_size", Number.POSITIVE_INFINITY, "vocab_size"],
    ["quantization_config", 4, "quantization_config"],
  ])("%s: %j", (key, value, message) => {
    expect(() => modelFromConfig({ ...llama, [key]: value })).toThrow(message);
  });

  test.each([null, undefined, [], "config.json", 7])("a configuration that is no object: %j", (config) => {
    expect(() => modelFromConfig(config)).toThrow(TypeError);
  });
});

test("the widest heads need no width that they divide", () => {
  const model = modelFromConfig({ ...llama, num_attention_heads: 5, num_key_value_heads: 1, head_dim: 20 });
  expect(kvCache(model, { tokens: 1 }).kvBytesPerToken).toBe(3 * 2 * 20 * 2);
});

test("null is not absent where the class tells them apart", () => {
  const { num_key_value_heads: _, ...rest } = llama;
  const kv = (config: object) =>
    kvCache(modelFromConfig({ ...rest, num_attention_heads: 16, ...config }), { tokens: 1 }).kvBytesPerToken;
  // Mistral has 8 key-value heads unless it says otherwise, and as many as heads if it says null.
  expect(kv({ model_type: "mistral", head_dim: null })).toBe(
    kv({ model_type: "mistral", head_dim: null, num_key_value_heads: 8 }),
  );
  expect(kv({ model_type: "mistral", head_dim: null, num_key_value_heads: null })).toBe(
    kv({ model_type: "llama" }),
  );
});

describe("windows follow the family's rule and layer_types", () => {
  const six = { ...llama, num_hidden_layers: 6, sliding_window: 32 };
  test.each<[string, object, number[]]>([
    ["mistral", {}, [32, 32, 32, 32, 32, 32]],
    ["mistral", { sliding_window: null }, [99, 99, 99, 99, 99, 99]],
    ["qwen2", { use_sliding_window: true, max_window_layers: 4 }, [99, 99, 99, 99, 32, 32]],
    ["qwen2", { use_sliding_window: false, max_window_layers: 0 }, [99, 99, 99, 99, 99, 99]],
    ["gemma2", { head_dim: 16 }, [32, 99, 32, 99, 32, 99]],
    ["gemma3_text", { head_dim: 16, sliding_window_pattern: 3 }, [32, 32, 99, 32, 32, 99]],
    ["gemma3_text", { head_dim: 16 }, [32, 32, 32, 32, 32, 99]],
    ["cohere2", {}, [32, 32, 32, 99, 32, 32]],
    ["olmo3", {}, [32, 32, 32, 99, 32, 32]],
    ["smollm3", { use_sliding_window: true }, [99, 99, 99, 32, 99, 99]],
    ["exaone4", { sliding_window_pattern: "LLLG" }, [32, 32, 32, 99, 32, 32]],
    ["starcoder2", {}, [32, 32, 32, 32, 32, 32]],
    [
      "ministral",
      { layer_types: ["full_attention", ...Array(5).fill("sliding_attention")] },
      [99, 32, 32, 32, 32, 32],
    ],
  ])("%s %j", (type, keys, tokens) => {
    expect(held({ ...six, model_type: type, ...keys }, 99)).toEqual(tokens);
  });
});

test("families of other key names: the copy under the usual name changes nothing", () => {
  const gpt2 = { model_type: "gpt2", n_embd: 64, n_head: 4, n_layer: 2, vocab_size: 500, n_positions: 128 };
  const usual = {
    model_type: "gpt2",
    hidden_size: 64,
    num_attention_heads: 4,
    num_hidden_layers: 2,
    vocab_size: 500,
  };
  expect(total({ ...usual, max_position_embeddings: 128 })).toBe(total(gpt2));
  const falcon = { hidden_size: 64, vocab_size: 500, parallel_attn: true, bias: false, alibi: false };
  expect(total({ ...falcon, model_type: "RefinedWeb", n_layer: 2, n_head: 4, n_head_kv: 2 })).toBe(
    total({
      ...falcon,
      model_type: "falcon",
      num_hidden_layers: 2,
      num_attention_heads: 4,
      num_kv_heads: 2,
      new_decoder_architecture: true,
    }),
  );
});

test("the counts of families whose code is not in the library", () => {
  // OpenELM by its layer-wise rule; OLMo 1 under its own key names; ChatGLM-6B as its trainer prints it.
  const openElm = {
    model_type: "openelm",
    num_transformer_layers: 16,
    model_dim: 1280,
    head_dim: 64,
    num_gqa_groups: 4,
    normalize_qk_projections: true,
    share_input_output_layers: true,
    ffn_multipliers: [0.5, 4],
    qkv_multipliers: [0.5, 1],
  };
  expect(total(openElm)).toBe(271_527_168);
  const olmo = {
    model_type: "hf_olmo",
    d_model: 4096,
    n_heads: 32,
    n_layers: 32,
    mlp_hidden_size: 22016,
    weight_tying: false,
    include_bias: false,
    layer_norm_with_affine: false,
    embedding_size: 50304,
    vocab_size: 50280,
    rope: true,
  };
  expect(total(olmo)).toBe(6_888_095_744);
  expect(
    total({
      model_type: "chatglm",
      hidden_size: 4096,
      inner_hidden_size: 16384,
      num_attention_heads: 32,
      num_layers: 28,
      vocab_size: 130528,
    }),
  ).toBe(6_173_286_400);
  expect(total({ model_type: "phi3small" })).toBe(7_392_272_384);
});

describe("keys that published configurations of a family hold besides", () => {
  const { intermediate_size, num_key_value_heads, ...shape } = { ...llama, num_hidden_layers: 4 };
  const gated = { intermediate_size, num_key_value_heads };
  const own: Record<string, object> = { bloom: {}, falcon: {} };
  test.each<[string, object]>([
    ["apertus", { qk_norm: true, post_norm: false, hidden_act: "xielu", mlp_bias: false }],
    ["bloom", { num_key_value_heads: 4, head_dim: 16 }],
    ["bloom", { skip_bias_add: true, offset_alibi: 100, n_inner: null, masked_softmax_fusion: true }],
    [
      "cohere2",
      { layer_switch: 4, use_parallel_block: true, use_gated_activation: true, use_qk_norm: false },
    ],
    ["ernie4_5", { use_rmsnorm: true, compression_ratio: 1, freq_allocation: 20, use_bias: false }],
    ["falcon", { apply_residual_connection_post_layernorm: false, ff_factor: 4 }],
    [
      "hunyuan_v1_dense",
      { use_qk_norm: true, num_media_embeds: 257, anyres_pooling_size: 2, num_experts: 1 },
    ],
    ["minicpm", { scale_depth: 1.4, dim_model_base: 256, sparse_config: { kernel_size: 32, topk: 64 } }],
    ["olmo", { clip_qkv: 8, max_position_embeddings: 2048 }],
    ["qwen2", { use_mrope: false, max_window_layers: 28, use_sliding_window: false }],
    ["stablelm", { rope_pct: 0.25, norm_eps: 1e-5, qk_layernorm: false }],
  ])("%s: %j", (type, keys) => {
    const plain = { ...shape, ...(own[type] ?? gated), model_type: type };
    expect(total({ ...plain, ...keys })).toBe(total(plain));
  });
});

test("the modules of MiMo that predict further tokens are apart from its total", () => {
  const { prediction, total: main } = countParams(
    modelFromConfig({ ...llama, model_type: "mimo", num_nextn_predict_layers: 2 }),
  );
  expect(main).toBe(total({ ...llama, model_type: "qwen2" }));
  const layer = 64 * (2 * 64 + 2 * 32) + 64 + 2 * 32 + 3 * 64 * 160 + 2 * 64;
  expect(prediction).toBe(2 * (layer + 2 * 64 * 64 + 3 * 64));
});

describe("properties of every dense configuration drawn at random", () => {
  const models = readVectors("dense.jsonl").map(({ config }) => modelFromConfig(config));

  test("the blocks add up to the total", () => {
    for (const model of models) {
      const { byBlock, total: sum } = countParams(model);
      expect(Object.values(byBlock).reduce((a, b) => a + b, 0)).toBe(sum);
    }
  });

  test("where devices divide heads and inner widths, every divided tensor has whole shares", () => {
    fc.assert(
      fc.property(fc.constantFrom(...models), fc.constantFrom(1, 2, 3, 4, 8), (model, devices) => {
        for (const block of model.layers.flatMap(({ blocks }) => blocks)) {
          const divides =
            (block.kind === "attention" && block.nKvHeads % devices === 0 && block.nHeads % devices === 0) ||
            (block.kind === "feed-forward" && block.size % devices === 0);
          if (!divides) continue;
          let shared = 0;
          let whole = 0;
          for (const tensor of blockTensors(block)) {
            const axis = tensor.split === "rows" ? 1 : 0;
            const shares = tensor.split === "none" ? 1 : devices;
            const share = tensor.shape.map((length, i) => (i === axis ? length / shares : length));
            expect(share.every(Number.isInteger)).toBe(true);
            // What every device holds is counted once.
            shared += shares * tensorSize({ ...tensor, shape: share });
            whole += tensorSize(tensor);
          }
          expect(shared).toBe(whole);
          expect(whole).toBe(blockTensors(block).reduce((sum, tensor) => sum + tensorSize(tensor), 0));
        }
      }),
      { numRuns: 100 },
    );
  });

  test("whatever stands in the place of a value is counted or refused with a word", () => {
    const configs = readVectors("dense.jsonl").map(({ config }) => config);
    const hostile = fc.oneof(
      fc.constantFrom<unknown>(null, undefined, "", "32", [], {}, true, -1, 0, 0.5, 1e12, Number.NaN),
      fc.jsonValue(),
      fc.integer({ min: -3, max: 300 }),
    );
    fc.assert(
      fc.property(fc.constantFrom(...configs), fc.nat(), hostile, (config, at, value) => {
        const keys = Object.keys(config).filter((key) => key !== "model_type");
        const changed = { ...config, [keys[at % keys.length] ?? "hidden_size"]: value };
        try {
          const { total, active, embedding } = countParams(modelFromConfig(changed));
          for (const count of [total, active, embedding]) expect(Number.isSafeInteger(count)).toBe(true);
          expect(active).toBeLessThanOrEqual(total);
        } catch (error) {
          if (!(error instanceof RangeError || error instanceof TypeError)) throw error;
          expect(error.message).not.toMatch(/undefined|is not a function|Cannot read|Invalid array/);
        }
      }),
      { numRuns: 1500 },
    );
  });
});
