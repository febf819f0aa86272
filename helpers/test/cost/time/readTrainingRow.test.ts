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
  expect(read({ model, parallel: "TP1 PP1" }).modelKey).toBe(key);
});

test.each([
  ["LLAMA3_8B SFT", "llama-3-8b"],
  ["LLAMA3_70B_LoRA", "llama-3-70b"],
  ["Llama3-70B (LoRA)", "llama-3-70b"],
  ["meta-llama/Meta-Llama-3-8B", "llama-3-8b"],
  ["meta-llama/Llama-3.1-405B-Instruct", "llama-3.1-405b"],
  ["Llama-3.3-70B-Instruct", "llama-3-70b"],
  ["Qwen/Qwen3-30B-A3B", "qwen3-30b-a3b"],
  ["openai/gpt-oss-120b", "gpt-oss-120b"],
  ["deepseek-ai/DeepSeek-V3-Base", "deepseek-v3"],
  ["DeepSeek R1", "deepseek-v3"],
  ["mistralai/Mixtral-8x7B-v0.1", "mixtral-8x7b"],
  ["mosaicml/mpt-7b", "mpt-7b"],
  ["MT-NLG 530B", "turing-530b"],
  ["Kimi K2 1T", "kimi-k2"],
])("runs of one model are told by one key: %j is %s", (model, key) => {
  expect(read({ model, parallel: "TP1 PP1" }).modelKey).toBe(key);
});

test.each([
  "TP4 PP8",
  "TP=4 PP=8",
  "tp4,pp8",
  "TP-4 PP-8",
  "TP: 4, PP: 8",
  "TP4PP8CP1",
  "TP4xPP8",
  "PP8 ETP1 TP4",
])("degrees of %j", (parallel) => {
  expect(read({ parallel }).layout).toMatchObject({ tensorParallel: 4, pipelineParallel: 8, zeroStage: 1 });
});

test("61 layers may be spread over 16 stages of 4 groups", () => {
  const { layout } = read({ model: "Kimi_K2", parallel: "TP1 PP16 CP1 VP4 EP16", n_devices: "256" });
  expect(layout).toMatchObject({ pipelineParallel: 16, interleave: 4 });
});

test("columns of degrees count where no cell has the layout", () => {
  const { layout, assumptions } = read({ parallel: "n/a", tp: "4", pp: "8" });
  expect(layout).toMatchObject({ tensorParallel: 4, pipelineParallel: 8, zeroStage: 1 });
  expect(assumptions).toEqual([]);
});

test("a layout that is not understood is said to be assumed", () => {
  expect(read({ parallel: "4x8x2" }).assumptions).toEqual([
    'layout TP1 PP1, as "4x8x2" names no degrees such as TP4 PP8',
  ]);
  expect(read({ parallel: "FSDP" }).layout.zeroStage).toBe(3);
  expect(read({ parallel: "ZeRO-2" }).layout.zeroStage).toBe(2);
});

test("counts with commas between thousands, or as floats", () => {
  const { layout, sequenceTokens } = read({ n_devices: "1,024", batch: "4096.0", isl: 8192 });
  expect([layout.devices, layout.globalBatch, sequenceTokens]).toEqual([1024, 4096, 8192]);
});

test.each([
  ["micro batch size 2", 2],
  ["microbatch 16; grad accum 3", 16],
  ["micro_batch_size=4", 4],
  ["MBS: 8", 8],
  ["per_device_batch_size 2", 2],
])("micro-batch of %j", (notes, microBatch) => {
  expect(read({ notes }).layout.microBatch).toBe(microBatch);
});

test.each([
  ["activation checkpointing True", "full"],
  ["activation checkpointing False", "none"],
  ["full recompute", "full"],
  ["gradient checkpointing: yes", "full"],
  ["no recompute", "none"],
  ["selective activation recomputation", "selective"],
  ["recompute selective", "selective"],
])("notes %j: recompute %s", (notes, recompute) => {
  expect(read({ notes }).layout.recompute).toBe(recompute);
});

test.each([
  ["MFU relative to the bf16 peak", "bf16"],
  ["micro batch 1; MFU vs. dense BF16 peak", "bf16"],
  ["peak BF16 (989 TFLOP/s)", "bf16"],
  ["MFU basis: bf16", "bf16"],
  ["bf16 dense peak", "bf16"],
  ["MFU of FP8, against the fp8 peak", "fp8"],
  ["params 7; microbatch 2; activation checkpointing True", "fp8"],
  ["peak power x hours, bf16", "fp8"],
  ["38-43 % MFU", "fp8"],
])("the peak that notes name is the basis of MFU, for llm-foundry too: %j", (notes, peak) => {
  const foundry = { source: "llm-foundry", engine: "composer FSDP FULL_SHARD", parallel: "FSDP FULL_SHARD" };
  const fp8 = read({ ...foundry, precision: "amp_fp8", hardware: "h100_80gb", notes });
  expect(fp8.peakFormat).toBe(peak);
  const { mfu, tokensPerSPerDevice, modelFlopsPerToken } = timeScenario(fp8);
  const rate = peak === "fp8" ? 1979e12 : 989e12;
  expect((mfu.value * rate) / tokensPerSPerDevice.value / modelFlopsPerToken).toBeCloseTo(1, 2);
});

