import { requireTimedAccelerator } from "./requireTimed.ts";
import type { TimedAccelerator } from "./TimedAccelerator.ts";

/** Formats of the operands of products in training. */
export const productFormats = ["bf16", "fp16", "fp8", "mxfp8", "nvfp4"] as const;

/**
 * Format of the operands of products: `fp8` with a scale a tensor, `mxfp8` with one a block of 32; both use the 8-bit peak.
 */
export type ProductFormat = (typeof productFormats)[number];

/** Rates that the time of a step is made of. */
export interface MachineRates {
  readonly name: string;
  /** Peak in the format of the products, and in 16 bits, in which attention and head stay. */
  readonly flopsPerS: number;
  readonly wideFlopsPerS: number;
  readonly memoryBytesPerS: number;
  readonly nodeBytesPerS: number;
  readonly networkBytesPerS: number;
  /** Devices that the faster link joins. */
  readonly nodeDevices: number;
}

/**
 * The rates of an accelerator in a format.
 *
 * @throws RangeError when it has no such peak, or a rate that is not > 0
 */
export function machineRates(accelerator: TimedAccelerator, format: ProductFormat): MachineRates {
  requireTimedAccelerator(accelerator);
  const { peaks, nodeLink, network, perNode = 8, perDomain = perNode } = accelerator;
  const wide = peaks.bf16 ?? peaks.fp16;
  const key = format === "mxfp8" ? "fp8" : format;
  const narrow = format === "bf16" || format === "fp16" ? wide : peaks[key];
  if (wide === undefined || narrow === undefined) {
    const has = Object.keys(peaks).join(", ");
    throw new RangeError(
      `${accelerator.name} has no ${wide === undefined ? "16-bit" : key} peak; it has ${has}`,
    );
  }
  const network_ = network?.bytesPerSEachWay ?? nodeLink?.bytesPerSEachWay ?? 25e9;
  return {
    name: accelerator.name,
    flopsPerS: narrow,
    wideFlopsPerS: wide,
    memoryBytesPerS: accelerator.memoryBytesPerS,
    nodeBytesPerS: nodeLink?.bytesPerSEachWay ?? network_,
    networkBytesPerS: network_,
    nodeDevices: nodeLink ? perDomain : 1,
  };
}
