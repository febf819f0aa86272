import type { Feature, Term } from "./Candidate.ts";
import { line, pairsOf, power, powersOf } from "./pieces.ts";
import { partitionsOf, subsetsOf } from "./subsets.ts";
import type { TableShape } from "./TableShape.ts";

type Blocks = readonly (readonly number[])[];

/** Sums of products of powers with one piece changed, and those of which one pair has a term of its own beside. */
export function* changedPowers(blocks: Blocks, shape: TableShape): Generator<Term[]> {
  const withFeatures = (k: number, change: (features: readonly Feature[]) => readonly Feature[]) =>
    blocks.map((block, at) => power(...(at === k ? change(block.map(line)) : block.map(line))));
  const replaced = (features: readonly Feature[], v: number, feature: Feature) =>
    features.map((one) => ("v" in one && one.v === v ? feature : one));
  for (const [k, block] of blocks.entries()) {
    for (const v of block)
      for (const one of ofOne(v, shape)) yield withFeatures(k, (own) => replaced(own, v, one));
    for (const [a, b] of pairsOf(block)) {
      const drift: Feature = { kind: "product", a, b };
      yield withFeatures(k, (own) => [...own, drift]);
      for (const v of [a, b]) {
        for (const one of bent(v, shape)) yield withFeatures(k, (own) => [...replaced(own, v, one), drift]);
      }
    }
  }
  if (blocks.length > 1 && blocks.every(({ length }) => length === 1)) {
    for (const [a, b] of pairsOf(blocks.flat())) yield [...powersOf(blocks), power(line(a), line(b))];
  }
}

/** What may stand in the place of one variable's logarithm. */
function* ofOne(v: number, shape: TableShape): Generator<Feature> {
  yield* bent(v, shape);
  if (shape.levels[v]! < 3) return;
  if (shape.smallest[v]! === 1) yield { kind: "slow", v };
  for (const [total, unique] of shape.pairs) {
    if (v === total || v === unique) yield { kind: "repeated", total, unique };
  }
}

/** A late start; a saturation for counts alone: that of a size is a floor by another name. */
function* bent(v: number, { levels, counts }: TableShape): Generator<Feature> {
  if (levels[v]! < 3) return;
  yield { kind: "offset", v };
  if (counts.includes(v)) yield { kind: "saturating", v };
}

/**
 * Sums of products of powers in which what repeated data are worth stands for total and different counts, and in which the
 * different ones limit what another variable helps.
 */
export function* powersOfRepeated(variables: readonly number[], { pairs }: TableShape): Generator<Term[]> {
  for (const [total, unique] of pairs) {
    const repeated: Feature = { kind: "repeated", total, unique };
    const others = variables.filter((v) => v !== total && v !== unique).slice(0, 3);
    // The place of what repeated data are worth among the numbers of variables.
    const worth = -1;
    const featureOf = (v: number) => (v === worth ? repeated : line(v));
    for (const subset of [[], ...subsetsOf(others)]) {
      for (const blocks of partitionsOf([worth, ...subset])) {
        if (blocks.length > 3) continue;
        yield blocks.map((block) => power(...block.map(featureOf)));
        for (const v of subset) {
          const limited: Feature = { kind: "limited", v, by: unique };
          yield blocks.map((block) => power(...block.map((one) => (one === v ? limited : featureOf(one)))));
        }
      }
    }
  }
}
