import { mkdirSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { modelFromConfig, modelNamed } from "isoflop";
import { describe, expect, test } from "vitest";
import { catalogRows, catalogText } from "../../../src/answers/models/catalogText.ts";
import { describeModel } from "../../../src/answers/models/describeModel.ts";
import { jsonFault } from "../../../src/answers/models/jsonFault.ts";
import { modelText } from "../../../src/answers/models/modelText.ts";
import { readConfig } from "../../../src/answers/models/readConfig.ts";

const folder = mkdtempSync(join(tmpdir(), "isoflop-models-"));
const file = (name: string, content: string | Buffer) => {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
};

test("parameters of the layers and of what is around them add up to the total", () => {
  for (const name of ["Llama-3.1-8B", "gemma-2-9b", "Qwen3-30B-A3B", "gpt2"]) {
    const { params, layers } = describeModel(modelNamed(name));
    const { norm = 0, ...byBlock } = params.byBlock;
    const inLayers = layers.reduce((sum, layer) => sum + layer.params, 0);
    const around = (byBlock["token-table"] ?? 0) + (byBlock["position-table"] ?? 0) + (byBlock.head ?? 0);
    const lastNorm = params.total - inLayers - around;
    expect(lastNorm, name).toBeGreaterThan(0);
    expect(lastNorm, name).toBeLessThanOrEqual(norm);
  }
});

test("KV bytes a token stay those of 16 bits and every layer, whatever the cache is asked for", () => {
  const { kvBytesPerToken, cache, layers } = describeModel(modelNamed("starcoder2-3b"), {
    tokens: 32768,
    blockTokens: 16,
    chunkTokens: 8192,
    bits: 8,
  });
  expect(kvBytesPerToken).toBe(30720);
  expect(cache.tokensHeld).toBe(12304);
  expect(cache.kvBytes).toBe(12304 * 15360);
  expect(layers[0]).toMatchObject({ kind: "window", window: 4096, tokensHeld: 12304, kvBytesPerToken: 512 });
});

test("without a length the cache is of the tokens that the configuration names", () => {
  expect(describeModel(modelNamed("Llama-3.1-8B")).cache.tokens).toBe(131072);
  const bloom = modelFromConfig({ model_type: "bloom", hidden_size: 64, n_head: 8, n_layer: 2 });
  expect(describeModel(bloom).cache.tokens).toBe(1);
});

describe("a text for 80 columns", () => {
  test.each(["Llama-3.1-8B", "gemma-2-27b", "DeepSeek-V3", "Nemotron-H-56B-Base-8K", "Qwen3.5-27B"])(
    "%s",
    (name) => {
      const text = modelText(describeModel(modelNamed(name)), 80);
      expect(Math.max(...text.split("\n").map((line) => line.length))).toBeLessThanOrEqual(80);
      expect(text).toContain("parameters");
      expect(text).not.toContain("undefined");
      expect(text).not.toContain("NaN");
    },
  );

  test("the catalogue", () => {
    const lines = catalogText(80).split("\n");
    expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(80);
    expect(catalogRows().length).toBe(lines.length - 2);
  });
});

describe("a configuration is read", () => {
  const text = '{"model_type": "llama", "num_hidden_layers": 2}';

  test("from a file, a folder, and with what Python writes for numbers that JSON has not", () => {
    expect(readConfig(file("a.json", text)).config).toEqual(JSON.parse(text));
    mkdirSync(join(folder, "checkpoint"));
    file("checkpoint/config.json", `\uFEFF${text}`);
    expect(readConfig(join(folder, "checkpoint")).config).toEqual(JSON.parse(text));
    const python = '{"limit": [0.0, Infinity], "low": -Infinity, "none": NaN, "text": "Infinity is \\" NaN"}';
    expect(readConfig(file("python.json", python)).config).toEqual({
      limit: [0, null],
      low: null,
      none: null,
      text: 'Infinity is " NaN',
    });
  });

  test.each<[string, string | Buffer, string]>([
    ["comma.json", '{\n "a": 1,\n}', '"}" cannot stand in line 3, column 1'],
    ["cut.json", '{"a": [1, 2', "it ends in line 1, column 12"],
    ["quote.json", "{'a': 1}", `"'" cannot stand in line 1, column 2`],
    ["more.json", "{} {}", '"{" cannot stand in line 1, column 4'],
    ["empty.json", " \n", "it is empty"],
    ["weights.gguf", "GGUF\x03\0\0\0", "is a GGUF file"],
    ["weights.bin", "PK\x03\x04....", "PyTorch"],
    ["weights.safetensors", Buffer.from('\x10\0\0\0\0\0\0\0{"__metadata__":', "latin1"), "safetensors"],
  ])("but not %s", (name, content, message) => {
    expect(() => readConfig(file(name, content))).toThrow(message);
    expect(() => readConfig(file(name, content))).toThrow(name);
  });

  test("but not from what is not there, nor from a folder without one", () => {
    expect(() => readConfig(join(folder, "none.json"))).toThrow("there is no such file");
    mkdirSync(join(folder, "bare"));
    expect(() => readConfig(join(folder, "bare"))).toThrow(
      /bare.config\.json cannot be read: there is no such file/,
    );
  });
});

test("the fault of a text is where the engine stops, and none where it parses", () => {
  for (const good of ['{"a":[1,-0.5e3,true,null,"\\u00e9"]}', "[]", " 1 ", '""', "{}"]) {
    expect(jsonFault(good), good).toBeUndefined();
  }
  expect(["01", "[1,]", '{"a" 1}', "tru", '"a\nb"', "{", ""].map(jsonFault)).toEqual([1, 3, 5, 0, 0, 1, 0]);
});

test("the bytes of the layers in the table add up to the cache, keys of an indexer too", () => {
  const answer = describeModel(modelNamed("GLM-5"), { tokens: 1000 });
  expect(answer.cache.indexerBytes).toBe(78 * 1000 * 128 * 2);
  expect(answer.cache.bytes).toBe(answer.cache.kvBytes + answer.cache.indexerBytes);
  const layers = modelText(answer).split("\n").slice(-2);
  expect(layers.map((line) => line.split(/\s+/).at(-1))).toEqual(["1,408,000", "1,408,000"]);
});

test("a model that writes no tokens has neither cache nor layers in its table", () => {
  const text = modelText(describeModel(modelFromConfig({ model_type: "vit" })));
  expect(text).toContain("86,389,248");
  expect(text).not.toMatch(/cache|layers/);
});
