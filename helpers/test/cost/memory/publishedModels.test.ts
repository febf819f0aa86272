import { describe, expect, test } from "vitest";
import {
  accelerators,
  blockTensors,
  countParams,
  memoryPartNames,
  modelBlocks,
  modelNamed,
  modelRoofline,
  publishedModels,
  trainingMemory,
} from "../../../src/index.ts";
import { tensorSize } from "../../../src/models/blocks/Tensor.ts";

const decoders = publishedModels()
  .map(({ name }) => name)
  .filter((name) => !modelNamed(name).towers.some(({ role }) => role === "encoder"));

describe("every model of the catalogue", () => {
  test("there are many, of many kinds", () => {
    expect(decoders.length).toBeGreaterThan(50);
  });

  test.each(decoders)("%s: holds its parameters on one device, and its parts are bytes", (name) => {
    const model = modelNamed(name);
    const memory = trainingMemory(model, {}, { sequenceTokens: 1024 });
    expect(memory.weights).toBe(2 * countParams(model).total);
    for (const part of memoryPartNames) {
      expect(Number.isFinite(memory[part]), part).toBe(true);
      expect(memory[part], part).toBeGreaterThanOrEqual(0);
    }
    expect(memory.activations).toBeGreaterThan(0);
    const again = trainingMemory(model, { recompute: "full" }, { sequenceTokens: 1024 });
    expect(again.activations).toBeLessThan(memory.activations);
    for (const { flops, bytes } of modelRoofline(model, accelerators["h100-sxm-80gb"], {
      newTokens: 16,
      cached: 64,
    })) {
      expect(flops).toBeGreaterThan(0);
      expect(bytes).toBeGreaterThan(0);
    }
  });

  test.each(decoders)("%s: on two devices what is not divided is copied, and nothing else", (name) => {
    const model = modelNamed(name);
    let memory: ReturnType<typeof trainingMemory>;
    try {
      memory = trainingMemory(model, { tensorParallel: 2 }, { sequenceTokens: 1024 });
    } catch (error) {
      expect((error as Error).message).toMatch(/^tensorParallel must divide the \d+ /);
      return;
    }
    let copied = 0;
    for (const block of modelBlocks(model)) {
      const oneHead = block.kind === "attention" && block.nKvHeads === 1;
      for (const tensor of blockTensors(block)) {
        if (tensor.split === "none" || (tensor.split === "kvHeads" && oneHead)) copied += tensorSize(tensor);
      }
    }
    expect(memory.weights / (countParams(model).total + copied)).toBeCloseTo(1, 9);
  });
});
