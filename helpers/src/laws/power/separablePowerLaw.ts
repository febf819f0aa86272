import { exp } from "../../numerics/exp.ts";
import type { Law } from "../definition/Law.ts";
import { amplitude, exponent, floor } from "../definition/parameters.ts";
import type { PowerLawOptions } from "./PowerLawOptions.ts";
import { ofVariables } from "./responseOf.ts";

/**
 * One power-law term for each of any number of variables: `L(x) = E + sum_j A_j / x_j^alpha_j`.
 *
 * Parameters are named after the variables: `A_nParams`, `alpha_nParams`, and so on. With nParams and nTokens it is
 * `chinchilla` under other names.
 *
 * @param variables fields of the runs, at least one, all positive.
 * @param options `response`, the field that is predicted (default `loss`).
 * @throws RangeError when there is no variable or one comes twice.
 *
 * Source: the additive form of Hoffmann et al. 2022 (arXiv 2203.15556), eq. 2, with more terms as in
 * Tao et al. 2024 (arXiv 2407.13623), approach 3.
 *
 * @example
 * ```ts
 * import { separablePowerLaw } from "isoflop";
 * separablePowerLaw(["nParams", "nTokens", "vocabularySize"]).parameters.length; // => 7
 * ```
 */
export function separablePowerLaw<V extends string, R extends string = "loss">(
  variables: readonly V[],
  options: PowerLawOptions<R> = {},
): Law<V, "E" | `A_${V}` | `alpha_${V}`, R> {
  const common = ofVariables("separablePowerLaw", variables, options);
  const { unit } = common.response;
  const m = variables.length;
  return {
    ...common,
    tex: "L(x) = E + \\sum_j \\frac{A_j}{x_j^{\\alpha_j}}",
    source: "Hoffmann et al. 2022 (arXiv 2203.15556), eq. 2, with any number of terms",
    parameters: [
      floor("E", unit),
      ...variables.map((name) => amplitude(`A_${name}` as const, unit, name)),
      ...variables.map((name) => exponent(`alpha_${name}` as const, name)),
    ],
    linear: [
      { parameter: "E", given: [] },
      ...variables.map((name) => ({ parameter: `A_${name}` as const, given: [`alpha_${name}` as const] })),
    ],
    evaluate(theta, x, n, value, jacobian) {
      const p = 2 * m + 1;
      for (let i = 0; i < n; i++) {
        value[i] = theta[0]!;
        jacobian[i * p] = 1;
      }
      for (let j = 0; j < m; j++) {
        const log = x[j]!;
        const A = theta[1 + j]!;
        const alpha = theta[1 + m + j]!;
        for (let i = 0, at = 1 + j; i < n; i++, at += p) {
          const u = exp(-alpha * log[i]!);
          value[i] = value[i]! + A * u;
          jacobian[at] = u;
          jacobian[at + m] = -A * u * log[i]!;
        }
      }
    },
  };
}
