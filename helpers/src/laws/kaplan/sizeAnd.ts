import type { Parameter, Variable } from "../definition/Law.ts";
import { exponent, scalePoint } from "../definition/parameters.ts";
import { nParams, tokenLoss } from "../definition/variables.ts";

/**
 * What Kaplan's losses by size and one variable more have in common: the size's scale and exponent beside those of the
 * other variable, and no parameter in which they are linear.
 *
 * @param other the second variable
 * @param scale the value of it at which its term is 1, and the exponent
 */
export function sizeAnd<V extends string, Scale extends string, Exponent extends string>(
  other: Variable<V>,
  [scale, exponentOfScale]: readonly [Parameter<Scale>, Parameter<Exponent>],
) {
  return {
    response: tokenLoss,
    variables: [nParams, other],
    parameters: [
      scalePoint("Nc", "parameters", "size at which the model term alone gives a loss of 1"),
      scale,
      exponent("alphaN", "model", [0.02, 0.6]),
      exponentOfScale,
    ],
    linear: [],
  };
}
