import type { FitStatus } from "./objective/FitOptions.ts";
import type { Objective } from "./objective/Objective.ts";
import type { Minimum } from "./search/bfgs.ts";

/**
 * The reason of a status, with what the runs say about its cause. The reason as it is in a page, which is to be small; in
 * Node hostExplainStatus.ts stands here.
 */
export function explainStatus(
  _objective: Objective,
  _minimum: Minimum,
  _status: FitStatus,
  reason: string,
): string {
  return reason;
}
