import { exp } from "../../numerics/exp.ts";
import type { Law } from "../definition/Law.ts";
import { amplitude, anySign, exponent, floor } from "../definition/parameters.ts";
import type { PowerLawOptions } from "./PowerLawOptions.ts";
import { ofVariables } from "./responseOf.ts";

/**
 * A product of powers of any number of variables plus a constant: `L(x) = E + A prod_j x_j^-alpha_j`.
 *
 * Exponents may be negative here (a variable that hurts). Parameters are named `alpha_nParams` and so on.
 *
 * @param variables fields of the runs, at least one, all positive.
 * @param options `response`, the field that is predicted (default `loss`).
 * @throws RangeError when there is no variable or one comes twice.
 *
 * Source: multiplicative joint scaling, as in Zhang et al. 2024 (arXiv 2402.17193), the multiplicative form.
 *
 * @example
 * ```ts
 * import { multiplicativePowerLaw, withParameters } from "isoflop";
 * const law = multiplicativePowerLaw(["nParams", "nTokens"]);
 * const published = withParameters(law, { E: 1, A: 100, alpha_nParams: 0.1, alpha_nTokens: 0.1 });
 * published.predict({ nParams: 1e10, nTokens: 1e10 }); // => 2
 * ```
 */
export function multiplicativePowerLaw<V extends string, R extends string = "loss">(
  variables: readonly V[],
  options: PowerLawOptions<R> = {},
): Law<V, "E" | "A" | `alpha_${V}`, R> {
  const common = ofVariables("multiplicativePowerLaw", variables, options);
  const { unit } = common.response;
  const m = variables.length;
  return {
    ...common,
    tex: "L(x) = E + A \\prod_j x_j^{-\\alpha_j}",
    source: "Zhang et al. 2024 (arXiv 2402.17193), the multiplicative form",
    parameters: [
      floor("E", unit),
      amplitude("A", unit, "product"),
      ...variables.map((name) => exponent(`alpha_${name}` as const, name, [-0.2, 1], anySign)),
    ],
    linear: [
      { parameter: "E", given: [] },
      { parameter: "A", given: variables.map((name) => `alpha_${name}` as const) },
    ],
    evaluate(theta, x, n, value, jacobian) {
      const E = theta[0]!;
      const A = theta[1]!;
      const p = m + 2;
      for (let i = 0, at = 0; i < n; i++, at += p) {
        let exponentSum = 0;
        for (let j = 0; j < m; j++) exponentSum -= theta[2 + j]! * x[j]![i]!;
        const u = exp(exponentSum);
        value[i] = E + A * u;
        jacobian[at] = 1;
        jacobian[at + 1] = u;
        for (let j = 0; j < m; j++) jacobian[at + 2 + j] = -A * u * x[j]![i]!;
      }
    },
  };
}
