import { type Block, blockTensors } from "../../models/blocks/Block.ts";
import { tensorSize } from "../../models/blocks/Tensor.ts";
import { type Model, modelBlocks } from "../../models/Model.ts";
import { modelFromShape } from "../../models/modelFromShape.ts";
import type { TransformerShape } from "../../models/TransformerShape.ts";
import { requireAbove, requireWhole } from "../../numerics/arguments/requireNumber.ts";
import { requireOptions } from "../../numerics/arguments/requireOptions.ts";
import { requireDivisible, tensorShare } from "./deviceShare.ts";

/** How weights are stored, and over how many devices. */
export interface StoredAs {
  /** Bits of a weight, 16 by default; may be a fraction, such as 4.125 with scales. */
  readonly bits?: number;
  /** Devices over which each layer is split; the bytes are those of one. Default 1. */
  readonly tensorParallel?: number;
}

/**
 * Bytes of the weights: tables and head at 16 bits, as weight quantisers leave them, the rest at `bits`. Of T devices each
 * holds 1/T of what is divided by heads, widths or the vocabulary, and all of norms, routers and latent compressions.
 *
 * @throws RangeError on bits that are not positive, or devices that do not divide heads and widths
 * @example
 * import { modelShape, weightBytes } from "isoflop";
 * weightBytes(modelShape("Llama-2-7B")); // => 13476831232
 */
export function weightBytes(shape: TransformerShape | Model, options: StoredAs = {}): number {
  requireOptions("weightBytes", options, ["bits", "tensorParallel"]);
  const { bits = 16, tensorParallel = 1 } = options;
  requireAbove("bits", bits, 0, "16 is usual");
  requireWhole("tensorParallel", tensorParallel, 1, "give the devices a layer is split over");
  const known = new Map<Block, number>();
  let total = 0;
  for (const block of modelBlocks(modelFromShape(shape))) {
    let bytes = known.get(block);
    if (bytes === undefined) {
      requireDivisible(block, tensorParallel);
      const isTable =
        block.kind === "head" || block.kind === "token-table" || block.kind === "position-table";
      bytes = 0;
      for (const tensor of blockTensors(block)) {
        bytes +=
          tensorSize(tensor) * tensorShare(block, tensor, tensorParallel) * ((isTable ? 16 : bits) / 8);
      }
      known.set(block, bytes);
    }
    total += bytes;
  }
  return total;
}
