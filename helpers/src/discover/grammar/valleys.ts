import type { Feature, Term } from "./Candidate.ts";
import { line, monomial, pairsOf, power, powersOf } from "./pieces.ts";
import type { TableShape } from "./TableShape.ts";

/**
 * Valleys of variables that are no scales: parabolas in the logarithm whose middle follows powers of the others, beside the
 * terms or as a factor; and sums of two powers, of which one falls and one grows.
 */
export function* valleys(
  bases: readonly (readonly (readonly number[])[])[],
  shape: TableShape,
): Generator<Term[]> {
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
      const base = powersOf(blocks);
      const still = turning.flatMap((v) => [monomial(v), monomial(v, v)]);
      const crossed = pairsOf(turning).map(([a, b]) => monomial(a, b));
      yield [...base, ...still, ...crossed];
      const drifts = turning.flatMap((v) => rest.map((w) => monomial(v, w)));
      if (drifts.length > 0) yield [...base, ...still, ...crossed, ...drifts];
      const sides = (...features: Feature[]) => [power(...features), power(...features)];
      if (base.length < 3) yield [...base, ...sides(...turning.map(line))];
      if (base.length < 3 && rest.length > 0)
        yield [...base, ...sides(...turning.map(line), ...rest.map(line))];
      // Excess relative to what can still be lowered: the valley is a factor of the terms.
      const bell = turning.flatMap((v): Feature[] => [line(v), { kind: "product", a: v, b: v }]);
      const drift = turning.flatMap((v) => rest.map((w): Feature => ({ kind: "product", a: v, b: w })));
      if (blocks.length !== 1) continue;
      yield [power(...rest.map(line), ...bell)];
      yield [power(...rest.map(line), ...bell, ...drift)];
    }
  }
}
