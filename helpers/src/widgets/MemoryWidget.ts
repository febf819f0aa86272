import type { Layout } from "../cost/layout/Layout.ts";
import type { TrainingMemoryOptions } from "../cost/memory/training/MemoryParts.ts";
import type { Layer, Model } from "../models/Model.ts";

/** A model as plain JSON: layers alike once, and which of them stands where. */
export interface PackedModel extends Omit<Model, "layers"> {
  readonly kinds: readonly Layer[];
  /** Index into `kinds`, a layer each. */
  readonly order: readonly number[];
}

/** What the report needs to lay a training run out anew where it is read: plain JSON. */
export interface MemoryWidget {
  readonly widget: "memory";
  /** One sentence that says what there is to find out. */
  readonly caption: string;
  readonly model: PackedModel;
  readonly layout: Layout;
  readonly options: TrainingMemoryOptions;
  readonly accelerator: {
    readonly name: string;
    readonly memoryBytes: number;
    readonly memoryBytesPerS: number;
    readonly peakFlopsPerS: { readonly 16: number; readonly 8?: number; readonly 4?: number };
  };
}
