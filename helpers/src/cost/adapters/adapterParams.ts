import { blockTensors } from "../../models/blocks/Block.ts";
import { type Layer, type Model, modelBlocks } from "../../models/Model.ts";
import { modelFromShape } from "../../models/modelFromShape.ts";
import type { TransformerShape } from "../../models/TransformerShape.ts";
import {
  refusal,
  requireEfficiency,
  requireWhole,
  requireWholeBetween,
} from "../../numerics/arguments/requireNumber.ts";
import { requireOneOf } from "../../numerics/arguments/requireOneOf.ts";
import { requireOptions } from "../../numerics/arguments/requireOptions.ts";
import { countParams } from "../arithmetic/countParams.ts";
import type { AdapterMethod } from "./AdapterMethod.ts";
import { layerMatrices, targetMatrices } from "./layerMatrices.ts";

/** What a way to fine-tune trains. */
export interface AdapterParams {
  /** Trained values. */
  readonly trainable: number;
  /** Values of the model without what is added. */
  readonly base: number;
  /** trainable over base. */
  readonly share: number;
}

const options: Readonly<Record<AdapterMethod["kind"], readonly string[]>> = {
  full: [],
  lora: ["rank", "targets", "joined"],
  mola: ["rank", "experts", "targets", "joined"],
  prompt: ["tokens"],
  prefix: ["tokens"],
  "llama-adapter": ["tokens", "layers"],
  bottleneck: ["size", "perLayer"],
  ia3: [],
  bitfit: [],
  sparse: ["density", "targets"],
};

/**
 * Counts what a parameter-efficient way to fine-tune trains, exactly, for any model: grouped queries, experts and layers
 * of different widths as they are. Norms, task heads and the embeddings stay frozen.
 *
 * Layers of an encoder are adapted before those of the decoder; towers for pictures and sound are not. Formulas and
 * papers: see `AdapterMethod`; they are those of the survey by Han et al. 2024 (arXiv 2403.14608). The counts of MoLA's
 * Table 1 and those that the documentation of Hugging Face's PEFT prints follow to the last parameter. PEFT adapts the
 * modules of a checkpoint: where one holds several matrices (GPT-2, BLOOM, GPT-NeoX, Falcon, Phi-3), `joined` says so.
 *
 * @param model a model, or a shape of the catalogue
 * @throws RangeError on an unknown kind or target, counts that are not whole, or a model that lacks what is trained
 * @example
 * import { adapterParams, modelShape } from "isoflop";
 * const llama = modelShape("Llama-2-7B");
 * adapterParams(llama, { kind: "lora", rank: 64 }).trainable; // => 159907840
 * adapterParams(llama, { kind: "lora", rank: 8, targets: ["query", "value"] }).trainable; // => 4194304
 * adapterParams(llama, { kind: "mola", rank: 8, experts: [2, 4, 6, 8] }).trainable; // => 105635840
 * const one = ["query", "key", "value"];
 * adapterParams(modelShape("GPT-2"), { kind: "lora", rank: 8, targets: one, joined: [one] }).trainable; // => 294912
 */
export function adapterParams(model: TransformerShape | Model, method: AdapterMethod): AdapterParams {
  const kinds = Object.keys(options);
  requireOneOf("kind", method?.kind, kinds);
  requireOptions(`a method of kind ${method.kind}`, method, ["kind", ...options[method.kind]] as never[]);
  const read = modelFromShape(model);
  if (read.layers.length === 0)
    throw new RangeError("the model must have layers, got none; adapters sit in them");
  const base = countParams(read).total;
  const trainable = trained(read, method, base);
  return { trainable, base, share: trainable / base };
}

