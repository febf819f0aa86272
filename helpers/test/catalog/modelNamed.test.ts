import {
  countParams,
  kvCache,
  modelNamed,
  modelShape,
  models,
  publishedModel,
  publishedModels,
} from "isoflop";
import { describe, expect, test } from "vitest";
import { readVectors } from "../models/readVectors.ts";

const plain = (name: string) =>
  name
    .toLowerCase()
    .replace(/(?<=\d)[\s_.-]+(?=\d)/g, ".")
    .replace(/[\s_-]|(?<!\d)\.|\.(?!\d)/g, "");

test("every model of the catalogue is built, has a source, and a name that nobody else has", () => {
  const owners = new Map<string, string>();
  for (const { name, hubId, alsoNamed, source, config } of publishedModels()) {
    expect(source.length, name).toBeGreaterThan(8);
    expect(typeof config.model_type, name).toBe("string");
    for (const each of new Set([name, hubId.split("/")[1]!, ...alsoNamed].map(plain))) {
      expect(owners.get(each) ?? name, each).toBe(name);
      owners.set(each, name);
    }
    expect(modelNamed(name).name).toBe(name);
    expect(modelNamed(hubId).name, hubId).toBe(name);
    expect(countParams(modelNamed(name)).total, name).toBeGreaterThan(1e6);
  }
  expect(publishedModels().length).toBeGreaterThan(150);
});

test("the size in a name is that of its count", () => {
  // Llama 4 and OLMoE name their active parameters, the others are rounded down or leave their large tables out.
  const otherwise = new Set([
    "Falcon3-1B-Base",
    "gemma-2-2b",
    "Llama-4-Maverick-17B-128E-Instruct",
    "Llama-4-Scout-17B-16E-Instruct",
    "MiniCPM-2B-sft-bf16",
    "OLMo-2-0425-1B",
    "OLMoE-1B-7B-0924",
  ]);
  const wrong = publishedModels().flatMap(({ name }) => {
    const [, digits, unit] = /(?:^|-|_)(\d+(?:[._]\d+)?)([BbMm])(?:$|-)/.exec(name) ?? [];
    if (digits === undefined || otherwise.has(name)) return [];
    const named = Number(digits.replace("_", ".")) * (unit!.toLowerCase() === "b" ? 1e9 : 1e6);
    const { total } = countParams(modelNamed(name));
    return Math.abs(total / named - 1) < 0.3 ? [] : [`${name}: ${total}`];
  });
  expect(wrong).toEqual([]);
});

test("the models that have an exact reference count equal to it", () => {
  let compared = 0;
  for (const { hfId, total, active, kvBytesPerToken, name } of readVectors("published.jsonl")) {
    const entry = publishedModels().find(({ hubId }) => hubId === hfId);
    if (!entry || name.includes("(text)")) continue;
    const model = modelNamed(entry.name);
    expect([countParams(model).total, countParams(model).active], name).toEqual([total, active]);
    expect(kvCache(model, { tokens: 1 }).kvBytesPerToken, name).toBe(kvBytesPerToken);
    compared++;
  }
  expect(compared).toBeGreaterThan(40);
  expect(countParams(modelNamed("starcoder2-15b")).total).toBe(15_957_889_024);
});

test.each([
  ["gemma-3-4b-it", 4_300_079_472],
  ["gemma-3-12b-it", 12_187_325_040],
  ["gemma-3-27b-it", 27_432_406_640],
  ["gemma-3-1b-it", 999_885_952],
  ["gemma-2-2b-it", 2_614_341_888],
  ["SmolLM2-1.7B-Instruct", 1_711_376_384],
  ["Qwen3-30B-A3B", 30_532_122_624],
  ["phi-4", 14_659_507_200],
  ["facebook/opt-350m", 331_196_416],
  ["meta-llama/Llama-4-Scout-17B-16E-Instruct", 108_641_793_536],
  ["meta-llama/Llama-4-Maverick-17B-128E-Instruct", 401_583_781_376],
  ["MiniMaxAI/MiniMax-M2", 228_689_764_864],
])("%s has the parameters that the Hub prints of its weights", (name, total) => {
  expect(countParams(modelNamed(name)).total).toBe(total);
});

