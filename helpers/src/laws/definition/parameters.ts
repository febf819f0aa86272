import type { Parameter } from "./Law.ts";

// The parameters that most laws share, so that one name always has one meaning and one domain.

/** What is left of the response when every variable is infinite. */
export function floor<Name extends string>(name: Name, unit: string): Parameter<Name> {
  return {
    name,
    unit,
    description: "irreducible part",
    domain: [0, Infinity],
    scale: "linear",
    start: [0, 4],
  };
}

/** Size of a power-law term: its value where the variable is 1. */
export function amplitude<Name extends string>(name: Name, unit: string, of: string): Parameter<Name> {
  return {
    name,
    unit: `${unit}, times the variable's unit to the exponent`,
    description: `size of the ${of} term`,
    domain: [0, Infinity],
    scale: "log",
    start: [1, 1e10],
  };
}

export function exponent<Name extends string>(
  name: Name,
  of: string,
  start: readonly [number, number] = [0.02, 1.2],
): Parameter<Name> {
  return {
    name,
    unit: "1",
    description: `exponent of the ${of} term`,
    domain: [0, Infinity],
    scale: "linear",
    start,
  };
}

/** A value of a variable at which something happens: positive, spanning decades. */
export function scalePoint<Name extends string>(
  name: Name,
  unit: string,
  description: string,
): Parameter<Name> {
  return { name, unit, description, domain: [0, Infinity], scale: "log", start: [1, 1e20] };
}
