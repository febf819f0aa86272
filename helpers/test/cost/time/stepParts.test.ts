import fc from "fast-check";
import { accelerators, checkLayout, type Layout, modelFromShape, modelShape, stepPartNames } from "isoflop";
import { expect, test } from "vitest";
import { machineRates } from "../../../src/cost/time/machineRates.ts";
import { modelWork } from "../../../src/cost/time/modelWork.ts";
import { stepParts } from "../../../src/cost/time/stepParts.ts";

const h100 = machineRates(accelerators["h100-sxm-80gb"], "bf16");
const at = (name: (typeof stepPartNames)[number]) => stepPartNames.indexOf(name);

function parts(name: "Llama-3-70B" | "Mixtral-8x7B" | "Llama-3-8B", layout: Layout, operandBytes = 2) {
  const shape = modelShape(name);
  const seconds = new Float64Array(stepPartNames.length);
  const step = { sequenceTokens: 4096, operandBytes, frozen: false };
  const bubble = stepParts(modelWork(modelFromShape(shape)), checkLayout(shape, layout), h100, step, seconds);
  return { seconds, bubble, of: (part: (typeof stepPartNames)[number]) => seconds[at(part)]! };
}

test("the bubble is (p - 1)/(v m)", () => {
  const layout = { devices: 32, tensorParallel: 4, pipelineParallel: 8, globalBatch: 16 };
  expect(parts("Llama-3-70B", layout).bubble).toBeCloseTo(7 / 16, 12);
  expect(parts("Llama-3-70B", { ...layout, interleave: 5 }).bubble).toBeCloseTo(7 / 80, 12);
  expect(parts("Llama-3-70B", { devices: 32, globalBatch: 32 }).bubble).toBe(0);
});

test("products and attention take as long on every layout of as many devices", () => {
  fc.assert(
    fc.property(fc.constantFrom(1, 2, 4, 8), fc.constantFrom(1, 2, 4), (tensorParallel, pipelineParallel) => {
      const whole = parts("Llama-3-70B", { devices: 64, globalBatch: 64 });
      const cut = parts("Llama-3-70B", { devices: 64, tensorParallel, pipelineParallel, globalBatch: 64 });
      for (const part of ["matmul", "head", "attention", "memory"] as const) {
        expect(cut.of(part) / whole.of(part)).toBeCloseTo(1, 9);
      }
    }),
  );
});

test("full recomputation is a fourth pass, selective one of attention", () => {
  const none = parts("Llama-3-8B", { devices: 8 });
  const full = parts("Llama-3-8B", { devices: 8, recompute: "full" });
  const selective = parts("Llama-3-8B", { devices: 8, recompute: "selective" });
  expect(full.of("matmul") / none.of("matmul")).toBeCloseTo(4 / 3, 12);
  expect(full.of("head")).toBe(none.of("head"));
  expect(selective.of("matmul")).toBe(none.of("matmul"));
  expect(selective.of("attention") / none.of("attention")).toBeCloseTo(4.5 / 3.5, 12);
});

test("links are used only by what is split over them", () => {
  const alone = parts("Mixtral-8x7B", { devices: 1 });
  for (const part of ["tensorLinks", "expertLinks", "contextLinks", "gathers", "gradients"] as const) {
    expect(alone.of(part)).toBe(0);
  }
  expect(parts("Mixtral-8x7B", { devices: 8, expertParallel: 8 }).of("expertLinks")).toBeGreaterThan(0);
  expect(parts("Mixtral-8x7B", { devices: 2, tensorParallel: 2 }).of("tensorLinks")).toBeGreaterThan(0);
  expect(parts("Mixtral-8x7B", { devices: 8, zeroStage: 3 }).of("gathers")).toBeGreaterThan(0);
  expect(parts("Mixtral-8x7B", { devices: 8, zeroStage: 3 }).of("gradients")).toBe(0);
  expect(parts("Mixtral-8x7B", { devices: 8, zeroStage: 1 }).of("gradients")).toBeGreaterThan(0);
});

test("between nodes tensor parallelism takes the network", () => {
  const within = parts("Llama-3-70B", { devices: 8, tensorParallel: 8, globalBatch: 8 }).of("tensorLinks");
  const beyond = parts("Llama-3-70B", { devices: 16, tensorParallel: 16, globalBatch: 16 }).of("tensorLinks");
  expect(beyond / within).toBeGreaterThan(450 / 50 / 1.2);
});

test("FLOPs of the parts are those of forwardFlops", () => {
  const work = modelWork(modelFromShape(modelShape("Llama-3-8B")));
  const { of } = parts("Llama-3-8B", { devices: 1, globalBatch: 1 });
  expect(of("matmul")).toBeCloseTo((3 * 4096 * work.denseFlops) / h100.flopsPerS, 9);
  expect(work.denseFlops + work.headFlops).toBe(2 * (8030261248 - 128256 * 4096 - 65 * 4096));
});
