import { expect, test } from "vitest";
import {
  accelerators,
  countParams,
  findAccelerator,
  type Layout,
  modelNamed,
  planTraining,
  searchLayouts,
  type TimedRunOptions,
  trainingBudget,
  trainingRun,
  trainingStep,
} from "../../src/index.ts";
import { wholeRuns } from "../../src/plan/budget/expectedRate.ts";
import { shapeOfSize } from "../../src/plan/budget/shapeOfSize.ts";

const meta405 = 30.84e6;

test("hours of a plan have an interval, and that of 3.8e25 FLOPs on 16,384 H100 holds Meta's 30.84M for Llama 3.1 405B", () => {
  const plan = planTraining({ flops: 3.8e25, accelerator: "h100-sxm", gpus: 16_384 });
  const [low, high] = plan.gpuHours!.interval!;
  expect(low).toBeLessThan(meta405);
  expect(high).toBeGreaterThan(meta405);
  expect(high / low).toBeLessThan(2);
  expect(plan.days!.interval![0]).toBeCloseTo(low / 16_384 / 24, 6);
  expect(plan.gpuHours!.notes[0]).toMatch(
    /published runs were, for a dense model of \d+B on 16.4K accelerators/,
  );
});

test("how far published trainings lie from hours expected so is as plans say", () => {
  const over = (
    device: string,
    name: string,
    hours: number,
    tokens: number,
    layout: Layout,
    options: TimedRunOptions,
  ) => {
    const sheet = findAccelerator(device);
    const step = trainingStep(modelNamed(name), layout, sheet, options);
    const flops = step.modelFlopsPerToken * tokens;
    const { deviceHours } = trainingRun({
      flops,
      accelerator: sheet,
      gpus: 2048,
      mfu: step.mfu.value,
      goodput: [0.85, 0.97],
    });
    return hours / deviceHours.value;
  };
  const v3 = {
    devices: 2048,
    pipelineParallel: 16,
    expertParallel: 64,
    expertTensorParallel: 1,
    globalBatch: 15_360,
  };
  const ofV3 = { ...v3, stages: "balanced", zeroStage: 1 } as const;
  const v3Options = {
    sequenceTokens: 4096,
    format: "fp8",
    peakFormat: "bf16",
    withPrediction: true,
  } as const;
  expect(over("h800", "DeepSeek-V3", 2.664e6, 14.8e12, ofV3, v3Options).toFixed(2)).toBe(
    String(wholeRuns[0]),
  );
  const search = { sequenceTokens: 8192, globalBatch: 512, keep: 1 } as const;
  const cluster = { devices: 2048, accelerator: findAccelerator("h100-sxm") };
  const [best] = searchLayouts(modelNamed("Llama-3.1-8B"), cluster, search).layouts;
  const llama = over("h100-sxm", "Llama-3.1-8B", 1.46e6, 15e12, best!.layout, { sequenceTokens: 8192 });
  expect(llama.toFixed(1)).toBe(String(wholeRuns[1]));
  const groups = [0, ...Array.from({ length: 126 }, () => 1), 0];
  const degrees = {
    devices: 16_384,
    tensorParallel: 8,
    pipelineParallel: 16,
    interleave: 8,
    globalBatch: 2048,
  };
  const ofMeta = { ...degrees, stages: groups, zeroStage: 2 } as const;
  const large = over("h100-sxm", "Llama-3.1-405B", meta405, 15.6e12, ofMeta, { sequenceTokens: 8192 });
  expect(large.toFixed(1)).toBe(String(wholeRuns[2]));
});

test("where hours are the budget they are certain, and the compute has the interval", () => {
  const plan = planTraining({ gpuHours: 1e6, accelerator: "h100-sxm", gpus: 1000 });
  expect(plan.gpuHours!.value).toBeCloseTo(1e6, 3);
  expect(plan.gpuHours!.interval).toBeUndefined();
  const [low, high] = plan.flops.interval!;
  expect(low).toBeLessThan(plan.flops.value);
  expect(high).toBeGreaterThan(plan.flops.value);
});

test("a share of the peak that is given is taken as it is, without an interval", () => {
  const plan = planTraining({ flops: 1e22, accelerator: "h100-sxm", mfu: 0.4 });
  expect(plan.gpuHours!.value).toBeCloseTo(1e22 / (3600 * 989e12 * 0.4), 6);
  expect(plan.gpuHours!.interval).toBeUndefined();
});

test("money has the range of prices where neither money nor hours are given", () => {
  const question = { flops: 1e23, accelerator: "h100-sxm" } as const;
  const open = planTraining({ ...question, usdPerGpuHour: 3 });
  const [low, high] = open.usd!.interval!;
  const [fewest, most] = open.gpuHours!.interval!;
  expect([low, high]).toEqual([expect.closeTo(3 * fewest, 3), expect.closeTo(3 * most, 3)]);
  expect(planTraining({ usd: 1e6, usdPerGpuHour: 3, accelerator: "h100-sxm" }).usd!.interval).toBeUndefined();
});

test("eight-bit products take fewer hours than sixteen-bit ones", () => {
  const hours = (precision: "bf16" | "fp8") =>
    planTraining({ flops: 1e24, accelerator: "h100-sxm", gpus: 1024, precision }).gpuHours!.value;
  expect(hours("fp8")).toBeLessThan(hours("bf16"));
});

test("what no layout holds is refused, with the way out", () => {
  expect(() => planTraining({ flops: 1e26, accelerator: "rtx-4090", gpus: 1 })).toThrow(
    "no layout fits a model of about 913B on 1 of RTX-4090-24GB; give more gpus",
  );
  expect(() => planTraining({ flops: 1e22, accelerator: "a100-sxm-80gb", precision: "fp8" })).toThrow("fp8");
  expect(() => planTraining({ flops: 1e22, accelerator: "h100-sxm", precision: "fp7" as never })).toThrow(
    "precision must be bf16 or fp16 or fp8",
  );
  expect(() => planTraining({ flops: 1e22, accelerator: "h100-sxm", precision: "fp8", mfu: 0.4 })).toThrow(
    "give one of them",
  );
});

test("a data sheet of your own is taken at .4 of its peak, and that is said", () => {
  const { name, memoryBytes, memoryBytesPerS, peakFlopsPerS } = accelerators["h100-sxm-80gb"];
  const own = { name, memoryBytes, memoryBytesPerS, peakFlopsPerS };
  const { flopsPerGpuHour } = trainingBudget({ flops: 1e22, accelerator: own });
  expect(flopsPerGpuHour!.value).toBeCloseTo(3600 * 989e12 * 0.4, -6);
  expect(flopsPerGpuHour!.notes[0]).toContain("assumption");
});

test("the shape that stands in for a size has about that many parameters, from 100M to 1T", () => {
  for (let params = 1e8; params <= 1e12; params *= 1.5) {
    const ratio = countParams(shapeOfSize(params)).total / params;
    expect(ratio, String(params)).toBeGreaterThan(0.75);
    expect(ratio, String(params)).toBeLessThan(1.34);
  }
});
