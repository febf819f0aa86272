import { requirePositive } from "../../numerics/arguments/requireNumber.ts";
import type { LimitedDataRun } from "./fitRStar.ts";

/** Throws unless the counts and the loss of a run are numbers above 0. */
export function requireLimitedRun(run: LimitedDataRun, place: string): void {
  for (const name of ["nParams", "nTokens", "uniqueTokens", "loss"] as const) {
    requirePositive(name, run?.[name], { in: place });
  }
}
