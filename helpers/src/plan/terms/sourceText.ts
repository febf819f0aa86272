import type { PlanSource } from "./PlanSource.ts";

/** Where a number of several laws comes from; `terms` of the plan has each law's own source. */
export function sourceText(sources: readonly PlanSource[]): string {
  const [only, ...others] = sources;
  if (others.length === 0) return only!.from;
  const terms = sources.map(({ term }) => term);
  return `the laws of ${terms.slice(0, -1).join(", ")} and ${terms.at(-1)}`;
}
