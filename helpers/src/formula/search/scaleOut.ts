import { call, type Expression, symbolsOf } from "../expression/Expression.ts";
import { type Term, termsOf, toExpression } from "./terms.ts";

/** A formula with one scale taken out of each power of a sum, and what the others stand for in it. */
export interface Scaled {
  readonly formula: Expression;
  /** Amplitudes that stand for their ratio to another one. */
  readonly ratios: ReadonlyMap<string, string>;
}

/**
 * Writes `(A/N^a + B/D^b)^g` as `A^g (1/N^a + B/D^b)^g`, where B now stands for B/A: then a linear solve gives A, and the
 * search has a dimension less. A sum with a term that is the same for all runs is left alone: its knee may lie far from
 * where a ratio is looked for.
 *
 * @param isParameter names that are parameters; all others are variables
 * @param isFree names that are parameters above 0 with no bound, which may stand for a ratio
 * @param named names that are never below 0
 */
export function scaleOut(
  formula: Expression,
  isParameter: (name: string) => boolean,
  isFree: (name: string) => boolean,
  named: (name: string) => boolean,
): Scaled {
  const ratios = new Map<string, string>();
  const isOwn = (e: Expression) => e.kind === "symbol" && isFree(e.name) && timesNamed(formula, e.name) === 1;
  const isSummand = ({ coefficient, factors }: Term) =>
    coefficient > 0 && factors.some((factor) => symbolsOf(factor).some((name) => !isParameter(name)));
  const rewrite = (e: Expression): Expression => {
    if (e.kind !== "call") return e;
    const [base, exponent] = e.args as [Expression, Expression];
    const terms = e.fn === "^" ? termsOf(base, named) : [];
    const own = terms.map((term) => (isSummand(term) ? term.factors.find(isOwn) : undefined));
    const [first] = own;
    if (terms.length < 2 || first?.kind !== "symbol" || !own.every((each) => each !== undefined)) {
      const args = e.args.map(rewrite);
      return args.every((arg, k) => arg === e.args[k]) ? e : call(e.fn, ...args);
    }
    for (const each of own.slice(1)) if (each?.kind === "symbol") ratios.set(each.name, first.name);
    const rest = terms.map((term, k) =>
      toExpression(k > 0 ? term : { ...term, factors: term.factors.filter((factor) => factor !== first) }),
    );
    const sum = rest.reduce((a, b) => call("+", a, b));
    return call("*", call("^", first, exponent), call("^", sum, exponent));
  };
  return { formula: rewrite(formula), ratios };
}

/** How often a name is written in an expression. */
function timesNamed(e: Expression, name: string): number {
  if (e.kind === "number") return 0;
  if (e.kind === "symbol") return e.name === name ? 1 : 0;
  return e.args.reduce((sum, arg) => sum + timesNamed(arg, name), 0);
}
