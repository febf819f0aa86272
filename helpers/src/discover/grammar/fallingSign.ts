import { type Term, variablesOf } from "./Candidate.ts";

/**
 * The sign that an amplitude must have so that its term falls along the coordinates of `decreasing`, whose exponents are
 * negative: 1, −1, or 0 where the term names none of them.
 *
 * @returns undefined where no sign makes the term fall everywhere: products of logarithms, drifting exponents, parabolas
 */
export function fallingSign(term: Term, decreasing: ReadonlySet<number>): 1 | 0 | -1 | undefined {
  if (!variablesOf(term).some((v) => decreasing.has(v))) return 0;
  if (term.kind === "logistic") return -1;
  if (term.kind === "monomial") return term.of.length === 1 ? -1 : undefined;
  const isDrifting = term.features.some(
    (one) => one.kind === "product" && (decreasing.has(one.a) || decreasing.has(one.b)),
  );
  return isDrifting ? undefined : 1;
}
