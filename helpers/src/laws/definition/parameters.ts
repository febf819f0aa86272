import type { Parameter } from "./Law.ts";

// One line a parameter: the two scales first, then the parameters that most laws share, so that one name always has
// one meaning and one domain.

type Range = readonly [number, number];

const notNegative: Range = [0, Infinity];

/** The domain of a parameter that may have either sign. */
export const anySign: Range = [-Infinity, Infinity];

/** A parameter in whose own value the search moves: exponents, floors, differences. */
export function linearParameter<Name extends string>(
  name: Name,
  unit: string,
  description: string,
  start: Range,
  domain = notNegative,
): Parameter<Name> {
  return { name, unit, description, domain, scale: "linear", start };
}

/** A positive parameter that spans decades, in whose logarithm the search moves. */
export function logParameter<Name extends string>(
  name: Name,
  unit: string,
  description: string,
  start: Range,
  domain = notNegative,
): Parameter<Name> {
  return { name, unit, description, domain, scale: "log", start };
}

/** What is left of the response when every variable is infinite. */
export function floor<Name extends string>(name: Name, unit: string): Parameter<Name> {
  return linearParameter(name, unit, "irreducible part", [0, 4]);
}

/** Size of a power-law term: its value where the variable is 1. */
export function amplitude<Name extends string>(name: Name, unit: string, of: string): Parameter<Name> {
  return logParameter(
    name,
    `${unit}, times the variable's unit to the exponent`,
    `size of the ${of} term`,
    [1, 1e10],
  );
}

export function exponent<Name extends string>(
  name: Name,
  of: string,
  start: Range = [0.02, 1.2],
  domain = notNegative,
): Parameter<Name> {
  return linearParameter(name, "1", `exponent of the ${of} term`, start, domain);
}

/** A value of a variable at which something happens: positive, spanning decades. */
export function scalePoint<Name extends string>(
  name: Name,
  unit: string,
  description: string,
): Parameter<Name> {
  return logParameter(name, unit, description, [1, 1e20]);
}
