import { countParams, kvCache, modelFromConfig } from "isoflop";
import { describe, expect, test } from "vitest";
import { readVectors, type Vector } from "./readVectors.ts";

function counted({ config }: Vector) {
  const model = modelFromConfig(config);
  const { total, active, embedding, prediction } = countParams(model);
  return {
    total,
    active,
    embedding,
    kvBytesPerToken: kvCache(model, { tokens: 1 }).kvBytesPerToken,
    prediction,
  };
}

describe("a published configuration gives the counts that are derived from its code", () => {
  test.each(readVectors("published.jsonl"))("$name", (row) => {
    const { total, active, embedding, kvBytesPerToken, prediction } = counted(row);
    expect([total, active]).toEqual([row.total, row.active]);
    expect([embedding, kvBytesPerToken]).toEqual([row.embedding ?? 0, row.kvBytesPerToken ?? 0]);
    if (row.prediction !== undefined) expect(prediction).toBe(row.prediction);
  });
});

test("configurations drawn at random give the counts of the classes that they are for", () => {
  const rows = readVectors("dense.jsonl");
  const wrong = rows.filter((row) => {
    const { total, active, embedding, kvBytesPerToken } = counted(row);
    return (
      total !== row.total ||
      active !== row.active ||
      embedding !== row.embedding ||
      kvBytesPerToken !== row.kvBytesPerToken
    );
  });
  expect(wrong.map(({ name }) => name)).toEqual([]);
  expect(rows.length).toBeGreaterThan(200);
});
