import type { Accelerator } from "../../catalog/accelerators/Accelerator.ts";
import type { NumberFormat } from "../../catalog/accelerators/NumberFormat.ts";
import type { Ranged } from "./Ranged.ts";
import type { AttentionShape } from "./trainingFlops.ts";

/** What a training is to be, and what is known of the machine. A number may be a value, a range, or a value with an interval. */
export interface TrainingRunQuestion {
  /** Compute, or `params` and `tokens`. */
  readonly flops?: Ranged;
  readonly params?: number;
  readonly tokens?: number;
  readonly attention?: AttentionShape;
  /** A name that `findAccelerator` finds, or a data sheet. */
  readonly accelerator: string | Accelerator;
  readonly gpus: number;
  /** Share of the peak that a running step reaches, 0 to 1. */
  readonly mfu: Ranged;
  /** Number format whose peak the MFU is of, default 16 bits. */
  readonly format?: NumberFormat | 16 | 8 | 4;
  /** Share of the time that is training; default the range of `publishedGoodput`, 0.85 to 0.97. */
  readonly goodput?: Ranged;
  /** US dollars an accelerator hour; default the dated range of the catalogue, where it has one. */
  readonly usdPerHour?: Ranged;
  /** Watts of a board at most; default the catalogue's. */
  readonly boardWatts?: Ranged;
  /** Share of these watts that the boards draw on the average, default 1: what Meta's model cards count. */
  readonly powerShare?: Ranged;
  /** Power of the data centre over that of the boards, default 1: the boards alone, without hosts, network and cooling. */
  readonly pue?: Ranged;
  /** Kilograms of CO2 equivalent a kilowatt hour; without it there is no carbon. */
  readonly carbonIntensity?: Ranged;
}

/** What a `TrainingRunQuestion` may ask. */
export const trainingRunOptions = [
  "flops",
  "params",
  "tokens",
  "attention",
  "accelerator",
  "gpus",
  "mfu",
  "format",
  "goodput",
  "usdPerHour",
  "boardWatts",
  "powerShare",
  "pue",
  "carbonIntensity",
] as const satisfies readonly (keyof TrainingRunQuestion)[];
