import { requirePositive } from "../../numerics/arguments/requireNumber.ts";

/** A power law y = coefficient * product of x^exponent, with where it was published and in which units. */
export interface PublishedPowerLaw<X extends string = string> {
  readonly coefficient: number;
  readonly exponents: Readonly<Record<X, number>>;
  readonly source: string;
  readonly units: Readonly<Record<NoInfer<X> | "y", string>>;
  /** Smallest and largest value in the data behind it, where known. */
  readonly fitted: Partial<Readonly<Record<X, readonly [number, number]>>>;
}

/** Freezes the constants through and through. */
export function publishedPowerLaw<X extends string>(law: PublishedPowerLaw<X>): PublishedPowerLaw<X> {
  for (const part of [law.exponents, law.units, law.fitted, ...Object.values(law.fitted)])
    Object.freeze(part);
  return Object.freeze(law);
}

/**
 * y of a published power law at x.
 *
 * @param x one value > 0 a variable, in the law's units
 * @throws RangeError when a value is missing or not > 0
 *
 * @example
 * import { evaluatePowerLaw, stepLawBatchTokens } from "isoflop";
 * evaluatePowerLaw(stepLawBatchTokens, { nTokens: 100e9 }); // => 1.108e6
 */
export function evaluatePowerLaw<X extends string>(
  law: PublishedPowerLaw<X>,
  x: Readonly<Record<NoInfer<X>, number>>,
): number {
  let y = law.coefficient;
  for (const name of Object.keys(law.exponents) as X[]) {
    y *= requirePositive(name, x[name], `give it in ${law.units[name]}`) ** law.exponents[name];
  }
  return y;
}
