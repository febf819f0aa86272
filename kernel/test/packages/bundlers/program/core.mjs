import { chinchilla, computeOptimal, fit, huber } from "isoflop";
import { chinchillaFigure4 } from "isoflop-datasets";

/** A table, a fit, and a bootstrap on two threads where there are threads: numbers only. */
export async function work() {
  const runs = chinchillaFigure4().filter((run) => !run.isOutlier);
  const law = fit(chinchilla, runs, { loss: huber(1e-3) });
  const replicates = await law.bootstrap({ resamples: 40, seed: 42, threads: 2 });
  return {
    runs: runs.length,
    objective: law.objective,
    ...law.parameters,
    nParams: computeOptimal(law, { flops: 5.88e23 }).nParams,
    standardError: replicates.standardErrors.alpha,
  };
}
