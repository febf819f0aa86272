import { countParams, kvCache, modelFromConfig, recurrentState } from "isoflop";
import { expect, test } from "vitest";
import { readVectors } from "./readVectors.ts";

const rows = readVectors("mixed.jsonl").map((row) => ({ row, model: modelFromConfig(row.config) }));

test("mixtures, latent, hybrid, seeing and encoding models give the counts of their classes", () => {
  const wrong = rows.filter(({ row, model }) => {
    const { total, active, embedding } = countParams(model);
    const { kvBytesPerToken } = kvCache(model, { tokens: 1 });
    return (
      total !== row.total ||
      active !== row.active ||
      embedding !== (row.embedding ?? embedding) ||
      kvBytesPerToken !== (row.kvBytesPerToken ?? 0)
    );
  });
  expect(wrong.map(({ row }) => row.name)).toEqual([]);
  expect(rows.length).toBe(349);
});

test("states of recurrences and convolutions are as large as those that the classes build", () => {
  const known = rows.filter(({ row }) => row.stateElements !== undefined);
  const wrong = known.filter(({ row, model }) => {
    let values = 0;
    for (const { blocks } of model.layers) {
      for (const block of blocks) {
        const state = recurrentState(block);
        if (!state) continue;
        const tokens = "convTokens" in block ? (block.convTokens ?? 0) : 0;
        // The classes keep every token that the kernel spans, engines all but the one that is to come.
        const past = tokens > 1 ? (state.convolution / (tokens - 1)) * tokens : 0;
        values += state.recurrent + past;
      }
    }
    return values !== row.stateElements;
  });
  expect(wrong.map(({ row }) => row.name)).toEqual([]);
  expect(known.length).toBe(66);
});
