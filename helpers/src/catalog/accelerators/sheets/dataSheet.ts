import type { CatalogAccelerator } from "../Accelerator.ts";
import { bitFormats } from "../bitFormats.ts";
import type { NumberFormat } from "../NumberFormat.ts";

/** A data sheet as it is written down: GB (1e9 bytes), GB/s and TFLOP/s. */
export interface SheetFigures
  extends Omit<
    CatalogAccelerator,
    "memoryBytes" | "memoryBytesPerS" | "peaks" | "peakFlopsPerS" | "unread" | "aliases"
  > {
  readonly memoryGb: number;
  readonly gbPerS: number;
  readonly teraPeaks: Readonly<Partial<Record<NumberFormat, number>>>;
  readonly unread?: readonly NumberFormat[];
  readonly aliases?: readonly string[];
}

/** The data sheet in bytes and FLOP/s, with the peaks by bits derived from those by format. */
export function dataSheet(figures: SheetFigures): CatalogAccelerator {
  const { memoryGb, gbPerS, teraPeaks, unread = [], aliases = [], ...rest } = figures;
  const peaks: Partial<Record<NumberFormat, number>> = {};
  for (const [format, tera] of Object.entries(teraPeaks)) peaks[format as NumberFormat] = tera * 1e12;
  const ofBits = (bits: keyof typeof bitFormats) => {
    const format = bitFormats[bits].find((one) => peaks[one] !== undefined);
    return format && peaks[format];
  };
  const [of8, of4] = [ofBits(8), ofBits(4)];
  return {
    ...rest,
    memoryBytes: memoryGb * 1e9,
    memoryBytesPerS: gbPerS * 1e9,
    peaks,
    unread,
    aliases,
    peakFlopsPerS: {
      // A catalogued accelerator has a 16-bit format: a test holds the catalogue to it.
      16: ofBits(16)!,
      ...(of8 && { 8: of8 }),
      ...(of4 && { 4: of4 }),
    },
  };
}
