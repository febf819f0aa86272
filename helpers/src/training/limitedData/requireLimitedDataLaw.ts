import { requireNonNegative, requirePositive } from "../../numerics/arguments/requireNumber.ts";

const names = ["E", "A", "B", "alpha", "beta", "rStarTokens", "rStarParams"] as const;

/** The constants of `dataConstrained`: a fit of it, or published ones. */
export interface DataConstrainedConstants {
  readonly parameters: Readonly<Record<(typeof names)[number], number>>;
}

/**
 * The constants of a law of repeated data, of which E and both R* may be 0 and both R* Infinity.
 *
 * @throws RangeError when one is missing or outside its domain.
 */
export function requireLimitedDataLaw(law: DataConstrainedConstants): DataConstrainedConstants["parameters"] {
  const parameters = law?.parameters;
  for (const name of names) {
    const value = parameters?.[name];
    const isStar = name.startsWith("rStar");
    const isUsable = (isStar || Number.isFinite(value)) && (isStar || name === "E" ? value >= 0 : value > 0);
    if (isUsable) continue;
    throw new RangeError(
      `${name} of the law must be a number ${isStar || name === "E" ? ">=" : ">"} 0, got ${value}; ` +
        "give a fit of dataConstrained, such as muennighoff2023",
    );
  }
  return parameters;
}

/** Constants of `chinchilla`, for text that is seen once. */
export interface FreshLaw {
  readonly parameters: Readonly<Record<"E" | "A" | "B" | "alpha" | "beta", number>>;
}

/**
 * The constants of a law of fresh data, of which E may be 0.
 *
 * @throws RangeError when one is missing or outside its domain.
 */
export function requireFreshLaw(law: FreshLaw): FreshLaw["parameters"] {
  const way = "give a fit of chinchilla or published constants, such as muennighoff2023Fresh";
  const constants = law?.parameters;
  requireNonNegative("E of the law of fresh data", constants?.E, way);
  for (const name of ["A", "B", "alpha", "beta"] as const) {
    requirePositive(`${name} of the law of fresh data`, constants[name], way);
  }
  const { E, A, B, alpha, beta } = constants;
  return { E, A, B, alpha, beta };
}
