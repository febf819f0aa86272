import type { Model } from "../../models/Model.ts";
import { modelFromShape } from "../../models/modelFromShape.ts";
import type { TransformerShape } from "../../models/TransformerShape.ts";
import { requireAbove } from "../../numerics/arguments/requireNumber.ts";
import { requireOptions } from "../../numerics/arguments/requireOptions.ts";
import { countParams } from "./countParams.ts";

/**
 * Bytes of the weights: tables and head at 16 bits, as weight quantisers leave them, the rest at `bits`.
 *
 * @param options bits of a weight, 16 by default; may be a fraction, such as 4.125 with scales
 * @throws RangeError on bits that are not positive
 * @example
 * import { modelShape, weightBytes } from "isoflop";
 * weightBytes(modelShape("Llama-2-7B")); // => 13476831232
 */
export function weightBytes(
  shape: TransformerShape | Model,
  options: { readonly bits?: number } = {},
): number {
  requireOptions("weightBytes", options, ["bits"]);
  const { bits = 16 } = options;
  requireAbove("bits", bits, 0, "16 is usual");
  const { total, embedding, positions, head } = countParams(modelFromShape(shape));
  const kept = embedding + positions + head;
  return kept * 2 + ((total - kept) * bits) / 8;
}
