import fc from "fast-check";
import {
  accelerators,
  publishedModels,
  readServingRow,
  readTrainingRow,
  type ServingScenario,
  type TrainingRow,
} from "isoflop";
import { expect, test } from "vitest";

const row: TrainingRow = {
  model: "deepseek-ai/DeepSeek-R1",
  hardware: "b200_sxm",
  precision: "fp8",
  engine: "sglang 0.5.9",
  mode: "agg",
  parallel: "tp8pp1adp1moetp8ep1",
  tp: "8",
  pp: "1",
  dp: "1",
  batch: "32",
  load: "closed loop, concurrency",
  isl: "1024",
  osl: "1024",
};

function read(change: TrainingRow = {}): ServingScenario {
  const scenario = readServingRow({ ...row, ...change });
  if ("why" in scenario) throw new Error(scenario.why);
  return scenario;
}

/** Instances x tensor . pipeline . attention data . expert . expert tensor parallelism. */
function layout(parallel: string, change: TrainingRow = {}): string {
  const open = { tp: undefined, pp: undefined, dp: undefined };
  const { serve, prefill } = read({ ...open, parallel, ...change });
  return [prefill, serve]
    .map((each) => (each ? label(each) : ""))
    .filter(Boolean)
    .join(" + ");
}

function label({ instances, layout: l }: ServingScenario["serve"]): string {
  return `${instances}x${l.tensorParallel}.${l.pipelineParallel}.${l.attentionDataParallel}.${l.expertParallel}.${l.expertTensorParallel}`;
}

test("a row of aiconfigurator's sample", () => {
  const { modelKey, acceleratorKey, bits, format, engine, release, load, promptTokens, outputTokens } =
    read();
  expect({
    modelKey,
    acceleratorKey,
    bits,
    format,
    engine,
    release,
    load,
    promptTokens,
    outputTokens,
  }).toEqual({
    modelKey: "DeepSeek-V3",
    acceleratorKey: "b200-sxm-180gb",
    bits: { weights: 8, activations: 8, kv: 8 },
    format: "fp8",
    engine: "sglang",
    release: "0.5.9",
    load: { kind: "closed", concurrency: 32 },
    promptTokens: 1024,
    outputTokens: 1024,
  });
});

test("numbers in place of text mean the same", () => {
  expect(read({ batch: 32, isl: 1024, osl: 1024, tp: 8, pp: 1, dp: 1 })).toEqual(read());
});

test.each([
  ["tp8pp1adp1moetp8ep1", "1x8.1.1.1.8"],
  ["tp8pp1adp1moetp1ep8", "1x8.1.1.8.1"],
  ["tp8pp1adp1moetp2ep4", "1x8.1.1.4.2"],
  ["tp8pp1adpmoetp1ep8", "1x8.1.1.8.1"],
  ["tp1pp1adp8moetp1ep8", "1x1.1.8.8.1"],
  ["TP8/EP8", "1x8.1.1.8.1"],
  ["tp=8, ep=8", "1x8.1.1.8.1"],
  ["TP8 PP1", "1x8.1.1.1.8"],
  ["DEP8 (attention DP, expert parallel) PP1", "1x1.1.8.8.1"],
  ["TEP8", "1x8.1.1.8.1"],
  ["tp4 ep16", "1x4.1.4.16.1"],
  ["ep8", "1x8.1.1.8.1"],
  ["PP2 TP8", "1x8.2.1.1.8"],
])("the layout of a mixture: %s", (parallel, expected) => {
  expect(layout(parallel)).toBe(expected);
});

test.each([
  ["tp64pp1adp1moetp8ep8", "1x8.1.1.8.1"],
  ["tp16pp1adp1moetp4ep4", "1x4.1.1.4.1"],
  ["tp1pp1adp64moetp8ep8", "1x1.1.8.8.1"],
  ["tp4pp1adp4moetp1ep16", "1x4.1.1.4.1"],
])("degrees that the sample counts twice are counted once: %s", (parallel, expected) => {
  expect(layout(parallel)).toBe(expected);
  expect(read({ parallel }).assumptions).toContainEqual(
    expect.stringMatching(/devices, not \d+: their source lists/),
  );
});

test("as many devices as stated are not counted twice", () => {
  expect(layout("tp64pp1adp1moetp8ep8", { n_devices: 64 })).toBe("1x64.1.1.8.8");
});

