import fc from "fast-check";
import { accelerators, checkLayout, modelShape, trainingStep, trainingTimer } from "isoflop";
import { gpuTraining, measuredTraining, megatronSteps } from "isoflop-datasets";
import { expect, test } from "vitest";

const h100 = accelerators["h100-sxm-80gb"];
const llama = modelShape("Llama-3-70B");
const layout = {
  devices: 64,
  tensorParallel: 4,
  pipelineParallel: 8,
  interleave: 5,
  globalBatch: 128,
  zeroStage: 1,
} as const;
const options = {
  sequenceTokens: 8192,
  format: "fp8",
  stack: "Megatron-Bridge 25.09",
  modelName: "Llama-3-70B",
} as const;

test("a published run lies in its interval, and its parts add up to the step", () => {
  const step = trainingStep(llama, layout, h100, options);
  const [low, high] = step.tokensPerSPerDevice.interval80;
  expect(low).toBeLessThan(1619);
  expect(high).toBeGreaterThan(1619);
  const parts = Object.values(step.parts).reduce((sum, part) => sum + part, 0);
  expect(parts / step.seconds.value).toBeCloseTo(1, 9);
  expect(step.tokensPerStep).toBe(128 * 8192);
  expect(step.inDistribution).toBe(true);
  expect(step.calibratedOn.sameGroup).toBeGreaterThan(0);
});

test("figures agree with one another", () => {
  const { seconds, tokensPerSPerDevice, mfu, modelFlopsPerToken, peak } = trainingStep(
    llama,
    layout,
    h100,
    options,
  );
  expect(tokensPerSPerDevice.value).toBeCloseTo((128 * 8192) / 64 / seconds.value, 6);
  expect(mfu.value).toBeCloseTo((tokensPerSPerDevice.value * modelFlopsPerToken) / peak.flopsPerS, 12);
  for (const { value, interval80, interval95 } of [seconds, tokensPerSPerDevice, mfu]) {
    const ends = [interval95[0], interval80[0], value, interval80[1], interval95[1]];
    expect(ends).toEqual([...ends].sort((a, b) => a - b));
  }
  expect(seconds.interval95[1] / seconds.value).toBeCloseTo(mfu.value / mfu.interval95[0], 9);
});

test("MFU is a share of the peak that is asked for, HFU counts what is done again", () => {
  const narrow = trainingStep(llama, layout, h100, options);
  const wide = trainingStep(llama, layout, h100, { ...options, peakFormat: "bf16" });
  expect(wide.mfu.value / narrow.mfu.value).toBeCloseTo(1979 / 989, 2);
  const again = trainingStep(llama, { ...layout, recompute: "full" }, h100, options);
  expect(again.hfu.value / again.mfu.value).toBeCloseTo(4 / 3, 9);
  expect(narrow.hfu.value).toBe(narrow.mfu.value);
  expect(again.parts.recompute).toBeGreaterThan(0);
  expect(narrow.parts.recompute).toBe(0);
});

test("what is not known widens the interval, and is said", () => {
  const known = trainingStep(llama, layout, h100, options);
  const { stack: _, ...rest } = options;
  const unknown = trainingStep(llama, layout, h100, rest);
  const reach = ({ seconds }: typeof known) => Math.log(seconds.interval95[1] / seconds.interval95[0]);
  expect(reach(unknown)).toBeGreaterThan(1.3 * reach(known));
  expect(unknown.inDistribution).toBe(true);
  expect(trainingStep(llama, layout, h100, { ...options, stack: "abacus" }).inDistribution).toBe(false);
  expect(unknown.assumptions.join()).toContain("software");
});

test("bits of a layout choose the format", () => {
  const { format: _, ...rest } = options;
  expect(trainingStep(llama, { ...layout, productBits: 8 }, h100, rest).peak.format).toBe("fp8");
  expect(trainingStep(llama, layout, h100, rest).peak.format).toBe("bf16");
});

test("of two layouts, what both share cancels", () => {
  const timer = trainingTimer(llama, h100, options);
  const sensitivities = [layout, { ...layout, interleave: 1 }].map((one) => {
    timer.logSeconds(checkLayout(llama, one));
    return timer.sensitivity();
  });
  const [a, b] = sensitivities as [Float64Array, Float64Array];
  expect(timer.differenceDeviation(a, b)).toBeLessThan(timer.deviation() * Math.SQRT2);
  expect(timer.differenceDeviation(a, b)).toBe(timer.differenceDeviation(b, a));
  expect(timer.differenceDeviation(a, a)).toBeLessThan(1e-6);
});

test("a larger bubble, or more devices of which each does less, never makes a step of the same batch slower or faster than that", () => {
  const timer = trainingTimer(llama, h100, options);
  const time = (interleave: number, globalBatch: number) =>
    timer.logSeconds(checkLayout(llama, { ...layout, interleave, globalBatch }));
  fc.assert(
    fc.property(fc.constantFrom(2, 4, 8, 16, 64), (microBatches) => {
      const batch = 2 * microBatches;
      expect(time(5, batch)).toBeLessThan(time(1, batch));
      expect(time(5, 2 * batch)).toBeGreaterThan(time(5, batch));
      expect(time(5, 2 * batch)).toBeLessThan(time(5, batch) + Math.log(2) + 1e-9);
    }),
  );
});

