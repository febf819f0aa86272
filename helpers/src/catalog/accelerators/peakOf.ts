import { requirePositive } from "../../numerics/arguments/requireNumber.ts";
import { requireOneOf } from "../../numerics/arguments/requireOneOf.ts";
import type { Accelerator, CatalogAccelerator } from "./Accelerator.ts";
import { bitFormats } from "./bitFormats.ts";
import { type NumberFormat, numberFormats } from "./NumberFormat.ts";
import { readAccelerator } from "./readAccelerator.ts";

/** A peak rate, and of which number format it is. */
export interface Peak {
  /** The format, or for a data sheet of your own that tells only bits, these. */
  readonly format: NumberFormat | "16 bit" | "8 bit" | "4 bit";
  /** Dense rate in FLOP/s (op/s of integers). */
  readonly flopsPerS: number;
}

/**
 * Dense peak rate of an accelerator in a number format.
 *
 * Bits name the first format of these that it has: 16 bf16, fp16; 8 fp8, int8; 4 nvfp4, mxfp4, int4.
 *
 * @param accelerator one of `accelerators`, or a data sheet of your own
 * @param format a number format, or 16, 8 or 4 bits
 * @throws RangeError when the accelerator has no such format, or its rate was not read at a source
 *
 * @example
 * import { accelerators, peakOf } from "isoflop";
 * peakOf(accelerators["h100-sxm-80gb"], 8); // => { format: "fp8", flopsPerS: 1.979e15 }
 * peakOf(accelerators["a100-sxm-80gb"], 8).format; // => "int8"
 * peakOf(accelerators["v100-sxm-32gb"], 16).format; // => "fp16"
 */
export function peakOf(
  accelerator: Accelerator | CatalogAccelerator,
  format: NumberFormat | 16 | 8 | 4,
): Peak {
  if (typeof format !== "number") requireOneOf("format", format, numberFormats);
  else if (!Object.hasOwn(bitFormats, format)) {
    throw new RangeError(
      `bits must be 16, 8 or 4, got ${format}; or give a format: ${numberFormats.join(", ")}`,
    );
  }
  const sheet = readAccelerator(accelerator);
  if (!("peaks" in sheet)) return peakByBits(sheet, format);
  const { name, peaks, unread = [] } = sheet;
  const asked: readonly NumberFormat[] = typeof format === "number" ? bitFormats[format] : [format];
  const found = asked.find((one) => peaks[one] !== undefined);
  if (found !== undefined) return { format: found, flopsPerS: requireRate(name, found, peaks[found]) };
  const has = `it has ${Object.keys(peaks).join(", ")}`;
  const what = typeof format === "number" ? `${format}-bit` : format;
  if (asked.some((one) => unread.includes(one))) {
    throw new RangeError(
      `the ${what} peak of ${name} is not in the catalogue: no source that was read states it, or sources disagree; ${has}`,
    );
  }
  throw new RangeError(`${name} has no ${what} peak; ${has}`);
}

function peakByBits({ name, peakFlopsPerS }: Accelerator, format: NumberFormat | 16 | 8 | 4): Peak {
  const bits =
    typeof format === "number"
      ? format
      : ([16, 8, 4] as const).find((one) => (bitFormats[one] as readonly NumberFormat[]).includes(format));
  const flopsPerS = bits && peakFlopsPerS[bits];
  if (!bits || !flopsPerS) {
    throw new RangeError(
      `${name} has no ${bits ? `${bits}-bit` : format} peak; give it one in peakFlopsPerS`,
    );
  }
  return { format: `${bits} bit`, flopsPerS: requireRate(name, `${bits}-bit`, flopsPerS) };
}

const requireRate = (name: string, format: string, rate: unknown) =>
  requirePositive(`the ${format} peak of ${name}`, rate as number, "give FLOP/s, such as 989e12");
