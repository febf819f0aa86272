import fc from "fast-check";
import { readTrainingRow, type TrainingRow, timedRunOf, timeScenario } from "isoflop";
import { measuredTraining } from "isoflop-datasets";
import { expect, test } from "vitest";

const row: TrainingRow = {
  source: "Megatron-Bridge",
  model: "LLAMA3_70B",
  hardware: "DGX-GB200",
  n_devices: "64",
  precision: "FP8-CS (FP8-MX)",
  engine: "Megatron-Bridge 26.04.01 NeMo Container",
  mode: "Pre-Training Performance",
  parallel: "TP2 PP4 CP1 VP5 EPn/a FSDP0",
  batch: "256",
  isl: "8192",
  notes: "micro batch 1; MoE token distribution forced balanced; batch = global batch size",
};

function read(change: TrainingRow = {}) {
  const scenario = readTrainingRow({ ...row, ...change });
  if ("why" in scenario) throw new Error(scenario.why);
  return scenario;
}

test("a row of Megatron-Bridge", () => {
  const { layout, format, stack, release, accelerator, modelKey, convention, peakFormat, assumptions } =
    read();
  expect({ format, stack, release, modelKey, convention, peakFormat }).toEqual({
    format: "fp8",
    stack: "megatron-bridge",
    release: "26.04",
    modelKey: "llama-3-70b",
    convention: "causal",
    peakFormat: "bf16",
  });
  expect(accelerator.name).toContain("GB200");
  expect(assumptions).toEqual([]);
  expect(layout).toMatchObject({
    devices: 64,
    tensorParallel: 2,
    pipelineParallel: 4,
    interleave: 5,
    expertParallel: 1,
    dataParallel: 8,
    zeroStage: 1,
    microBatch: 1,
    microBatches: 32,
    globalBatch: 256,
    recompute: "none",
  });
});

test("of two settings in a cell the first counts", () => {
  const { layout } = read({
    parallel: "TP2 (4) PP1 (8) CP1 (2) VP1 (8) EP1 FSDP64 (0)",
    n_devices: "128",
    batch: "64",
  });
  expect(layout).toMatchObject({ tensorParallel: 2, pipelineParallel: 1, interleave: 1, zeroStage: 3 });
});

test("a row of llm-foundry", () => {
  const { layout, params, convention, peakFormat } = read({
    source: "llm-foundry",
    engine: "composer FSDP FULL_SHARD",
    model: "MPT-70b",
    hardware: "h100_80gb",
    n_devices: "256",
    precision: "amp_fp8",
    parallel: "FSDP FULL_SHARD",
    batch: "2048",
    isl: "2048",
    notes: "params 64862437376; microbatch 8; grad accum 1; activation checkpointing True; CPU offload False",
  });
  expect({ params, convention, peakFormat }).toEqual({
    params: 64862437376,
    convention: "llm-foundry",
    peakFormat: "fp8",
  });
  expect(layout).toMatchObject({ zeroStage: 3, microBatch: 8, microBatches: 1, recompute: "full" });
});

test.each([
  ["MXFP8", "mxfp8"],
  ["FP8-MX", "mxfp8"],
  ["NVFP4", "nvfp4"],
  ["amp_bf16", "bf16"],
  ["BF16", "bf16"],
  ["amp_fp8", "fp8"],
  ["fp16", "fp16"],
  ["", "fp8"],
  ["n/a", "fp8"],
])("precision %j is %s", (precision, format) => {
  expect(read({ precision, hardware: "DGX-B200" }).format).toBe(format);
});

test.each([
  ["DeepSeekV3 (w/o MTP)", "deepseek-v3"],
  ["GPT OSS 120B", "gpt-oss-120b"],
  ["Qwen3_30B_a3B (tokendrop)", "qwen3-30b-a3b"],
  ["Nemotron_3_Super", "nemotron-3-super"],
  ["Kimi_K2", "kimi-k2"],
  ["LLAMA3.1_405B", "llama-3.1-405b"],
  ["Llama 3.1 8B", "llama-3-8b"],
  ["Mixtral 8X22B", "mixtral-8x22b"],
  ["GPT-3 175B", "gpt-3-175b"],
  ["MPT-125m", "mpt-125m"],
])("model %j is %s", (model, key) => {
  expect(read({ model }).modelKey).toBe(key);
});

test("missing and 0 mean that nothing is stated", () => {
  const { layout, assumptions } = read({ batch: "0", notes: "", parallel: "TPn/a PP0", tp: "0" });
  expect(layout).toMatchObject({ tensorParallel: 1, pipelineParallel: 1, microBatch: 2, globalBatch: 128 });
  expect(assumptions.join()).toMatch(/micro-batch 2.*batch 128/);
});

test.each([
  [{ model: "Borges 1T" }, /no model "Borges 1T"/],
  [{ model: "" }, /no model/],
  [{ hardware: "" }, /no accelerator/],
  [{ hardware: "abacus" }, /abacus/],
  [{ isl: "" }, /no sequence length/],
  [{ isl: "-5" }, /no sequence length/],
  [{ isl: "1e999" }, /no sequence length/],
  [{ n_devices: "63" }, /63 devices are not a multiple/],
])("%j has no answer, with the reason", (change, why) => {
  expect(readTrainingRow({ ...row, ...change })).toEqual({ why: expect.stringMatching(why) });
});

test("no cell breaks it: a row is timed, or says why not", () => {
  const cell = fc.oneof(
    fc.string({ unit: "binary", maxLength: 30 }),
    fc.constantFrom(
      "TP999999 PP0",
      "TP-1",
      "micro batch 99999999999999999999",
      "=1+1",
      "NaN",
      "1e400",
      "Infinity",
      "\0",
      "__proto__",
    ),
  );
  fc.assert(
    fc.property(fc.constantFrom(...Object.keys(row)), cell, (name, text) => {
      const scenario = readTrainingRow({ ...row, [name]: text });
      if ("why" in scenario) expect(scenario.why).not.toBe("");
      else {
        try {
          const { seconds } = timeScenario(scenario);
          expect(seconds.value).toBeGreaterThan(0);
          expect(Number.isFinite(seconds.interval95[1])).toBe(true);
        } catch (error) {
          expect(error).toBeInstanceOf(RangeError);
        }
      }
    }),
    { numRuns: 300 },
  );
});

test("rows that state no time of a step say so", () => {
  const minutes = measuredTraining().find(({ unit }) => unit === "min")!;
  expect(timedRunOf({ ...minutes })).toHaveProperty("why");
  expect(timedRunOf({ ...row, quantity: "MFU", value: 40 })).toEqual({ why: "no time of a step: MFU" });
  expect(
    timedRunOf({ ...row, quantity: "throughput per device", unit: "tokens/s", value: -1 }),
  ).toHaveProperty("why");
});
