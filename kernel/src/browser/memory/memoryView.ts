import {
  type Figure,
  type Layout,
  type MemoryWidget,
  memoryFigure,
  memoryFits,
  modelRoofline,
  rooflineFigure,
  type TrainingMemoryOptions,
  unpackModel,
} from "isoflop";

/** What the reader chose: fields of the layout, and the tokens of a sequence. */
export type MemoryChoice = Required<
  Pick<
    Layout,
    | "tensorParallel"
    | "pipelineParallel"
    | "contextParallel"
    | "expertParallel"
    | "microBatch"
    | "zeroStage"
    | "recompute"
  >
> &
  Pick<TrainingMemoryOptions, "sequenceTokens">;

/** What the panel shows of a choice. */
export interface MemoryView {
  readonly memory: Figure;
  readonly roofline: Figure;
  /** Whether it fits, in words. */
  readonly says: string;
}

/** The choice that the notebook made. */
export function notebookChoice({ layout, options }: MemoryWidget): MemoryChoice {
  return {
    tensorParallel: layout.tensorParallel ?? 1,
    pipelineParallel: layout.pipelineParallel ?? 1,
    contextParallel: layout.contextParallel ?? 1,
    expertParallel: layout.expertParallel ?? 1,
    microBatch: layout.microBatch ?? 1,
    zeroStage: layout.zeroStage ?? 0,
    recompute: layout.recompute ?? "none",
    sequenceTokens: options.sequenceTokens,
  };
}

/**
 * Memory and roofline of a choice, by the helpers that the notebook called.
 *
 * @throws RangeError where the choice does not divide the model or the devices
 */
export function memoryView(widget: MemoryWidget, choice: MemoryChoice): MemoryView {
  const { accelerator, caption } = widget;
  const model = unpackModel(widget.model);
  const { sequenceTokens } = choice;
  const layout = layoutOf(widget, choice);
  const fit = memoryFits(model, layout, { ...widget.options, sequenceTokens, accelerator });
  const points = modelRoofline(model, accelerator, {
    newTokens: sequenceTokens,
    batchSize: choice.microBatch,
    phase: "training",
  });
  return {
    memory: memoryFigure(fit.memory, {
      caption,
      limitBytes: accelerator.memoryBytes,
      allocatorFactor: fit.needBytes / fit.memory.total,
    }),
    roofline: rooflineFigure(accelerator, points, { caption }),
    says: fit.says,
  };
}

/** The layout of the notebook where nothing was chosen that it does not have, else the same with other degrees. */
function layoutOf(widget: MemoryWidget, { sequenceTokens: _, ...degrees }: MemoryChoice): Layout {
  const first: Partial<Record<string, unknown>> = notebookChoice(widget);
  if (Object.entries(degrees).every(([name, value]) => first[name] === value)) return widget.layout;
  // What follows from the degrees is derived anew; so is a batch that was given for others.
  const { dataParallel, shardDevices, globalBatch, stages, ...kept } = widget.layout;
  const { recomputeModules, recomputeLayers, ...rest } = kept;
  return {
    ...rest,
    ...degrees,
    stages: widget.model.order.length % degrees.pipelineParallel === 0 ? "equal" : "balanced",
    ...(degrees.recompute === "selective" && recomputeModules && { recomputeModules }),
    ...(degrees.recompute === "full" && recomputeLayers !== undefined && { recomputeLayers }),
  };
}
