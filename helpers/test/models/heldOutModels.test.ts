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
