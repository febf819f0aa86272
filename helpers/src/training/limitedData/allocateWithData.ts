import { decayedCopies } from "../../laws/limitedData/decayedCopies.ts";
import { logBalancedParams } from "../../laws/limitedData/logBalancedParams.ts";
import { requireAbove, requireAtLeast, requirePositive } from "../../numerics/arguments/requireNumber.ts";
import { requireOptions } from "../../numerics/arguments/requireOptions.ts";
import { exp } from "../../numerics/exp.ts";
import { type DataConstrainedConstants, requireLimitedDataLaw } from "./requireLimitedDataLaw.ts";

/** A budget and the data that there are. */
export interface AllocateWithDataOptions {
  /** Training compute in FLOP. */
  readonly flops: number;
  /** Different tokens that there are. Infinity: data never run out. */
  readonly uniqueTokens: number;
  readonly law: DataConstrainedConstants;
  /** At most so many passes over the unique tokens, >= 1; what compute is left goes into parameters. Default: no limit. */
  readonly maxEpochs?: number;
  /** FLOP per parameter and token; 6 counts forward and backward pass (C = 6 N D). */
  readonly flopsPerParamToken?: number;
}

/** The best way to spend a budget on limited data. */
export interface DataAllocation {
  readonly nParams: number;
  /** Tokens that training sees in all, repeats counted. */
  readonly nTokens: number;
  /** Different tokens among them: all that there are, or `nTokens` where fewer are seen. */
  readonly uniqueTokensSeen: number;
  /** `nTokens - uniqueTokensSeen`. */
  readonly repeatedTokens: number;
  /** `nTokens` over the unique tokens that there are; below 1 some are never seen. */
  readonly epochs: number;
  readonly tokensPerParam: number;
  /** Fresh tokens that would teach as much as `nTokens`. */
  readonly effectiveTokens: number;
  /** Parameters of a balanced model that would do as well as `nParams`. */
  readonly effectiveParams: number;
  /** Predicted loss, in the unit of the law's response (nats per token). */
  readonly loss: number;
}

/**
 * Parameters, tokens and epochs with the lowest predicted loss at a compute budget when only so many different tokens
 * exist: minimises the loss of `dataConstrained` subject to `flops = 6 N D`.
 *
 * Along ln D the loss is convex (both effective counts are concave in logarithms), so the zero of its slope is the one
 * minimum; it is found by bisection and secants to 1e-12 of ln D. Where the compute-optimal tokens are fewer than the
 * unique ones, the answer is Chinchilla's. R* may be Infinity.
 *
 * The law knows nothing of filtering: the source gives no rule that weighs filtered tokens against repeated ones.
 *
 * Source: Muennighoff et al. 2023 (arXiv 2305.16264), section 3.2 and appendix A.
 *
 * @throws RangeError when an option is outside its domain or a constant of the law is not usable.
 *
 * @example
 * ```ts
 * import { allocateWithData, muennighoff2023 } from "isoflop";
 * const best = allocateWithData({ flops: 9.3e21, uniqueTokens: 25e9, law: muennighoff2023 });
 * best.epochs; // => 9.097
 * best.nParams; // => 6.815e9
 * ```
 */
export function allocateWithData(options: AllocateWithDataOptions): DataAllocation {
  requireOptions("allocateWithData", options, [
    "flops",
    "uniqueTokens",
    "law",
    "maxEpochs",
    "flopsPerParamToken",
  ]);
  const { flops, uniqueTokens, law, maxEpochs = Infinity, flopsPerParamToken = 6 } = options;
  requireAbove("flops", flops, 0, "give the training budget in FLOP, such as 1e22");
  requireAbove("flopsPerParamToken", flopsPerParamToken, 0, "the usual value is 6");
  if (uniqueTokens !== Infinity) {
    requirePositive("uniqueTokens", uniqueTokens, "give the different tokens there are, such as 25e9");
  }
  if (maxEpochs !== Infinity) requireAtLeast("maxEpochs", maxEpochs, 1, "leave it out for no limit");
  const parameters = requireLimitedDataLaw(law);
  const logProduct = Math.log(flops / flopsPerParamToken);
  const logUnique = Math.log(uniqueTokens);
  const logTokens = bestLogTokens(parameters, logProduct, logUnique, logUnique + Math.log(maxEpochs));
  return allocationAt(parameters, logProduct, uniqueTokens, logTokens);
}

