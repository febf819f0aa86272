import type { Term } from "./Candidate.ts";
import { monomial, pairsOf } from "./pieces.ts";
import type { TableShape } from "./TableShape.ts";

/**
 * Sums of logarithms, with their products, and with squares of those that are no scales: a parabola turns somewhere beyond
 * the rows, and a scale goes there.
 */
export function* logarithms(subset: readonly number[], { levels, scale }: TableShape): Generator<Term[]> {
  const lines = subset.map((v) => monomial(v));
  const products = pairsOf(subset).map(([a, b]) => monomial(a, b));
  const squares = subset.filter((v) => levels[v]! >= 4 && !scale.includes(v)).map((v) => monomial(v, v));
  yield lines;
  if (products.length > 0) yield [...lines, ...products];
  if (squares.length > 0) yield [...lines, ...squares];
  if (products.length > 0 && squares.length > 0) yield [...lines, ...products, ...squares];
}
