import { requireOptions } from "../../numerics/arguments/requireOptions.ts";
import { exp } from "../../numerics/exp.ts";
import type { Law } from "../definition/Law.ts";
import { amplitude, exponent, floor } from "../definition/parameters.ts";
import { positiveVariable, tokenLoss } from "../definition/variables.ts";
import type { PowerLawOptions } from "./PowerLawOptions.ts";

/**
 * A power law plus a constant in one variable: `L(x) = E + A / x^alpha`.
 *
 * With x = nParams, nTokens or flops these are the laws L(N), L(D), L(C). Papers often write `(x0 / x)^alpha` for the
 * second term: `x0 = A^(1/alpha)`. For a pure power law (Kaplan) fix the floor: `fit(law, runs, { fixed: { E: 0 } })`.
 *
 * @param variable field of the runs, in whatever unit they use; A takes its unit from it.
 *
 * Source: Kaplan et al. 2020 (arXiv 2001.08361), eq. 1.1-1.3; Henighan et al. 2020 (arXiv 2010.14701), eq. 1.1.
 *
 * @example
 * ```ts
 * import { powerLaw, withParameters } from "isoflop";
 * const images = withParameters(powerLaw("nParams"), { E: 3.12, A: 80 ** 0.24, alpha: 0.24 });
 * images.predict({ nParams: 1e8 }); // => 3.1544
 * ```
 */
export function powerLaw<V extends string, R extends string = "loss">(
  variable: V,
  options: PowerLawOptions<R> = {},
): Law<V, "E" | "A" | "alpha", R> {
  requireOptions("powerLaw", options, ["response"]);
  const { response = "loss" as R } = options;
  const unit = response === "loss" ? tokenLoss.unit : "the response's unit";
  return {
    name: `powerLaw(${variable})`,
    tex: "L(x) = E + \\frac{A}{x^{\\alpha}}",
    source: "Henighan et al. 2020 (arXiv 2010.14701), eq. 1.1",
    specification: { kind: "powerLaw", arguments: [variable, { response }] },
    response: { ...tokenLoss, name: response, unit, description: response },
    variables: [positiveVariable(variable)],
    parameters: [floor("E", unit), amplitude("A", unit, variable), exponent("alpha", variable)],
    linear: [
      { parameter: "E", given: [] },
      { parameter: "A", given: ["alpha"] },
    ],
    evaluate,
  };
}

const evaluate: Law["evaluate"] = (theta, x, n, value, jacobian) => {
  const logX = x[0]!;
  const E = theta[0]!;
  const A = theta[1]!;
  const alpha = theta[2]!;
  for (let i = 0, at = 0; i < n; i++, at += 3) {
    const u = exp(-alpha * logX[i]!);
    value[i] = E + A * u;
    jacobian[at] = 1;
    jacobian[at + 1] = u;
    jacobian[at + 2] = -A * u * logX[i]!;
  }
};
