import { gpuServing, gpuTraining } from "isoflop-datasets";
import { median } from "simple-statistics";
import { describe, expect, test } from "vitest";
import { accelerators, countParams, estimateServing, models } from "../../src/index.ts";

const shapes = new Map(Object.entries(models).map(([name, { shape }]) => [name, shape]));
const rows = gpuServing().filter((row) => shapes.has(row.model) && row.accelerator.includes("H100"));

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

describe("what was measured on an H100 and an H200", () => {
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

  test.each([
    ["decode", "graph", 209, "1.30"],
    ["prefill", "eager", 58, "1.00"],
  ])(
    "an H200 takes %s steps, launched as %s, in %s measurements %s times as fast as an H100 at the median",
    (phase, launch, count, ratio) => {
      const all = gpuServing().filter((row) => row.phase === phase && row.launch === launch);
      const h100 = new Map(all.filter(({ run }) => run === 1).map((row) => [row.measurement, row.seconds]));
      const ratios = all
        .filter(({ run, measurement }) => run === 3 && h100.has(measurement))
        .map(({ measurement, seconds }) => h100.get(measurement)! / seconds);
      expect(ratios).toHaveLength(count);
      expect(median(ratios).toFixed(2)).toBe(ratio);
    },
  );

  test("the H200 has every measurement of the H100, and 37 more", () => {
    const names = (isH200: boolean) =>
      new Set(gpuServing().flatMap((row) => ((row.run === 3) === isH200 ? [row.measurement] : [])));
    expect([...names(false)].filter((name) => !names(true).has(name))).toEqual([]);
    expect(names(true).size - names(false).size).toBe(37);
  });

  test("weights, gradients and AdamW states take 16 bytes a parameter, or 8 where all is bf16", () => {
    for (const { recipe, stateBytes, nParams, nLayers, run, measurement } of gpuTraining()) {
      const bytes = recipe === "bf16" ? 8 : 16;
      // Above it lie the tables of the rotation, the tokens and the allocator's rounding: the most for the least model;
      // and, where its segments do not expand, up to 1 MiB for each tensor: six a layer and three more, four of each.
      const rounding = run === 3 ? 4 * (6 * nLayers + 3) * 2 ** 20 : 0;
      expect(stateBytes / nParams, measurement).toBeGreaterThanOrEqual(bytes);
      expect(stateBytes - bytes * nParams, measurement).toBeLessThan(2 ** 26 + rounding);
    }
  });
});
