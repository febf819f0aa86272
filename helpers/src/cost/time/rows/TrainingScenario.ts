import type { Model } from "../../../models/Model.ts";
import type { MfuConvention } from "../conventions.ts";
import type { ProductFormat } from "../machineRates.ts";
import type { TimedLayout } from "../stepParts.ts";
import type { TimedAccelerator } from "../TimedAccelerator.ts";

/** A run as a table of measurements describes it, ready to be timed. */
export interface TrainingScenario {
  readonly model: Model;
  /** Key of the model, by which runs of the same model are told. */
  readonly modelKey: string;
  readonly accelerator: TimedAccelerator & { readonly memoryBytes: number };
  readonly format: ProductFormat;
  /** Software that trains, such as "megatron-bridge"; "" where it is not known. */
  readonly stack: string;
  /** Its version, such as "26.04"; "" where it is not known. */
  readonly release: string;
  readonly layout: TimedLayout;
  readonly sequenceTokens: number;
  /** Whether only adapters are trained. */
  readonly frozen: boolean;
  /** Whether prediction modules are trained with the model. */
  readonly withPrediction: boolean;
  /** How the source counts FLOPs. */
  readonly convention: MfuConvention;
  /** Format of the peak that its MFU is a share of. */
  readonly peakFormat: ProductFormat;
  /** Parameters that the source states. */
  readonly params?: number;
  /** What the row leaves open and was assumed here. */
  readonly assumptions: readonly string[];
}
