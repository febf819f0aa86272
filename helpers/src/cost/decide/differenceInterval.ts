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
 * @example
 * import { estimateEngine, independentDifference, readServingRow } from "isoflop";
 * const one = (batch: number) => {
 *   const scenario = readServingRow({ model: "Llama-3.1-8B", hardware: "h100_sxm", precision: "fp8", engine: "vllm", tp: 1,
 *     batch, load: "closed loop, concurrency", isl: 1024, osl: 512 });
 *   if ("why" in scenario) throw new Error(scenario.why);
 *   return { scenario, estimate: estimateEngine(scenario) };
 * };
 * const [low, high] = independentDifference(one(64), one(4), "tpotS");
 * Math.log(one(64).estimate.tpotS.value / one(4).estimate.tpotS.value) - (low + high) / 2 < 0.1; // => true
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
