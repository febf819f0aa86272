import { type Candidate, type Coordinate, type Feature, parameterCount, type Term } from "./Candidate.ts";
import { partitionsOf, subsetsOf } from "./subsets.ts";

/** What a table allows: which laws make sense for its columns. */
export interface TableShape {
  readonly coordinates: readonly Coordinate[];
  /** Coordinates along which the future lies. */
  readonly scale: readonly number[];
  /** Shares that sum to one. */
  readonly shares: readonly number[];
  /** Total and different counts, such as tokens and unique tokens. */
  readonly pairs: readonly (readonly [total: number, unique: number])[];
  /** How many different values each has. */
  readonly levels: readonly number[];
  readonly smallest: readonly number[];
}

/** Logarithms beyond so many variables are not combined: the laws of all subsets would be too many. */
const mostCombined = 4;

const line = (v: number): Feature => ({ kind: "line", v });
const power = (...features: Feature[]): Term => ({ kind: "power", features });
const monomial = (...of: number[]): Term => ({ kind: "monomial", of });

/**
 * All laws of the grammar for a table, smallest first: sums over the blocks of every partition of every subset of the
 * positive variables, each block a product of powers; with one piece changed (a late start, a saturating or a slow count,
 * repeated data, an exponent that drifts); sums of logarithms; valleys; polynomials, bells and steps of what may be
 * negative; exponentials of shares. With a floor and without.
 *
 * @param mostParameters of one group and one response
 * @param mostLaws the smallest are kept
 */
export function enumerateLaws(shape: TableShape, mostParameters: number, mostLaws = 500): Candidate[] {
  const found = new Map<string, Candidate>();
  const add = (terms: readonly Term[], floors: readonly boolean[] = [true, false]) => {
    for (const floor of floors) {
      const candidate = { floor, terms };
      if (terms.length + (floor ? 1 : 0) === 0 || parameterCount(candidate) > mostParameters) continue;
      const key = JSON.stringify(candidate);
      if (!found.has(key)) found.set(key, candidate);
    }
  };
  add([], [true]);
  for (const terms of bodiesOf(shape)) add(terms);
  return [...found.values()]
    .map((candidate, k) => ({ candidate, k, size: parameterCount(candidate) }))
    .sort((a, b) => a.size - b.size || a.k - b.k)
    .slice(0, mostLaws)
    .map(({ candidate }) => candidate);
}

function* bodiesOf(shape: TableShape): Generator<readonly Term[]> {
  const { coordinates, shares, scale } = shape;
  const own = coordinates.map((_, v) => v).filter((v) => !shares.includes(v));
  const logs = own.filter((v) => coordinates[v]!.kind === "log");
  const ordered = [...scale.filter((v) => logs.includes(v)), ...logs.filter((v) => !scale.includes(v))];
  const subsets = subsetsOf(ordered.slice(0, mostCombined));
  const reals = own.filter((v) => coordinates[v]!.kind === "value");
  const bases = subsets.flatMap((subset) => partitionsOf(subset)).filter((blocks) => blocks.length <= 3);
  for (const blocks of bases) {
    const terms = blocks.map((block) => power(...block.map(line)));
    yield terms;
    yield* changed(blocks, shape);
  }
  for (const subset of subsets) yield* logarithms(subset);
  yield* valleys(bases, shape);
  const rest = bases.filter((blocks) => blocks.length <= 2);
  for (const v of reals) {
    for (const curve of curves(v, shape)) {
      yield curve;
      for (const blocks of rest) yield [...blocks.map((block) => power(...block.map(line))), ...curve];
    }
  }
  yield* ofShares(rest, shape);
}

