import type { Model } from "../../../models/Model.ts";
import type { CheckedLayout } from "../../layout/Layout.ts";
import { activationStyle } from "./activationStyle.ts";
import type { ActivationStyle } from "./blockActivations.ts";
import { type LayerKinds, layerKinds } from "./layerKinds.ts";
import { type LayerMemory, layerMemory } from "./layerMemory.ts";
import type { TrainingMemoryOptions } from "./MemoryParts.ts";

/** What all stages of a run share; a search computes it once a layout. */
export interface StagePlan {
  readonly model: Model;
  readonly layout: CheckedLayout;
  readonly options: TrainingMemoryOptions;
  readonly modelParams: number;
  readonly kinds: LayerKinds;
  readonly layers: readonly LayerMemory[];
  readonly style: ActivationStyle;
  /** Tokens of a micro-batch that the devices of a matrix share. */
  readonly tokens: number;
}

/** What the stages of a checked layout have in common. */
export function stagePlan(
  model: Model,
  layout: CheckedLayout,
  options: TrainingMemoryOptions,
  modelParams: number,
): StagePlan {
  const kinds = layerKinds(model);
  const style = activationStyle(layout, options, kinds.rotates);
  const layers = kinds.kinds.map((layer) => layerMemory(layer, layout, style, model.hiddenSize));
  const tokens = (layout.microBatch * options.sequenceTokens) / layout.contextParallel;
  return { model, layout, options, modelParams, kinds, layers, style, tokens };
}
