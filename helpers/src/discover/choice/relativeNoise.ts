import type { DiscoverData } from "../fit/DiscoverData.ts";
import { fitTableLaw } from "../fit/LawFit.ts";
import { leastNoise } from "../fit/leastNoise.ts";
import type { DiscoverTable } from "../table/DiscoverTable.ts";
import type { FullFit } from "./FullFit.ts";

/** Twice the logarithm of a likelihood ratio beyond which the evidence is very strong (Kass and Raftery 1995). */
const veryStrong = 10;

/**
 * The table with residuals relative to the response where there is very strong evidence that the rows' noise grows with it, as
 * the law of the least AICc has it; undefined where nothing changes.
 */
export function relativeNoise(table: DiscoverTable, full: readonly FullFit[]): DiscoverTable | undefined {
  const best = full.reduce((least, one) => (one.aicc < least.aicc ? one : least), full[0]!);
  let isChanged = false;
  const responses = table.responses.map(({ name, data }, r) => {
    const { y } = data;
    const isPlain = data.weights.every((weight) => weight === 1) && y.every((value) => value > 0);
    if (!isPlain || best === undefined || best.sigma[r]! <= leastNoise(data)) return { name, data };
    const relative: DiscoverData = { ...data, weights: y.map((value) => 1 / value ** 2) };
    const fit = fitTableLaw(best.law, relative, table.decreasing, best.fits[r], true);
    // The logarithms are the Jacobian: a residual of y / y has another scale at each row.
    const logarithms = y.reduce((sum, value) => sum + Math.log(value), 0);
    const gain = fit && y.length * Math.log(best.fits[r]!.value / fit.value) - 2 * logarithms;
    if (!(gain !== undefined && gain > veryStrong)) return { name, data };
    isChanged = true;
    return { name, data: relative };
  });
  return isChanged ? { ...table, responses } : undefined;
}
