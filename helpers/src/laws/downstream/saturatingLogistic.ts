import { requireNames } from "../../numerics/arguments/requireNames.ts";
import { exp } from "../../numerics/exp.ts";
import type { Law } from "../definition/Law.ts";
import { anySign, linearParameter, logParameter } from "../definition/parameters.ts";
import { positiveVariable, real } from "../definition/variables.ts";

/**
 * A score that rises from a floor to a ceiling, logistic in ln x: `s(x) = low + span / (1 + (x / midpoint)^-slope)`.
 *
 * `low` is the score of chance, `low + span` the ceiling, `midpoint` the x where half the span is reached, `slope` its
 * steepness there (span * slope / 4 per unit of ln x). A negative span falls.
 *
 * @param variable field of the runs, positive, such as `flops`.
 * @param response field of the runs that holds the score.
 *
 * @throws RangeError when the two are no different names
 *
 * Source: the sigmoid of Owen 2024 (arXiv 2401.04757), in ln x.
 *
 * @example
 * ```ts
 * import { saturatingLogistic, withParameters } from "isoflop";
 * const law = saturatingLogistic("flops", "accuracy");
 * const score = withParameters(law, { low: 0.25, span: 0.7, slope: 0.8, midpoint: 1e22 });
 * score.predict({ flops: 1e22 }); // => 0.6
 * ```
 */
export function saturatingLogistic<V extends string, R extends string = "score">(
  variable: V,
  response: R = "score" as R,
): Law<V, "low" | "span" | "slope" | "midpoint", R> {
  requireNames("variable and response", [variable, response], 2, 'such as "flops" and "accuracy"');
  const given = ["slope", "midpoint"] as const;
  return {
    name: `saturatingLogistic(${variable})`,
    tex: "s(x) = s_0 + \\frac{\\Delta}{1 + (x / m)^{-k}}",
    source: "Owen 2024 (arXiv 2401.04757)",
    specification: { kind: "saturatingLogistic", arguments: [variable, response] },
    response: real(response, "score", response),
    variables: [positiveVariable(variable)],
    parameters: [
      linearParameter("low", "score", "score at small x", [-1, 1], anySign),
      linearParameter("span", "score", "ceiling minus low", [-1, 1], anySign),
      logParameter("slope", "per unit of ln x", "steepness", [0.05, 20]),
      logParameter("midpoint", "the variable's unit", "x at half the span", [1, 1e25]),
    ],
    linear: [
      { parameter: "low", given: [] },
      { parameter: "span", given },
    ],
    ranges(x) {
      let low = Infinity;
      let high = -Infinity;
      for (const log of x[0]!) {
        low = Math.min(low, log);
        high = Math.max(high, log);
      }
      const width = high - low || 1;
      return {
        slope: [0.5 / width, 60 / width],
        midpoint: [Math.exp(low - width / 2), Math.exp(high + width / 2)],
      };
    },
    evaluate(theta, x, n, value, jacobian) {
      const logX = x[0]!;
      const low = theta[0]!;
      const span = theta[1]!;
      const slope = theta[2]!;
      const midpoint = theta[3]!;
      const logMid = Math.log(midpoint);
      for (let i = 0, at = 0; i < n; i++, at += 4) {
        const distance = logX[i]! - logMid;
        const s = 1 / (1 + exp(-slope * distance));
        const steep = span * s * (1 - s);
        value[i] = low + span * s;
        jacobian[at] = 1;
        jacobian[at + 1] = s;
        jacobian[at + 2] = steep * distance;
        jacobian[at + 3] = (-steep * slope) / midpoint;
      }
    },
  };
}
