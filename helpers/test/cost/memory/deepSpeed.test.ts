import { deepSpeedZero2Estimate, deepSpeedZero3Estimate, zeroStateBytes } from "isoflop";
import { deepSpeedEstimates } from "isoflop-datasets";
import { expect, test } from "vitest";

const gib = (bytes: number) => (bytes / 2 ** 30).toFixed(2);

test("all 44 figures that the documentation prints come out to the digit", () => {
  let figures = 0;
  for (const row of deepSpeedEstimates()) {
    const common = {
      params: row.nParams,
      gpusPerNode: row.gpusPerNode,
      nodes: row.nodes,
      offloadOptimizer: row.offloadOptimizer,
    };
    const estimate =
      row.stage === 2
        ? deepSpeedZero2Estimate({ ...common, rule: "documented" })
        : deepSpeedZero3Estimate({
            ...common,
            largestLayerParams: row.largestLayerParams!,
            offloadParams: row.offloadParams,
            zeroInit: row.zeroInit!,
          });
    expect([gib(estimate.cpuBytes), gib(estimate.gpuBytes)]).toEqual([row.printedCpuGib, row.printedGpuGib]);
    figures += 2;
  }
  expect(figures).toBe(44);
});

test("the present code of ZeRO-2 without offloading gives less than the documentation prints", () => {
  const setting = { params: 2851598336, gpusPerNode: 8, offloadOptimizer: false };
  expect(gib(deepSpeedZero2Estimate(setting).gpuBytes)).toBe("11.29");
  expect(gib(deepSpeedZero2Estimate({ ...setting, rule: "documented" }).gpuBytes)).toBe("15.93");
});

test("the worked example of T5-large on four GPUs comes out in whole MiB: 3291, 125 and 477", () => {
  const t5 = { params: 737_668_096, largestLayerParams: 32_899_072, gpusPerNode: 4 };
  const mib = (offload: { offloadOptimizer: boolean; offloadParams: boolean }) =>
    Math.floor(deepSpeedZero3Estimate({ ...t5, ...offload }).gpuBytes / 2 ** 20);
  expect(mib({ offloadOptimizer: false, offloadParams: false })).toBe(3291);
  expect(mib({ offloadOptimizer: true, offloadParams: true })).toBe(125);
  expect(mib({ offloadOptimizer: true, offloadParams: false })).toBe(477);
});

test("today's ZeRO-2 estimate is the recipe of 20 bytes at stage 2", () => {
  for (const gpus of [1, 2, 8, 64]) {
    const { gpuBytes } = deepSpeedZero2Estimate({
      params: 2 ** 30,
      gpusPerNode: gpus,
      offloadOptimizer: false,
    });
    const states = zeroStateBytes({ params: 2 ** 30, dataParallel: gpus, stage: 2, recipe: "megatron-fp16" });
    expect(gpuBytes).toBe(states.total);
  }
});

test("nodes divide what ZeRO-3 keeps on each host", () => {
  const setting = { params: 8e9, largestLayerParams: 1e8, gpusPerNode: 8 };
  const [one, four] = [1, 4].map((nodes) => deepSpeedZero3Estimate({ ...setting, nodes }));
  expect(one!.cpuBytes).toBe(4 * four!.cpuBytes);
  expect(one!.gpuBytes).toBe(four!.gpuBytes);
});

test("hostile settings are refused", () => {
  expect(() => deepSpeedZero2Estimate({ params: 0 })).toThrow("params must be a number > 0, got 0");
  expect(() => deepSpeedZero2Estimate({ params: 1e9, gpusPerNode: 0 })).toThrow("gpusPerNode must be");
  expect(() => deepSpeedZero2Estimate({ params: 1e9, rule: "old" as "current" })).toThrow("rule must be");
  expect(() => deepSpeedZero3Estimate({ params: 1e9, largestLayerParams: -1 })).toThrow("largestLayerParams");
  expect(() =>
    deepSpeedZero3Estimate({
      params: 1e9,
      largestLayerParams: 1e8,
      offloadOptimizer: false,
      offloadParams: true,
    }),
  ).toThrow("DeepSpeed offloads weights with the optimiser only");
});
