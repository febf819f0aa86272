import type { CatalogAccelerator } from "../../../catalog/accelerators/Accelerator.ts";
import type { Model } from "../../../models/Model.ts";
import { describeGiven } from "../../../numerics/arguments/describeGiven.ts";
import { requireAbove } from "../../../numerics/arguments/requireNumber.ts";
import { requireOptions } from "../../../numerics/arguments/requireOptions.ts";
import { servingPrecision } from "../../engine/rows/servingPrecision.ts";
import type { ServingBits } from "../../engine/ServingScenario.ts";

/** What weights, activations and cache are stored and computed in, under a name. */
export interface ServingFormat {
  readonly format: string;
  readonly bits: ServingBits;
}

/** What a format is of: the model's and the engine's customs say how the cache is kept. */
export interface FormatOf {
  readonly model: Model;
  readonly engine: string;
  readonly accelerator: CatalogAccelerator;
}

/**
 * The formats that a search tries on an accelerator: those asked for, read as the words of tables are, or the ones it
 * multiplies in (16 bits, and 8 and 4 floating ones where it has them).
 *
 * @throws RangeError on a word that is no format, or bits that are not > 0
 */
export function servingFormats(of: FormatOf, asked?: readonly (string | ServingFormat)[]): ServingFormat[] {
  const { peaks } = of.accelerator;
  const own = ["bf16", ...(peaks.fp8 ? ["fp8"] : []), ...((peaks.nvfp4 ?? peaks.mxfp4) ? ["fp4"] : [])];
  return (asked ?? own).map((one) => {
    if (typeof one !== "string") return checked(one);
    const { name } = of.model;
    return servingPrecision(one, { ...of, spelling: name, modelKey: name }, []);
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
