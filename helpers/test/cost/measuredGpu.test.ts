import { gpuServing, gpuTraining } from "isoflop-datasets";
import { describe, expect, test } from "vitest";
import { accelerators, countParams, estimateServing, models } from "../../src/index.ts";

const shapes = new Map(Object.entries(models).map(([name, { shape }]) => [name, shape]));
const rows = gpuServing().filter((row) => shapes.has(row.model));

/** Seconds measured on the H100 over seconds of the bound, in ascending order. */
function overBound(phase: string, launch: string, model?: string): number[] {
  return rows
    .filter((row) => row.phase === phase && row.launch === launch && (!model || row.model === model))
    .map(({ seconds, batchSize, contextTokens, model }) => {
      const bound = estimateServing(shapes.get(model)!, {
        accelerator: accelerators["h100-sxm-80gb"],
        promptTokens: contextTokens,
        outputTokens: 1,
        batchSize,
      });
      return seconds / (phase === "prefill" ? bound.prefillS : bound.firstStepS);
    })
    .sort((a, b) => a - b);
}

describe("what was measured on an H100", () => {
  test("the parameters of four models are those that PyTorch counted in them", () => {
    const counted = new Map(rows.map((row) => [row.model, row.nParams]));
    expect([...counted.keys()].sort()).toEqual(["Llama-2-13B", "Llama-2-7B", "Llama-3-8B", "OLMoE-1B-7B"]);
    for (const [model, nParams] of counted)
      expect(countParams(shapes.get(model)!).total, model).toBe(nParams);
  });

  test.each([
    ["decode", "graph", 128],
    ["decode", "eager", 16],
    ["prefill", "eager", 40],
  ])("%s steps, launched as %s, take no less than the bound", (phase, launch, count) => {
    const ratios = overBound(phase, launch);
    expect(ratios).toHaveLength(count);
    expect(ratios[0]).toBeGreaterThan(1);
  });

  // The ratios that docs/inference.md prints: a change of the estimate moves them.
  test.each([
    ["decode", "graph", "Llama-3-8B", "1.47"],
    ["prefill", "eager", "Llama-3-8B", "1.81"],
    ["decode", "graph", "OLMoE-1B-7B", "1.78"],
  ])("the median %s step (%s) of %s takes %s times the bound", (phase, launch, model, median) => {
    const ratios = overBound(phase, launch, model);
    expect(ratios[Math.floor(ratios.length / 2)]!.toFixed(2)).toBe(median);
  });

  test("weights, gradients and AdamW states take 16 bytes a parameter, or 8 where all is bf16", () => {
    for (const { recipe, stateBytes, nParams, measurement } of gpuTraining()) {
      const bytes = recipe === "bf16" ? 8 : 16;
      // Above it lie the tables of the rotation, the tokens and the allocator's rounding: the most for the least model.
      expect(stateBytes / nParams, measurement).toBeGreaterThanOrEqual(bytes);
      expect(stateBytes - bytes * nParams, measurement).toBeLessThan(2 ** 26);
    }
  });
});
