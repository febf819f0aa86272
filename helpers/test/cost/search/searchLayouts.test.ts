import { describe, expect, test } from "vitest";
import {
  accelerators,
  checkLayout,
  type Layout,
  memoryFits,
  modelFromShape,
  modelShape,
  models,
  type SearchOptions,
  type StepEstimator,
  searchLayouts,
  trainingMemory,
  trainingStep,
} from "../../../src/index.ts";

const accelerator = accelerators["h100-sxm-80gb"];
const cluster = (devices: number) => ({ devices, accelerator });
const llama = models["Llama-3-8B"].shape;
const mixtral = models["Mixtral-8x7B"].shape;
const deepseek = models["DeepSeek-V3"].shape;

/** One constant of deviation 1 that cancels in every ratio, and what is each layout's own. */
function oneConstant(ownDeviation: number): StepEstimator {
  return {
    logSeconds: ({ tensorParallel, pipelineParallel }) =>
      Math.log(1 + 0.1 * Math.log2(tensorParallel) + 0.01 * pipelineParallel),
    deviation: () => Math.sqrt(1 + ownDeviation ** 2),
    sensitivity: () => new Float64Array(1),
    differenceDeviation: () => Math.SQRT2 * ownDeviation,
    prediction: { factors: { p80: 1.2815516, p95: 1.959964 } },
  };
}

