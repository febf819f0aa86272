import type { Estimate } from "../Estimate.ts";
import { groupCount, Resampler, type ResamplingTask } from "./Resampler.ts";

/** Parameters fitted without each run (or cluster) in turn, row by row, each started from the full fit. */
export function leaveOneOutRows(task: ResamplingTask): Float64Array {
  const resampler = new Resampler(task);
  const p = resampler.theta.length;
  const count = groupCount(task);
  const rows = new Float64Array(count * p);
  for (let k = 0; k < count; k++) {
    resampler.leaveOut(k);
    rows.set(resampler.theta, k * p);
  }
  return rows;
}

/** See `Fit.leaveOneOut`. */
export function leaveOneOut<P extends string>(
  estimate: Estimate<string, P, string>,
): readonly Readonly<Record<P, number>>[] {
  const { law, table, options, minimum } = estimate;
  const names = law.parameters.map(({ name }) => name);
  const rows = leaveOneOutRows({
    law,
    table,
    options,
    z: minimum.z,
    inverseHessian: minimum.inverseHessian,
    kind: "pairs",
    seed: 0,
  });
  return Array.from(
    { length: table.n },
    (_, i) =>
      Object.fromEntries(names.map((name, j) => [name, rows[i * names.length + j]!])) as Record<P, number>,
  );
}
