import {
  type CatalogAccelerator,
  type Layout,
  type Model,
  memoryFits,
  type ProductFormat,
  type StepTime,
  type TrainingRun,
  trainingMemory,
  trainingRun,
  trainingStep,
} from "isoflop";

/** A model on a cluster, and how long it is to be trained. */
export interface TrainQuestion {
  readonly model: Model;
  readonly modelName: string;
  readonly accelerator: CatalogAccelerator;
  readonly layout: Layout;
  readonly sequenceTokens: number;
  readonly format: ProductFormat;
  readonly stack?: string;
  /** Tokens of the whole run. */
  readonly tokens?: number;
  readonly usdPerHour?: number;
}

/** Time, memory and, where tokens are given, hours, energy and money of a training. */
export interface TrainAnswer {
  readonly model: string;
  readonly accelerator: string;
  readonly layout: Layout;
  readonly sequenceTokens: number;
  readonly format: ProductFormat;
  readonly step: StepTime;
  readonly memory: ReturnType<typeof trainingMemory>;
  readonly fit: { readonly fits: boolean; readonly says: string };
  readonly run?: TrainingRun;
}

/** What training a model on a cluster takes. */
export function trainAnswer(question: TrainQuestion): TrainAnswer {
  const { model, modelName, accelerator, layout, sequenceTokens, format, stack, tokens } = question;
  const step = trainingStep(model, layout, accelerator, {
    sequenceTokens,
    format,
    modelName,
    ...(stack !== undefined && { stack }),
  });
  const { fits, says } = memoryFits(model, layout, { accelerator, sequenceTokens });
  const { value, interval95 } = step.mfu;
  return {
    model: modelName,
    accelerator: accelerator.name,
    layout,
    sequenceTokens,
    format,
    step,
    memory: trainingMemory(model, layout, { sequenceTokens }),
    fit: { fits, says },
    ...(tokens !== undefined && {
      run: trainingRun({
        flops: step.modelFlopsPerToken * tokens,
        accelerator,
        gpus: layout.devices ?? 1,
        mfu: { value, interval: interval95 },
        format: format === "mxfp8" ? "fp8" : format,
        ...(question.usdPerHour !== undefined && { usdPerHour: question.usdPerHour }),
      }),
    }),
  };
}
