import type { Term } from "./Candidate.ts";
import { line, monomial, power, powersOf } from "./pieces.ts";
import type { TableShape } from "./TableShape.ts";

/** Curves of a variable, alone and beside powers of the others. */
export function* curvesBeside(
  v: number,
  beside: readonly (readonly (readonly number[])[])[],
  shape: TableShape,
): Generator<Term[]> {
  for (const curve of curves(v, shape)) {
    yield [...curve];
    for (const blocks of beside) yield [...powersOf(blocks), ...curve];
  }
}

/** Curves of a variable that may be negative or 0: polynomials, exponentials, bells, steps, and a late start where it is >= 0. */
function* curves(v: number, { coordinates, levels, smallest }: TableShape): Generator<readonly Term[]> {
  // Beyond the rows a polynomial has no end.
  const highest = coordinates[v]!.isFuture ? 1 : 5;
  for (let degree = 1; degree <= Math.min(highest, levels[v]! - 1); degree++) {
    yield Array.from({ length: degree }, (_, k) => monomial(...new Array<number>(k + 1).fill(v)));
  }
  const bell = power(line(v), { kind: "product", a: v, b: v });
  const step: Term = { kind: "logistic", v };
  yield [power(line(v))];
  if (levels[v]! < 4) return;
  yield [bell];
  yield [bell, monomial(v)];
  yield [step];
  yield [step, monomial(v)];
  yield [step, bell];
  if (smallest[v]! >= 0) yield [power({ kind: "offset", v })];
}
