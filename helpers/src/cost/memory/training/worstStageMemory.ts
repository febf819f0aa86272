import { stageMemory } from "./stageMemory.ts";
import type { StagePlan } from "./stagePlan.ts";

/**
 * Bytes of the stage that needs most, without the memory of stages that cannot be it: a stage behind another one with
 * the same layers has fewer micro-batches in flight, and no table unless it is the first, no head unless it is the last.
 */
export function worstStageMemory(plan: StagePlan): { readonly total: number; readonly stage: number } {
  const { layout, kinds } = plan;
  const { pipelineParallel: p, stages } = layout;
  let worst = { total: stageMemory(plan, 0).total, stage: 0 };
  const consider = (stage: number) => {
    const { total } = stageMemory(plan, stage);
    if (total > worst.total) worst = { total, stage };
  };
  // All layers alike and as many in each group: all stages hold what the first does.
  const alike = kinds.kinds.length === 1 && stages.every((count) => count === stages[0]);
  if (p > 2 && !alike) {
    const seen = new Set([layersHeld(plan, 0)]);
    for (let stage = 1; stage < p - 1; stage++) {
      const held = layersHeld(plan, stage);
      if (!seen.has(held)) consider(stage);
      seen.add(held);
    }
  }
  if (p > 1) consider(p - 1);
  return worst;
}

/** Layers of each kind in each group of a stage, as a key. */
function layersHeld({ layout, kinds }: StagePlan, stage: number): string {
  const { pipelineParallel: p, stages } = layout;
  let key = "";
  let from = 0;
  for (let group = 0; group < stages.length; group++) {
    const to = from + stages[group]!;
    if (group % p === stage) for (const counts of kinds.before) key += `${counts[to]! - counts[from]!} `;
    from = to;
  }
  return key;
}