test.each([
  ["bigscience/bloom-1b1", 1_065_314_304],
  ["bigscience/bloom-1b7", 1_722_408_960],
  ["bigscience/bloom-3b", 3_002_557_440],
  ["mosaicml/mpt-7b", 6_649_286_656],
  ["01-ai/Yi-34B-Chat", 34_388_917_248],
  ["Qwen/Qwen1.5-7B-Chat", 7_721_324_544],
  ["google-t5/t5-large", 737_668_096],
  ["ai21labs/AI21-Jamba-1.5-Mini", 51_570_323_328],
  ["mistralai/Mistral-Small-24B-Instruct-2501", 23_572_403_200],
  ["CohereForAI/c4ai-command-r-v01", 34_980_831_232],
])("%s counts as transformers 5.18.0 builds it without weights", (name, total) => {
  expect(countParams(modelNamed(name)).total).toBe(total);
});

test("weights that hold prediction modules, too, have both counts together", () => {
  for (const [name, printed] of [
    ["Qwen3.6-27B", 27_781_427_952],
    ["Qwen3.6-35B-A3B", 35_951_822_704],
    ["GLM-5.3", 753_329_940_480],
  ] as const) {
    const { total, prediction } = countParams(modelNamed(name));
    expect(total + prediction, name).toBe(printed);
  }
});

test("weights of GLM 4.5 hold both tables a second time with the prediction module", () => {
  for (const [name, printed] of [
    ["GLM-4.5", 358_337_791_296],
    ["GLM-4.5-Air", 110_468_824_832],
  ] as const) {
    const { total, prediction, embedding, head } = countParams(modelNamed(name));
    expect(total + prediction + embedding + head, name).toBe(printed);
  }
});

describe("a name is found whatever stands around it", () => {
  test.each([
    ["meta-llama/Llama-3.1-8B-Instruct", "Llama-3.1-8B"],
    ["meta-llama/Meta-Llama-3-70B", "Llama-3-70B"],
    ["nvidia/Llama-3.1-8B-Instruct-FP8", "Llama-3.1-8B"],
    ["RedHatAI/Meta-Llama-3.1-70B-Instruct-quantized.w8a8", "Llama-3.1-70B"],
    ["llama 3.1 8b", "Llama-3.1-8B"],
    ["LLAMA_3_1_8B", "Llama-3.1-8B"],
    ["Qwen/Qwen3-4B-Instruct-2507-FP8", "Qwen3-4B"],
    ["nvidia/Qwen3-235B-A22B-NVFP4", "Qwen3-235B-A22B"],
    ["Qwen/Qwen2.5-72B-Instruct-AWQ", "Qwen2.5-72B"],
    ["google/gemma-2-9b-it", "gemma-2-9b"],
    ["deepseek-ai/DeepSeek-R1-0528", "DeepSeek-V3"],
    ["nvidia/DeepSeek-V3.1-NVFP4", "DeepSeek-V3"],
    ["gpt2", "gpt2"],
    ["GPT-2", "gpt2"],
    ["opt 1.3b", "opt-1.3b"],
    ["facebook/opt-13b", "opt-13b"],
    ["GPT-2-1.5B", "gpt2-xl"],
    ["Qwen3-VL-8B", "Qwen3-VL-8B-Instruct"],
    ["mamba 2.8b", "mamba-2.8b-hf"],
    ["nvidia/NVIDIA-Nemotron-3-Nano-30B-A3B-BF16", "Nemotron-3-Nano-30B-A3B"],
  ])("%s is %s", (name, expected) => {
    expect(publishedModel(name).name).toBe(expected);
  });

  test("what fits several is refused with all of them, what fits none with those that are near", () => {
    expect(() => modelNamed("mistral-7b")).toThrow(
      '"mistral-7b" fits several models: Mistral-7B-v0.1, Mistral-7B-v0.2, Mistral-7B-v0.3',
    );
    expect(() => modelNamed("Llama-3.1-7B")).toThrow(/near it are .*Llama-3.1-8B/);
    expect(() => modelNamed("THUDM/glm-4-9b")).toThrow("no model");
    expect(() => modelNamed("")).toThrow("a model has a name");
    expect(() => modelNamed("/")).toThrow(RangeError);
    expect(() => modelNamed("constructor")).toThrow("no model");
    expect(() => modelNamed(7 as never)).toThrow("a model has a name");
  });
});

test("the shapes of the older catalogue, which have no biases, are those models but for what a shape leaves out", () => {
  for (const name of Object.keys(models) as (keyof typeof models)[]) {
    if (name === "GPT-2" || name === "OLMoE-1B-7B") continue; // a shape has no biases, and no norms of queries
    expect(countParams(modelNamed(name)).total, name).toBe(countParams(modelShape(name)).total);
  }
});