test.each([
  ["tp4pp1adpmoetp1ep1", {}, "1x4.1.1.1.4"],
  ["TP1 PP4", { n_devices: 4 }, "1x1.4.1.1.1"],
  ["tp2", { n_devices: 8 }, "4x2.1.1.1.2"],
  ["TP2 DP4", {}, "4x2.1.1.1.2"],
  ["", { tp: 4 }, "1x4.1.1.1.4"],
  ["unstated in summary", { n_devices: 8 }, "4x2.1.1.1.2"],
  ["", {}, "1x2.1.1.1.2"],
  ["", { tp: 0, dp: "0", parallel: "0" }, "1x2.1.1.1.2"],
] as const)("the layout of Llama 3.3 70B in FP8 on H100: %s %j", (parallel, change, expected) => {
  expect(layout(parallel, { model: "Llama-3.3-70B", hardware: "h100_sxm", ...change })).toBe(expected);
});

test("where nothing is stated the choice is said", () => {
  const { assumptions } = read({ model: "Llama-3.3-70B", parallel: "", tp: "", pp: "", dp: "", batch: 1 });
  expect(assumptions).toContain("layout TP1, the least that holds the weights");
});

test("prefill split off, with counts", () => {
  expect(layout("prefill 3x(tp8pp1adp1ep8) decode 1x(tp1pp1adp8ep8)", { mode: "disagg" })).toBe(
    "3x8.1.1.8.1 + 1x1.1.8.8.1",
  );
});

test("counts that are unstated are those of the nearest published launch, or one", () => {
  const parallel = "prefill x(tp4pp1adp1ep4) decode x(tp8pp1adp1ep4)";
  const engine = "trtllm 0.8.1.post1";
  const change = { engine, precision: "fp4", mode: "disagg" };
  expect(layout(parallel, { ...change, batch: 45 })).toBe("1x1.1.4.4.1 + 5x8.1.1.8.1");
  expect(layout(parallel, { ...change, batch: 2192 })).toBe("1x1.1.4.4.1 + 2x1.1.8.8.1");
  expect(layout(parallel, { ...change, engine: "myserver", batch: 45 })).toBe("1x4.1.1.4.1 + 1x8.1.1.4.2");
});

test("the devices of a whole deployment are split as it was launched", () => {
  const change = { hardware: "gb200", engine: "trtllm", precision: "fp4", batch: 64 };
  const { prefill, serve, assumptions } = read({ ...change, parallel: "tp36pp1adp1moetp36ep1", tp: "36" });
  const devices = ({ instances, layout: l }: ServingScenario["serve"]) =>
    instances * l.tensorParallel * l.attentionDataParallel;
  expect([prefill!, serve].map(devices)).toEqual([4, 32]);
  expect(assumptions).toContainEqual(expect.stringMatching(/^instances of the nearest published launch/));
});

test("drafting is known where every launch that is like a run drafts, or none does", () => {
  const change = {
    precision: "fp4",
    engine: "trtllm 1.2.0rc6.post3",
    parallel: "tp8pp1adp1moetp1ep8",
    tp: "",
    dp: "",
  };
  expect(read(change).speculative).toBe(true);
  expect(read({ ...change, engine: "trtllm 1.2.0rc6.post2" }).speculative).toBe(false);
  expect(read({ ...change, engine: "myserver 1.0" }).speculative).toBeUndefined();
  expect(read({ ...change, load: "offline", batch: "" }).speculative).toBeUndefined();
});

test.each([
  [{ precision: "fp8" }, "fp8 8/8/8"],
  [{ precision: "fp4" }, "fp4 4/4/8"],
  [{ precision: "bf16" }, "bf16 16/16/16"],
  [{ precision: "INT8" }, "int8 8/8/16"],
  [{ precision: "UINT4" }, "int4 4/16/16"],
  [{ precision: "w4a16" }, "int4 4/16/16"],
  [{ precision: "unstated" }, "fp8 8/8/8"],
  [{ precision: "", model: "nvidia/DeepSeek-R1-NVFP4" }, "fp4 4/4/8"],
  [{ precision: "", model: "Llama-3.1-8B-quantized.w8a8", parallel: "", tp: "" }, "int8 8/8/16"],
  [{ precision: "fp8", hardware: "h200_sxm" }, "fp8 8/8/16"],
  [{ precision: "fp8", hardware: "h200_sxm", engine: "trtllm" }, "fp8 8/8/8"],
  [{ precision: "fp4", hardware: "h200_sxm" }, "fp4 4/16/16"],
  [{ precision: "fp8", hardware: "a100-sxm-80gb" }, "fp8 8/16/16"],
  [{ precision: "fp4", model: "openai/gpt-oss-120b" }, "fp4 4/8/8"],
])("precision as bits of weights, activations and cache: %j", (change, expected) => {
  const { format, bits } = read(change);
  expect(`${format} ${bits.weights}/${bits.activations}/${bits.kv}`).toBe(expected);
});

