import fc from "fast-check";
import { blockTensors, countParams, type Layer, modelFromConfig, tensorSize, textModel } from "isoflop";
import { describe, expect, test } from "vitest";
import { published, publishedConfig } from "./publishedConfig.ts";
import { readVectors } from "./readVectors.ts";

const total = (config: unknown) => countParams(modelFromConfig(config)).total;

test("layers, tables, head and towers add up to the total", () => {
  const rows = [...readVectors("published.jsonl"), ...readVectors("mixed.jsonl")];
  fc.assert(
    fc.property(fc.constantFrom(...rows), ({ config }) => {
      const model = modelFromConfig(config);
      const size = (blocks: Layer["blocks"]) =>
        blocks.flatMap((block) => [...blockTensors(block)]).reduce((sum, each) => sum + tensorSize(each), 0);
      const inner = (layers: readonly Layer[]) => layers.reduce((sum, { blocks }) => sum + size(blocks), 0);
      const towers = model.towers.reduce(
        (sum, { input, layers, output }) => sum + size(input) + inner(layers) + size(output),
        0,
      );
      const sum = size(model.input) + inner(model.layers) + size(model.output) + towers;
      const count = countParams(model);
      expect(sum).toBe(count.total);
      expect(Object.values(count.byBlock).reduce((a, b) => a + b, 0)).toBe(count.total);
      expect(count.active).toBeLessThanOrEqual(count.total);
      expect(count.towers).toBe(towers);
      expect(count.prediction).toBe(inner(model.prediction));
    }),
  );
});

describe("keys of real configurations that fix no count are passed over", () => {
  test.each<[string, Record<string, unknown>]>([
    ["DeepSeek-V3", { ep_size: 8, aux_loss_alpha: 0.001, seq_aux: true, n_group: 4, topk_group: 2 }],
    ["DeepSeek-V3", { num_nextn_predict_layers: 0, scoring_func: "softmax", head_dim: 192 }],
    ["DeepSeek-V3", { quantization_config: { quant_method: "fp8", weight_block_size: [64, 64] } }],
    ["Qwen3-235B-A22B", { shared_expert_intermediate_size: 0, qkv_bias: false, use_qk_norm: true }],
    ["Qwen1.5-MoE-A2.7B", { use_sliding_window: true, max_window_layers: 3, sliding_window: 100 }],
    ["gpt-oss-120b", { initial_context_length: 1, swiglu_limit: 3, layer_types: null }],
    ["MiniMax-M1-80k", { layernorm_mlp_alpha: 3.55, rotary_dim: 32, postnorm: false }],
    ["Mamba-2.8B", { rms_norm: true, ssm_cfg: {}, fused_add_norm: true, time_step_rank: "auto" }],
    ["Nemotron-H-56B", { time_step_rank: 7, num_nextn_predict_layers: 1, mamba_ssm_cache_dtype: "float32" }],
    ["Qwen3.5-27B", { image_token_id: 1, language_model_only: false }],
    ["T5-small", { n_positions: 512, output_past: true, num_decoder_layers: null }],
    ["Mixtral-8x7B-v0.1", { head_dim: null, sliding_window: 4096, router_jitter_noise: 0.1 }],
    ["MiniCPM3-4B", { v_head_dim: null, dim_model_base: 256, scale_depth: 1.4, tie_word_embeddings: null }],
    ["GLM-4.7", { n_group: 4, topk_group: 2, num_nextn_predict_layers: null }],
  ])("%s: %j", (name, changed) => {
    expect(total(publishedConfig(name, changed))).toBe(countParams(published(name)).total);
  });
});

describe("what may change a count and is not known, or cannot be, is refused by name", () => {
  test.each<[string, Record<string, unknown>, string]>([
    ["DeepSeek-V3", { index_n_heads: 64 }, "index_n_heads"],
    ["Mixtral-8x7B-v0.1", { n_shared_experts: 1 }, "n_shared_experts"],
    ["Mixtral-8x7B-v0.1", { num_experts_per_tok: 9 }, "at most the 8 experts"],
    ["Mixtral-8x7B-v0.1", { num_local_experts: 0 }, "num_local_experts"],
    ["Mixtral-8x7B-v0.1", { intermediate_size: 14336.5 }, "intermediate_size"],
    ["Qwen3-235B-A22B", { shared_expert_intermediate_size: 512 }, "shared_expert_intermediate_size"],
    ["gpt-oss-120b", { layer_types: ["full_attention"] }, "layer_types must name the 36 layers"],
    ["gpt-oss-120b", { layer_types: Array(36).fill("mamba") }, "layer_types[0]"],
    ["Nemotron-H-56B", { hybrid_override_pattern: "M*X" }, "letters M E * -"],
    ["DBRX", { ffn_config: { moe_shared_experts: 2 } }, "moe_shared_experts"],
    ["Llama-3.3-Nemotron-Super-49B-v1", { num_hidden_layers: 79 }, "block_configs"],
    ["LLaVA-1.5-7B", { vision_config: { model_type: "eva" } }, '"eva" is not known'],
    ["LLaVA-1.5-7B", { text_config: { model_type: "rwkv" } }, '"rwkv" is not known'],
    ["CLIP ViT-B/32 vision tower", { num_attention_heads: 7 }, "must divide its width 768"],
    ["CLIP ViT-B/32 vision tower", { patch_size: [32, 32, 32] }, "patch_size"],
    ["DeepSeek-V2-Lite", { kv_lora_rank: -512 }, "kv_lora_rank"],
    ["T5-small", { feed_forward_proj: 3 }, "feed_forward_proj"],
  ])("%s: %j", (name, changed, message) => {
    expect(() => total(publishedConfig(name, changed))).toThrow(message);
  });
});

