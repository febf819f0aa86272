import { exp } from "../../numerics/exp.ts";
import type { Law } from "../definition/Law.ts";
import { linearParameter, logParameter } from "../definition/parameters.ts";
import { tokenLoss } from "../definition/variables.ts";
import { CurveSchedules, curveVariables } from "./CurveSchedules.ts";
import { ChangeTree, type CurveTerms } from "./changeTree.ts";
import { multiPowerStarts } from "./multiPowerStarts.ts";
import type { Rates } from "./scheduleSums.ts";

/** The seven constants of the multi-power law. */
export type MultiPowerParameter = "L0" | "A" | "B" | "C" | "alpha" | "beta" | "gamma";

/** The law of loss curves that `multiPowerLaw` makes for its schedules. */
export type MultiPowerLaw = Law<"run" | "step", MultiPowerParameter, "loss">;

/**
 * The loss at every step of a run by its learning rates: a power of their sum, less what each fall of the rate has brought:
 *
 * `L(t) = L0 + A S1(t)^-alpha - B sum_{k <= t} (rate_{k-1} - rate_k) G(C rate_k^-gamma S_k(t))`, `G(x) = 1 - (1 + x)^-beta`,
 *
 * S1(t) the sum of the rates of steps 0 to t, warm-up included, S_k(t) that of steps k to t. A rise, as in the warm-up, counts
 * as a negative fall; a rate of 0 that another follows stands for 1e-100. Losses in nats per token; B in nats per unit of rate; the others in units of the rate to their exponents.
 * Rates are absolute, such as 3e-4, so constants belong to one batch, one optimizer and one model.
 *
 * The law is made for the schedules of its runs: a row says which (`run`, from 0) and where (`step`). A point costs a few
 * hundred terms at most, and nothing for steps at which the rate stays; the sum over all changes is met within 1e-7 nats.
 * Since it holds its schedules, a saved fit is loaded with the law beside it (`loadFit(json, { law })`), and its bootstraps run on
 * one thread.
 *
 * Source: Luo et al. 2025 (arXiv:2503.12811); thu-yao-01-luo/MultiPowerLaw, src/models.py, whose sum starts at step 0.
 *
 * @param schedules learning rates by step, one list a run: `learningRates(schedule)`
 * @throws RangeError or TypeError when a schedule cannot be read; at a step that the schedule does not have
 *
 * @example
 * import { constantSchedule, learningRates, luo2025, multiPowerLaw, withParameters } from "isoflop";
 * const rates = learningRates(constantSchedule({ peak: 3e-4, warmup: 2160, total: 24_000 }));
 * const law = withParameters(multiPowerLaw([rates]), luo2025["25M"]);
 * law.predict({ run: 0, step: 24_000 }); // => 3.3458
 */
export function multiPowerLaw(schedules: readonly Rates[]): MultiPowerLaw {
  const runs: CurveSchedules<Point> = new CurveSchedules("multiPowerLaw", schedules, (run, step) => ({
    logArea: Math.log(runs.sums[run]!.area[step]!),
    terms: trees[run]!.terms(step),
  }));
  const trees = runs.sums.map((sums, run) => new ChangeTree(schedules[run]!, sums));
  let peak = 0;
  for (const rates of schedules) for (let k = 0; k < rates.length; k++) peak = Math.max(peak, rates[k]!);
  return {
    name: "multiPowerLaw",
    tex: "L_0 + A S_1(t)^{-\\alpha} - B \\sum_{k \\le t} (\\eta_{k-1} - \\eta_k) \\left(1 - (1 + C \\eta_k^{-\\gamma} S_k(t))^{-\\beta}\\right)",
    source: "Luo et al. 2025 (arXiv:2503.12811)",
    response: tokenLoss,
    variables: curveVariables,
    parameters: curveParameters,
    linear: [
      { parameter: "L0", given: [] },
      { parameter: "A", given: ["alpha"] },
      { parameter: "B", given: ["C", "beta", "gamma"] },
    ],
    startsSuffice: true,
    starts(x, y) {
      return multiPowerStarts(this.evaluate, peak, x, y);
    },
    evaluate(theta, x, n, value, jacobian) {
      const [L0, A, B, C, alpha, beta, gamma] = theta as unknown as readonly number[] as Theta;
      const logC = Math.log(C);
      const sums = new Float64Array(4);
      for (let i = 0, at = 0; i < n; i++, at += 7) {
        const { logArea, terms } = runs.at(x[0]![i]!, x[1]![i]!);
        const power = exp(-alpha * logArea);
        addTerms(terms, logC, beta, gamma, sums);
        value[i] = L0 + A * power - B * sums[0]!;
        jacobian[at] = 1;
        jacobian[at + 1] = power;
        jacobian[at + 2] = -sums[0]!;
        jacobian[at + 3] = (-B * sums[1]!) / C;
        jacobian[at + 4] = -A * power * logArea;
        jacobian[at + 5] = -B * sums[2]!;
        jacobian[at + 6] = -B * sums[3]!;
      }
    },
  };
}

type Theta = readonly [number, number, number, number, number, number, number];

interface Point {
  readonly logArea: number;
  readonly terms: CurveTerms;
}

const curveParameters = [
  linearParameter("L0", "nats per token", "loss of an endless run at this rate", [0, 4]),
  logParameter(
    "A",
    "nats per token, times the summed rate to alpha",
    "size of the term of the sum",
    [0.01, 10],
  ),
  logParameter("B", "nats per token and unit of rate", "loss that a fall of the rate can bring", [10, 1e4]),
  logParameter("C", "summed rate to -1, times the rate to gamma", "speed at which it is brought", [0.05, 20]),
  linearParameter("alpha", "1", "exponent of the term of the sum", [0.1, 1]),
  linearParameter("beta", "1", "exponent by which a fall of the rate is used up", [0.02, 1.2]),
  linearParameter("gamma", "1", "exponent of the rate in the speed", [0, 1.2], [0, 4]),
] as const;

/** The sum of the falls that were used up, and its derivatives by ln C, beta and gamma. */
function addTerms(
  { weight, logRate, logSum }: CurveTerms,
  logC: number,
  beta: number,
  gamma: number,
  sums: Float64Array,
): void {
  let used = 0;
  let byLogC = 0;
  let byBeta = 0;
  let byGamma = 0;
  for (let k = 0; k < weight.length; k++) {
    const x = Math.min(exp(logC - gamma * logRate[k]! + logSum[k]!), 1e300);
    const log = Math.log(1 + x);
    const left = weight[k]! * exp(-beta * log);
    used += weight[k]! - left;
    const slope = (beta * x * left) / (1 + x);
    byLogC += slope;
    byBeta += log * left;
    byGamma -= slope * logRate[k]!;
  }
  sums[0] = used;
  sums[1] = byLogC;
  sums[2] = byBeta;
  sums[3] = byGamma;
}
