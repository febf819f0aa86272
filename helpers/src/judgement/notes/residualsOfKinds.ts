import type { Fit } from "../../fit/FitResult.ts";
import { fitTable } from "../../fit/fit.ts";
import { squared } from "../../fit/losses/squared.ts";
import { bestCut } from "./twoGroups.ts";

/** The kinds settle in three or four; a cut that swings is none. */
const rounds = 8;

/**
 * Residuals (prediction minus observation) of the runs around the law that those of both kinds share, if there are two: by least squares, since medians
 * run through one kind, and with the distance of the upper heap taken from its runs, since a law bends to where runs of
 * one kind happen to be more. Runs of one kind keep the residuals of least squares, but for what the cut takes.
 */
export function residualsOfKinds({ law, table, options, parameters }: Fit): Float64Array {
  const isRaw = options.residual === "raw";
  let start = parameters;
  let residuals = new Float64Array(table.n);
  let upper: readonly boolean[] = Array.from(residuals, () => false);
  let distance = 0;
  for (let round = 0; round < rounds; round++) {
    const y = table.y.map((value, i) =>
      upper[i] ? (isRaw ? value + distance : value * Math.exp(distance)) : value,
    );
    const found = fitTable(law, { ...table, y }, { ...options, loss: squared(), start });
    start = found.parameters;
    residuals = found.residuals().map((residual, i) => (upper[i] ? residual + distance : residual));
    const cut = bestCut(residuals);
    if (!cut) return residuals;
    const between = (cut.lower.mean + cut.upper.mean) / 2;
    const next = Array.from(residuals, (residual) => residual > between);
    distance = cut.upper.mean - cut.lower.mean;
    if (round > 0 && next.every((is, i) => is === upper[i])) return residuals;
    upper = next;
  }
  return residuals;
}