test("a query rank of null and none at all mean a plain projection in DeepSeek-V2-Lite", () => {
  const { q_lora_rank: _, ...without } = publishedConfig("DeepSeek-V2-Lite");
  expect(total(without)).toBe(15706484224);
  expect(total({ ...without, q_lora_rank: 1536 })).not.toBe(15706484224);
});

test("a model that sees gives its text model, and an encoder-decoder stays whole", () => {
  const text = countParams(textModel(published("Qwen3.5-27B")));
  expect(text.total).toBe(26895998464);
  expect(text.towers).toBe(0);
  expect(countParams(textModel(published("LLaVA-1.5-7B"))).total).toBe(7063427072 - 303507456 - 20979712);
  expect(countParams(textModel(published("T5-small"))).total).toBe(60506624);
});

test("Llama 4 with its vision tower has the printed 108,641,793,536 parameters", () => {
  const vision = {
    hidden_size: 1408,
    image_size: 336,
    intermediate_size: 5632,
    num_hidden_layers: 34,
    patch_size: 14,
    projector_input_dim: 4096,
    projector_output_dim: 4096,
    vision_output_dim: 4096,
  };
  const count = countParams(published("Llama-4-Scout-17B-16E (text)", { vision_config: vision }));
  expect(count.towers).toBe(871932416);
  expect(count.total).toBe(108641793536);
});

test("the original files of Mamba give the same counts as those of transformers", () => {
  const original = { d_model: 2560, n_layer: 64, vocab_size: 50277, ssm_cfg: {}, rms_norm: true };
  expect(total({ ...original, pad_vocab_size_multiple: 8 })).toBe(2768345600);
  expect(total({ ...original, ssm_cfg: { layer: "Mamba2" }, pad_vocab_size_multiple: 16 })).toBe(2702599680);
  expect(() => total({ ...original, d_intermediate: 64 })).toThrow("d_intermediate");
});

test.each(["minimax_m2", "minimax"])("MiniMax-M2 as it is published, under model_type %s", (model_type) => {
  const count = countParams(
    modelFromConfig({
      ...{ architectures: ["MiniMaxM2ForCausalLM"], model_type, attention_dropout: 0, head_dim: 128 },
      ...{ hidden_act: "silu", hidden_size: 3072, intermediate_size: 1536, mlp_intermediate_size: 8192 },
      ...{ max_position_embeddings: 196608, num_attention_heads: 48, num_experts_per_tok: 8 },
      ...{ num_hidden_layers: 62, num_key_value_heads: 8, num_local_experts: 256, qk_norm_type: "per_layer" },
      ...{ rms_norm_eps: 1e-6, rope_theta: 5e6, rotary_dim: 64, scoring_func: "sigmoid" },
      ...{ shared_intermediate_size: 0, sliding_window: null, tie_word_embeddings: false, use_qk_norm: true },
      ...{ use_routing_bias: true, vocab_size: 200064, num_mtp_modules: 3, mtp_transformer_layers: 1 },
    }),
  );
  expect(count.total).toBe(228689764864);
});

test("Mistral Small 3.2, whose file says nothing of the head, has the printed 24,011,361,280 parameters", () => {
  const text = {
    ...{ model_type: "mistral", hidden_size: 5120, intermediate_size: 32768, num_hidden_layers: 40 },
    ...{ num_attention_heads: 32, num_key_value_heads: 8, head_dim: 128, vocab_size: 131072 },
    ...{ sliding_window: null, max_position_embeddings: 131072 },
  };
  const vision = {
    ...{ model_type: "pixtral", hidden_size: 1024, intermediate_size: 4096, num_hidden_layers: 24 },
    ...{ num_attention_heads: 16, head_dim: 64, image_size: 1540, patch_size: 14, num_channels: 3 },
  };
  const joined = { model_type: "mistral3", text_config: text, vision_config: vision, spatial_merge_size: 2 };
  expect(total(joined)).toBe(24_011_361_280);
  expect(total({ ...joined, tie_word_embeddings: true })).toBe(24_011_361_280 - 131072 * 5120);
});

test("the head of Llama 4 is tied where its text model says so, not beside it", () => {
  const text_config = { num_hidden_layers: 2, num_local_experts: 2 };
  const apart = total({ model_type: "llama4", text_config });
  const tied = { ...text_config, tie_word_embeddings: true };
  expect(total({ model_type: "llama4", text_config, tie_word_embeddings: true })).toBe(apart);
  expect(total({ model_type: "llama4", text_config: tied })).toBe(apart - 202048 * 5120);
});
