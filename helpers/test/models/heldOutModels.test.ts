import { countParams, kvCache, modelFromConfig } from "isoflop";
import { expect, test } from "vitest";
import { readVectors } from "./readVectors.ts";

// No reader was written on these rows: a row that differs is a fault to report, not to fit.
const rows = readVectors("heldOut.jsonl").map((row) => ({ row, model: modelFromConfig(row.config) }));

test("configurations that no reader was written on give the counts of their classes", () => {
  const wrong = rows.flatMap(({ row, model }) => {
    const { total, active, embedding } = countParams(model);
    const { kvBytesPerToken } = kvCache(model, { tokens: 1 });
    const same =
      total === row.total &&
      active === row.active &&
      embedding === (row.embedding ?? embedding) &&
      kvBytesPerToken === (row.kvBytesPerToken ?? 0);
    return same ? [] : [`${row.name}: ${JSON.stringify(row.config)}`];
  });
  expect(wrong).toEqual([]);
  expect(rows.length).toBe(527);
});

test("ChatGLM's linear biases are those of its layers, not of its output matrix", () => {
  const config = {
    model_type: "chatglm",
    hidden_size: 64,
    num_attention_heads: 4,
    num_layers: 2,
    ffn_hidden_size: 100,
    kv_channels: 16,
    padded_vocab_size: 1000,
  };
  const total = (more: object) => countParams(modelFromConfig({ ...config, ...more })).total;
  // Query, key and value; the output of attention; gate and up; down.
  const aLayer = 3 * 64 + 64 + 2 * 100 + 64;
  expect(total({ add_bias_linear: true }) - total({})).toBe(2 * aLayer);
});
