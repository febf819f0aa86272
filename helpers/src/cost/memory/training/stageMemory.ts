import { communicationBuffers } from "./communicationBuffers.ts";
import { inFlight } from "./inFlight.ts";
import { layerMemory } from "./layerMemory.ts";
import type { StageMemory } from "./MemoryParts.ts";
import { shardedParamsOf } from "./shardedParams.ts";
import type { StagePlan } from "./stagePlan.ts";
import { type StateMemory, stateMemory } from "./stateMemory.ts";

/** Memory of the devices of one stage. */
export function stageMemory(plan: StagePlan, stage: number): StageMemory {
  const { model, layout, options, kinds, layers, style, tokens } = plan;
  const { pipelineParallel: p, interleave, stages, recompute, recomputeLayers, microBatches } = layout;
  const flights = inFlight(stage, p, interleave, microBatches);
  const isLast = stage === p - 1;
  const params = { dense: 0, expert: 0, matrices: 0 };
  let matricesAgain = 0;
  let kept = 0;
  let live = 0;
  let held = 0;
  let largest = 0;
  let from = 0;
  stages.forEach((count, group) => {
    const begin = from;
    from += count;
    if (group % p !== stage) return;
    held += count;
    const flight = flights[(group - stage) / p]!;
    const again = Math.min(count, recompute === "full" ? recomputeLayers : 0);
    kinds.before.forEach((before, kind) => {
      const layer = layers[kind]!;
      const n = before[begin + count]! - before[begin]!;
      if (n === 0) return;
      params.dense += n * layer.params.dense;
      params.expert += n * layer.params.expert;
      params.matrices += n * layer.params.matrices;
      // The first layers of a group are those that are computed again.
      const nAgain = before[begin + again]! - before[begin]!;
      kept += flight * tokens * ((n - nAgain) * layer.kept + nAgain * layer.checkpoint);
      matricesAgain += nAgain * layer.params.matrices;
      if (nAgain > 0) live = Math.max(live, layer.live.checkpoint);
      if (nAgain < n) live = Math.max(live, layer.live.kept);
      largest = Math.max(largest, layer.params.dense + layer.params.expert);
    });
  });
  const add = (blocks: Parameters<typeof shardedParamsOf>[0]) => {
    const more = shardedParamsOf(blocks, layout);
    params.dense += more.dense;
    params.expert += more.expert;
    params.matrices += more.matrices;
    largest = Math.max(largest, more.dense);
  };
  if (stage === 0) {
    add(kinds.first);
    if (style.dropout) kept += (flights[0]! * tokens * model.hiddenSize) / style.sp;
  }
  let logits = 0;
  if (isLast) {
    add(kinds.last);
    // Each module is a layer more, whose tokens go through the head once more.
    const modules = options.prediction ? model.prediction : [];
    for (const module of modules) {
      add(module.blocks);
      const layer = layerMemory(module, layout, style, model.hiddenSize);
      const isAgain = recompute === "full";
      kept += tokens * (isAgain ? layer.checkpoint : layer.kept);
      live = Math.max(live, isAgain ? layer.live.checkpoint : layer.live.kept);
    }
    const heads = 1 + modules.length;
    for (const block of kinds.last) {
      if (block.kind === "norm") kept += (tokens * style.residual * block.size) / style.sp;
      if (block.kind !== "head") continue;
      kept += (heads * tokens * style.operand * block.width) / style.sp;
      logits += (heads * tokens * block.rows * (options.stack === "pytorch" ? 12 : 6)) / style.tp;
      const table = (block.rows * block.width) / style.tp;
      // A tied head multiplies by the table, of which the last stage has a copy where it is not the first.
      if (block.tied) {
        params.matrices += table;
        if (p > 1) params.dense += table;
      }
    }
  }
  const forwardOnly = options.fineTuning?.forwardOnly === true;
  if (forwardOnly) {
    kept = 0;
    logits /= 2;
  }
  const state = stateMemory(params, layout, options, plan.modelParams);
  const { host, ...parts } = atThePeak(state, matricesAgain);
  const temporary = Math.max(0, tokens * live - logits);
  const communication = communicationBuffers(plan, largest);
  const total =
    parts.weights +
    parts.castWeights +
    parts.gradients +
    parts.gradientCopy +
    parts.weightCopy +
    parts.states +
    kept +
    logits +
    temporary +
    communication;
  return {
    stage,
    layers: held,
    inFlight: flights[0]!,
    ...parts,
    activations: kept,
    logits,
    temporary,
    communication,
    total,
    host,
  };

  // Copies that autocast made for layers that are computed again go when the forward pass ends, where 10 of the 12 bytes
  // of a logit are held: the peak stands on either side.
  function atThePeak(held: StateMemory, again: number): StateMemory {
    const dropped = held.castWeights > 0 ? 2 * again : 0;
    if (dropped === 0) return held;
    const ofForward = (10 / 12) * logits;
    if (held.castWeights + ofForward > held.castWeights - dropped + logits) {
      logits = ofForward;
      return held;
    }
    return { ...held, castWeights: held.castWeights - dropped };
  }
}
