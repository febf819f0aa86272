import type { StagePlan } from "./stagePlan.ts";

/**
 * Bytes of a device for what is sent and received: at stage 3 two gathered layers (one at work, one fetched ahead) and
 * the gradients of one before they are reduced, at stage 2 the latter; two copies of the residual between pipeline
 * stages; the gathered input of a product under sequence parallelism.
 *
 * @param largest parameters of the largest layer or table that is gathered at once
 */
export function communicationBuffers(plan: StagePlan, largest: number): number {
  const { layout, style, tokens, model, options } = plan;
  const { zeroStage, shardDevices, recipe, productBits, pipelineParallel } = layout;
  const product = productBits === 32 ? 4 : Math.min(2, recipe.weights);
  const trains = options.fineTuning === undefined;
  let bytes = 0;
  if (shardDevices > 1) {
    if (zeroStage === 3) bytes += 2 * product * largest;
    if (zeroStage >= 2 && trains) bytes += recipe.gradients * largest;
  }
  const stream = tokens * model.hiddenSize * style.act;
  if (pipelineParallel > 1) bytes += (2 * stream) / style.sp;
  if (style.sp > 1) bytes += stream;
  return bytes;
}
