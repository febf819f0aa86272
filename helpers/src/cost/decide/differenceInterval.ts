import type { EngineEstimate, Estimated } from "../engine/EngineEstimate.ts";
import type { ServingScenario } from "../engine/ServingScenario.ts";

/** What of an estimate two scenarios are compared in. */
export type ComparedQuantity = "ttftS" | "tpotS" | "tokensPerS";

/** A scenario with what was estimated of it. */
export interface EstimatedScenario {
  readonly scenario: ServingScenario;
  readonly estimate: EngineEstimate;
}

/**
 * Joint 80 % interval of ln(quantity of a / quantity of b): what the calibration does not know of both alike cancels in it.
 */
export type DifferenceInterval = (
  a: EstimatedScenario,
  b: EstimatedScenario,
  quantity: ComparedQuantity,
) => readonly [low: number, high: number];

/**
 * The interval of the difference of two scenarios as if their errors had nothing in common: the half-widths of the
 * logarithms add up in squares. Wider than the joint interval wherever errors are shared, so that it says "not
 * distinguishable" too often, never too rarely.
 *
 * @throws RangeError on estimates that are not > 0
 */
export const independentDifference: DifferenceInterval = (a, b, quantity) =>
  differenceOf(a.estimate[quantity], b.estimate[quantity]);

/** ln(a / b) with its 80 % interval, of independent estimates. */
export function differenceOf(a: Estimated, b: Estimated): readonly [low: number, high: number] {
  const middle = Math.log(a.value / b.value);
  const down = Math.hypot(Math.log(a.value / a.interval80[0]), Math.log(b.interval80[1] / b.value));
  const up = Math.hypot(Math.log(a.interval80[1] / a.value), Math.log(b.value / b.interval80[0]));
  return [middle - down, middle + up];
}
