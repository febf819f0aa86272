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

/** What is to be said of a bootstrap of few runs that keeps their variables: it cannot know how well they are placed. */
export function residualNote({ table }: Pick<Estimate, "table">, kind: string): string | undefined {
  return table.n < few && (kind === "residual" || kind === "wild")
    ? `${table.n} runs: 95 % limits of a ${kind} bootstrap hold in about 92 % below ${few}; kind "pairs" and interval() hold`
    : undefined;
}
