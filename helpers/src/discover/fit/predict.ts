import { innerCount } from "../grammar/Candidate.ts";
import { evaluateTerm, type Points, TermScratch } from "../grammar/evaluateTerm.ts";
import type { CandidateFit } from "./fitCandidate.ts";

/** The basis of a law at points: each term's column, and the derivatives of each after its parameters. */
export function basisAt({ candidate, theta }: Pick<CandidateFit, "candidate" | "theta">, points: Points) {
  const scratch = new TermScratch(points.n, Math.max(0, ...candidate.terms.map(innerCount)));
  let at = 0;
  return candidate.terms.map((term) => {
    const column = new Float64Array(points.n);
    const derivatives = Array.from({ length: innerCount(term) }, () => new Float64Array(points.n));
    evaluateTerm(term, theta, at, points, column, derivatives, scratch);
    at += derivatives.length;
    return { column, derivatives };
  });
}

/** What a fitted law says at points. A point of a group without a fit is NaN. */
export function predictWith(
  fit: CandidateFit,
  points: Points,
  groupOf: (point: number) => number,
): Float64Array {
  const basis = basisAt(fit, points);
  return Float64Array.from({ length: points.n }, (_, i) => {
    const own = fit.amplitudes.get(groupOf(i));
    if (own === undefined) return Number.NaN;
    return basis.reduce((sum, { column }, k) => sum + own[k]! * column[i]!, own[basis.length]!);
  });
}
