import { typicalSize } from "../../numerics/typicalSize.ts";
import type { Loss } from "../losses/Loss.ts";
import type { FitOptions } from "../objective/FitOptions.ts";
import type { Objective } from "../objective/Objective.ts";
import { type BfgsOptions, bfgs, type Minimum } from "./bfgs.ts";
import { inverseGaussNewtonHere } from "./gaussNewton.ts";
import { levenbergMarquardt } from "./levenbergMarquardt.ts";
import { nelderMead } from "./nelderMead.ts";

export interface MinimiseOptions {
  /** Estimate of the inverse Hessian at the start, from a problem close by. Default: Gauss-Newton at the start. */
  readonly inverseHessian?: Float64Array;
  readonly tolerance?: number;
  readonly method?: FitOptions["method"];
  readonly maxIterations?: number;
}

/** Takes the objective from a start to the nearest minimum, through the loss's annealing where it has corners. */
export function minimise(objective: Objective, start: Float64Array, options: MinimiseOptions = {}): Minimum {
  const { loss } = objective;
  if (!loss.annealing) return descend(objective, start, options);
  objective.prepare(start);
  const stages = loss.annealing(typicalSize(objective.residual.subarray(0, objective.n)));
  try {
    let z = start;
    let minimum: Minimum | undefined;
    for (const stage of stages) {
      objective.loss = stage;
      // Each stage has a tenth of the runs in its quadratic bottom, so a tenth of the curvature.
      const inverseHessian: Float64Array | undefined = minimum?.inverseHessian.map((entry) => 10 * entry);
      minimum = descend(objective, z, { ...options, inverseHessian });
      z = minimum.z;
    }
    objective.loss = loss;
    const gradient = new Float64Array(start.length);
    return { ...minimum!, value: objective.evaluate(z, gradient), gradient };
  } finally {
    objective.loss = loss;
  }
}

/** The loss that the last stage of a search from z minimises: smooth also where the loss itself has corners. */
export function smoothLoss(objective: Objective, z: Float64Array): Loss {
  const { loss } = objective;
  objective.prepare(z);
  return loss.annealing?.(typicalSize(objective.residual.subarray(0, objective.n))).at(-1) ?? loss;
}

/** Whether squares are minimised by the method made for them. */
export function usesLeastSquares({ loss }: Objective, method: FitOptions["method"] = "auto"): boolean {
  const quadratic = loss.specification.kind === "squared";
  return method === "levenberg-marquardt" || (method === "auto" && quadratic);
}

/** Takes a smooth objective from a start to the nearest minimum. */
export function descend(objective: Objective, start: Float64Array, options: MinimiseOptions): Minimum {
  const { lower, upper } = objective.coordinates;
  const { tolerance = 1e-13, maxIterations = 500, method = "auto" } = options;
  const floor = valueFloor(objective);
  if (method === "levenberg-marquardt" || (usesLeastSquares(objective, method) && !options.inverseHessian)) {
    return levenbergMarquardt(objective, start, { tolerance, floor, maxIterations });
  }
  if (method === "nelder-mead")
    return nelderMead(objective, start, { tolerance, maxEvaluations: 4000 * start.length });
  // One look at the runs for value, slope and curvature.
  let { inverseHessian } = options;
  let known: BfgsOptions["known"];
  if (!inverseHessian) {
    const gradient = new Float64Array(start.length);
    known = { value: objective.evaluate(start, gradient), gradient };
    inverseHessian = inverseGaussNewtonHere(objective);
  }
  const settings: BfgsOptions = {
    lower,
    upper,
    inverseHessian,
    known,
    tolerance,
    floor,
    maxIterations,
  };
  return bfgs(objective, start, settings);
}

/** The objective when every residual is at rounding error: nothing below it means anything. */
function valueFloor(objective: Objective): number {
  const { n, target, w, logResidual } = objective;
  let total = 0;
  let largest = 0;
  for (let i = 0; i < n; i++) {
    total += w[i]!;
    largest = Math.max(largest, Math.abs(target[i]!));
  }
  const rounding = 1e-15 * (logResidual ? Math.max(1, largest) : largest);
  return total * rounding * rounding;
}
