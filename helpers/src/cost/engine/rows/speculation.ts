import type { ServingInstances, ServingScenario } from "../ServingScenario.ts";
import { type Launch, type LaunchPart, nearestLaunches } from "./launches.ts";

/**
 * Whether a run drafted tokens (multi-token prediction, EAGLE), by the published launches that are like it in layout, release
 * and concurrency; undefined where none is, or launches with and without are.
 */
export function publishedSpeculation(
  { serve, prefill, release }: Pick<ServingScenario, "serve" | "prefill" | "release">,
  launches: readonly Launch[],
  concurrency: number,
): boolean | undefined {
  const isLike = (each: Launch) =>
    isSame(each.serve, serve, prefill !== undefined) &&
    (prefill
      ? each.prefill !== undefined && isSame(each.prefill, prefill, true)
      : each.prefill === undefined);
  const drafted = new Set(
    nearestLaunches(launches.filter(isLike), { release, concurrency }).map(({ speculative }) => speculative),
  );
  return drafted.size === 1 ? [...drafted][0] : undefined;
}

function isSame(part: LaunchPart, { instances, layout }: ServingInstances, counted: boolean): boolean {
  const { tensorParallel, pipelineParallel, attentionDataParallel, expertParallel } = layout;
  return (
    (!counted || part.instances === instances) &&
    part.devices === tensorParallel * pipelineParallel * attentionDataParallel &&
    part.expertParallel === expertParallel &&
    part.attentionData === attentionDataParallel > 1
  );
}
