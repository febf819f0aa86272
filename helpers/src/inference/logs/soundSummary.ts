import type { LoggedSummary, LoggedTime } from "./ServingLog.ts";

const times = ["ttft", "tpot", "e2e"] as const;
/** Figures that are above 0 where there are any; 0 of a broken run would be taken for a very fast or slow one. */
const positive = [
  "tensorParallel",
  "pipelineParallel",
  "expertParallel",
  "concurrency",
  "requestRate",
  "batch",
  "promptTokens",
  "outputTokens",
  "requestsPerS",
  "outputTokensPerS",
  "totalTokensPerS",
  "durationS",
] as const;

/**
 * A summary without what cannot be: times, rates and lengths that are 0, negative or no number. Benchmarks write a time per
 * token of 0 where all outputs have one token, and 0 for everything where no request succeeded.
 *
 * @returns the summary, and the names of what was left out
 */
export function soundSummary(summary: LoggedSummary): {
  readonly summary: LoggedSummary;
  readonly dropped: readonly string[];
} {
  const kept: Record<string, unknown> = { ...summary };
  const dropped: string[] = [];
  for (const name of times) {
    const time = summary[name];
    if (time === undefined) continue;
    const { sound, lost } = soundTime(time);
    if (lost) dropped.push(name);
    if (sound === undefined) delete kept[name];
    else kept[name] = sound;
  }
  for (const name of positive) {
    const value = summary[name];
    if (value === undefined || value > 0) continue;
    delete kept[name];
    dropped.push(name);
  }
  for (const name of ["completed", "failed"] as const) {
    if (summary[name] === undefined || summary[name] >= 0) continue;
    delete kept[name];
    dropped.push(name);
  }
  return { summary: kept as LoggedSummary, dropped };
}

function soundTime({ meanS, percentilesS }: LoggedTime): {
  readonly sound: LoggedTime | undefined;
  readonly lost: boolean;
} {
  const entries = Object.entries(percentilesS);
  const right = entries.filter(([, value]) => isTime(value));
  const hasMean = meanS !== undefined && isTime(meanS);
  const lost = right.length < entries.length || (meanS !== undefined && !hasMean);
  if (!hasMean && right.length === 0) return { sound: undefined, lost };
  return { sound: { ...(hasMean ? { meanS } : {}), percentilesS: Object.fromEntries(right) }, lost };
}

const isTime = (value: number) => Number.isFinite(value) && value > 0;
