import { refusal } from "../../numerics/arguments/requireNumber.ts";
import { requireOptions } from "../../numerics/arguments/requireOptions.ts";
import { exp } from "../../numerics/exp.ts";
import type { Law } from "../definition/Law.ts";
import { linearParameter, logParameter } from "../definition/parameters.ts";
import { tokenLoss } from "../definition/variables.ts";
import { CurveSchedules, curveVariables } from "./CurveSchedules.ts";
import type { Rates } from "./scheduleSums.ts";

/** The law of loss curves that `annealingLaw` makes for its schedules. */
export type AnnealingLaw = Law<"run" | "step", "L0" | "A" | "C" | "alpha", "loss">;

/**
 * The loss at every step of a run by two areas: a power of the summed rate, less what annealing brings, in proportion to the
 * annealing area: `L(t) = L0 + A S1(t)^-alpha - C S2(t)`.
 *
 * S1(t) is the sum of the rates of steps 0 to t. S2(t) adds up a momentum of the falls of the rate:
 * `S2(t) = sum_{i <= t} m_i`, `m_i = memory m_{i-1} + (rate_{i-1} - rate_i)`, so a fall counts in full after about
 * `1 / (1 - memory)` steps. The memory is chosen, not fitted: it makes S2, so compare the objectives of a few.
 *
 * The law is made for the schedules of its runs, as `multiPowerLaw` is. A point costs nothing beyond one sum over the schedule.
 *
 * Source: Tissue et al. 2024 (arXiv:2408.11029), abstract. The recursion of S2 was read in public re-implementations (such as
 * zkshan2002/ScalingLaw, main.py), not in the paper; there are no published constants here.
 *
 * @param schedules learning rates by step, one list a run: `learningRates(schedule)`
 * @param options memory of the momentum, 0 or above and below 1; default 0.999
 * @throws RangeError or TypeError when a schedule cannot be read; at a step that the schedule does not have
 *
 * @example
 * import { annealingLaw, withParameters } from "isoflop";
 * const law = withParameters(annealingLaw([[1, 1, 0.5, 0.5]], { memory: 0.5 }), { L0: 2, A: 1, C: 0.1, alpha: 1 });
 * law.predict({ run: 0, step: 3 }); // => 2.2583
 */
export function annealingLaw(
  schedules: readonly Rates[],
  options: { readonly memory?: number } = {},
): AnnealingLaw {
  requireOptions("annealingLaw", options, ["memory"]);
  const { memory = 0.999 } = options;
  if (!(memory >= 0 && memory < 1)) throw refusal("memory", "must lie in [0, 1)", memory, "0.999 is usual");
  const runs: CurveSchedules<Point> = new CurveSchedules("annealingLaw", schedules, (run, step) => ({
    logArea: Math.log(runs.sums[run]!.area[step]!),
    annealed: annealed[run]![step]!,
  }));
  const annealed: readonly Float64Array[] = runs.sums.map(({ drop }) => annealingArea(drop, memory));
  return {
    name: "annealingLaw",
    tex: "L_0 + A S_1(t)^{-\\alpha} - C S_2(t)",
    source: "Tissue et al. 2024 (arXiv:2408.11029)",
    response: tokenLoss,
    variables: curveVariables,
    parameters: [
      linearParameter("L0", "nats per token", "loss of an endless run at this rate", [0, 4]),
      logParameter(
        "A",
        "nats per token, times the summed rate to alpha",
        "size of the term of the sum",
        [0.01, 10],
      ),
      logParameter("C", "nats per token and annealing area", "loss that annealing brings", [1e-3, 100]),
      linearParameter("alpha", "1", "exponent of the term of the sum", [0.1, 1]),
    ],
    linear: [
      { parameter: "L0", given: [] },
      { parameter: "A", given: ["alpha"] },
      { parameter: "C", given: [] },
    ],
    evaluate(theta, x, n, value, jacobian) {
      const [L0, A, C, alpha] = theta as unknown as readonly [number, number, number, number];
      for (let i = 0, at = 0; i < n; i++, at += 4) {
        const point = runs.at(x[0]![i]!, x[1]![i]!);
        const power = exp(-alpha * point.logArea);
        value[i] = L0 + A * power - C * point.annealed;
        jacobian[at] = 1;
        jacobian[at + 1] = power;
        jacobian[at + 2] = -point.annealed;
        jacobian[at + 3] = -A * power * point.logArea;
      }
    },
  };
}

interface Point {
  readonly logArea: number;
  readonly annealed: number;
}

function annealingArea(drop: Float64Array, memory: number): Float64Array {
  const area = new Float64Array(drop.length);
  for (let k = 1, momentum = 0; k < drop.length; k++) {
    momentum = memory * momentum + drop[k]!;
    area[k] = area[k - 1]! + momentum;
  }
  return area;
}
