import { type Candidate, parameterCount, type Term } from "./Candidate.ts";
import { curvesBeside } from "./curves.ts";
import { logarithms } from "./logarithms.ts";
import { mixtures } from "./mixtures.ts";
import { powersOf } from "./pieces.ts";
import { changedPowers, powersOfRepeated } from "./powers.ts";
import { partitionsOf, subsetsOf } from "./subsets.ts";
import type { TableShape } from "./TableShape.ts";
import { valleys } from "./valleys.ts";

/** Logarithms beyond so many variables are not combined: the laws of all subsets would be too many. */
const mostCombined = 4;
/** Pieces are changed in laws of so many variables at most. */
const mostChanged = 3;

type Family = Iterable<readonly Term[]>;
type Blocks = readonly (readonly number[])[];

/**
 * All laws of the grammar for a table, smallest first: sums over the blocks of every partition of every subset of the
 * positive variables, each block a product of powers; with one piece changed (a late start, a saturating or a slow count,
 * repeated data, an exponent that drifts); sums of logarithms; valleys; steps in a logarithm; polynomials, bells and steps of what may be
 * negative; exponentials of shares. With a floor and without.
 *
 * @param mostParameters of one group and one response
 * @param mostLaws where there are more, each kind keeps its smallest; laws with a piece changed get an eighth, and what the
 *   others leave
 */
export function enumerateLaws(shape: TableShape, mostParameters: number, mostLaws = 500): Candidate[] {
  const seen = new Set<string>();
  const lawsOf = (family: Family): Candidate[] => {
    const own: Candidate[] = [];
    for (const terms of family) {
      // Logarithms have no size of their own: without a floor a law of them would hang on the units.
      const isFloating = terms.every(({ kind }) => kind === "monomial");
      for (const floor of isFloating ? [true] : [true, false]) {
        const candidate = { floor, terms };
        const key = JSON.stringify(candidate);
        if (seen.has(key) || parameterCount(candidate) > mostParameters) continue;
        seen.add(key);
        own.push(candidate);
      }
    }
    return own.sort((a, b) => parameterCount(a) - parameterCount(b));
  };
  const kinds = familiesOf(shape);
  const changed = lawsOf(kinds.changed);
  const whole = kinds.whole.map(lawsOf);
  // There are many ways to change a piece; laws that are of a kind of their own come first.
  const kept = shares(
    whole.map(({ length }) => length),
    mostLaws - Math.min(changed.length, Math.floor(mostLaws / 8)),
  );
  const first = whole.flatMap((family, f) => family.slice(0, kept[f]));
  return [...first, ...changed.slice(0, mostLaws - first.length)].sort(
    (a, b) => parameterCount(a) - parameterCount(b),
  );
}

/** How many of each kind are kept: an equal share, and what others leave of theirs. */
function shares(sizes: readonly number[], most: number): number[] {
  const kept = sizes.map(() => 0);
  let rest = Math.min(
    most,
    sizes.reduce((sum, size) => sum + size, 0),
  );
  while (rest > 0) {
    const open = sizes.flatMap((size, f) => (kept[f]! < size ? [f] : []));
    const each = Math.max(1, Math.floor(rest / open.length));
    for (const f of open) {
      const more = Math.min(each, sizes[f]! - kept[f]!, rest);
      kept[f]! += more;
      rest -= more;
    }
  }
  return kept;
}

function familiesOf(shape: TableShape): { readonly whole: readonly Family[]; readonly changed: Family } {
  const { coordinates, shares, scale } = shape;
  const own = coordinates.map((_, v) => v).filter((v) => !shares.includes(v));
  const logs = own.filter((v) => coordinates[v]!.kind === "log");
  const ordered = [...scale.filter((v) => logs.includes(v)), ...logs.filter((v) => !scale.includes(v))];
  const subsets = subsetsOf(ordered.slice(0, mostCombined));
  const reals = own.filter((v) => coordinates[v]!.kind === "value");
  const bases: Blocks[] = subsets
    .flatMap((subset) => partitionsOf(subset))
    .filter((blocks) => blocks.length <= 3);
  const beside = bases.filter((blocks) => blocks.length <= 2);
  return {
    whole: [
      [[], ...bases.map(powersOf)],
      powersOfRepeated(ordered, shape),
      iterated(subsets, (subset) => logarithms(subset, shape)),
      valleys(bases, shape),
      logs.filter((v) => shape.levels[v]! >= 4).map((v) => [{ kind: "logistic", v }]),
      iterated(reals, (v) => curvesBeside(v, beside, shape)),
      mixtures(beside, shape),
    ],
    changed: iterated(
      bases.filter((blocks) => blocks.flat().length <= mostChanged),
      (blocks) => changedPowers(blocks, shape),
    ),
  };
}

function* iterated<T>(of: readonly T[], each: (one: T) => Family): Generator<readonly Term[]> {
  for (const one of of) yield* each(one);
}
