import type { Block } from "../../blocks/Block.ts";
import type { NormBlock } from "../../blocks/Norm.ts";
import { linear } from "../../blocks/Tensor.ts";
import type { Layer } from "../../Model.ts";
import { alike } from "../alike.ts";

/**
 * Modules that predict further tokens: the hidden value and the next token's row are normalised, joined by one matrix,
 * and pass a layer of their own and a norm. Table and head are those of the model.
 *
 * Source: DeepSeek-AI 2024, DeepSeek-V3, section 2.2.
 */
export function predictionLayers(count: number, norm: NormBlock, layer: readonly Block[]): Layer[] {
  const join: Block = {
    kind: "other",
    name: "join",
    tensors: linear("join", norm.size, 2 * norm.size, "none"),
  };
  return alike(count, () => [norm, norm, join, ...layer, norm]);
}
