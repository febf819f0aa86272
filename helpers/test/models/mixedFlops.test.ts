import { countParams, forwardFlops, modelFromConfig } from "isoflop";
import { expect, test } from "vitest";
import { published } from "./publishedConfig.ts";

const one = { newTokens: 1, logitTokens: 0 };

test("a token costs 2 FLOPs a weight of the matrices that it passes, and of the experts it visits", () => {
  const d = 4096;
  const attention = 2 * d * d + 2 * d * 8 * 128;
  const experts = 2 * 3 * d * 14336 + 8 * d;
  expect(forwardFlops(published("Mixtral-8x7B-v0.1"), one).weights).toBe(2 * 32 * (attention + experts));
});

test("the gate of attention, the shared expert and its gate are passed by every token", () => {
  const config = {
    model_type: "qwen3_next",
    num_hidden_layers: 1,
    layer_types: ["full_attention"],
    hidden_size: 64,
    num_attention_heads: 4,
    num_key_value_heads: 2,
    head_dim: 32,
    num_experts: 8,
    num_experts_per_tok: 2,
    moe_intermediate_size: 16,
    shared_expert_intermediate_size: 24,
    vocab_size: 100,
  };
  const attention = 64 * 128 * 2 + 2 * 64 * 64 + 128 * 64;
  const experts = 8 * 64 + 3 * 64 * (2 * 16 + 24) + 64;
  const flops = forwardFlops(modelFromConfig(config), { newTokens: 10, logitTokens: 1 });
  expect(flops.weights).toBe(10 * 2 * (attention + experts));
  expect(flops.attention).toBe(((2 * 10 * 11) / 2) * 4 * (32 + 32));
  expect(flops.head).toBe(2 * 64 * 100);
});

test("states cost as much a token however long the sequence is, attention more and more", () => {
  const late = { ...one, cached: 100000 };
  const mamba = published("Mamba-2.8B");
  expect(forwardFlops(mamba, late)).toEqual(forwardFlops(mamba, one));
  expect(forwardFlops(mamba, one).attention).toBe(64 * 5 * 5120 * 16);
  const mixed = published("Qwen3.5-27B");
  const delta = 48 * 7 * 48 * 128 * 128;
  const pairs = 16 * 2 * 24 * (256 + 256);
  expect(forwardFlops(mixed, one).attention).toBe(delta + pairs);
  expect(forwardFlops(mixed, late).attention).toBe(delta + pairs * 100001);
});

test("a layer that attends within chunks sees its own chunk", () => {
  const model = published("Llama-4-Scout-17B-16E (text)");
  const pair = 2 * 40 * (128 + 128);
  const { attention } = forwardFlops(model, { ...one, cached: 8192 + 9 });
  expect(attention).toBe(12 * pair * 8202 + 36 * pair * 10);
});

test("a decoder reads all of its source in cross attention, without a mask", () => {
  const model = published("T5-small");
  const flops = (sourceTokens: number) =>
    forwardFlops(model, { newTokens: 5, logitTokens: 0, sourceTokens }).attention;
  const pair = 2 * 8 * (64 + 64);
  expect(flops(0)).toBe(6 * pair * 15);
  expect(flops(100)).toBe(6 * pair * (15 + 500));
  expect(() => flops(-1)).toThrow("sourceTokens");
});

test("an indexer scores all tokens and attention sees those it picks", () => {
  const model = published("DeepSeek-V3", { model_type: "deepseek_v32" });
  const { attention } = forwardFlops(model, { ...one, cached: 99999 });
  const scored = 2 * 64 * 128 * 100000;
  const attended = 2 * 128 * (2 * 512 + 64) * 2048;
  expect(attention).toBe(61 * (scored + attended));
});

test("latent experts and prediction modules are counted where they stand", () => {
  const model = published("Nemotron-H-56B", {
    hybrid_override_pattern: "ME*-",
    hidden_size: 256,
    moe_latent_size: 64,
    moe_intermediate_size: 32,
    moe_shared_expert_intermediate_size: 48,
    n_routed_experts: 8,
    num_experts_per_tok: 2,
    num_nextn_predict_layers: 1,
  });
  const { total, active, prediction } = countParams(model);
  expect(total - active).toBe(6 * 2 * 64 * 32);
  const experts = 8 * 256 + 8 + 2 * 256 * 64 + 8 * 2 * 64 * 32 + 2 * 256 * 48;
  const attention = 2 * 256 * 64 * 128 + 2 * 256 * 8 * 128;
  expect(prediction).toBe(2 * 256 * 256 + 5 * 256 + attention + experts);
});
