import { studentTQuantile } from "../numerics/distributions/studentT.ts";
import type { Choice } from "./choice/choose.ts";
import type { Fold } from "./choice/folds.ts";
import { keptRows } from "./choice/scoreLaws.ts";
import { predictStack, type Stacked } from "./choice/stack.ts";
import type { DiscoveredLaw, DiscoveredPrediction } from "./DiscoveredLaw.ts";
import type { Discovery } from "./Discovery.ts";
import type { DiscoverData } from "./fit/DiscoverData.ts";
import type { Points } from "./grammar/evaluateTerm.ts";
import type { DiscoverTable } from "./table/DiscoverTable.ts";
import type { FuturePoints } from "./table/readPoints.ts";

/**
 * What the laws of a choice say at points. Intervals are widened by how far the held-out rows fell outside theirs, which is
 * the same for all points and measured once.
 */
export function predictorOf(
  { set }: Choice,
  table: DiscoverTable,
  folds: readonly Fold[],
  laws: readonly DiscoveredLaw[],
): (points: FuturePoints) => Discovery["predictions"] {
  const law = laws.map(({ law }) => law).join(" | ");
  const at = (
    r: number,
    stack: readonly Stacked[],
    rows: DiscoverData,
    where: Points,
    groups: ArrayLike<number>,
  ) => {
    const isRelative = table.responses[r]!.data.weights.some((weight) => weight !== 1);
    return predictStack(stack, rows, isRelative, where, groups, table.decreasing);
  };
  let factors: readonly number[] | undefined;
  return ({ points, groupOf, notes }) => {
    factors ??= wideningOf(set, table, folds, at);
    return Object.fromEntries(
      table.responses.map(({ name, data }, r) => {
        const freedom = Math.max(1, data.points.n - set[0]!.law.parameters);
        const factor = factors![r]!;
        const stack = set.map(({ law, weight }) => ({ fit: law.fits[r]!, weight }));
        const all = table.groupNames.map((_, g) => g);
        const groups = groupOf.some((g) => g < 0) ? all : [];
        const own = at(r, stack, data, points, groupOf);
        const others = groups.map((g) => at(r, stack, data, points, new Int32Array(points.n).fill(g)));
        const range = rangeOf(data.y);
        const predictions = Array.from({ length: points.n }, (_, i): DiscoveredPrediction => {
          const isKnown = groupOf[i]! >= 0;
          const mean = isKnown
            ? own.mean[i]!
            : others.reduce((sum, one) => sum + one.mean[i]! / others.length, 0);
          const variance = isKnown
            ? own.variance[i]!
            : others.reduce(
                (sum, one) => sum + (one.variance[i]! + (one.mean[i]! - mean) ** 2) / others.length,
                0,
              );
          const half = (share: number) =>
            factor * studentTQuantile(0.5 + share / 2, freedom) * Math.sqrt(variance);
          return {
            prediction: mean,
            lo80: mean - half(0.8),
            hi80: mean + half(0.8),
            lo95: mean - half(0.95),
            hi95: mean + half(0.95),
            law,
            note: [
              ...(isKnown ? [] : ["the rows have no such group: the mean of theirs"]),
              ...notes[i]!,
              ...(half(0.95) > Math.max(range, Math.abs(mean))
                ? ["the rows leave it open: the interval is wider than all of theirs"]
                : []),
              ...(set.length > 1
                ? [`${set.length} laws are not told apart: this is by the first of them`]
                : []),
            ].join("; "),
          };
        });
        return [name, predictions];
      }),
    );
  };
}

const rangeOf = (y: Float64Array): number =>
  y.reduce((most, value) => Math.max(most, value), -Infinity) -
  y.reduce((least, value) => Math.min(least, value), Infinity);

type PredictAt = (
  r: number,
  stack: readonly Stacked[],
  rows: DiscoverData,
  where: Points,
  groups: ArrayLike<number>,
) => { mean: Float64Array; variance: Float64Array };

/** For each response the root of the mean square of held-out errors in standard deviations of their intervals, 1 at least. */
function wideningOf(
  set: Choice["set"],
  table: DiscoverTable,
  folds: readonly Fold[],
  at: PredictAt,
): number[] {
  const kept = keptRows(table, folds);
  return table.responses.map(({ data: { y, points } }, r) => {
    let sum = 0;
    let total = 0;
    for (const [f, { counts, weight }] of folds.entries()) {
      const stack = set.flatMap(({ law, weight }) => {
        const fit = law.foldFits[f]?.[r];
        return fit ? [{ fit, weight }] : [];
      });
      if (stack.length === 0) continue;
      const { mean, variance } = at(r, stack, kept[f]![r]!, points, table.groupOf);
      const held = counts.reduce((all, count) => all + count, 0);
      for (let i = 0; i < y.length; i++) {
        if (counts[i] === 0 || !(variance[i]! > 0)) continue;
        sum += ((weight * counts[i]!) / held) * ((y[i]! - mean[i]!) ** 2 / variance[i]!);
        total += (weight * counts[i]!) / held;
      }
    }
    return total > 0 ? Math.max(1, Math.sqrt(sum / total)) : 1;
  });
}
