import { formatFlops } from "../format/formatFlops.ts";
import { refusal } from "../numerics/arguments/requireNumber.ts";
import { type PowerLine, powerLine } from "../numerics/lines/powerLine.ts";

/** How a compute budget is best split between model size and data, as two power laws of compute. */
export interface AllocationLaw {
  /** nParams = kParams · C^a */
  readonly a: number;
  readonly kParams: number;
  /** nTokens = kTokens · C^b */
  readonly b: number;
  readonly kTokens: number;
}

/** One budget's best split. */
export interface Split {
  readonly flops: number;
  readonly nParams: number;
  readonly nTokens: number;
  readonly tokensPerParam: number;
}

/**
 * The split an allocation gives for a compute budget.
 *
 * @param flops training compute in FLOPs
 * @throws RangeError if flops is not a finite number > 0
 * @example
 * import { allocate } from "isoflop";
 * const kaplan = { a: 0.73, kParams: 5e-6, b: 0.27, kTokens: 1 / (6 * 5e-6) };
 * allocate(kaplan, 1e24).tokensPerParam < 0.1; // => true
 */
export function allocate(allocation: AllocationLaw, flops: number): Split {
  if (!(Number.isFinite(flops) && flops > 0)) {
    throw refusal("flops", "must be a finite number > 0", flops, "give the budget in FLOPs");
  }
  const nParams = allocation.kParams * flops ** allocation.a;
  const nTokens = allocation.kTokens * flops ** allocation.b;
  return { flops, nParams, nTokens, tokensPerParam: nTokens / nParams };
}

/** The two power laws through the optima of several budgets; undefined from fewer than two budgets. */
export function allocationThrough(
  optima: readonly { flops: number; nParams: number; nTokens: number }[],
): AllocationLaw | undefined {
  const flops = optima.map((one) => one.flops);
  const line = (y: readonly number[]): PowerLine | undefined => powerLine(flops, y);
  const params = line(optima.map((one) => one.nParams));
  const tokens = line(optima.map((one) => one.nTokens));
  if (!params || !tokens) return undefined;
  return { a: params.p, kParams: params.k, b: tokens.p, kTokens: tokens.k };
}

/** The way out when a sweep has too few budgets for an allocation. */
export function tooFewBudgets(flops: readonly number[], found: number): RangeError {
  return new RangeError(
    `an allocation needs the optimum at two compute budgets or more, got ${found} from the budgets ` +
      `${flops.map((c) => formatFlops(c)).join(", ") || "(none)"}; train more sizes at each budget, or more budgets`,
  );
}
