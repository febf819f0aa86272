import type { CatalogAccelerator } from "../catalog/accelerators/Accelerator.ts";
import type { PartsRecord } from "../cost/calibration/record/partsRecord.ts";
import type { ServingBits } from "../cost/engine/ServingScenario.ts";
import type { PackedModel } from "./MemoryWidget.ts";

/** What the reader of a serving panel chooses. */
export interface ServingChoice {
  /** Keys of the panel's models and accelerators, names of its precisions and engines. */
  readonly model: string;
  readonly accelerator: string;
  readonly precision: string;
  readonly engine: string;
  readonly tensorParallel: number;
  /** Whether the experts of a mixture are dealt out whole over those devices, or each is split. */
  readonly experts: "whole" | "split";
  readonly promptTokens: number;
  readonly outputTokens: number;
  /** Requests in the system at all times. */
  readonly concurrency: number;
  /** Rent of one device an hour, in US dollars. */
  readonly usdPerHour: number;
}

/** What the report needs to estimate serving anew where it is read: plain JSON. */
export interface ServingWidget {
  readonly widget: "serving";
  /** One sentence that says what there is to find out. */
  readonly caption: string;
  readonly models: readonly { readonly key: string; readonly model: PackedModel }[];
  readonly accelerators: readonly { readonly key: string; readonly accelerator: CatalogAccelerator }[];
  /** Without bits: as `readServingRow` reads the name, by model, engine and accelerator. */
  readonly precisions: readonly { readonly name: string; readonly bits?: ServingBits }[];
  readonly engines: readonly string[];
  /** What the calibration says of all that can be chosen. */
  readonly record: PartsRecord;
  /** Where the reader starts. */
  readonly start: ServingChoice;
}
