import type { ServingInstances, ServingScenario } from "../ServingScenario.ts";
import { type Launches, type LaunchPart, nearestLaunches } from "./launches.ts";

/** Days by which a run may come before its settings are published: changes are tried before they are taken in. */
const triedBefore = 14;

/** What a run is told by. */
export interface RunOf extends Pick<ServingScenario, "serve" | "prefill" | "release"> {
  readonly concurrency: number;
  /** Prompt and output length as launches have them. */
  readonly lengths: string;
  /** Day of the run; "" where it is not known. */
  readonly date: string;
}

/**
 * Whether a run drafted tokens (multi-token prediction, EAGLE): not where nobody did at the time, else as the published launches
 * that are like it in layout, release and concurrency; undefined where none is, or launches with and without are.
 */
export function publishedSpeculation(run: RunOf, { all, draftedSince }: Launches): boolean | undefined {
  const { serve, prefill, release, concurrency, lengths, date } = run;
  if (all.length === 0) return undefined;
  const since = draftedSince[prefill ? "split" : "one"];
  if (since === undefined) return false;
  const days = (Date.parse(since) - Date.parse(date)) / 86_400_000;
  if (days > triedBefore) return false;
  const like = all.filter(
    (each) =>
      each.lengths === lengths &&
      isSame(each.serve, serve, prefill !== undefined) &&
      (prefill
        ? each.prefill !== undefined && isSame(each.prefill, prefill, true)
        : each.prefill === undefined),
  );
  const drafted = new Set(
    nearestLaunches(like, { release, concurrency }).map(({ speculative }) => speculative),
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
