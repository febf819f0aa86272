import fc from "fast-check";
import { expect, test } from "vitest";
import { allReduceSeconds } from "../../../src/cost/collectives/allReduceSeconds.ts";
import { gatherSeconds } from "../../../src/cost/collectives/gatherSeconds.ts";
import { nodesAllReduceSeconds } from "../../../src/cost/collectives/nodesAllReduceSeconds.ts";
import { ringAllReduceSeconds } from "../../../src/cost/collectives/ringAllReduceSeconds.ts";

const machine = fc.record({
  bytes: fc.double({ min: 1, max: 1e10, noNaN: true }),
  devices: fc.integer({ min: 2, max: 512 }),
  rate: fc.double({ min: 1e9, max: 1e12, noNaN: true }),
  latency: fc.double({ min: 0, max: 1e-4, noNaN: true }),
});

test("one shot below the size where two send less, two shots above", () => {
  // One shot 2 µs + 7 b / 400e9, two shots 4 µs + 1.75 b / 400e9: equal at b = 2e-6 · 400e9 / 5.25 = 152381.
  expect(allReduceSeconds(1e5, 8, 400e9, 2e-6)).toBeCloseTo(2e-6 + 7e5 / 400e9, 12);
  expect(allReduceSeconds(2e5, 8, 400e9, 2e-6)).toBeCloseTo(4e-6 + 3.5e5 / 400e9, 12);
});

test("one device adds nothing up, sends nothing", () => {
  expect(allReduceSeconds(1e9, 1, 1e9, 1)).toBe(0);
  expect(ringAllReduceSeconds(1e9, 1, 1e9, 1)).toBe(0);
  expect(gatherSeconds(1e9, 1, 1e9, 1)).toBe(0);
});

test("no all-reduce is faster than the least traffic of one without sums in the switch, nor slower than a ring", () => {
  fc.assert(
    fc.property(machine, ({ bytes, devices, rate, latency }) => {
      const least = (2 * (devices - 1) * bytes) / (devices * rate);
      const seconds = allReduceSeconds(bytes, devices, rate, latency);
      expect(seconds).toBeGreaterThanOrEqual(least * (1 - 1e-12));
      expect(seconds).toBeLessThanOrEqual(ringAllReduceSeconds(bytes, devices, rate, latency) * (1 + 1e-12));
    }),
  );
});

test("without latency two shots are a scatter and a gather, and so is a ring", () => {
  fc.assert(
    fc.property(machine, ({ bytes, devices, rate }) => {
      const both = 2 * gatherSeconds(bytes, devices, rate, 0);
      expect(ringAllReduceSeconds(bytes, devices, rate, 0)).toBeCloseTo(both, 12);
    }),
  );
});

test("over nodes a device's share of the network carries one part of the tensor; one node has none", () => {
  const within = { bytesPerSEachWay: 400e9, latencyS: 2e-6 };
  const between = { bytesPerSEachWay: 50e9, latencyS: 1e-5 };
  const inside = 2 * (2e-6 + (7 / 8) * (8e6 / 400e9));
  expect(nodesAllReduceSeconds(8e6, 8, 1, within, between)).toBeCloseTo(inside, 12);
  const ring = 2 * (1e-5 + 1e6 / 2 / 50e9);
  expect(nodesAllReduceSeconds(8e6, 8, 2, within, between)).toBeCloseTo(inside + ring, 12);
});
