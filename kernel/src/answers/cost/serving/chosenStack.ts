import { type CatalogAccelerator, peakOf, type ServingBits, type ServingStack, servingStack } from "isoflop";
import { nearestWord } from "../../../text/nearestWord.ts";
import { refuseNearEngine } from "./nearEngine.ts";
import type { ServingChoice } from "./ServingChoice.ts";

/** Names for --precision that the help and refusals list. */
const precisionNames = ["bf16", "fp16", "fp8", "int8", "fp4", "nvfp4", "mxfp4", "int4", "w4a16", "w8a8"];

/** As `ServingStack`, with operands that have a peak rate. */
export interface ChosenStack extends ServingStack {
  readonly bits: ServingBits & { readonly activations: 16 | 8 | 4 };
}

/**
 * Engine and bits: those of --precision (else what the model is published in), but for --weights, --activations and --kv,
 * which go before them.
 *
 * @throws RangeError on a precision or engine that is not known, or bits that the accelerator does not compute in
 */
export function chosenStack(
  choice: ServingChoice,
  accelerator: CatalogAccelerator,
  modelName: string,
): ChosenStack {
  const { weights, activations, kv, precision, engine } = choice;
  for (const [name, bits] of Object.entries({ weights, kv })) {
    if (bits !== undefined && bits > 32) {
      throw new RangeError(`--${name} must be at most 32 bits, got ${bits}; 16, 8 or 4 are usual`);
    }
  }
  if (activations !== undefined && ![16, 8, 4].includes(activations)) {
    throw new RangeError(
      `--activations must be 16, 8 or 4 bits, got ${activations}; those are what products are computed in`,
    );
  }
  const stack = namedStack({ precision, engine }, accelerator, modelName);
  if (engine !== undefined) refuseNearEngine(stack.engine, engine);
  const bits = {
    weights: weights ?? stack.bits.weights,
    // Formats of 32 bits are computed at the rate of 16: no faster one is known of them.
    activations: (activations ?? Math.min(16, stack.bits.activations)) as 16 | 8 | 4,
    kv: kv ?? stack.bits.kv,
  };
  // Says so where the accelerator has no such rate.
  const peak = peakOf(accelerator, bits.activations);
  const isNamed = precision !== undefined || (weights ?? activations) === undefined;
  return {
    ...stack,
    bits,
    format: isNamed ? stack.format : formatOf(bits, peak.format),
    assumptions: isNamed
      ? stack.assumptions
      : stack.assumptions.filter((said) => !said.startsWith("precision")),
  };
}

function namedStack(
  { precision, engine }: { precision: string | undefined; engine: string | undefined },
  accelerator: CatalogAccelerator,
  modelName: string,
): ServingStack {
  try {
    return servingStack({
      ...(engine !== undefined && { engine }),
      ...(precision !== undefined && { precision }),
      modelName,
      accelerator,
    });
  } catch (error) {
    if (!(error instanceof RangeError) || precision === undefined) throw error;
    const near = nearestWord(precision, precisionNames);
    throw new RangeError(
      `--precision must be one of ${precisionNames.join(", ")}, got ${JSON.stringify(precision)}; ${near ? `did you mean ${near}?` : "leave it out for what the model is published in"}`,
      { cause: error },
    );
  }
}

/** What tables of measurements call bits that were given without a name. */
function formatOf({ weights, activations }: ServingBits, peak: string): string {
  if (activations === 16) return weights >= 16 ? "bf16" : weights > 4 ? "int8 weights" : "int4";
  return activations === 8 ? peak : "fp4";
}
