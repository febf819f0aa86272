import type { Law } from "../laws/definition/Law.ts";
import type { DefineLawOptions } from "./DefineLawOptions.ts";
import type { FormulaParameters, FormulaResponse, FormulaVariables } from "./FormulaTypes.ts";
import { lawOfEquation } from "./lawOfEquation.ts";
import { readEquation } from "./readEquation.ts";

/**
 * Makes a law from its formula. It fits, predicts and judges like a built-in one: the formula is differentiated, the
 * parameters in which it is linear are found, and value and gradient are compiled to one loop.
 *
 * Numbers, names and `+ - * / ^` are understood, comparisons (1 where they hold, 0 where not), `and or not xor`,
 * `condition ? a : b`, `min` and `max` of any number of values, `log(x, base)`, and these functions: `exp ln log log2 log10
 * log1p expm1 sqrt cbrt pow square cube abs sign floor ceil round`, sine, cosine, tangent and their hyperbolic and inverse
 * forms. `pi` and `e` are refused, because they may
 * mean a number or a parameter. Numbers within 1e-12 of each other are equal in comparisons, as in mathjs. At a kink the
 * slope is that of one side. A parameter is taken to be ≥ 0 unless `parameters` gives another domain: exponents between .02 and 1.2 are where the search starts.
 * Nothing of the text is evaluated as code.
 *
 * @param formula one equation, such as "L = E + A/N^alpha + B/D^beta"
 * @throws RangeError when the formula is not one equation, contains something else, or has no variable or no parameter
 * @example
 * import { fit } from "isoflop";
 * import { chinchillaFigure4 } from "isoflop-datasets";
 * import { defineLaw } from "isoflop/formula";
 * const law = defineLaw("L = E + A/N^alpha + B/D^beta");
 * const runs = chinchillaFigure4().filter((run) => !run.isOutlier);
 * fit(law, runs).parameters.alpha; // => 0.3499
 */
export function defineLaw<const F extends string, const O extends DefineLawOptions = Record<never, never>>(
  formula: F,
  options?: O,
): Law<FormulaVariables<F, O>, FormulaParameters<F, O>, FormulaResponse<F, O>> {
  return lawOfEquation(formula, readEquation(formula), options ?? {}) as unknown as Law<
    FormulaVariables<F, O>,
    FormulaParameters<F, O>,
    FormulaResponse<F, O>
  >;
}