test.each([
  ["trtllm 1.2.0rc2", "trtllm", "1.2.0rc2"],
  ["TensorRT 10.11, CUDA 12.9", "trtllm", "10.11"],
  ["TensorRT-LLM v1.0", "trtllm", "1.0"],
  ["vLLM 0.9.0.2.dev108+g71faa1880, Pytorch 2.7.0", "vllm", "0.9.0.2.dev108+g71faa1880"],
  ["Mango LLMBoost AI Enterprise Platform, vllm-0.9.0.2", "vllm", "0.9.0.2"],
  ["sglang nightly-dev", "sglang", "nightly-dev"],
  ["MyServer 2.1", "myserver", "2.1"],
  ["", "", ""],
])("the engine %j", (cell, engine, release) => {
  expect(read({ engine: cell })).toMatchObject({ engine, release });
});

test.each([
  [{ load: "offline, all at once", batch: "" }, { kind: "offline" }],
  [
    { load: "one at a time", batch: "" },
    { kind: "closed", concurrency: 1 },
  ],
  [
    { load: "static", batch: "16" },
    { kind: "static", batch: 16 },
  ],
  [
    {
      load: "Poisson arrivals, tight limits",
      batch: "",
      notes: "arrivals 1.90 requests/s scheduled, 1.80 completed",
    },
    { kind: "open", requestsPerS: 1.9 },
  ],
  [
    { load: "Poisson arrivals", rate: "2.5" },
    { kind: "open", requestsPerS: 2.5 },
  ],
  [{ load: "" }, { kind: "closed", concurrency: 32 }],
] as const)("the load of %j", (change, load) => {
  expect(read(change).load).toEqual(load);
});

test("lengths of MLPerf's data sets are their means", () => {
  const { promptTokens, outputTokens, assumptions } = read({
    model: "Llama-2-70B",
    isl: "dataset",
    osl: "dataset",
  });
  expect([promptTokens, outputTokens]).toEqual([222, 294]);
  expect(assumptions).toContain("every prompt has the mean 222 tokens of MLPerf's data set");
});

test.each([
  [{ model: "" }, /^no model \(column model\)/],
  [{ model: "NoSuch-7B" }, /^no model "NoSuch-7B" in the catalogue/],
  [{ hardware: "" }, /^no accelerator \(column hardware\)/],
  [{ hardware: "Ironwood" }, /accelerator "Ironwood" is unknown/],
  [{ precision: "fp7" }, /^precision must be one of fp4, fp8.*got "fp7"/],
  [{ batch: "" }, /^no number of requests at a time/],
  [{ batch: "0", load: "" }, /^no load/],
  [{ batch: "-4" }, /^batch must be a whole number of 1 or more, got "-4"/],
  [{ batch: "1.5" }, /^batch must be a whole number/],
  [{ batch: Number.NaN }, /^no number of requests/],
  [{ isl: "" }, /^no prompt length/],
  [{ osl: "many" }, /^osl must be a whole number/],
  [{ isl: "dataset", model: "Qwen3-8B", parallel: "", tp: "" }, /^MLPerf has no data set for Qwen3-8B/],
  [{ parallel: "tp8 dp1 ep3" }, /^experts dealt out over 3 devices do not fit the 8/],
  [{ parallel: "tp256", n_devices: 256, dp: "1", ep: "2" }, /^TP256 is more than the 128 heads/],
  [{ parallel: "PP99" }, /^PP99 is more than the 61 layers/],
  [{ parallel: "tp8", n_devices: 12 }, /^12 devices are not a multiple of the 8/],
  [{ parallel: "", mode: "disagg" }, /^prefill is split off/],
  [{ load: "Poisson arrivals", batch: "" }, /^no rate of arrivals/],
])("%j has no answer, with the reason", (change, why) => {
  expect(readServingRow({ ...row, ...change })).toEqual({ why: expect.stringMatching(why) });
});

const prefixes = ["", "nvidia/", "RedHatAI/", "unsloth/", "someone/"];
const suffixes = (
  "-FP8 -FP8-dynamic -FP8-KV -FP8-v2 -NVFP4 -NVFP4-v2 -FP4 -MXFP4 -MXFP8 -AWQ -AWQ-INT4 -GPTQ -GPTQ-Int4 -GPTQ-Int8 -w4a16 -W8A8 " +
  "-quantized.w8a8 -quantized.w4a16 -INT8 -BF16 -4bit -8bit -bnb-4bit -MLX-4bit -GGUF -gguf-Q4_K_M -Q8_0 -IQ2_XXS"
).split(" ");

