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
