import type { CatalogAccelerator } from "../../catalog/accelerators/Accelerator.ts";
import { describeGiven } from "../../numerics/arguments/describeGiven.ts";
import { requireAbove } from "../../numerics/arguments/requireNumber.ts";
import { requireOneOf } from "../../numerics/arguments/requireOneOf.ts";
import { requireOptions } from "../../numerics/arguments/requireOptions.ts";
import type { ServingBits } from "../engine/ServingScenario.ts";

/** What weights, activations and cache are stored and computed in, under a name. */
export interface ServingFormat {
  readonly format: string;
  readonly bits: ServingBits;
}

const named: Readonly<Record<string, ServingBits>> = {
  bf16: { weights: 16, activations: 16, kv: 16 },
  fp8: { weights: 8, activations: 8, kv: 8 },
  fp4: { weights: 4, activations: 4, kv: 8 },
  int4: { weights: 4, activations: 16, kv: 16 },
};

/** Names that stand for a format: 16 bits; 8; 4 with a cache of 8; weights alone in 4. */
export const servingFormatNames: readonly string[] = Object.keys(named);

/**
 * The formats that a search tries on an accelerator: those asked for, or the ones it multiplies in (16 bits, and 8 and 4
 * floating ones where it has them).
 */
export function servingFormats(
  accelerator: CatalogAccelerator,
  asked?: readonly (string | ServingFormat)[],
): ServingFormat[] {
  const { peaks } = accelerator;
  const own = ["bf16", ...(peaks.fp8 ? ["fp8"] : []), ...((peaks.nvfp4 ?? peaks.mxfp4) ? ["fp4"] : [])];
  return (asked ?? own).map((one) => {
    if (typeof one !== "string") return checked(one);
    requireOneOf("formats", one, servingFormatNames);
    return { format: one, bits: named[one]! };
  });
}

function checked(one: ServingFormat): ServingFormat {
  requireOptions("a format", one, ["format", "bits"]);
  if (typeof one.format !== "string" || one.format === "") {
    throw new TypeError(`format must be a name such as "fp8", got ${describeGiven(one.format)}; give one`);
  }
  requireOptions("bits", one.bits, ["weights", "activations", "kv"]);
  for (const what of ["weights", "activations", "kv"] as const) {
    requireAbove(`bits.${what}`, one.bits[what], 0, "8 or 16 are usual");
  }
  return one;
}
