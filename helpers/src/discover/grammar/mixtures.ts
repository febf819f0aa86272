import type { Term } from "./Candidate.ts";
import { line, monomial, power, powersOf } from "./pieces.ts";
import type { TableShape } from "./TableShape.ts";

/** Mixtures: linear in the shares, or exponentials of them, beside and times powers of the other variables. */
export function* mixtures(
  beside: readonly (readonly (readonly number[])[])[],
  { shares }: TableShape,
): Generator<Term[]> {
  if (shares.length < 2) return;
  // They sum to one, so that the last says nothing that the others do not.
  const free = shares.slice(0, -1);
  const mixing = free.map(line);
  for (const blocks of [[], ...beside]) {
    const base = powersOf(blocks);
    yield [...base, ...free.map((v) => monomial(v))];
    yield [...base, ...free.flatMap((v) => [monomial(v), monomial(v, v)])];
    yield [...base, power(...mixing)];
    if (blocks.length === 1) yield [power(...blocks[0]!.map(line), ...mixing)];
    for (const v of shares) {
      yield [...base, power(line(v))];
      yield [...base, power({ kind: "offset", v })];
      yield [...base, power({ kind: "offset", v }), ...free.filter((w) => w !== v).map((w) => monomial(w))];
    }
  }
}
