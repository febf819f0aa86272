import fc from "fast-check";
import {
  recipeBytes,
  type TrainingRecipeName,
  trainingRecipes,
  type ZeroStage,
  zeroActivationValues,
  zeroMaxParams,
  zeroStateBytes,
  zeroTraffic,
} from "isoflop";
import { gpuTraining, zeroMaxModels, zeroModelConfigs, zeroModelStates } from "isoflop-datasets";
import { describe, expect, test } from "vitest";

const stages: readonly ZeroStage[] = [0, 1, 2, 3];
const decimalsOf = (printed: string) => printed.split(".")[1]?.length ?? 0;

describe("ZeRO's Table 1", () => {
  const cells = zeroModelStates().map((row) => {
    const { nParams: params, dataParallel, printedGb } = row;
    const gb = zeroStateBytes({ params, dataParallel, stage: row.stage as ZeroStage }).total / 1e9;
    return { ...row, gb, off: Math.abs(gb / Number(printedGb) - 1) };
  });

  test("has 54 cells, 53 of which are met within .3 %", () => {
    expect(cells).toHaveLength(54);
    expect(cells.filter(({ off }) => off <= 0.003)).toHaveLength(53);
  });

  test("prints the last cell in two digits, which ours rounds to: 0.12 for 0.1171875", () => {
    const [last, ...others] = cells.filter(({ off }) => off > 0.003);
    expect(others).toEqual([]);
    expect([last!.printedGb, last!.gb]).toEqual(["0.12", 0.1171875]);
  });

  test("prints every cell as ours is rounded or cut", () => {
    for (const { gb, printedGb } of cells) {
      const digits = decimalsOf(printedGb);
      const cut = (Math.floor(gb * 10 ** digits) / 10 ** digits).toFixed(digits);
      expect([gb.toFixed(digits), cut]).toContain(printedGb);
    }
  });

  test("sets in bold the least degree of each model and stage that fits 32 GB", () => {
    for (const model of ["7.5B", "128B", "1T"]) {
      for (const stage of [1, 2, 3]) {
        const fits = cells.filter((cell) => cell.model === model && cell.stage === stage && cell.gb <= 32);
        const bold = cells.filter((cell) => cell.model === model && cell.stage === stage && cell.isFirstFit);
        expect(bold.map((cell) => cell.dataParallel)).toEqual(
          fits.slice(0, 1).map((cell) => cell.dataParallel),
        );
      }
    }
  });
});

describe("ZeRO's Table 2", () => {
  const theory = zeroMaxModels().filter((row) => row.kind === "theory");
  const ours = (row: (typeof theory)[number]) =>
    zeroMaxParams({
      memoryBytes: 32e9,
      dataParallel: 64,
      stage: row.stage as ZeroStage,
      modelParallel: row.modelParallel,
    }) / 1e9;

  test("prints the largest models of one device a replica as ours are rounded", () => {
    for (const row of theory.filter(({ modelParallel }) => modelParallel === 1)) {
      expect(ours(row).toFixed(decimalsOf(row.printedBillions))).toBe(row.printedBillions);
    }
  });

  test("multiplies the rounded ones with the model-parallel degree, and rounds 512B, 1,024B and 2,048B once more", () => {
    const single = (stage: number) =>
      Number(theory.find((row) => row.modelParallel === 1 && row.stage === stage)!.printedBillions);
    const others = theory.filter(
      (row) => Math.abs(single(row.stage) * row.modelParallel - Number(row.printedBillions)) > 1e-9,
    );
    expect(others.map((row) => `${ours(row)}B, printed ${row.printedBillions}B`)).toEqual([
      "512B, printed 500B",
      "1024B, printed 1000B",
      "2048B, printed 2000B",
    ]);
    for (const row of theory.filter((each) => !others.includes(each))) {
      expect(Math.abs(ours(row) / Number(row.printedBillions) - 1)).toBeLessThan(0.006);
    }
  });
});

test("12 L h² gives the sizes that Table 4 names, and 18B and 27B where it prints 40B to 60B", () => {
  const sizes = zeroModelConfigs().map((row) => {
    const [low, high] = [...row.label.matchAll(/[\d.]+/g)].map(Number);
    return {
      ...row,
      billions: (12 * row.nLayers * row.hiddenSize ** 2) / 1e9,
      low: low!,
      high: high ?? low!,
    };
  });
  const outside = sizes.filter(({ billions, low, high }) => billions < 0.9 * low || billions > 1.1 * high);
  expect(outside.map(({ label, billions }) => `${label} ${billions.toFixed(1)}`)).toEqual([
    "40B-60B 17.7",
    "40B-60B 26.6",
  ]);
});

test("the recipes are those of Megatron's table: 4 + 16/d, 6 + 12/d and 8 + 8/d with the optimiser sharded", () => {
  const perParam = (recipe: TrainingRecipeName, dataParallel: number) =>
    zeroStateBytes({ params: 1, dataParallel, stage: 1, recipe }).total;
  for (const d of [1, 2, 8, 64]) {
    expect(perParam("megatron-fp16", d)).toBeCloseTo(4 + 16 / d, 12);
    expect(perParam("megatron-bf16", d)).toBeCloseTo(6 + 12 / d, 12);
    expect(perParam("fp32-adam", d)).toBeCloseTo(8 + 8 / d, 12);
  }
  expect(Object.keys(trainingRecipes).map((name) => recipeBytes(name as TrainingRecipeName))).toEqual([
    16, 18, 20, 16, 12, 8, 6, 8, 2,
  ]);
});

