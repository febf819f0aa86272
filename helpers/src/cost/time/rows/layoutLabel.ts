import type { TimedLayout } from "../stepParts.ts";

/** Label of a layout: what two runs must have in common to be repetitions. */
export function layoutLabel(layout: TimedLayout): string {
  const {
    tensorParallel: tp,
    pipelineParallel: pp,
    interleave: vp,
    contextParallel: cp,
    expertParallel: ep,
  } = layout;
  return `${tp}-${pp}-${vp}-${cp}-${ep}-${layout.microBatch}-${layout.zeroStage}-${layout.recompute}`;
}
