import type { NumberFormat } from "./NumberFormat.ts";

/** What estimates need of an accelerator: give your own, or take one of `accelerators`. */
export interface Accelerator {
  readonly name: string;
  readonly memoryBytes: number;
  readonly memoryBytesPerS: number;
  /** Dense peak rates by the bits of the operands; absent where there is none. */
  readonly peakFlopsPerS: { readonly 16: number; readonly 8?: number; readonly 4?: number };
}

/** A link of an accelerator to others. */
export interface AcceleratorLink {
  readonly name: string;
  /** Bytes per second that one accelerator sends, all its links together; it receives as much at the same time. */
  readonly bytesPerSEachWay: number;
}

/** What an hour of one accelerator was offered for. */
export interface PriceRange {
  /** Least and most, in US dollars an accelerator hour. */
  readonly low: number;
  readonly high: number;
  /** Day (or month) of the offers. */
  readonly asOf: string;
  readonly from: string;
}

/** What a source may be given for. */
export type AcceleratorFact = "peaks" | "memory" | "nodeLink" | "network" | "boardWatts" | "released";

/**
 * A data sheet of the catalogue. A field that is absent was not found at a source that could be read.
 */
export interface CatalogAccelerator extends Accelerator {
  readonly vendor: "NVIDIA" | "AMD" | "Google" | "Intel" | "AWS";
  /** Dense peak rates by number format, FLOP/s (op/s of integers), never with sparsity. */
  readonly peaks: Readonly<Partial<Record<NumberFormat, number>>>;
  /** Formats that the chip may have, but whose rate no source that was read states, or on which sources disagree. */
  readonly unread: readonly NumberFormat[];
  /** Memory that the driver reports, in bytes, where a source tells it; `memoryBytes` is what the vendor writes. */
  readonly reportedMemoryBytes?: number;
  /** Link to the other accelerators of the node or, where `perDomain` is given, of the rack. */
  readonly nodeLink?: AcceleratorLink;
  /** Share of one accelerator in the network between nodes, as typically built. */
  readonly network?: AcceleratorLink;
  /** Accelerators of a node. */
  readonly perNode?: number;
  /** Accelerators that `nodeLink` joins where it goes beyond a node, such as 72 of an NVL72 rack. */
  readonly perDomain?: number;
  /** Power of the board at most, in watts. */
  readonly boardWatts?: number;
  /** Day of release or announcement. */
  readonly released?: string;
  readonly usdPerHour?: PriceRange;
  /** Other spellings, as tables of measurements and drivers write them. */
  readonly aliases: readonly string[];
  readonly sources: Readonly<Partial<Record<AcceleratorFact, string>>>;
}
