import type { Fit } from "../fit/FitResult.ts";
import { copyTable } from "../fit/objective/copyTable.ts";
import type { Objective } from "../fit/objective/Objective.ts";
import { objectiveOf } from "../fit/objective/objectiveOf.ts";
import { minimise } from "../fit/search/minimise.ts";

/** Fits a fit's law again to some of its runs, starting from the full fit and its curvature. */
export class Refitter {
  private readonly fit: Fit;
  private readonly target: Float64Array;
  private readonly objective: Objective;
  private readonly theta: Float64Array;

  constructor(fit: Fit) {
    const { law, table, options } = fit;
    this.fit = fit;
    this.theta = new Float64Array(law.parameters.length);
    this.objective = objectiveOf({ law, options, table: copyTable(table) });
    this.target = this.objective.target.slice();
  }

  /** Parameters fitted to the runs for which `keep` says so; the array is reused by the next call. */
  refit(keep: (row: number) => boolean): Float64Array {
    const { objective, target, theta } = this;
    const { table, minimum } = this.fit;
    let kept = 0;
    for (let i = 0; i < table.n; i++) {
      if (!keep(i)) continue;
      for (let v = 0; v < table.x.length; v++) objective.x[v]![kept] = table.x[v]![i]!;
      objective.aim(kept, target[i]!);
      objective.w[kept] = table.w[i]!;
      kept++;
    }
    objective.n = kept;
    const { inverseHessian, z } = minimum;
    let found = minimise(objective, z, { inverseHessian, tolerance: 1e-11 });
    // Curvature of the full fit can mislead where many runs are left out: once more with a fresh estimate.
    if (!found.converged) found = minimise(objective, found.z, { tolerance: 1e-11 });
    objective.coordinates.toParameters(found.z, theta);
    return theta;
  }
}
