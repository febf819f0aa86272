/** What the time of a step depends on; a data sheet of `accelerators` has it. */
export interface TimedAccelerator {
  readonly name: string;
  readonly memoryBytesPerS: number;
  /** Dense peak rates by number format, FLOP/s. */
  readonly peaks: Readonly<Partial<Record<string, number>>>;
  /** Link to the other accelerators of the node or, where `perDomain` is given, of the rack. */
  readonly nodeLink?: { readonly bytesPerSEachWay: number };
  /** Share of one accelerator in the network between nodes. */
  readonly network?: { readonly bytesPerSEachWay: number };
  /** Accelerators of a node. */
  readonly perNode?: number;
  /** Accelerators that `nodeLink` joins where it goes beyond a node. */
  readonly perDomain?: number;
}
