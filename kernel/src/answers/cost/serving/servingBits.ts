import { type CatalogAccelerator, peakOf, type ServingBits } from "isoflop";
import { nearestWord } from "../../../text/nearestWord.ts";
import type { ServingChoice } from "./ServingChoice.ts";

/** Bits of weights and operands that a precision means; the cache keeps 16 unless --kv says otherwise. */
const precisions: Readonly<Record<string, { readonly weights: number; readonly activations: 16 | 8 | 4 }>> = {
  bf16: { weights: 16, activations: 16 },
  fp16: { weights: 16, activations: 16 },
  fp8: { weights: 8, activations: 8 },
  int8: { weights: 8, activations: 8 },
  fp4: { weights: 4, activations: 4 },
  nvfp4: { weights: 4, activations: 4 },
  mxfp4: { weights: 4, activations: 16 },
  int4: { weights: 4, activations: 16 },
};

export const precisionNames: readonly string[] = Object.keys(precisions);

/** Bits of what is stored and computed, and what a table of measurements calls them. */
export interface ChosenBits {
  readonly bits: ServingBits & { readonly activations: 16 | 8 | 4 };
  readonly format: string;
}

/**
 * The bits of a precision, and of --weights, --activations and --kv, which go before it.
 *
 * @throws RangeError on a precision that is not known, or that the accelerator does not compute in
 */
export function servingBits(choice: ServingChoice, accelerator: CatalogAccelerator): ChosenBits {
  const { precision, weights, activations, kv = 16 } = choice;
  const named = precision === undefined ? undefined : precisions[precision.toLowerCase()];
  if (precision !== undefined && named === undefined) {
    const near = nearestWord(precision, precisionNames);
    throw new RangeError(
      `--precision must be one of ${precisionNames.join(", ")}, got ${JSON.stringify(precision)}${near ? `; did you mean ${near}?` : ""}`,
    );
  }
  if (activations !== undefined && ![16, 8, 4].includes(activations)) {
    throw new RangeError(
      `--activations must be 16, 8 or 4 bits, got ${activations}; those are what products are computed in`,
    );
  }
  for (const [name, bits] of Object.entries({ weights, kv })) {
    if (bits !== undefined && bits > 32) {
      throw new RangeError(`--${name} must be at most 32 bits, got ${bits}; 16, 8 or 4 are usual`);
    }
  }
  const bits = {
    weights: weights ?? named?.weights ?? 16,
    activations: (activations as 16 | 8 | 4 | undefined) ?? named?.activations ?? 16,
    kv,
  };
  // Says so where the accelerator has no such rate.
  const { format } = peakOf(accelerator, bits.activations);
  const told = precision?.toLowerCase();
  return { bits, format: told ?? formatOf(bits, format) };
}

/** What tables of measurements call bits that were given without a name. */
function formatOf({ weights, activations }: ServingBits, peak: string): string {
  if (activations === 16) return weights >= 16 ? "bf16" : weights > 4 ? "int8" : "int4";
  return activations === 8 ? peak : "fp4";
}
