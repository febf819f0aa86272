import { exp } from "../../numerics/exp.ts";
import type { Law, Parameter } from "../definition/Law.ts";
import {
  amplitude,
  anySign,
  floor,
  linearParameter,
  logParameter,
  scalePoint,
} from "../definition/parameters.ts";
import { positiveVariable } from "../definition/variables.ts";
import { brokenStarts } from "./brokenStarts.ts";
import type { PowerLawOptions } from "./PowerLawOptions.ts";
import { responseOf } from "./responseOf.ts";

type BreakParameter<K extends number> = `c${K}` | `d${K}` | `f${K}`;

/**
 * A smoothly broken power law with one or two breaks:
 * `y(x) = E + A x^-c0 prod_i (1 + (x / d_i)^(1 / f_i))^(-c_i f_i)`.
 *
 * d_i is where break i lies (in the variable's unit), f_i its width (small = sharp), c_i the change of the exponent
 * there: the slope of ln(y - E) goes from -c0 to -(c0 + c1) at d1, and on to -(c0 + c1 + c2) at d2. With data of one
 * break only, two are not identified, and the fit says so.
 *
 * @param variable field of the runs, positive.
 * @param breaks 1 or 2.
 * @param options `response`, the field that is predicted (default `loss`).
 * @throws RangeError for another number of breaks.
 *
 * Source: Caballero et al. 2023 (arXiv 2210.14891), eq. 1.
 *
 * @example
 * ```ts
 * import { brokenPowerLaw, withParameters } from "isoflop";
 * const law = withParameters(brokenPowerLaw("nTokens", 1), { E: 1, A: 1, c0: 0, c1: 1, d1: 100, f1: 0.5 });
 * law.predict({ nTokens: 100 }); // => 1.7071
 * ```
 */
export function brokenPowerLaw<V extends string, R extends string = "loss">(
  variable: V,
  breaks: 1,
  options?: PowerLawOptions<R>,
): BrokenPowerLaw<V, 1, R>;
export function brokenPowerLaw<V extends string, R extends string = "loss">(
  variable: V,
  breaks: 2,
  options?: PowerLawOptions<R>,
): BrokenPowerLaw<V, 1 | 2, R>;
export function brokenPowerLaw<V extends string, R extends string = "loss">(
  variable: V,
  breaks: 1 | 2,
  options: PowerLawOptions<R> = {},
): BrokenPowerLaw<V, 1 | 2, R> {
  if (breaks !== 1 && breaks !== 2) {
    throw new RangeError(
      `breaks must be 1 or 2, got ${breaks}; with more, no published sweep identifies them`,
    );
  }
  const numbers = breaks === 1 ? ([1] as const) : ([1, 2] as const);
  const response = responseOf("brokenPowerLaw", options);
  const { unit } = response;
  const own = numbers.flatMap((k) => breakParameters(k));
  return {
    name: `brokenPowerLaw(${variable}, ${breaks})`,
    tex: `y(x) = E + A\\,x^{-c_0} \\prod_{i=1}^{${breaks}} \\left(1 + (x/d_i)^{1/f_i}\\right)^{-c_i f_i}`,
    source: "Caballero et al. 2023 (arXiv 2210.14891), eq. 1",
    specification: { kind: "brokenPowerLaw", arguments: [variable, breaks, { response: response.name }] },
    response,
    variables: [positiveVariable(variable)],
    parameters: [
      floor("E", unit),
      amplitude("A", unit, "power"),
      linearParameter("c0", "1", "exponent before the first break", [-0.2, 1.2], anySign),
      ...own,
    ],
    linear: [],
    starts: (x, y) => brokenStarts(x[0]!, y, breaks),
    evaluate(theta, x, n, value, jacobian) {
      const p = 3 + 3 * breaks;
      const logX = x[0]!;
      const E = theta[0]!;
      const A = theta[1]!;
      const c0 = theta[2]!;
      for (let i = 0, at = 0; i < n; i++, at += p) {
        let log = -c0 * logX[i]!;
        for (let k = 3; k < p; k += 3) {
          const c = theta[k]!;
          const d = theta[k + 1]!;
          const f = theta[k + 2]!;
          const t = (logX[i]! - Math.log(d)) / f;
          // ln(1 + e^t) and its slope, without overflow on either side.
          const soft = t > 0 ? t + Math.log1p(exp(-t)) : Math.log1p(exp(t));
          const slope = 1 / (1 + exp(-t));
          log -= c * f * soft;
          jacobian[at + k] = -f * soft;
          jacobian[at + k + 1] = (c * slope) / d;
          jacobian[at + k + 2] = -c * (soft - t * slope);
        }
        const u = exp(log);
        value[i] = E + A * u;
        jacobian[at] = 1;
        jacobian[at + 1] = u;
        jacobian[at + 2] = -A * u * logX[i]!;
        for (let k = 3; k < p; k++) jacobian[at + k] = A * u * jacobian[at + k]!;
      }
    },
  };
}

/** The law that `brokenPowerLaw` makes, with the parameters of K breaks. */
export type BrokenPowerLaw<V extends string, K extends number, R extends string = "loss"> = Law<
  V,
  "E" | "A" | "c0" | BreakParameter<K>,
  R
>;

function breakParameters<K extends number>(k: K): Parameter<BreakParameter<K>>[] {
  return [
    linearParameter(`c${k}`, "1", `change of the exponent at break ${k}`, [-1, 1.2], anySign),
    scalePoint(`d${k}`, "the variable's unit", `place of break ${k}`),
    logParameter(`f${k}`, "1", `width of break ${k}`, [0.05, 2], [0.01, 20]),
  ];
}