/** The same blocks with one piece changed. */
function* changed(blocks: readonly (readonly number[])[], shape: TableShape): Generator<Term[]> {
  const plain = blocks.map((block) => block.map(line));
  const withFeature = (k: number, j: number, feature: Feature) =>
    plain.map((features, at) =>
      power(...features.map((one, place) => (at === k && place === j ? feature : one))),
    );
  for (const [k, block] of blocks.entries()) {
    for (const [j, v] of block.entries()) {
      if (shape.levels[v]! < 3) continue;
      yield withFeature(k, j, { kind: "offset", v });
      yield withFeature(k, j, { kind: "saturating", v });
      if (shape.smallest[v]! === 1) yield withFeature(k, j, { kind: "slow", v });
      for (const [total, unique] of shape.pairs) {
        if (v === total || v === unique) yield withFeature(k, j, { kind: "repeated", total, unique });
      }
    }
    for (const [a, b] of pairsOf(block)) {
      yield plain.map((features, at) =>
        power(...features, ...(at === k ? [{ kind: "product", a, b } as const] : [])),
      );
    }
  }
  // Sums in which one pair has a term of its own, too.
  if (blocks.length > 1 && blocks.every(({ length }) => length === 1)) {
    for (const [a, b] of pairsOf(blocks.flat())) {
      yield [...plain.map((features) => power(...features)), power(line(a), line(b))];
    }
  }
}

const pairsOf = (of: readonly number[]): [number, number][] =>
  of.flatMap((a, i) => of.slice(i + 1).map((b): [number, number] => [a, b]));

/** Sums of logarithms, with their products, and with squares. */
function* logarithms(subset: readonly number[]): Generator<Term[]> {
  const lines = subset.map((v) => monomial(v));
  const products = pairsOf(subset).map(([a, b]) => monomial(a, b));
  const squares = subset.map((v) => monomial(v, v));
  yield lines;
  if (products.length > 0) yield [...lines, ...products];
  yield [...lines, ...squares];
  if (products.length > 0) yield [...lines, ...products, ...squares];
}

/** Valleys of variables that are no scales: parabolas in the logarithm whose middle follows powers of the others. */
function* valleys(bases: readonly (readonly (readonly number[])[])[], shape: TableShape): Generator<Term[]> {
  const { coordinates, scale, levels, shares } = shape;
  const mayTurn = coordinates.flatMap(({ kind }, v) =>
    kind === "log" &&
    levels[v]! >= 4 &&
    !shares.includes(v) &&
    (coordinates.length === 1 || !scale.includes(v))
      ? [v]
      : [],
  );
  if (mayTurn.length === coordinates.length && coordinates.length > 1) return;
  const sets = mayTurn.length > 1 ? [...mayTurn.map((v) => [v]), mayTurn] : mayTurn.map((v) => [v]);
  for (const turning of sets) {
    for (const blocks of [[], ...bases]) {
      const rest = blocks.flat();
      if (rest.some((v) => turning.includes(v))) continue;
      const base = blocks.map((block) => power(...block.map(line)));
      const still = turning.flatMap((v) => [monomial(v), monomial(v, v)]);
      const crossed = pairsOf(turning).map(([a, b]) => monomial(a, b));
      yield [...base, ...still, ...crossed];
      const drifts = turning.flatMap((v) => rest.map((w) => monomial(v, w)));
      if (drifts.length > 0) yield [...base, ...still, ...crossed, ...drifts];
      // Excess relative to what can still be lowered: the valley is a factor of the terms.
      const bell = turning.flatMap((v): Feature[] => [line(v), { kind: "product", a: v, b: v }]);
      const drift = turning.flatMap((v) => rest.map((w): Feature => ({ kind: "product", a: v, b: w })));
      if (blocks.length !== 1) continue;
      yield [power(...rest.map(line), ...bell)];
      yield [power(...rest.map(line), ...bell, ...drift)];
    }
  }
}

/** Curves of a variable that may be negative or 0: polynomials, exponentials, bells, steps, and a late start where it is >= 0. */
function* curves(v: number, { levels, smallest }: TableShape): Generator<Term[]> {
  for (let degree = 1; degree <= Math.min(5, levels[v]! - 1); degree++) {
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

/** Mixtures: linear in the shares, or exponentials of them, beside and times powers of the other variables. */
function* ofShares(
  rest: readonly (readonly (readonly number[])[])[],
  { shares }: TableShape,
): Generator<Term[]> {
  if (shares.length < 2) return;
  // They sum to one, so that the last says nothing that the others do not.
  const free = shares.slice(0, -1);
  const mixing = free.map(line);
  for (const blocks of [[], ...rest]) {
    const base = blocks.map((block) => power(...block.map(line)));
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