test("every published model is read by any of its names, with any vendor and any precision, by both readers", () => {
  const misread: string[] = [];
  for (const { name, alsoNamed } of publishedModels()) {
    for (const [i, own] of [name, ...alsoNamed].entries()) {
      for (const [j, suffix] of ["", ...suffixes].entries()) {
        // Names times suffixes, with the vendors in turn.
        const prefix = prefixes[(i + j) % prefixes.length]!;
        const model = `${prefix === "" ? own : `${prefix}${own.split("/").at(-1)}`}${suffix}`;
        const served = readServingRow({ model, hardware: "b200", batch: 1, isl: 128, osl: 128 });
        if ("why" in served || served.modelKey !== name) misread.push(`${model} is ${name}`);
        const trained = readTrainingRow({ model, hardware: "b200", n_devices: 8, isl: 128 });
        if ("why" in trained && /model/.test(trained.why)) misread.push(trained.why);
      }
    }
  }
  expect(misread).toEqual([]);
});

test("every accelerator is read in any case and with any mark between its words, by both readers", () => {
  const keys = Object.keys(accelerators);
  const marks = fc.constantFrom("-", "_", " ");
  const written = fc.tuple(
    fc.constantFrom(...keys),
    marks,
    fc.boolean(),
    fc.constantFrom("", "NVIDIA ", "nvidia_"),
  );
  fc.assert(
    fc.property(written, ([key, mark, upper, vendor]) => {
      const isNvidia = accelerators[key as keyof typeof accelerators].vendor === "NVIDIA";
      const spelt = `${isNvidia ? vendor : ""}${key.replaceAll("-", mark)}`;
      const hardware = upper ? spelt.toUpperCase() : spelt;
      const served = readServingRow({ model: "Qwen3-0.6B", hardware, batch: 1, isl: 128, osl: 128 });
      expect("why" in served ? `${hardware}: ${served.why}` : served.acceleratorKey).toBe(key);
      const trained = readTrainingRow({ model: "Qwen3-0.6B", hardware, n_devices: 1, isl: 128 });
      expect("why" in trained ? `${hardware}: ${trained.why}` : trained.accelerator.name.toLowerCase()).toBe(
        accelerators[key as keyof typeof accelerators].name.toLowerCase(),
      );
    }),
    { numRuns: 300 },
  );
});

test("whatever stands in a cell, there is a scenario that can be or a reason", () => {
  const columns = [
    "model",
    "hardware",
    "precision",
    "engine",
    "mode",
    "parallel",
    "tp",
    "pp",
    "dp",
    "batch",
    "load",
    "isl",
  ];
  const cell = fc.oneof(
    fc.string({ maxLength: 30 }),
    fc.string({ unit: fc.constantFrom(..."tpdae01468x() ="), maxLength: 20 }),
    fc.double(),
    fc.constantFrom(
      "",
      "0",
      "-1",
      "1e9",
      "n/a",
      "__proto__",
      "constructor",
      "tp999999999999",
      "prefill x( decode x(",
    ),
  );
  fc.assert(
    fc.property(fc.constantFrom(...columns), cell, (column, value) => {
      const scenario = readServingRow({ ...row, [column]: value });
      if ("why" in scenario) {
        expect(scenario.why.length).toBeGreaterThan(5);
        return;
      }
      for (const { instances, layout: l } of [
        scenario.serve,
        ...(scenario.prefill ? [scenario.prefill] : []),
      ]) {
        expect(instances).toBeGreaterThanOrEqual(1);
        expect(l.expertParallel * l.expertTensorParallel).toBe(l.tensorParallel * l.attentionDataParallel);
        for (const degree of [instances, ...Object.values(l)])
          expect(Number.isSafeInteger(degree)).toBe(true);
      }
    }),
    { numRuns: 500 },
  );
});

test("what is no row is refused with a reason", () => {
  for (const given of [null, undefined, 3, "row"]) {
    expect(readServingRow(given as never)).toEqual({
      why: expect.stringMatching(/^a row must be an object/),
    });
  }
});

test.each([
  ["moonshotai/Kimi-K2-Thinking", "int4", 4],
  ["Kimi-K2-Thinking-NVFP4", "fp4", 4],
  ["moonshotai/Kimi-K2-Instruct", "fp8", 8],
  ["moonshotai/Kimi-K2.5", "int4", 4],
  ["openai/gpt-oss-20b", "fp4", 4],
])("%s without a precision is what it is published in, %s", (model, format, weights) => {
  const found = read({ model, precision: "" });
  expect([found.format, found.bits.weights]).toEqual([format, weights]);
});
