import type { FittedLaw, Law } from "../laws/definition/Law.ts";
import { parameterArray } from "../laws/definition/predict.ts";
import { requireAbove } from "../numerics/arguments/requireNumber.ts";
import { requireOptions } from "../numerics/arguments/requireOptions.ts";
import { minimiseScalar } from "../numerics/minimiseScalar.ts";

/** The best way to spend a training budget. */
export interface Allocation {
  /** Parameters of the model. */
  readonly nParams: number;
  readonly nTokens: number;
  readonly tokensPerParam: number;
  /** Predicted loss there, in the unit of the law's response (nats per token). */
  readonly loss: number;
}

/** The budget to spend. */
export interface ComputeOptimalOptions {
  /** Training compute in FLOP. */
  readonly flops: number;
  /** FLOP per parameter and token; 6 counts forward and backward pass (C = 6 N D). */
  readonly flopsPerParamToken?: number;
}

/**
 * The model size and token count with the lowest predicted loss at a compute budget: minimises L(N, D) subject to
 * `flops = 6 N D`. Closed form for `chinchilla` (`N = ((alpha A) / (beta B))^(1/(alpha+beta)) (C/6)^(beta/(alpha+beta))`),
 * a search over ln N for other laws in nParams and nTokens.
 *
 * @throws RangeError when the budget is not positive, the law has no optimum at that budget, or it is a fit that its runs do
 * not identify.
 *
 * Source: Hoffmann et al. 2022 (arXiv 2203.15556), eq. 4.
 *
 * @example
 * ```ts
 * import { computeOptimal, hoffmann2022 } from "isoflop";
 * const best = computeOptimal(hoffmann2022, { flops: 5.88e23 });
 * best.nParams; // => 4.074e10
 * best.tokensPerParam; // => 59.04
 * ```
 */
export function computeOptimal(
  fitted: FittedLaw<"nParams" | "nTokens">,
  options: ComputeOptimalOptions,
): Allocation {
  requireOptions("computeOptimal", options, ["flops", "flopsPerParamToken"]);
  const { flops, flopsPerParamToken = 6 } = options;
  requireAbove("flops", flops, 0, "give the training budget in FLOP, such as 5.88e23");
  requireAbove("flopsPerParamToken", flopsPerParamToken, 0, "the usual value is 6");
  const { status, reason } = fitted as { readonly status?: string; readonly reason?: string };
  if (status === "not-identified") {
    throw new RangeError(
      `the runs do not determine ${fitted.law.name}, so nothing can be planned with it: ${reason}`,
    );
  }
  const law: Law = fitted.law;
  const logProduct = Math.log(flops / flopsPerParamToken);
  const lossAt = (logN: number) =>
    fitted.predict({ nParams: Math.exp(logN), nTokens: Math.exp(logProduct - logN) });
  const logN = law.logOptimalParams
    ? law.logOptimalParams(parameterArray(law, fitted.parameters), logProduct)
    : searchLogParams(lossAt, logProduct);
  if (!Number.isFinite(logN)) {
    throw new RangeError(
      `${law.name} with ${JSON.stringify(fitted.parameters)} has no optimum at ${flops} FLOP: more parameters or more ` +
        "tokens always help; check the fit's status",
    );
  }
  const nParams = Math.exp(logN);
  const nTokens = Math.exp(logProduct - logN);
  return { nParams, nTokens, tokensPerParam: nTokens / nParams, loss: lossAt(logN) };
}

/** Lowest point over 1 <= N <= C/6 (at least one parameter and one token); NaN where it lies at an end. */
function searchLogParams(lossAt: (logN: number) => number, logProduct: number): number {
  const best = minimiseScalar(lossAt, 0, logProduct);
  return best === 0 || best === logProduct ? Number.NaN : best;
}
