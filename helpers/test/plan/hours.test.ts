import { expect, test } from "vitest";
import { accelerators, countParams, planTraining, trainingBudget } from "../../src/index.ts";
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
