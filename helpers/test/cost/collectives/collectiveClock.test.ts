import fc from "fast-check";
import { expect, test } from "vitest";
import { accelerators } from "../../../src/catalog/index.ts";
import { collectiveClock } from "../../../src/cost/collectives/collectiveClock.ts";
import { collectiveSeconds } from "../../../src/cost/collectives/collectiveSeconds.ts";
import { machineCollectiveClock } from "../../../src/cost/collectives/machineCollectiveClock.ts";

const h100 = accelerators["h100-sxm-80gb"];
const kinds = ["all-reduce", "reduce-scatter", "all-gather", "all-to-all"] as const;
const anyMachine = fc.record({
  kind: fc.constantFrom(...kinds),
  devices: fc.integer({ min: 2, max: 64 }),
  accelerator: fc.constantFrom(...Object.values(accelerators)),
  software: fc.constantFrom("vllm", "sglang", "trtllm", "nccl", "mine"),
});

test("more bytes never take less time, and none still wait for the latency", () => {
  fc.assert(
    fc.property(anyMachine, fc.double({ min: 1, max: 2e9, noNaN: true }), (machine, bytes) => {
      const clock = machineCollectiveClock(machine);
      expect(clock(bytes)).toBeGreaterThanOrEqual(clock(bytes / 2) * (1 - 1e-12));
      expect(clock(0)).toBeGreaterThan(0);
      expect(Number.isFinite(clock(bytes))).toBe(true);
    }),
  );
});

test("intervals hold the value and lie within each other; the value is the clock's", () => {
  fc.assert(
    fc.property(anyMachine, fc.double({ min: 1, max: 2e9, noNaN: true }), (machine, bytes) => {
      const { value, interval80, interval95, algorithm } = collectiveSeconds({ ...machine, bytes });
      expect(value).toBe(machineCollectiveClock(machine)(bytes));
      const ordered = [interval95[0], interval80[0], value, interval80[1], interval95[1]];
      expect(ordered).toEqual(ordered.toSorted((a, b) => a - b));
      expect(algorithm).not.toBe("none");
    }),
  );
});

test("one device waits for nothing", () => {
  expect(machineCollectiveClock({ kind: "all-reduce", devices: 1, accelerator: h100 })(1e9)).toBe(0);
  const { bytesPerSEachWay } = h100.nodeLink;
  expect(collectiveClock({ kind: "all-gather", devices: 1, bytesPerSEachWay })(1e9)).toBe(0);
});

test("large tensors come near the link: eight H100 add up in the switch, faster than any ring could", () => {
  const clock = machineCollectiveClock({
    kind: "all-reduce",
    devices: 8,
    accelerator: h100,
    software: "nccl",
  });
  const ring = (1.75 * 2 ** 30) / h100.nodeLink.bytesPerSEachWay;
  expect(clock(2 ** 30)).toBeLessThan(ring);
  // An A100's switch does not add up.
  const old = accelerators["a100-sxm-80gb"];
  const older = machineCollectiveClock({
    kind: "all-reduce",
    devices: 8,
    accelerator: old,
    software: "nccl",
  });
  expect(older(2 ** 30)).toBeGreaterThan((1.75 * 2 ** 30) / old.nodeLink.bytesPerSEachWay);
});

test("beyond what a node's or a rack's link joins, the network is in it", () => {
  const bytes = 1e8;
  const time = (devices: number, accelerator: (typeof accelerators)[keyof typeof accelerators]) =>
    machineCollectiveClock({ kind: "all-to-all", devices, accelerator })(bytes);
  expect(time(16, h100)).toBeGreaterThan(time(8, h100));
  // 72 GPUs of a GB200's rack reach each other by NVLink.
  const gb200 = accelerators["gb200-186gb"];
  expect(time(16, gb200)).toBeLessThan(1.5 * time(8, gb200));
  // Half of 1e8 bytes over 50 GB/s, and 10 µs until the first have arrived.
  expect(time(16, h100)).toBeCloseTo(10e-6 + 0.5e8 / 50e9, 9);
});

