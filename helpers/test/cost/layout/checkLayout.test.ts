import { describe, expect, test } from "vitest";
import { checkLayout, type Layout, models } from "../../../src/index.ts";

const llama = models["Llama-3-70B"].shape;
const mixtral = models["Mixtral-8x7B"].shape;
const deepseek = models["DeepSeek-V3"].shape;

describe("the layout of a training run", () => {
  test("without a word is one device that keeps everything", () => {
    const layout = checkLayout(llama, {});
    expect(layout).toMatchObject({ devices: 1, dataParallel: 1, microBatches: 1, sequenceParallel: false });
    expect(layout.stages).toEqual([80]);
    expect(layout.recipe).toMatchObject({ weights: 2, gradients: 4, weightCopy: 4, states: 8 });
  });

  test("derives replicas, micro-batches and replicas of experts", () => {
    const given = {
      devices: 64,
      tensorParallel: 2,
      pipelineParallel: 4,
      contextParallel: 2,
      expertParallel: 4,
    };
    const layout = checkLayout(mixtral, {
      ...given,
      expertTensorParallel: 1,
      globalBatch: 64,
      microBatch: 2,
    });
    expect(layout).toMatchObject({ dataParallel: 4, microBatches: 8, expertReplicas: 4, shardDevices: 8 });
    expect(layout.sequenceParallel).toBe(true);
  });

  // A layout that a search found could not be handed to trainingStep: "a layout has no option microBatches".
  test.each<Layout>([
    {},
    { devices: 64, tensorParallel: 8, pipelineParallel: 4, interleave: 5, globalBatch: 128, zeroStage: 1 },
    { devices: 8, zeroStage: 3, recompute: "full", recomputeLayers: 3 },
    { devices: 8, recompute: "selective", recomputeModules: ["norm"], recipe: "megatron-bf16" },
  ])("takes again what it gave back: %j", (given) => {
    const checked = checkLayout(llama, given);
    expect(checkLayout(llama, checked)).toEqual(checked);
  });

  test("refuses micro-batches that do not follow from the rest", () => {
    const checked = checkLayout(llama, { devices: 8, globalBatch: 64 });
    expect(() => checkLayout(llama, { ...checked, microBatches: 7 })).toThrow(
      "microBatches must be 8, globalBatch over microBatch · dataParallel, got 7; leave it out",
    );
  });

  test("gives layers that do not divide to the middle groups, where that was asked for", () => {
    const { stages } = checkLayout(deepseek, { pipelineParallel: 8, stages: "balanced" });
    expect(stages).toEqual([7, 8, 8, 8, 8, 8, 7, 7]);
  });

  test("copies key-value heads beyond their number", () => {
    expect(checkLayout(llama, { tensorParallel: 16 }).tensorParallel).toBe(16);
  });

  test.each<[Layout, string]>([
    [{ tensorParallel: 3 }, "tensorParallel must divide the 64 attention heads, got 3"],
    [{ tensorParallel: 128 }, "tensorParallel must divide the 64 attention heads, got 128"],
    [{ tensorParallel: 1.5 }, "tensorParallel must be a whole number >= 1, got 1.5"],
    [{ tensorParallel: -8 }, "tensorParallel must be a whole number >= 1, got -8"],
    [{ pipelineParallel: Number.NaN }, "pipelineParallel must be a whole number >= 1, got NaN"],
    [{ pipelineParallel: 3 }, "pipelineParallel · interleave must divide the 80 layers, got 3"],
    [{ pipelineParallel: 81, stages: "balanced" }, "must be at most the 80 layers, got 81"],
    [{ pipelineParallel: 2, stages: [40, 41] }, "stages must add up to the 80 layers, got 40,41 (81)"],
    [{ pipelineParallel: 2, stages: [80] }, "stages must list the layers of each of the 2 groups, got 80"],
    [{ interleave: 2 }, "interleave must be 1 without a pipeline, got 2"],
    [{ expertParallel: 2 }, "expertParallel must be 1 for a model without experts, got 2"],
    [
      { devices: 12, tensorParallel: 8 },
      "devices must be a multiple of tensor · context · pipeline = 8, got 12",
    ],
    [{ devices: 16, dataParallel: 4 }, "dataParallel must be 16, the 16 devices over 1, got 4"],
    [
      { globalBatch: 10, microBatch: 4 },
      "globalBatch must be a multiple of microBatch · dataParallel = 4, got 10",
    ],
    [{ dataParallel: 8, shardDevices: 3 }, "shardDevices must divide the 8 devices of data · context, got 3"],
    [{ zeroStage: 4 as 3 }, "zeroStage must be a whole number between 0 and 3, got 4"],
    [{ offload: "all" }, "offload must be none or optimizer at stage 0, got all"],
    [{ recomputeLayers: 2 }, 'recomputeLayers must be left out unless recompute is "full", got 2'],
    [
      { recompute: "selective", recomputeModules: 5 as unknown as [] },
      "recomputeModules must be a list of core-attention, norm, activation, feed-forward, experts, got 5",
    ],
    [
      { devices: 8, expertTensorParallel: 4 },
      "expertTensorParallel must be tensorParallel, 1, for a model without experts, got 4",
    ],
    [{ recomputeModules: ["norm"] }, "recomputeModules must be left out"],
    [{ recompute: "half" as "full" }, "recompute must be none or selective or full, got half"],
    [{ recipe: "fp17" as "fp16-adam" }, "recipe must be among"],
    [{ productBits: 12 as 16 }, "productBits must be 32, 16, 8 or 4, got 12"],
    [{ tensorParalel: 2 } as Layout, "a layout has no option tensorParalel; did you mean tensorParallel?"],
  ])("%j is refused: %s", (layout, message) => {
    expect(() => checkLayout(llama, layout)).toThrow(message);
  });

  test.each<[Layout, string]>([
    [{ expertParallel: 3, devices: 9 }, "expertParallel must divide the 8 experts, got 3"],
    [
      { expertParallel: 4, devices: 6 },
      "must divide the 6 devices of a stage (tensor · context · data), got 4",
    ],
    [{ expertTensorParallel: 5, devices: 5 }, "expertTensorParallel must divide the 14336 inner values"],
  ])("experts: %j is refused: %s", (layout, message) => {
    expect(() => checkLayout(mixtral, layout)).toThrow(message);
  });
});
