import type { Estimate } from "./Estimate.ts";

/** With fewer runs, methods differ in how often they hold the truth (docs/coverage.md). */
const few = 60;

/**
 * What is to be said of intervals that take the objective's curvature for all runs alike, undefined where there is nothing:
 * a loss that is nearly that of absolute deviations has its curvature from the few runs near zero.
 */
export function curvatureNote({ table, options }: Pick<Estimate, "table" | "options">): string | undefined {
  const { kind, sigmas } = options.loss?.specification ?? { kind: "huber" };
  if (table.n >= few || kind === "squared" || sigmas !== undefined) return undefined;
  const label = options.loss?.label ?? "huber(0.001)";
  return `${table.n} runs and ${label}: intervals are too narrow unless delta follows the noise, as by default; interval() holds`;
}

/** What is to be said of percentiles of replicates of few runs. */
export function percentileNote({ table }: Pick<Estimate, "table">): string | undefined {
  return table.n < few
    ? `${table.n} runs: limits of a bootstrap are too narrow below about ${few}; interval() of the fit holds`
    : undefined;
}
