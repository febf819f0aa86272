import type { FittedLaw, Law } from "./Law.ts";
import { predict } from "./predict.ts";

/** Constants of a law as somebody published them, usable wherever a fit is. */
export interface PublishedLaw<V extends string = string, P extends string = string, R extends string = string>
  extends FittedLaw<V, P, R> {
  /** Where the constants stand: paper, equation or table. */
  readonly source: string;
}

/**
 * Gives a law its constants, in the units that the law declares.
 *
 * @param source where the constants were published.
 * @throws RangeError when a parameter is missing, unknown, not finite or outside its domain.
 *
 * @example
 * ```ts
 * import { chinchilla, computeOptimal, withParameters } from "isoflop";
 * const law = withParameters(chinchilla, { E: 1.69, A: 406.4, B: 410.7, alpha: 0.34, beta: 0.28 }, "eq. 10");
 * computeOptimal(law, { flops: 5.88e23 }).tokensPerParam; // => 92.83
 * ```
 */
export function withParameters<V extends string, P extends string, R extends string>(
  law: Law<V, P, R>,
  parameters: Readonly<Record<P, number>>,
  source = "given by the caller",
): PublishedLaw<V, P, R> {
  const known = law.parameters.map((p) => p.name);
  for (const name of Object.keys(parameters)) {
    if (!known.includes(name as P)) {
      throw new RangeError(`${law.name} has no parameter ${name}; it has ${known.join(", ")}`);
    }
  }
  for (const { name, domain, unit } of law.parameters) {
    const value = parameters[name];
    if (!Number.isFinite(value) || value < domain[0] || value > domain[1]) {
      throw new RangeError(
        `${name} of ${law.name} must be a number from ${domain[0]} to ${domain[1]} (${unit}), got ${value}`,
      );
    }
  }
  const values = Object.freeze({ ...parameters });
  return Object.freeze({
    law,
    parameters: values,
    source,
    predict: (point: Readonly<Record<V, number>>) => predict(law, values, point),
  });
}
