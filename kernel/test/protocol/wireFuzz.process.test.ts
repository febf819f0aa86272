import { expect, test } from "vitest";
// @ts-expect-error the benchmark is plain JavaScript
import { wire } from "../../../bench/soak/wire.js";

test("1,500 wrong messages over the five sockets kill nothing, grow nothing, and leave right cells right", async () => {
  const { faults, counts } = await wire({ tries: 1500, seed: 20261126 });
  expect(faults).toEqual([]);
  expect(Object.keys(counts).length).toBe(8);
  for (const count of Object.values(counts)) expect(count).toBeGreaterThan(20);
});
