import type { Objective } from "../objective/Objective.ts";
import { typicalResponse } from "../objective/typicalResponse.ts";

/** Whether all residuals at z are those of rounding: nothing can be told from their size. */
export function withoutNoise(objective: Objective, z: Float64Array): boolean {
  objective.prepare(z);
  const { residual, w, n } = objective;
  const rounding = 1e-13 * typicalResponse(objective);
  return residual.subarray(0, n).every((r, i) => w[i] === 0 || Math.abs(r) <= rounding);
}
