import { choleskyFactor } from "../../../numerics/linear/cholesky.ts";
import { Random } from "../../../numerics/random/Random.ts";
import type { Objective } from "../../objective/Objective.ts";
import { searchStarts } from "../../search/searchStarts.ts";
import type { Estimate } from "../Estimate.ts";
import type { ConstrainedMinimum } from "./ConstrainedMinimum.ts";

/** With fewer runs the objective has several minima, and searches of it cost little. */
const few = 80;
const scattered = 6;

/**
 * Starts for a constrained search besides its neighbours: points scattered around the free minimum as its standard
 * errors have it, and with few runs the starts of the free search.
 */
export function startPool(
  objective: Objective,
  { law, table, minimum }: Estimate,
  { spread }: ConstrainedMinimum,
): Float64Array[] {
  const { lower, upper, size } = objective.coordinates;
  const factor = spread.slice();
  const isProper = choleskyFactor(factor, size);
  const random = new Random(1, size);
  const around = Array.from({ length: isProper ? scattered : 0 }, (_, k) => {
    const normal = Float64Array.from({ length: size }, () => (1 + k / 2) * random.normal());
    return minimum.z.map((value, a) => {
      let moved = value;
      for (let b = 0; b <= a; b++) moved += factor[a * size + b]! * normal[b]!;
      return Math.min(upper[a]!, Math.max(lower[a]!, moved));
    });
  });
  if (table.n >= few) return around;
  return [...around, ...searchStarts(law, objective.coordinates, table, objective).slice(0, 8)];
}
