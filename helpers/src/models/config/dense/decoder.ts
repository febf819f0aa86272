import type { Block } from "../../blocks/Block.ts";
import type { NormBlock } from "../../blocks/Norm.ts";
import { alike } from "../alike.ts";
import type { ReadModel } from "../ConfigReader.ts";

/** What sets one decoder apart from another, besides the blocks of its layers. */
export interface DecoderParts {
  readonly hiddenSize: number;
  readonly vocabSize: number;
  readonly maxTokens?: number;
  /** Width of token table and head, where it is not that of the layers (OPT-350M). */
  readonly tableWidth?: number;
  /** After the token table: positions, a norm. */
  readonly afterTable?: readonly Block[];
  /** The blocks of each layer; those alike should be the same objects. */
  readonly layers: readonly (readonly Block[])[];
  /** Between the last layer and the head. */
  readonly beforeHead: readonly Block[];
  readonly tied: boolean;
  readonly headBias?: boolean;
}

/** A decoder of one stack: token table, layers, norm, head. */
export function decoder(parts: DecoderParts): ReadModel {
  const { hiddenSize, vocabSize, maxTokens, tableWidth = hiddenSize, afterTable = [], layers } = parts;
  return {
    hiddenSize,
    vocabSize,
    ...(maxTokens !== undefined && { maxTokens }),
    input: [{ kind: "token-table", rows: vocabSize, width: tableWidth }, ...afterTable],
    layers: alike(layers.length, (i) => layers[i]!),
    output: [
      ...parts.beforeHead,
      {
        kind: "head",
        rows: vocabSize,
        width: tableWidth,
        tied: parts.tied,
        ...(parts.headBias && { bias: true }),
      },
    ],
    towers: [],
    prediction: [],
  };
}

/** RMSNorm of a width: a weight. */
export const rmsNorm = (size: number): NormBlock => ({ kind: "norm", size });

/** LayerNorm of a width: a weight and a bias. */
export const layerNorm = (size: number): NormBlock => ({ kind: "norm", size, bias: true });
