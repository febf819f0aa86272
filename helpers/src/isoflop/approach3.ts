import type { Fit } from "../fit/FitResult.ts";
import { fit } from "../fit/fit.ts";
import { defaultLoss } from "../fit/losses/defaultLoss.ts";
import { type FitOptions, fitOptionNames } from "../fit/objective/FitOptions.ts";
import type { BootstrapOptions } from "../fit/uncertainty/bootstrap/bootstrap.ts";
import { chinchilla } from "../laws/chinchilla/chinchilla.ts";
import { refusal } from "../numerics/arguments/requireNumber.ts";
import { requireOptions } from "../numerics/arguments/requireOptions.ts";
import type { AllocationLaw } from "./AllocationLaw.ts";
import type { AllocationIntervals } from "./approach2.ts";
import type { IsoflopRun } from "./IsoflopRun.ts";

type ChinchillaParameter = "E" | "A" | "B" | "alpha" | "beta";

/** How the law is fitted and resampled. */
export interface Approach3Options extends FitOptions<ChinchillaParameter> {
  /** Bootstrap behind the intervals (default 1000 replicates of runs); false for none. */
  readonly bootstrap?: BootstrapOptions | false;
  /** Central mass of the intervals (default 0.8, as Hoffmann et al. print). */
  readonly level?: number;
}

/** The allocation of a parametric law, with the fit behind it. */
export interface Approach3 extends AllocationLaw {
  readonly fit: Fit<"nParams" | "nTokens", ChinchillaParameter, "loss">;
  readonly intervals: AllocationIntervals | null;
  readonly warnings: readonly string[];
}

/**
 * The allocation that follows from L = E + A/N^alpha + B/D^beta under C = 6 N D, in closed form:
 * N = G (C/6)^a, D = G⁻¹ (C/6)^b with G = (alpha A / (beta B))^(1/(alpha+beta)), a = beta/(alpha+beta), b = 1 − a.
 *
 * Source: Hoffmann et al. 2022 (arXiv 2203.15556), equation 4.
 *
 * @throws RangeError when a parameter it needs is not > 0
 * @example
 * import { allocate, chinchillaAllocation, hoffmann2022 } from "isoflop";
 * allocate(chinchillaAllocation(hoffmann2022.parameters), 5.88e23).tokensPerParam; // => 59.04
 */
export function chinchillaAllocation(
  parameters: Readonly<Record<Exclude<ChinchillaParameter, "E">, number>>,
): AllocationLaw {
  const { A, B, alpha, beta } = parameters;
  for (const [name, value] of Object.entries({ A, B, alpha, beta })) {
    if (!(value > 0)) {
      throw refusal(name, "must be > 0 for an optimum to exist", value, "check the fit's status");
    }
  }
  const a = beta / (alpha + beta);
  const b = alpha / (alpha + beta);
  const G = ((alpha * A) / (beta * B)) ** (1 / (alpha + beta));
  return { a, kParams: G * 6 ** -a, b, kTokens: 6 ** -b / G };
}

/**
 * Chinchilla's approach 3: fits L = E + A/N^alpha + B/D^beta to all runs and takes the allocation from it.
 *
 * Source: Hoffmann et al. 2022 (arXiv 2203.15556), section 3.3 (Huber loss of ln L, delta 1e-3, unless another is given).
 *
 * @param runs nParams, nTokens in counts, loss in nats per token
 * @throws RangeError when a run is not usable, or the fit gives no optimum
 * @example
 * import { approach3 } from "isoflop";
 * import { chinchillaFigure4 } from "isoflop-datasets";
 * const runs = chinchillaFigure4().filter((run) => !run.isOutlier);
 * const found = await approach3(runs, { bootstrap: false });
 * found.a; // => 0.5139
 */
export async function approach3(
  runs: readonly IsoflopRun[],
  given: Approach3Options = {},
): Promise<Approach3> {
  requireOptions("approach3", given, ["bootstrap", "level", ...fitOptionNames]);
  const { bootstrap = {}, level = 0.8, ...options } = given;
  const fitted = fit(chinchilla, runs, {
    loss: defaultLoss,
    ...options,
  } as FitOptions<ChinchillaParameter, IsoflopRun>);
  const allocation = chinchillaAllocation(fitted.parameters);
  const warnings = fitted.status === "converged" ? [] : [`${fitted.status}: ${fitted.reason}`];
  if (bootstrap === false) return { ...allocation, fit: fitted, intervals: null, warnings };
  const replicates = await fitted.bootstrap(bootstrap);
  const a = replicates.interval(({ alpha, beta }) => beta / (alpha + beta), level);
  const intervals = {
    level,
    resamples: replicates.resamples,
    failed: replicates.unconverged,
    a,
    b: [1 - a[1], 1 - a[0]] as const,
  };
  return { ...allocation, fit: fitted, intervals, warnings };
}