test("the bytes of torch are measured so: never below the recipe, and above it by less than what segments waste", () => {
  for (const row of gpuTraining()) {
    const recipe = row.recipe === "bf16" ? "bf16-adam" : "fp32-adam";
    const above = row.stateBytes - zeroStateBytes({ params: row.nParams, recipe }).total;
    expect(above).toBeGreaterThanOrEqual(0);
    // The datasheet: up to 344 MiB where segments do not expand (run 3); buffers and counters are some tens.
    expect(above).toBeLessThanOrEqual((64 + (row.run === 3 ? 344 : 0)) * 2 ** 20);
  }
});

test("shards of all devices add up to the whole, and no stage needs more than the one before it", () => {
  const recipes = Object.keys(trainingRecipes) as TrainingRecipeName[];
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 1e12 }),
      fc.integer({ min: 1, max: 4096 }),
      fc.constantFrom(...recipes),
      (params, dataParallel, recipe) => {
        const of = (stage: ZeroStage) => zeroStateBytes({ params, dataParallel, stage, recipe });
        const totals = stages.map((stage) => of(stage).total);
        expect(totals[0]).toBeCloseTo(params * recipeBytes(recipe), -3);
        expect(Math.abs((totals[3]! * dataParallel) / totals[0]! - 1)).toBeLessThan(1e-12);
        for (let i = 1; i < 4; i++) expect(totals[i]).toBeLessThanOrEqual(totals[i - 1]! * (1 + 1e-15));
      },
    ),
  );
});

test("what is offloaded is on the host, and nothing gets lost", () => {
  for (const stage of stages) {
    const here = zeroStateBytes({ params: 1e9, dataParallel: 8, stage });
    const split = zeroStateBytes({ params: 1e9, dataParallel: 8, stage, offload: "optimizer" });
    expect(split.total + split.host.total).toBe(here.total);
    expect(split.states).toBe(0);
  }
  // DeepSpeed's documentation: ZeRO-2 with the optimiser on the host leaves two bytes a parameter.
  expect(zeroStateBytes({ params: 1e9, dataParallel: 8, stage: 2, offload: "optimizer" }).total).toBe(2e9);
  expect(zeroStateBytes({ params: 1e9, stage: 3, offload: "all" }).total).toBe(0);
});

test("the largest model is the one whose states fill the memory", () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1e9, max: 1e12 }),
      fc.integer({ min: 1, max: 1024 }),
      fc.constantFrom(...stages),
      (memoryBytes, dataParallel, stage) => {
        const params = zeroMaxParams({ memoryBytes, dataParallel, stage });
        const bytes = (count: number) => zeroStateBytes({ params: count, dataParallel, stage }).total;
        expect(bytes(params)).toBeLessThanOrEqual(memoryBytes * (1 + 1e-12));
        expect(bytes(params + 2)).toBeGreaterThan(memoryBytes);
      },
    ),
  );
  expect(zeroMaxParams({ memoryBytes: 32e9, otherBytes: 40e9 })).toBe(0);
});

test("traffic is 2, 2, 2 and 3 values a parameter, and none on a single device", () => {
  expect(stages.map((stage) => zeroTraffic({ params: 1, stage }).total)).toEqual([2, 2, 2, 3]);
  expect(zeroTraffic({ params: 1e9, stage: 3, dataParallel: 1 }).total).toBe(0);
  expect(zeroTraffic({ params: 1e9, stage: 1, dataParallel: 4 }).total).toBe(1.5e9);
});

test("activations: 12 values of width h a token and layer, one with checkpoints, divided where partitioned", () => {
  const setting = { nLayers: 125, hiddenSize: 8192, batchSize: 32, sequenceTokens: 1024 };
  const values = 8192 * 32 * 1024 * 125;
  expect(zeroActivationValues(setting)).toBe(12 * values);
  expect(zeroActivationValues({ ...setting, checkpoints: true, parts: 16 })).toBe(values);
  expect(zeroActivationValues({ ...setting, checkpoints: true, parts: 16, partitioned: true })).toBe(
    values / 16,
  );
});

test("hostile settings are refused with the name, the domain and a way out", () => {
  const states = (setting: object) => () => zeroStateBytes({ params: 1e9, ...setting });
  expect(states({ params: -1 })).toThrow("params must be a number > 0, got -1; give the parameters");
  expect(states({ params: Number.NaN })).toThrow("params must be");
  expect(states({ dataParallel: 2.5 })).toThrow("dataParallel must be a whole number >= 1, got 2.5");
  expect(states({ stage: 4 })).toThrow("stage must be a whole number between 0 and 3, got 4");
  expect(states({ recipe: "bf16" })).toThrow("recipe must be among fp16-adam, megatron-bf16");
  expect(states({ recipe: { weights: 2 } })).toThrow("recipe.gradients must be a finite number >= 0");
  expect(states({ recipe: "toString" })).toThrow("recipe must be among");
  expect(states({ stage: 2, offload: "all" })).toThrow("weights leave the device at stage 3 only");
  expect(states({ offload: "disk" })).toThrow("offload must be none or optimizer or all, got disk");
  expect(states({ dataparallel: 8 })).toThrow("did you mean dataParallel?");
  expect(() => zeroMaxParams({ memoryBytes: 0 })).toThrow("memoryBytes must be a number > 0, got 0");
  expect(() =>
    zeroMaxParams({
      memoryBytes: 1e9,
      recipe: { weights: 0, gradients: 0, gradientCopy: 0, weightCopy: 0, states: 0 },
    }),
  ).toThrow("any model fits");
  expect(() => zeroTraffic({ params: 1e9, stage: 5 as ZeroStage })).toThrow("stage must be");
  expect(() => zeroActivationValues({ nLayers: 0, hiddenSize: 1, batchSize: 1, sequenceTokens: 1 })).toThrow(
    "nLayers must be a whole number >= 1, got 0",
  );
});