test.each([
  [{}, { sequenceTokens: 0 }, /sequenceTokens must be/],
  [{}, { sequenceTokens: 8192.5 }, /sequenceTokens must be/],
  [{}, { format: "int8" }, /format must be/],
  [{}, { format: "nvfp4" }, /no nvfp4 peak/],
  [{}, { seqlen: 1 }, /seqlen/],
  [{}, { convention: "mfu" }, /convention must be/],
  [{ tensorParallel: 7 }, {}, /must/],
  [{ devices: -1 }, {}, /devices/],
  [{ globalBatch: 3 }, {}, /globalBatch must be/],
])("refuses layout %j with options %j", (layoutChange, optionsChange, message) => {
  expect(() =>
    trainingStep(llama, { ...layout, ...layoutChange } as never, h100, {
      ...options,
      ...optionsChange,
    } as never),
  ).toThrow(message);
});

test("a run on more devices than any that is calibrated on is said to be, and not called in distribution", () => {
  const rates = measuredTraining().filter(({ unit }) => unit.startsWith("tokens/s"));
  const largest = Math.max(
    ...rates.map(({ nDevices }) => nDevices ?? 0),
    ...megatronSteps().map(({ nDevices }) => nDevices),
  );
  expect(largest).toBe(1024);
  const on = (devices: number) =>
    trainingStep(llama, { ...layout, devices, globalBatch: 2 * devices }, h100, options);
  expect(on(largest).inDistribution).toBe(true);
  expect(on(largest).assumptions).toEqual([]);
  expect(on(2 * largest).inDistribution).toBe(false);
  expect(on(2 * largest).assumptions).toContain(
    "no run on more than 1,024 devices is calibrated on: what more of them lose is not in the time",
  );
});

// Table 4 of the Llama 3 paper (arXiv:2407.21783): the model is too fast there, and this says by how much.
test("the published layouts of Llama 3.1 405B on 8,192 and 16,384 H100 are expected a quarter too fast", () => {
  const stages = [0, ...Array.from({ length: 126 }, () => 1), 0];
  const ours = { tensorParallel: 8, pipelineParallel: 16, interleave: 8, stages, zeroStage: 2 } as const;
  const tera = (devices: number) => {
    const of405B = { ...ours, devices, globalBatch: 2048 };
    const full = { sequenceTokens: 8192, convention: "full" } as const;
    return (trainingStep(modelShape("Llama-3.1-405B"), of405B, h100, full).mfu.value * 989).toFixed(0);
  };
  expect([tera(8192), tera(16384)]).toEqual(["530", "499"]);
});

test("steps on one H100 or H200, with software that no calibration has seen, lie in the intervals", () => {
  const steps = gpuTraining().filter((row) => row.microBatch * row.sequenceTokens >= 4096);
  let [in80, in95, error] = [0, 0, 0];
  for (const row of steps) {
    const { nHeads, nKvHeads, hiddenSize, recompute, microBatch, sequenceTokens, seconds } = row;
    const attention = { kind: "grouped", nHeads, nKvHeads, headSize: hiddenSize / nHeads } as const;
    const { nLayers, vocabSize, ffnSize } = row;
    const model = { nLayers, hiddenSize, vocabSize, ffnSize, attention, tiedEmbeddings: false, gated: true };
    const device = accelerators[row.accelerator.includes("H200") ? "h200-sxm-141gb" : "h100-sxm-80gb"];
    const step = trainingStep(model, { devices: 1, microBatch, recompute }, device, { sequenceTokens });
    const within = ([low, high]: readonly [number, number]) =>
      low <= seconds && seconds <= high ? 1 / steps.length : 0;
    in80 += within(step.seconds.interval80);
    in95 += within(step.seconds.interval95);
    error += Math.abs(seconds / step.seconds.value - 1) / steps.length;
  }
  expect(steps.length).toBe(107);
  expect(in80).toBeGreaterThan(0.76);
  expect(in95).toBeGreaterThan(0.92);
  expect(error).toBeLessThan(0.2);
});

test.each([
  [{ stack: 5 }, {}, /stack must be a text, got the number 5/],
  [{ modelName: {} }, {}, /modelName must be a text/],
  [{ frozen: "no" }, {}, /frozen must be true or false/],
  [{ stated: 1 }, {}, /stated must be true or false/],
  [{ calibration: {} }, {}, /calibration must be what calibrateTime returns/],
  [{}, { name: undefined }, /accelerator.name must be a text/],
  [{}, { memoryBytesPerS: Number.NaN }, /memoryBytesPerS of H100-SXM-80GB must be/],
  [{}, { peaks: undefined }, /peaks of H100-SXM-80GB must be/],
  [{}, { peaks: { bf16: -1 } }, /peaks.bf16 of .* must be a number > 0, got -1/],
  [{}, { nodeLink: { bytesPerSEachWay: 0 } }, /nodeLink.bytesPerSEachWay/],
  [{}, { perNode: 1.5 }, /perNode of/],
])("options %j and data sheet %j are refused, not timed as NaN", (change, sheet, message) => {
  const device = { ...h100, ...sheet } as never;
  expect(() => trainingStep(llama, layout, device, { ...options, ...change } as never)).toThrow(message);
});