type Constants = DataConstrainedConstants["parameters"];

/** ln D of the lowest loss: the zero of a slope that only rises. */
function bestLogTokens(p: Constants, logProduct: number, logUnique: number, most: number): number {
  const logBalance = Math.log((p.alpha * p.A) / (p.beta * p.B));
  // Without repetition: alpha A N^-alpha = beta B D^-beta. With fewer unique tokens than that, more are seen than those.
  const fresh = (p.alpha * logProduct - logBalance) / (p.alpha + p.beta);
  if (fresh <= logUnique) return fresh;
  const logBalanced = logBalancedParams(p, logUnique);
  // Beyond the unique tokens both terms' slopes are those of their effective counts, times the terms.
  const slope = (logTokens: number) => {
    const repeats = exp(logTokens - logUnique) - 1;
    const copies = decayedCopies(repeats, p.rStarTokens);
    const byTokens = ((1 + repeats) * decay(repeats, p.rStarTokens)) / copies;
    const data = p.beta * p.B * exp(-p.beta * (logUnique + Math.log(copies)));
    const logN = logProduct - logTokens;
    let logModel = logN;
    let byParams = 1;
    if (logN > logBalanced) {
      const excess = exp(logN - logBalanced) - 1;
      const sizes = decayedCopies(excess, p.rStarParams);
      logModel = logBalanced + Math.log(sizes);
      byParams = ((1 + excess) * decay(excess, p.rStarParams)) / sizes;
    }
    return p.alpha * p.A * exp(-p.alpha * logModel) * byParams - data * byTokens;
  };
  // At the unique tokens themselves more still help; where the model is down to their balanced size they do not.
  return zeroOfRising(slope, logUnique, Math.min(logProduct - logBalanced, most));
}

function decay(repeats: number, rStar: number): number {
  return repeats === 0 ? 1 : exp(-repeats / rStar);
}

/** Zero of a rising function in [low, high], or the end that it does not reach, by the Illinois rule. */
function zeroOfRising(f: (x: number) => number, low: number, high: number): number {
  let [a, b] = [low, high];
  let fa = f(a);
  let fb = f(b);
  if (!(fa < 0)) return a;
  if (!(fb > 0)) return b;
  for (let k = 0; k < 200 && b - a > 1e-12 * Math.abs(b); k++) {
    // Every fourth step halves, so that a slope of any shape is settled.
    const x = k % 4 === 3 ? (a + b) / 2 : (a * fb - b * fa) / (fb - fa);
    const fx = f(x);
    if (fx === 0) return x;
    if (fx < 0) {
      a = x;
      fa = fx;
      if (k % 4 !== 3) fb /= 2;
    } else {
      b = x;
      fb = fx;
      if (k % 4 !== 3) fa /= 2;
    }
  }
  return (a + b) / 2;
}

function allocationAt(
  p: Constants,
  logProduct: number,
  uniqueTokens: number,
  logTokens: number,
): DataAllocation {
  const nTokens = exp(logTokens);
  const nParams = exp(logProduct - logTokens);
  const uniqueTokensSeen = Math.min(uniqueTokens, nTokens);
  const balanced = exp(logBalancedParams(p, Math.log(uniqueTokensSeen)));
  const repeats = nTokens / uniqueTokensSeen - 1;
  const effectiveTokens = uniqueTokensSeen * decayedCopies(repeats, p.rStarTokens);
  const excess = Math.max(nParams / balanced - 1, 0);
  const effectiveParams =
    excess > 0 ? Math.min(balanced * decayedCopies(excess, p.rStarParams), nParams) : nParams;
  return {
    nParams,
    nTokens,
    uniqueTokensSeen,
    repeatedTokens: nTokens - uniqueTokensSeen,
    epochs: nTokens / uniqueTokens,
    tokensPerParam: nTokens / nParams,
    effectiveTokens,
    effectiveParams,
    loss: p.E + p.A * effectiveParams ** -p.alpha + p.B * effectiveTokens ** -p.beta,
  };
}