test("a message to another node takes latency and bandwidth of the network", () => {
  const options = { kind: "send", devices: 2, accelerator: h100 } as const;
  expect(machineCollectiveClock({ ...options, acrossNodes: true })(1e6)).toBeCloseTo(30e-6, 12);
  const within = machineCollectiveClock(options)(1e8);
  expect(within).toBeGreaterThan(1e8 / h100.nodeLink.bytesPerSEachWay);
  expect(within).toBeLessThan(2e8 / h100.nodeLink.bytesPerSEachWay);
});

test("what was not measured is said, and its intervals are wider", () => {
  const options = { kind: "all-reduce", bytes: 1e5, devices: 8, software: "vllm" } as const;
  const width = (accelerator: (typeof accelerators)[keyof typeof accelerators]) => {
    const { interval80 } = collectiveSeconds({ ...options, accelerator });
    return interval80[1] / interval80[0];
  };
  expect(width(h100)).toBeLessThan(width(accelerators["h20-96gb"]));
  const amd = accelerators["mi300x-192gb"];
  expect(width(accelerators["h20-96gb"])).toBeLessThan(width(amd));
  expect(collectiveSeconds({ ...options, accelerator: amd }).assumptions.join()).toContain("Infinity Fabric");
});

test("a machine of another maker, published elsewhere, lies within its wide intervals: vLLM on eight MI355X", () => {
  // github:vllm-project/vllm pull 39080, column vllm/us of "TP8 (bf16, dim=3072)": tokens, microseconds.
  const rows = [
    ...[
      [4, 6.3],
      [8, 6.7],
      [16, 7.6],
      [32, 10.0],
      [64, 13.1],
      [128, 16.0],
      [256, 24.2],
    ],
  ] as [number, number][];
  const errors = rows.map(([tokens, us]) => {
    const { value, interval95 } = collectiveSeconds({
      ...{ kind: "all-reduce", bytes: tokens * 3072 * 2, devices: 8, software: "vllm" },
      accelerator: accelerators["mi355x-288gb"],
    });
    expect(us / 1e6).toBeGreaterThan(interval95[0]);
    expect(us / 1e6).toBeLessThan(interval95[1]);
    return Math.abs((1e6 * value) / us - 1);
  });
  expect(errors.toSorted((a, b) => a - b)[3]).toBeLessThan(0.3);
});

test("refuses counts, bytes, kinds and options outside their domain", () => {
  const options = { kind: "all-reduce", devices: 8, accelerator: h100 } as const;
  expect(() => machineCollectiveClock({ ...options, devices: 0 })).toThrow(
    /devices must be a whole number >= 1/,
  );
  expect(() => machineCollectiveClock({ ...options, devices: 2.5 })).toThrow(/devices/);
  expect(() => machineCollectiveClock({ ...options, kind: "broadcast" as "send" })).toThrow(/kind must be/);
  expect(() => machineCollectiveClock({ ...options, kind: "send", devices: 3 })).toThrow(
    /must be 2 for kind/,
  );
  expect(() => machineCollectiveClock({ ...options, engine: "vllm" } as typeof options)).toThrow(
    /no option engine/,
  );
  expect(() => machineCollectiveClock({ ...options, acrossNodes: true })).toThrow(/acrossNodes/);
  expect(() => machineCollectiveClock({ ...options, accelerator: undefined as never })).toThrow(/data sheet/);
  const broken = { ...h100, nodeLink: { name: "NVLink 4", bytesPerSEachWay: -1 } };
  expect(() => machineCollectiveClock({ ...options, accelerator: broken })).toThrow(
    /nodeLink.bytesPerSEachWay/,
  );
  expect(() => machineCollectiveClock({ ...options, constants: [1, 2] })).toThrow(/calibrateCollectives/);
  expect(() => collectiveSeconds({ ...options, bytes: -1 })).toThrow(/bytes must be/);
  expect(() => collectiveSeconds({ ...options, bytes: Number.NaN })).toThrow(/bytes must be/);
});
