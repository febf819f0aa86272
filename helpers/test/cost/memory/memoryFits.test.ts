import fc from "fast-check";
import { expect, test } from "vitest";
import { accelerators, checkLayout, type Layout, memoryFits, models } from "../../../src/index.ts";

const h100 = accelerators["h100-sxm-80gb"];
const fitOf = (name: keyof typeof models, layout: Layout, more = {}) =>
  memoryFits(models[name].shape, layout, { accelerator: h100, sequenceTokens: 8192, ...more });

test("a layout that fits says so, and how much of the device it needs", () => {
  const fit = fitOf("Llama-3-8B", { devices: 8, zeroStage: 3, recompute: "full" });
  expect(fit.fits).toBe(true);
  expect(fit.says).toMatch(/^fits: [\d.]+ GB of 80 GB on each H100-SXM-80GB \(stage 0\)$/);
  expect(fit.changes).toEqual([]);
});

test("one that does not names single changes that make it fit, and they do", () => {
  const fit = fitOf("Llama-3-8B", { devices: 8 });
  expect(fit.fits).toBe(false);
  expect(fit.says).toContain("does not fit");
  expect(fit.changes.length).toBeGreaterThan(0);
  for (const { layout, needBytes } of fit.changes) {
    expect(fitOf("Llama-3-8B", layout).fits).toBe(true);
    expect(fitOf("Llama-3-8B", layout).needBytes).toBe(needBytes);
  }
});

test("where no single change will do they are put together, and they fit", () => {
  const fit = fitOf("Llama-3-70B", { devices: 64, microBatch: 4, globalBatch: 256 });
  expect(fit.changes).toHaveLength(1);
  expect(fit.changes[0]!.change).toContain(" and ");
  expect(fitOf("Llama-3-70B", fit.changes[0]!.layout).fits).toBe(true);
});

test("where nothing that is tried will do it says so", () => {
  const fit = fitOf("DeepSeek-V3", { devices: 1 });
  expect(fit.fits).toBe(false);
  expect(fit.changes).toEqual([]);
  expect(fit.says).toContain("take more devices");
});

test("recomputing the rest of the layers is among the ways out", () => {
  const layout = { devices: 8, zeroStage: 3, recompute: "full", recomputeLayers: 4, microBatch: 2 } as const;
  const fit = fitOf("Llama-3-8B", layout);
  expect(fit.fits).toBe(false);
  const all = fit.changes.find(({ change }) => change === "recomputeLayers 32")!;
  expect(fitOf("Llama-3-8B", all.layout).fits).toBe(true);
});

test("experts spread over more devices are among the ways out", () => {
  const fit = fitOf("Mixtral-8x7B", { devices: 16, tensorParallel: 2, zeroStage: 1, recompute: "full" });
  expect(fit.fits).toBe(false);
  const spread = fit.changes.find(({ change }) => change === "expertParallel 8")!;
  expect(fitOf("Mixtral-8x7B", spread.layout).fits).toBe(true);
});

test("whatever is advised does fit, on layouts of any kind", () => {
  const degree = fc.constantFrom(1, 2, 4, 8);
  const layouts = fc.record({
    tensorParallel: degree,
    pipelineParallel: degree,
    microBatch: degree,
    zeroStage: fc.constantFrom(0, 1, 2, 3),
    recompute: fc.constantFrom("none", "selective", "full"),
    interleave: fc.constantFrom(1, 2),
  }) as fc.Arbitrary<Layout>;
  fc.assert(
    fc.property(layouts, fc.constantFrom(16e9, 40e9, 80e9), (some, memoryBytes) => {
      const layout = { ...some, devices: 64, ...(some.pipelineParallel === 1 && { interleave: 1 }) };
      const options = { accelerator: { name: "one", memoryBytes }, sequenceTokens: 8192 };
      const { shape } = models["Llama-3-8B"];
      for (const change of memoryFits(shape, layout, options).changes) {
        const then = memoryFits(shape, change.layout, options);
        expect(then.fits).toBe(true);
        expect(then.needBytes).toBe(change.needBytes);
        expect(checkLayout(shape, change.layout).devices).toBe(64);
      }
    }),
    { numRuns: 60 },
  );
});

test("options are those of memoryFits, and have to be there", () => {
  const { shape } = models["Llama-3-8B"];
  expect(() => memoryFits(shape, {}, undefined as never)).toThrow(
    "the options of memoryFits must be an object",
  );
  expect(() => fitOf("Llama-3-8B", {}, { alocatorFactor: 1 })).toThrow(
    "memoryFits has no option alocatorFactor; did you mean allocatorFactor?",
  );
});

test.each([
  [{ allocatorFactor: 0.9 }, "allocatorFactor must be >= 1, got 0.9"],
  [{ reservedBytes: -1 }, "reservedBytes must be >= 0, got -1"],
  [
    { reservedBytes: 80e9 },
    "reservedBytes must be below the 80000000000 bytes of the device, got 80000000000",
  ],
  [
    { accelerator: { name: "none", memoryBytes: Number.NaN } },
    "accelerator.memoryBytes must be a number > 0, got NaN",
  ],
])("%j is refused: %s", (more, message) => {
  expect(() => fitOf("Llama-3-8B", { devices: 8 }, more)).toThrow(message);
});
