/** What devices do together. */
export type CollectiveKind = "all-reduce" | "reduce-scatter" | "all-gather" | "all-to-all";

export const collectiveKinds = ["all-reduce", "reduce-scatter", "all-gather", "all-to-all"] as const;

/** A measured collective. */
export interface CollectiveProfile {
  readonly kind: CollectiveKind;
  /** Name of the link between the devices, as a data sheet of `accelerators` writes it. */
  readonly link: string;
  /** Bytes per second that one device sends over it at most, by its data sheet. */
  readonly bytesPerSEachWay: number;
  /** "nccl", "trtllm", "vllm" or "sglang". */
  readonly software: string;
  readonly devices: number;
  readonly bytes: number;
  readonly seconds: number;
}
