import {
  requireNonNegative,
  requirePositive,
  requireWholeBetween,
} from "../../numerics/arguments/requireNumber.ts";
import { requireOptions } from "../../numerics/arguments/requireOptions.ts";
import { requireRows } from "../../numerics/arguments/requireRows.ts";
import { type Curve, curveFit } from "../../numerics/lines/curveFit.ts";
import { leastSquares } from "../../numerics/lines/leastSquares.ts";
import { quantileOfSorted } from "../../numerics/quantile.ts";
import { Random } from "../../numerics/random/Random.ts";

/** Mean error of a vision-language model. */
export interface VisionRun {
  /** Parameters of the language model. */
  readonly nParams: number;
  /** Visual tokens fed to it. */
  readonly visualTokens: number;
  /** Mean downstream error, 0 to 1. */
  readonly error: number;
}

/** error = A·(N/1e9)^−α·V^−β + D. */
export interface VisionLaw {
  readonly A: number;
  readonly alpha: number;
  readonly beta: number;
  /** Floor of the error. */
  readonly D: number;
  /** R² of the error. */
  readonly r2: number;
  /** Sum of squared residuals of the error. */
  readonly sumOfSquares: number;
}

/**
 * Fits error = A·(N/1e9)^−α·V^−β + D at a given floor D by least squares on the error, started from the
 * straight plane ln(error − D).
 *
 * Over 28 points the floor is not identified: lowering D lowers A's exponents and leaves the fit as good,
 * and only the ratio α/β holds. So D is an argument, not a result.
 *
 * Source: Li et al. 2024, "Inference Optimal VLMs Need Fewer Visual Tokens and More Parameters", eq. 2.
 *
 * @throws RangeError with fewer than 4 runs, an error at or below the floor, or sizes that do not vary
 * @example
 * import { fitVisionTokens } from "isoflop";
 * const runs = [1, 2, 4].flatMap((b) => [4, 16].map((visualTokens) => (
 *   { nParams: b * 1e9, visualTokens, error: 0.6 * b ** -0.07 * visualTokens ** -0.02 })));
 * fitVisionTokens(runs).alpha.toFixed(3); // => "0.070"
 */
export function fitVisionTokens(
  runs: readonly VisionRun[],
  options: { readonly floor?: number } = {},
): VisionLaw {
  requireRows("fitVisionTokens", runs);
  requireOptions("fitVisionTokens", options, ["floor"]);
  const { floor = 0 } = options;
  if (runs.length < 4) throw new RangeError(`a vision-token fit needs at least 4 runs, got ${runs.length}`);
  const points = runs.map(({ nParams, visualTokens, error }, i) => {
    const place = { in: `row ${i + 1}` };
    requirePositive("nParams", nParams, place);
    requirePositive("visualTokens", visualTokens, place);
    if (!(error > floor)) {
      throw new RangeError(
        `error must exceed the floor ${floor}, got ${error} in row ${i + 1}; lower the floor`,
      );
    }
    return { n: Math.log(nParams / 1e9), v: Math.log(visualTokens), y: Math.log(error - floor) };
  });
  const start = planeThrough(points);
  const curve: Curve = (index, [lnA = 0, alpha = 0, beta = 0], gradient) => {
    const { n, v } = points[index]!;
    const value = Math.exp(lnA - alpha * n - beta * v);
    gradient[0] = value;
    gradient[1] = -value * n;
    gradient[2] = -value * v;
    return value;
  };
  const errors = runs.map(({ error }) => error - floor);
  const { parameters, r2, sumOfSquares } = curveFit(curve, [...errors.keys()], errors, start);
  const [lnA, alpha, beta] = parameters as [number, number, number];
  return { A: Math.exp(lnA), alpha, beta, D: floor, r2, sumOfSquares };
}

/** ln A, α and β of the plane y = ln A − α n − β v. */
function planeThrough(points: readonly { readonly n: number; readonly v: number; readonly y: number }[]) {
  const columns = [points.map(({ n }) => n), points.map(({ v }) => v)];
  try {
    const { coefficients } = leastSquares(
      columns,
      points.map(({ y }) => y),
    );
    const [lnA, slopeN, slopeV] = coefficients as [number, number, number];
    return [lnA, -slopeN, -slopeV];
  } catch (cause) {
    throw new RangeError("nParams and visualTokens must both vary, and not in step; add runs", { cause });
  }
}

