import { parameterCount } from "../grammar/Candidate.ts";
import type { FullFit } from "./FullFit.ts";

/** Laws of one size that are tried by extrapolation. */
const ofOneSize = 6;
const most = 48;

/**
 * The laws that are worth holding rows out for: the best of each number of parameters by what they leave on all rows, so
 * that small laws are among them however well the large ones fit.
 */
export function shortlist(fits: readonly FullFit[]): FullFit[] {
  const sizes = new Map<string, FullFit[]>();
  for (const fit of [...fits].sort((a, b) => a.aicc - b.aicc)) {
    const key = `${parameterCount(fit.law.candidate)} ${fit.law.shared}`;
    const own = sizes.get(key) ?? [];
    if (own.length < ofOneSize) sizes.set(key, [...own, fit]);
  }
  return [...sizes.values()]
    .flat()
    .sort((a, b) => a.aicc - b.aicc)
    .slice(0, most);
}
