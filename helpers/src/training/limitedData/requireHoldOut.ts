import { describeGiven } from "../../numerics/arguments/describeGiven.ts";

/** Throws unless `isHeldOut` is a function of a run. */
export function requireHoldOutRule(of: string, isHeldOut: unknown): void {
  if (typeof isHeldOut === "function") return;
  throw new TypeError(
    `${of} needs a function that says which runs to hold out, such as (run) => run.nParams > 1e9, got ` +
      describeGiven(isHeldOut),
  );
}

/** Throws when nothing is left to fit or nothing to predict. */
export function requireBothSides(kept: number, out: number, what: "runs" | "pairs"): void {
  if (kept > 0 && out > 0) return;
  throw new RangeError(
    `holding out must leave ${what} on both sides, got ${kept} to fit and ${out} to predict; move the threshold`,
  );
}
