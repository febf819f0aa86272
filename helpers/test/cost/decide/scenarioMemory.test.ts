import { expect, test } from "vitest";
import { kvCache } from "../../../src/cost/arithmetic/kvCache.ts";
import { weightBytes } from "../../../src/cost/arithmetic/weightBytes.ts";
import {
  findAccelerator,
  modelNamed,
  type ServingLayout,
  type ServingScenario,
  scenarioMemory,
} from "../../../src/index.ts";

const model = modelNamed("Llama-3.1-70B");
const accelerator = findAccelerator("h100-sxm");
const layout = (degrees: Partial<ServingLayout>): ServingLayout => ({
  tensorParallel: 1,
  pipelineParallel: 1,
  attentionDataParallel: 1,
  expertParallel: 1,
  expertTensorParallel: 1,
  ...degrees,
});
const scenario: ServingScenario = {
  model,
  modelKey: model.name,
  accelerator,
  acceleratorKey: "h100-sxm-80gb",
  bits: { weights: 8, activations: 8, kv: 8 },
  format: "fp8",
  engine: "",
  release: "",
  serve: { instances: 3, layout: layout({ tensorParallel: 4, expertTensorParallel: 4 }) },
  load: { kind: "static", batch: 8 },
  promptTokens: 1000,
  outputTokens: 200,
  assumptions: [],
};
const one = kvCache(model, { tokens: 1200, bits: 8, tensorParallel: 4 }).bytesPerDevice;

test("a static batch is held in full, spread over the instances", () => {
  const memory = scenarioMemory(scenario, { requests: 8 });
  expect(memory.weightBytesPerDevice).toBeCloseTo(weightBytes(model, { bits: 8, tensorParallel: 4 }), 0);
  expect(memory.cacheBytesPerDevice).toBeCloseTo(3 * one, 3);
  const room = 0.9 * accelerator.memoryBytes - memory.weightBytesPerDevice;
  expect(memory.largestBatch).toBe(3 * Math.floor(room / one));
});

test("as many as fit do, and one more does not", () => {
  for (const load of [scenario.load, { kind: "closed", concurrency: 8 } as const]) {
    const asked = { ...scenario, load };
    const { largestBatch } = scenarioMemory(asked);
    expect(scenarioMemory(asked, { requests: largestBatch }).fits).toBe(true);
    expect(scenarioMemory(asked, { requests: largestBatch + 1 }).fits).toBe(false);
  }
});

test("requests that come as they like hold less than those of a batch, and instances that prefill hold prompts alone", () => {
  const closed: ServingScenario = { ...scenario, load: { kind: "closed", concurrency: 300 } };
  const bytes = (of: ServingScenario) => scenarioMemory(of, { requests: 300 }).cacheBytesPerDevice;
  expect(bytes(closed)).toBeLessThan(bytes(scenario));
  expect(bytes(closed)).toBeGreaterThan((100 * one * 1000) / 1200);
  const split = {
    ...closed,
    prefill: { instances: 1, layout: layout({ tensorParallel: 4, expertTensorParallel: 4 }) },
  };
  const prefill = scenarioMemory(split, { of: "prefill" }).cacheBytesPerDevice;
  expect(prefill).toBeCloseTo((one * 1000) / 1200, 3);
});

test("weights that leave no room leave none for a request", () => {
  const tight = {
    ...scenario,
    serve: { instances: 1, layout: layout({}) },
    bits: { ...scenario.bits, weights: 16 },
  };
  expect(scenarioMemory(tight)).toMatchObject({ fits: false, largestBatch: 0 });
});

test.each([
  [{ requests: 0 }, /requests must be a whole number >= 1, got 0/],
  [{ requests: 1.5 }, /whole number/],
  [{ memoryShare: 90 }, /memoryShare must lie in \(0, 1\], got 90/],
  [{ of: "prefill" }, /prefill is not split off, got "prefill"/],
  [{ request: 3 }, /request/],
] as const)("%j is refused", (options, message) => {
  expect(() => scenarioMemory(scenario, options as never)).toThrow(message);
});