test.each([
  [{ mode: "LoRA Performance" }, true],
  [{ model: "LLAMA3_70B_LoRA" }, true],
  [{ notes: "micro batch 1; QLoRA rank 16" }, true],
  [{ notes: "micro batch 1; no exploration" }, false],
  [{ mode: "SFT Performance" }, false],
])("whether adapters alone are trained: %j", (change, frozen) => {
  expect(read(change).frozen).toBe(frozen);
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
  [{ isl: "n/a" }, /no sequence length/],
  [{ isl: "-5" }, /isl must be a whole number of 1 or more, got "-5"/],
  [{ isl: "1e999" }, /isl must be/],
  [{ n_devices: "64 GPUs" }, /n_devices must be a whole number of 1 or more, got "64 GPUs"; leave/],
  [{ n_devices: "1.5" }, /n_devices must be/],
  [{ batch: "-1" }, /batch must be/],
  [{ batch: "7" }, /batch 7 leaves some of the 8 data-parallel replicas/],
  [{ precision: "int8" }, /precision must be one of bf16, .*got "int8"/],
  [{ parallel: "TP1 PP64", model: "LLAMA3_8B" }, /PP64 is more than the 32 layers/],
  [{ parallel: "TP1 PP4 VP32", model: "LLAMA3_8B" }, /PP4 · VP32 is more than the 32 layers/],
  [{ parallel: "TP64 PP1", model: "LLAMA3_8B" }, /TP64 is more than the 32 heads/],
  [{ parallel: "TP1 PP1 EP64", model: "Mixtral 8x7B" }, /EP64 is more than the 8 experts/],
  [{ model: "Mistral 7B" }, /fits several models: Mistral-7B-v0.1/],
  [{ hardware: "Ironwood" }, /^accelerator "Ironwood" is unknown/],
  [{ n_devices: "63" }, /63 devices are not a multiple/],
])("%j has no answer, with the reason", (change, why) => {
  expect(readTrainingRow({ ...row, ...change })).toEqual({ why: expect.stringMatching(why) });
});

test("weights that no device can hold are said not to fit", () => {
  const open = { parallel: "", n_devices: "", batch: "", notes: "", source: "" };
  const { assumptions, inDistribution } = timeScenario(read({ ...open, hardware: "DGX-H100" }));
  expect(inDistribution).toBe(false);
  expect(assumptions.at(-1)).toBe(
    "does not fit: weights alone take 141 GB of each of 1 devices, which have 80",
  );
  expect(timeScenario(read()).assumptions).toEqual([]);
});

test("a step unlike all that are calibrated on is out of distribution, and the part that makes it so is named", () => {
  const long = timeScenario(read({ isl: 1_048_576 }));
  expect(long.inDistribution).toBe(false);
  expect(long.assumptions.join()).toMatch(/attention: 9\d % of this step, at most 8\d % of those/);
  const short = timeScenario(read({ isl: 64 }));
  expect(short.inDistribution).toBe(false);
  expect(short.assumptions.join()).toMatch(/launches: \d+ % of this step/);
  expect(timeScenario(read()).inDistribution).toBe(true);
});

test("no row of the dataset is said not to fit", () => {
  for (const row of measuredTraining()) {
    const run = readTrainingRow({ ...row, n_devices: row.nDevices });
    if (!("why" in run)) expect(timeScenario(run).assumptions.join(), row.measurement).not.toMatch(/not fit/);
  }
});

test("no interval reaches beyond what the peak allows", () => {
  const open = read({ parallel: "", batch: "", notes: "", source: "", precision: "BF16" });
  const { seconds, tokensPerSPerDevice, mfu } = timeScenario(open);
  for (const figure of [seconds, tokensPerSPerDevice, mfu]) {
    const [low80, high80] = figure.interval80;
    const [low95, high95] = figure.interval95;
    const ordered = [low95, low80, figure.value, high80, high95];
    expect([...ordered].sort((a, b) => a - b)).toEqual(ordered);
  }
  expect(mfu.interval95[1]).toBeLessThan(1);
  expect(mfu.interval95[1]).toBeGreaterThan(0.8);
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
