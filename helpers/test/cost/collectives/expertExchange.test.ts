import fc from "fast-check";
import { expect, test } from "vitest";
import { expertExchangeProfiles } from "../../../../datasets/src/index.ts";
import { accelerators } from "../../../src/catalog/index.ts";
import { expertExchangeBytes } from "../../../src/cost/collectives/expertExchangeBytes.ts";
import { expertExchangeSeconds } from "../../../src/cost/collectives/expertExchangeSeconds.ts";
import { Random } from "../../../src/numerics/random/Random.ts";

const exchange = { tokens: 128, topK: 8, nExperts: 256, hiddenSize: 7168, devices: 8 };
const h100 = accelerators["h100-sxm-80gb"];

test("a copy for each expert that lies elsewhere: k (D - 1) / D, times width and bits", () => {
  const { copies, dispatch, combine } = expertExchangeBytes({
    ...exchange,
    dispatchBits: 8,
    scaleGroup: 128,
  });
  expect(copies).toBe(7);
  expect(dispatch).toBe(128 * 7 * 7168 * (1 + 4 / 128));
  expect(combine).toBe(128 * 7 * 7168 * 2);
});

test("a copy for each device with any of the experts: as counted in drawn tokens", () => {
  const random = new Random(17, 1);
  const draws = 20000;
  let copies = 0;
  for (let i = 0; i < draws; i++) {
    const chosen = new Set<number>();
    while (chosen.size < 8) chosen.add(Math.floor(256 * random.uniform()));
    const elsewhere = new Set([...chosen].map((expert) => Math.floor(expert / 32)));
    elsewhere.delete(0);
    copies += elsewhere.size;
  }
  const expected = expertExchangeBytes({ ...exchange, per: "device" }).copies;
  // Six standard deviations of the mean of counts that vary by about one.
  expect(Math.abs(copies / draws - expected)).toBeLessThan(6 / Math.sqrt(draws));
});

test("never more copies by device than by expert, nor than there are other devices", () => {
  const counts = fc.record({
    devices: fc.integer({ min: 1, max: 32 }),
    each: fc.integer({ min: 1, max: 16 }),
  });
  fc.assert(
    fc.property(counts, fc.integer({ min: 1, max: 16 }), ({ devices, each }, k) => {
      const nExperts = devices * each;
      const topK = Math.min(k, nExperts);
      const given = { tokens: 1, topK, nExperts, hiddenSize: 1, devices };
      const byDevice = expertExchangeBytes({ ...given, per: "device" }).copies;
      expect(byDevice).toBeLessThanOrEqual(expertExchangeBytes(given).copies + 1e-9);
      expect(byDevice).toBeLessThanOrEqual(devices - 1 + 1e-9);
      // With one expert a token both are the same.
      if (topK === 1) expect(byDevice).toBeCloseTo((devices - 1) / devices, 9);
    }),
  );
});

test("published low-latency exchanges: half within 15 %", () => {
  const errors = expertExchangeProfiles().map((row) => {
    const { tokens, topK, nExperts, hiddenSize, devices } = row;
    const accelerator = accelerators[row.accelerator as "h100-sxm-80gb"];
    const time = expertExchangeSeconds({
      ...{ tokens, topK, nExperts, hiddenSize, devices, dispatchBits: 8, scaleGroup: 128, accelerator },
    });
    return Math.abs((1e6 * time.dispatch) / row.dispatchMicroseconds - 1);
  });
  expect(errors.toSorted((a, b) => a - b)[errors.length >> 1]).toBeLessThan(0.15);
});

test("one device exchanges nothing; a library's all-to-all moves the same bytes", () => {
  const alone = expertExchangeSeconds({ ...exchange, devices: 1, accelerator: h100 });
  expect(alone).toEqual({ dispatch: 0, combine: 0 });
  const large = { ...exchange, tokens: 8192, accelerator: h100 };
  const library = expertExchangeSeconds({ ...large, kernels: "collective" });
  const least = expertExchangeBytes({ ...exchange, tokens: 8192 }).dispatch / h100.nodeLink.bytesPerSEachWay;
  expect(library.dispatch).toBeGreaterThan(least);
  expect(library.dispatch).toBeLessThan(2 * least);
});

test("refuses more experts a token than there are, parts of counts, and unknown ways", () => {
  expect(() => expertExchangeBytes({ ...exchange, topK: 300 })).toThrow(
    /topK must be a whole number between 1 and 256/,
  );
  expect(() => expertExchangeBytes({ ...exchange, tokens: -1 })).toThrow(/tokens must be/);
  expect(() => expertExchangeBytes({ ...exchange, devices: 0 })).toThrow(/devices/);
  expect(() => expertExchangeBytes({ ...exchange, devices: 7, per: "device" })).toThrow(/256 experts/);
  expect(() => expertExchangeBytes({ ...exchange, per: "node" as "device" })).toThrow(/per must be/);
  expect(() =>
    expertExchangeSeconds({ ...exchange, accelerator: h100, kernels: "x" as "collective" }),
  ).toThrow(/kernels must be/);
});