describe("the search of layouts", () => {
  test.each([
    ["dense", llama, 32, { sequenceTokens: 4096, globalBatch: 64 }],
    ["experts", mixtral, 16, { sequenceTokens: 4096, globalBatch: 32 }],
    ["layers that do not divide", deepseek, 512, { sequenceTokens: 4096, globalBatch: 1024 }],
  ] as const)("says of every layout what trainingMemory says: %s", (_, shape, devices, options) => {
    const found = searchLayouts(shape, cluster(devices), { ...options, keep: 1e6, allocatorFactor: 1 });
    expect(found.fitting).toBeGreaterThan(20);
    const step = Math.ceil(found.fitting / 40);
    for (let i = 0; i < found.fitting; i += step) {
      const { layout, needBytes } = found.layouts[i]!;
      const { expertReplicas: _, microBatches: __, recomputeLayers, recomputeModules, ...given } = layout;
      const again: Layout = {
        ...given,
        ...(layout.recompute === "full" && { recomputeLayers }),
        ...(layout.recompute === "selective" && { recomputeModules }),
      };
      expect(trainingMemory(shape, again, { sequenceTokens: options.sequenceTokens }).total).toBeCloseTo(
        needBytes,
        -1,
      );
      expect(needBytes).toBeLessThanOrEqual(accelerator.memoryBytes);
    }
  });

  test("tries every combination that checkLayout takes, each once", () => {
    const options = { sequenceTokens: 4096, globalBatch: 16 };
    const small = {
      tensorParallel: [1, 2, 3, 4, 8],
      pipelineParallel: [1, 2, 4, 5, 8],
      contextParallel: [1, 2],
      microBatch: [1, 2, 3],
      interleave: [1, 2],
      zeroStage: [1],
      recompute: ["none"],
    } as const;
    const wide = { ...accelerator, memoryBytes: 1e18 };
    const found = searchLayouts(
      llama,
      { ...cluster(8), accelerator: wide },
      { ...options, keep: 1e6, choices: small },
    );
    let valid = 0;
    for (const tensorParallel of small.tensorParallel)
      for (const pipelineParallel of small.pipelineParallel)
        for (const contextParallel of small.contextParallel)
          for (const microBatch of small.microBatch)
            for (const interleave of small.interleave) {
              const layout = {
                devices: 8,
                globalBatch: 16,
                tensorParallel,
                pipelineParallel,
                contextParallel,
              };
              try {
                const checked = checkLayout(llama, { ...layout, microBatch, interleave, zeroStage: 1 });
                // Interleaving needs micro-batches in multiples of the stages.
                if (interleave === 1 || checked.microBatches % pipelineParallel === 0) valid++;
              } catch (error) {
                expect(error).toBeInstanceOf(RangeError);
              }
            }
    expect(found.considered).toBe(valid);
    expect(found.fitting).toBe(valid);
    const keys = found.layouts.map(({ layout }) => JSON.stringify(layout));
    expect(new Set(keys).size).toBe(valid);
  });

  test("what is found goes where a layout goes, changed or as it is", () => {
    const found = searchLayouts(llama, cluster(64), { sequenceTokens: 8192, globalBatch: 256, keep: 3 });
    for (const { layout, seconds } of found.layouts) {
      expect(memoryFits(llama, layout, { accelerator, sequenceTokens: 8192 }).fits).toBe(true);
      const step = trainingStep(llama, layout, accelerator, { sequenceTokens: 8192 });
      expect(step.seconds.value).toBeCloseTo(seconds, 9);
      expect(checkLayout(llama, { ...layout, recompute: "full" }).recompute).toBe("full");
    }
  });

  test("ranks by time, and its front holds what nothing beats in both", () => {
    const found = searchLayouts(llama, cluster(64), { sequenceTokens: 8192, globalBatch: 256, keep: 1e6 });
    const { layouts, front } = found;
    for (let i = 1; i < layouts.length; i++)
      expect(layouts[i]!.seconds).toBeGreaterThanOrEqual(layouts[i - 1]!.seconds);
    expect(front[0]!.layout).toBe(layouts[0]!.layout);
    for (const one of front) {
      const beats = layouts.filter((each) => each.seconds < one.seconds && each.needBytes <= one.needBytes);
      expect(beats).toEqual([]);
    }
    expect(front.at(-1)!.needBytes).toBe(Math.min(...layouts.map(({ needBytes }) => needBytes)));
  });

  test("a constant that all layouts share cancels; what is a layout's own does not", () => {
    const options = { sequenceTokens: 4096, globalBatch: 64, keep: 1e6 };
    const shared = searchLayouts(llama, cluster(32), { ...options, estimator: oneConstant(0) });
    for (const one of shared.layouts) {
      expect(one.distinguishable).toBe(one.ratio > 1);
      expect(one.ratioInterval).toEqual([one.ratio, one.ratio]);
      // The time itself is not known: a standard deviation of 1 at 80 %.
      expect(Math.log(one.interval[1] / one.seconds)).toBeCloseTo(1.2816, 3);
    }
    const own = searchLayouts(llama, cluster(32), { ...options, estimator: oneConstant(10) });
    expect(own.tied).toBe(own.layouts.length);
    const some = searchLayouts(llama, cluster(32), { ...options, estimator: oneConstant(0.03) });
    // √2 · .03 · 1.2816 in the logarithm of the ratio.
    const reach = Math.exp(Math.SQRT2 * 0.03 * 1.2815516);
    expect(some.tied).toBe(some.layouts.filter(({ ratio }) => ratio <= reach).length);
    expect(some.tied).toBeGreaterThan(1);
    expect(some.tied).toBeLessThan(some.layouts.length);
  });

  test("with all of it offloaded tries stage 3 only, which alone can", () => {
    const options = { sequenceTokens: 4096, globalBatch: 16, keep: 1e6, fixed: { offload: "all" } } as const;
    const found = searchLayouts(llama, cluster(8), options);
    expect(found.considered).toBeGreaterThan(0);
    expect(new Set(found.layouts.map(({ layout }) => layout.zeroStage))).toEqual(new Set([3]));
    const some = searchLayouts(llama, cluster(8), { ...options, choices: { zeroStage: [1, 3] } });
    expect(some.considered).toBe(found.considered);
  });

  test.each([
    [{ fixed: { tensorParallel: 2 } }, "fixed has no option tensorParallel"],
    [{ fixed: { receipe: "bf16-adam" } }, "fixed has no option receipe; did you mean recipe?"],
    [{ choices: null }, "the options of choices must be an object"],
    [{ choices: { microBatch: [1, 1] } }, "choices.microBatch must have each value once, got 1,1"],
    [{ choices: { tensorParallel: [] } }, "choices.tensorParallel must be a list of one value or more"],
    [{ reservedBytes: 80e9 }, "reservedBytes must be below the 80000000000 bytes of the device"],
  ])("%j is refused: %s", (more, message) => {
    const options = { sequenceTokens: 4096, globalBatch: 16, ...more } as SearchOptions;
    expect(() => searchLayouts(llama, cluster(8), options)).toThrow(message);
  });

  test("shares matrices over up to 64 of the 72 devices of a domain, which 72 alone does not suggest", () => {
    const nvl72 = { devices: 64, accelerator: accelerators["gb200-186gb"] };
    const options = {
      sequenceTokens: 4096,
      globalBatch: 64,
      keep: 1e6,
      choices: { zeroStage: [1] },
    } as const;
    const degrees = searchLayouts(modelShape("Llama-3.1-405B"), nvl72, options).layouts.map(
      ({ layout }) => layout.tensorParallel,
    );
    expect([...new Set(degrees)].sort((a, b) => a - b)).toEqual([1, 2, 4, 8, 16, 32, 64]);
    const nodes = searchLayouts(llama, cluster(24), { ...options, globalBatch: 48 });
    expect(Math.max(...nodes.layouts.map(({ layout }) => layout.tensorParallel))).toBe(8);
  });

  test("says what its times take for granted: software that no run was calibrated on", () => {
    const options = { sequenceTokens: 4096, globalBatch: 16, keep: 1 };
    const known = searchLayouts(llama, cluster(8), { ...options, stack: "Megatron-Bridge 26.04" });
    expect(known.assumptions.join()).not.toContain("software");
    const unnamed = searchLayouts(llama, cluster(8), options);
    expect(unnamed.assumptions.join()).toContain("the software is not named");
    const other = searchLayouts(llama, cluster(8), { ...options, stack: "megatorn" });
    expect(other.assumptions.join()).toContain("no run with this software is calibrated on");
  });

  test("a model without layers is refused", () => {
    const empty = { ...modelFromShape(llama), layers: [] };
    expect(() => searchLayouts(empty, cluster(8), { sequenceTokens: 64, globalBatch: 8 })).toThrow(
      "the model must have layers to lay out, got none",
    );
  });

  test("a model that no layout fits is said to fit none", () => {
    const found = searchLayouts(deepseek, cluster(8), { sequenceTokens: 4096, globalBatch: 64 });
    expect(found).toMatchObject({ fitting: 0, layouts: [], front: [], tied: 0 });
    expect(found.leastBytes).toBeGreaterThan(accelerator.memoryBytes);
    expect(found.considered).toBeGreaterThan(0);
  });

  test.each<[number, Partial<SearchOptions>, string]>([
    [0, {}, "devices must be a whole number >= 1, got 0"],
    [8, { globalBatch: -4 }, "globalBatch must be a whole number >= 1, got -4"],
    [
      7,
      { globalBatch: 5, choices: { pipelineParallel: [1] } },
      "no layout of 7 devices divides the model and a batch of 5 sequences",
    ],
    [8, { sequenceTokens: Number.NaN }, "sequenceTokens must be a whole number >= 1, got NaN"],
    [8, { level: 0.9 as 0.8 }, "level must be .8 or .95, got 0.9"],
    [8, { choices: { tensor: [2] } as object }, "choices has no option tensor"],
    [
      8,
      { choices: { pipelineParallel: [Number.NaN] } },
      "choices.pipelineParallel must be a whole number >= 1, got NaN",
    ],
    [8, { choices: { microBatch: [0.5] } }, "choices.microBatch must be a whole number >= 1, got 0.5"],
    [
      8,
      { choices: { zeroStage: [5 as 3] } },
      "choices.zeroStage must be a whole number between 0 and 3, got 5",
    ],
    [
      8,
      { choices: { tensorParallel: 2 as never } },
      "choices.tensorParallel must be a list of one value or more, got 2",
    ],
    [
      8,
      { choices: { recompute: ["some" as "full"] } },
      "choices.recompute must be none or selective or full, got some",
    ],
    [8, { format: "int8" as "fp8" }, "format must be bf16 or fp16 or fp8"],
    [8, { kept: 3 } as object, "searchLayouts has no option kept; did you mean keep?"],
  ])("%s devices, %j: refused: %s", (devices, options, message) => {
    const given = { sequenceTokens: 4096, globalBatch: 32, ...options };
    expect(() => searchLayouts(llama, cluster(devices), given)).toThrow(message);
  });
});
