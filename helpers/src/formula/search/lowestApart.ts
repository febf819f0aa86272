import { symbolsOf } from "../expression/Expression.ts";
import { type Solution, termsInUse } from "./linearSolve.ts";
import type { Steps } from "./searchAxes.ts";
import type { Semilinear } from "./semilinear.ts";

/** The lowest solutions, each minimum once: the best, then the best with each choice of terms in use, then the others. */
export function lowestApart(
  found: Solution[],
  { offset, basis, searched }: Semilinear,
  steps: readonly Steps[],
  count: number,
): Solution[] {
  const names = [offset, ...basis].map((part) => new Set(symbolsOf(part)));
  // A parameter of terms that are out of use may be anywhere: it tells no minima apart.
  const counts = (d: number, { coefficients }: Solution) =>
    names.some((own, k) => own.has(searched[d]!) && (k === 0 || coefficients[k - 1]! > 0));
  const sorted = found.filter(({ rss }) => rss < Infinity).sort((a, b) => a.rss - b.rss);
  const apart = sorted.filter(
    (one, k) => !sorted.slice(0, k).some((other) => isSameMinimum(one, other, steps, counts)),
  );
  const terms = new Set<string>();
  const first = apart.filter(({ coefficients, rss }) => {
    const key = termsInUse(coefficients);
    return rss <= 30 * apart[0]!.rss && !terms.has(key) && terms.add(key);
  });
  return [...new Set([...first, ...apart])].slice(0, count);
}

/** As low, close by, with the same terms in use: likely to end in the same place. */
function isSameMinimum(
  a: Solution,
  b: Solution,
  steps: readonly Steps[],
  counts: (d: number, solution: Solution) => boolean,
): boolean {
  const sameTerms = a.coefficients.every((c, k) => c > 0 === b.coefficients[k]! > 0);
  const closeBy = steps.every(({ log, width }, k) => {
    const [u, v] = [a.at[k]!, b.at[k]!];
    return !counts(k, a) || Math.abs(log ? Math.log(u / v) : u - v) < 0.1 * width;
  });
  return sameTerms && closeBy && a.rss <= b.rss * (1 + 1e-2);
}
