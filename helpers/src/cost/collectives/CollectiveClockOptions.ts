import type { CollectiveKind } from "./CollectiveProfile.ts";
import type { CollectiveConstants } from "./calibrateCollectives.ts";

/** Devices that all reach each other, and what they do together. */
export interface CollectiveClockOptions {
  readonly kind: CollectiveKind;
  /** Devices that take part. */
  readonly devices: number;
  /** Bytes per second that one device sends over the link at most, by its data sheet. */
  readonly bytesPerSEachWay: number;
  /** Name of the link, as a data sheet of `accelerators` writes it; left out or unknown, the middle of those that were measured. */
  readonly link?: string;
  /** "trtllm", "vllm", "sglang" or "nccl"; left out or unknown, the middle of the engines that were measured. */
  readonly software?: string;
  /** Constants from `calibrateCollectives`; left out, those of published profiles. */
  readonly constants?: CollectiveConstants;
}