function trained(model: Model, method: AdapterMethod, base: number): number {
  const { hiddenSize } = model;
  const encoders = model.towers.filter(({ role }) => role === "encoder");
  const layers = [...encoders.flatMap((tower) => tower.layers), ...model.layers];
  const tokens = () => {
    const { tokens } = method as { tokens: number };
    requireWhole("tokens", tokens, 1, "give the learned tokens, such as 40");
    return tokens;
  };
  switch (method.kind) {
    case "full":
      return base;
    case "lora":
      requireWhole("rank", method.rank, 1, "8 is usual");
      return sumOf(
        targetMatrices(layers, method).flat(),
        (m) => m.copies * method.rank * (m.inputs + m.outputs),
      );
    case "mola": {
      requireWhole("rank", method.rank, 1, "8 is usual");
      const experts = expertsOfLayers(method.experts, layers.length);
      const perLayer = targetMatrices(layers, method);
      return sumOf(perLayer, (matrices, i) =>
        sumOf(matrices, (m) => m.copies * experts[i]! * (method.rank * (m.inputs + m.outputs) + m.inputs)),
      );
    }
    case "prompt":
      return tokens() * hiddenSize;
    case "prefix":
      return tokens() * sumOf(layers, keyValueWidth);
    case "llama-adapter": {
      const { layers: adapted = layers.length } = method;
      requireWholeBetween("layers", adapted, 1, layers.length, "count those that get prompts");
      return adapted * (tokens() * hiddenSize + 1);
    }
    case "bottleneck": {
      const { size, perLayer = 2 } = method;
      requireWhole("size", size, 1, "give the width of the bottleneck, such as 64");
      requireWhole("perLayer", perLayer, 1, "2 in series, 1 in parallel");
      return layers.length * perLayer * (2 * hiddenSize * size + size + hiddenSize);
    }
    case "ia3":
      return sumOf(layers, (layer) => keyValueWidth(layer) + innerWidth(layer));
    case "bitfit":
      return biases(model);
    case "sparse":
      requireEfficiency("density", method.density);
      return Math.round(
        method.density * sumOf(targetMatrices(layers, method).flat(), (m) => m.copies * m.inputs * m.outputs),
      );
  }
}

/** Experts of each layer, from one number, one a layer, or one a group of layers. */
function expertsOfLayers(experts: number | readonly number[], nLayers: number): number[] {
  const list = typeof experts === "number" ? [experts] : experts;
  if (!Array.isArray(list) || list.length === 0 || nLayers % list.length !== 0) {
    const wanted = `must be a number, or a list whose length divides the ${nLayers} layers`;
    throw refusal(
      "experts",
      wanted,
      Array.isArray(list) ? `${list.length} numbers` : experts,
      "give one a group",
    );
  }
  for (const each of list) requireWhole("experts", each, 1, "a layer has one expert at least");
  return Array.from({ length: nLayers }, (_, i) => list[Math.floor((i * list.length) / nLayers)]!);
}

/** Width of the keys and of the values that a layer computes. */
function keyValueWidth({ blocks }: Layer): number {
  let width = 0;
  for (const block of blocks) {
    if (block.kind === "attention") {
      if (!block.sharesKv) width += block.nKvHeads * (block.keySize + (block.valueSize ?? block.keySize));
    } else if (block.kind.endsWith("attention") || block.kind === "state-space") {
      throw new RangeError(
        `every layer must have plain attention for this method, got ${block.kind}; it is defined on keys and values`,
      );
    }
  }
  return width;
}

/** Inner widths of the feed-forwards of a layer, all experts together. */
function innerWidth(layer: Layer): number {
  return sumOf(layerMatrices(layer), ({ name, inputs, copies }) =>
    /^(expert-|shared-)?down$/.test(name) ? inputs * copies : 0,
  );
}

function biases(model: Model): number {
  let count = 0;
  for (const block of modelBlocks(model)) {
    for (const { name, shape, copies = 1 } of blockTensors(block)) {
      if (/(^|\.)bias$/.test(name) && shape.length === 1) count += shape[0]! * copies;
    }
  }
  if (count === 0) {
    throw new RangeError(
      "bitfit trains the biases of a model, and this one has none; choose another method, such as ia3",
    );
  }
  return count;
}

function sumOf<T>(items: readonly T[], of: (item: T, i: number) => number): number {
  return items.reduce((sum, item, i) => sum + of(item, i), 0);
}