/**
 * 95 % interval of α/β by resampling runs, with the floor held at 0: the 2.5 % and 97.5 % quantiles
 * (type 7). Resamples in which size or tokens do not vary are drawn again.
 *
 * @param options replicates (default 1000) and seed (default 1)
 * @throws RangeError as {@link fitVisionTokens}
 * @example
 * import { bootstrapVisionRatio } from "isoflop";
 * const runs = [1, 2, 4].flatMap((b) => [1, 4, 16].map((visualTokens) => (
 *   { nParams: b * 1e9, visualTokens, error: 0.6 * b ** -0.08 * visualTokens ** -0.02 })));
 * bootstrapVisionRatio(runs, { replicates: 50 }).map((ratio) => ratio.toFixed(3)); // => ["4.000", "4.000"]
 */
export function bootstrapVisionRatio(
  runs: readonly VisionRun[],
  options: { readonly replicates?: number; readonly seed?: number } = {},
): readonly [number, number] {
  requireOptions("bootstrapVisionRatio", options, ["replicates", "seed"]);
  const { replicates = 1000, seed = 1 } = options;
  requireWholeBetween("replicates", replicates, 1, 1e7, "1000 is usual");
  fitVisionTokens(runs);
  const random = new Random(seed, 0);
  const ratios = new Float64Array(replicates);
  for (let k = 0; k < replicates; ) {
    const drawn = runs.map(() => runs[random.below(runs.length)]!);
    if (new Set(drawn.map((run) => run.nParams)).size < 2) continue;
    if (new Set(drawn.map((run) => run.visualTokens)).size < 2) continue;
    const { alpha, beta } = fitVisionTokens(drawn);
    ratios[k++] = alpha / beta;
  }
  ratios.sort();
  return [quantileOfSorted(ratios, 0.025), quantileOfSorted(ratios, 0.975)];
}

/**
 * Error A·(N/1e9)^−α·V^−β + D that the law predicts.
 *
 * @example
 * import { visionError } from "isoflop";
 * visionError({ A: 0.6, alpha: 0.1, beta: 0.1, D: 0 }, { nParams: 1e9, visualTokens: 1 }); // => 0.6
 */
export function visionError(
  law: Pick<VisionLaw, "A" | "alpha" | "beta" | "D">,
  model: { readonly nParams: number; readonly visualTokens: number },
): number {
  return law.A * (model.nParams / 1e9) ** -law.alpha * model.visualTokens ** -law.beta + law.D;
}

/**
 * Visual tokens that give the least error at a fixed inference budget 2·N·(Q + V):
 * V* = Q·β/(α − β) for α > β, where Q are the text tokens; clamped to 1 … maxTokens. Without text (Q = 0)
 * one token is best if α > β. For α ≤ β more tokens are always worth more than a larger model.
 *
 * Source: derived from Li et al. 2024, eq. 2.
 *
 * @throws RangeError on exponents or counts that are not positive
 * @example
 * import { optimalVisionTokens } from "isoflop";
 * optimalVisionTokens({ alpha: 0.077, beta: 0.015 }, { textTokens: 50 }).toFixed(1); // => "12.1"
 */
export function optimalVisionTokens(
  law: Pick<VisionLaw, "alpha" | "beta">,
  setting: { readonly textTokens: number; readonly maxTokens?: number },
): number {
  requireOptions("optimalVisionTokens", setting, ["textTokens", "maxTokens"]);
  const { textTokens, maxTokens = 576 } = setting;
  requirePositive("alpha", law.alpha, "give the exponent of a fit");
  requirePositive("beta", law.beta, "give the exponent of a fit");
  requireNonNegative("textTokens", textTokens, "give a count; 0 for none");
  requirePositive("maxTokens", maxTokens, "give the tokens of a whole image, such as 576");
  if (law.alpha <= law.beta) return maxTokens;
  return Math.min(maxTokens, Math.max(1, (textTokens * law.beta) / (law.alpha - law.beta)));
}
