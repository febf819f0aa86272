import { kvCache, modelFromConfig } from "isoflop";
import { describe, expect, test } from "vitest";
import { published } from "./publishedConfig.ts";

const MiB = 2 ** 20;

test("DeepSeek-V2-Lite holds 8,640 MiB of expanded keys and values of 32,768 tokens", () => {
  const model = published("DeepSeek-V2-Lite");
  expect(kvCache(model, { tokens: 32768, latent: "expanded" }).kvBytes).toBe(8640 * MiB);
  expect(kvCache(model, { tokens: 32768 }).kvBytes).toBe(27 * (512 + 64) * 2 * 32768);
});

test("DeepSeek-V3 caches 70,272 bytes a token, all of them on each device", () => {
  const cache = kvCache(published("DeepSeek-V3"), { tokens: 1000, tensorParallel: 8 });
  expect(cache.kvBytesPerToken).toBe(70272);
  expect(cache.bytesPerDevice).toBe(70272 * 1000);
});

test("an indexer's keys are a cache of their own, beside 70,272 bytes a token", () => {
  const model = published("DeepSeek-V3", { model_type: "deepseek_v32" });
  const cache = kvCache(model, { tokens: 1000, tensorParallel: 4 });
  expect(cache.kvBytesPerToken).toBe(70272);
  expect(cache.indexerBytes).toBe(61 * 128 * 2 * 1000);
  expect(cache.bytes).toBe(cache.kvBytes + cache.indexerBytes);
  expect(cache.bytesPerDevice).toBe(cache.bytes);
});

test("Qwen3.5-27B holds 16,384 MiB of 262,144 tokens in 16 of 64 layers, and the states of the others", () => {
  const model = published("Qwen3.5-27B");
  const cache = kvCache(model, { tokens: 262144 });
  expect(cache.kvBytes).toBe(16384 * MiB);
  expect(cache.layers.filter(({ kind }) => kind === "full")).toHaveLength(16);
  expect(cache.layers.filter(({ kind }) => kind === "recurrent")).toHaveLength(48);
  const recurrent = 48 * 128 * 128;
  const convolution = 3 * (2 * 16 * 128 + 48 * 128);
  expect(cache.stateBytes).toBe(48 * 2 * (recurrent + convolution));
  const precise = kvCache(model, { tokens: 1, stateBits: 32 });
  expect(precise.stateBytes).toBe(48 * (4 * recurrent + 2 * convolution));
  expect(kvCache(model, { tokens: 1, tensorParallel: 4 }).stateBytes).toBe(cache.stateBytes);
});

test("Llama 4 holds a chunk of 8,192 tokens in three of four layers, everything in the fourth", () => {
  const cache = kvCache(published("Llama-4-Scout-17B-16E (text)"), { tokens: 20000 });
  const held = cache.layers.slice(0, 8).map(({ kind, tokensHeld }) => `${kind} ${tokensHeld}`);
  const four = ["chunk 8192", "chunk 8192", "chunk 8192", "full 20000"];
  expect(held).toEqual([...four, ...four]);
});

test("gpt-oss holds 128 tokens in every other layer", () => {
  const cache = kvCache(published("gpt-oss-120b"), { tokens: 20000 });
  expect(cache.layers.slice(0, 4).map(({ tokensHeld }) => tokensHeld)).toEqual([128, 20000, 128, 20000]);
  expect(cache.kvBytes).toBe(18 * (128 + 20000) * 2 * 8 * 64 * 2);
});

test.each([
  [1, 1],
  [2, 2],
  [4, 4],
  [8, 4],
  [64, 4],
])("of four key-value heads each of %i devices holds one part in %i", (tensorParallel, parts) => {
  const cache = kvCache(published("Qwen3-235B-A22B"), { tokens: 1000, tensorParallel });
  expect(cache.bytesPerDevice).toBe(cache.bytes / parts);
});

test("devices that do not divide the heads are refused", () => {
  const model = published("Qwen3-235B-A22B");
  expect(() => kvCache(model, { tokens: 1, tensorParallel: 3 })).toThrow("attention heads");
  expect(() => kvCache(published("Qwen3.5-27B"), { tokens: 1, tensorParallel: 32 })).toThrow("divide");
});

describe("states are as large as the engines keep them", () => {
  const state = (config: object, tensorParallel = 1) => {
    const cache = kvCache(modelFromConfig(config), { tokens: 5000, tensorParallel });
    return { kv: cache.kvBytesPerToken, state: cache.stateBytes, device: cache.bytesPerDevice };
  };

  test("Mamba 1: a row of state a channel, and the last three tokens of the convolution", () => {
    const bytes = 2 * 64 * 5120 * (16 + 3);
    expect(kvCache(published("Mamba-2.8B"), { tokens: 5000 })).toMatchObject({
      kvBytes: 0,
      stateBytes: bytes,
    });
    const split = kvCache(published("Mamba-2.8B"), { tokens: 1, tensorParallel: 8 });
    expect(split.bytesPerDevice).toBe(bytes / 8);
  });

  test("Mamba 2: groups that do not divide over devices are copied", () => {
    const config = { model_type: "mamba2", hidden_size: 256, head_dim: 64, num_heads: 8, n_groups: 2 };
    const [recurrent, channels] = [512 * 128, 512 + 2 * 2 * 128];
    expect(state(config).state).toBe(64 * 2 * (recurrent + 3 * channels));
    expect(state(config, 2).device).toBe(64 * (recurrent + 3 * channels));
    expect(state(config, 4).device).toBe((64 * 2 * (recurrent + 3 * (512 + 4 * 2 * 128))) / 4);
  });

  test("lightning attention: a square matrix a head, no convolution", () => {
    const cache = kvCache(published("MiniMax-M1-80k"), { tokens: 5000 });
    expect(cache.stateBytes).toBe(70 * 2 * 64 * 128 * 128);
    expect(cache.kvBytesPerToken).toBe(40960);
  });

  test("Nemotron-H: attention in ten layers, Mamba 2 in 54, nothing in the feed-forwards", () => {
    const cache = kvCache(published("Nemotron-H-56B"), { tokens: 5000 });
    const kinds = cache.layers.map(({ kind }) => kind);
    expect(kinds.filter((kind) => kind === "full")).toHaveLength(10);
    expect(kinds.filter((kind) => kind === "recurrent")).toHaveLength(54);
    expect(cache.stateBytes).toBe(54 * 2 * (16384 * 256 + 3 * (16384 + 2 * 8 * 256)));
  });

  test("short convolutions keep their last tokens, gated recurrences a value a channel too", () => {
    const lfm2 = { model_type: "lfm2", num_hidden_layers: 4, full_attn_idxs: [1] };
    expect(state(lfm2)).toMatchObject({ kv: 2 * 8 * 80 * 2, state: 3 * 2 * 2 * 2560 });
    const griffin = { model_type: "recurrent_gemma", num_hidden_layers: 3 };
    expect(state(griffin).state).toBe(2 * 2 * 2560 * (1 + 3));
  });
});

test("T5 caches the decoder's own keys and values", () => {
  expect(kvCache(published("T5-small"), { tokens: 1 }).kvBytesPerToken).toBe(6 * 2 * 8 * 64 * 2);
});
