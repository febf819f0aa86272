import type { Block } from "./blocks/Block.ts";

/** What one layer holds, in the order in which values pass it; layers alike share one object. */
export interface Layer {
  readonly blocks: readonly Block[];
}

/** A stack beside the decoder: the encoder of an encoder-decoder, a vision tower, the projector behind it. */
export interface Tower {
  readonly role: "encoder" | "vision" | "audio" | "projector";
  readonly input: readonly Block[];
  readonly layers: readonly Layer[];
  readonly output: readonly Block[];
}

/** How the published weights are stored, where the configuration says so. */
export interface StoredWeights {
  /** Such as "fp8", "mxfp4", "awq". */
  readonly format: string;
  /** Bits of a quantised weight, without scales. */
  readonly bits: number;
}

/** A language model as typed blocks; everything that counts of parameters, bytes and FLOPs depend on. */
export interface Model {
  /** Name of the catalogue or of the file; "" where there is none. */
  readonly name: string;
  /** `model_type` of the configuration, or "shape" for a `TransformerShape`. */
  readonly modelType: string;
  /** Width of the residual stream. */
  readonly hiddenSize: number;
  /** Rows of the token table. */
  readonly vocabSize: number;
  /** Longest sequence the configuration names; absent where it names none. */
  readonly maxTokens?: number;
  /** Tables and norms before the first layer. */
  readonly input: readonly Block[];
  /** Layers of the decoder, each token passes all of them. */
  readonly layers: readonly Layer[];
  /** Last norm and head. */
  readonly output: readonly Block[];
  readonly towers: readonly Tower[];
  /** Modules that predict further tokens; no part of any total. */
  readonly prediction: readonly Layer[];
  readonly storedWeights?: StoredWeights;
}

/**
 * Every block of a model, towers included and prediction modules left out, as often as it occurs.
 *
 * @example
 * import { modelBlocks, modelNamed } from "isoflop";
 * [...modelBlocks(modelNamed("gpt2"))].filter(({ kind }) => kind === "attention").length; // => 12
 */
export function* modelBlocks(model: Model): Generator<Block> {
  yield* model.input;
  for (const { blocks } of model.layers) yield* blocks;
  yield* model.output;
  for (const { input, layers, output } of model.towers) {
    yield* input;
    for (const { blocks } of layers) yield* blocks;
    yield* output;
  }
}
