import type { FitStatus } from "../objective/FitOptions.ts";
import type { Problem } from "../objective/Problem.ts";
import type { Minimum } from "../search/bfgs.ts";

/**
 * A problem with its minimum: all that the methods of this room need to know of a fit. `Fit` has these fields, so a
 * fit is an estimate; the methods know nothing of the class.
 */
export interface Estimate<V extends string = string, P extends string = string, R extends string = string>
  extends Problem<V, P, R> {
  readonly minimum: Minimum;
  /** The law's parameters at the minimum, in the units that the law declares. */
  readonly parameters: Readonly<Record<P, number>>;
  readonly status?: FitStatus;
  /** The status in words. */
  readonly reason?: string;
}

/** Why there is no telling how sure an estimate is: its runs leave parameters open, so its values are one choice of many. */
export function unidentified({ status, reason }: Pick<Estimate, "status" | "reason">): string | undefined {
  return status === "not-identified" ? `not identified: ${reason}` : undefined;
}
