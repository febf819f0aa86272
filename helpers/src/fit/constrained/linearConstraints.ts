import type { Law } from "../../laws/definition/Law.ts";
import { nearestName } from "../../numerics/arguments/nearestName.ts";
import type { Coordinates } from "../objective/Coordinates.ts";

/** A linear inequality among a law's parameters, as `sum_j coefficient_j theta_j - limit <= 0`. */
export interface LinearConstraint {
  /** As it was written. */
  readonly text: string;
  /** One coefficient a parameter of the law. */
  readonly coefficients: Float64Array;
  readonly limit: number;
}

const term =
  /([+-]?)\s*(?:((?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?)(?:\s*\*?\s*([\p{L}][\p{L}\p{N}_]*))?|([\p{L}][\p{L}\p{N}_]*))\s*/iuy;

/**
 * Reads constraints such as "alpha <= beta", "A + 2*B <= 500" or "E >= 1.5": sums of parameters with numbers before them,
 * on both sides of `<=` or `>=`.
 *
 * @throws RangeError naming what cannot be read, an unknown parameter, or a constraint without one
 */
export function linearConstraints(law: Law, texts: readonly string[]): LinearConstraint[] {
  if (!Array.isArray(texts)) {
    throw new RangeError(`constraints must be a list such as ["alpha <= beta"], got ${String(texts)}`);
  }
  const trimmed = texts.map((text: unknown) => {
    if (typeof text === "string") return text.trim();
    throw new RangeError(`a constraint must be text such as "alpha <= beta", got ${String(text)}`);
  });
  // Said twice it would share its multiplier with itself.
  return [...new Set(trimmed)].map((text) => {
    const sides = text.split(/<=|>=/);
    if (sides.length !== 2 || /[<>=]/.test(sides.join(""))) {
      throw new RangeError(`the constraint "${text}" must have one <= or >=, as in "alpha <= beta"`);
    }
    const sign = text.includes("<=") ? 1 : -1;
    const coefficients = new Float64Array(law.parameters.length);
    let constant = 0;
    for (const [side, factor] of [
      [sides[0]!, sign],
      [sides[1]!, -sign],
    ] as const) {
      constant += factor * readSide(law, text, side, factor, coefficients);
    }
    if (coefficients.every((each) => each === 0)) {
      throw new RangeError(`the constraint "${text}" says nothing of a parameter; drop it`);
    }
    if (!(Math.abs(constant) < Infinity) || !coefficients.every(Number.isFinite)) {
      throw new RangeError(
        `the constraint "${text}" has no finite limit; drop it, or write a smaller number`,
      );
    }
    return { text, coefficients, limit: -constant };
  });
}

/** Adds a side's parameters to the coefficients and returns the sum of its numbers. */
function readSide(law: Law, text: string, side: string, factor: number, coefficients: Float64Array): number {
  const names = law.parameters.map(({ name }) => name);
  const trimmed = side.trim();
  let constant = 0;
  let at = 0;
  while (at < trimmed.length || at === 0) {
    term.lastIndex = at;
    const found = term.exec(trimmed);
    if (!found || (at > 0 && found[1] === "")) {
      throw new RangeError(
        `the constraint "${text}" cannot be read at "${trimmed.slice(at) || side}": write sums of parameters with numbers before them, such as "A + 2*B <= 500"`,
      );
    }
    at = term.lastIndex;
    const number = (found[1] === "-" ? -1 : 1) * Number(found[2] ?? 1);
    const name = found[3] ?? found[4];
    if (name === undefined) {
      constant += number;
      continue;
    }
    const j = names.indexOf(name);
    if (j < 0) {
      throw new RangeError(
        `the constraint "${text}" names ${name}; did you mean ${nearestName(name, names)}? ${law.name} has ${names.join(", ")}`,
      );
    }
    coefficients[j]! += factor * number;
  }
  return constant;
}

/**
 * Moves coordinates that alone decide a constraint to the side that obeys it: a search ends a share of 1e-9 beside it, and
 * whoever compares a parameter with its limit would find it beyond.
 */
export function obeySingleLimits(
  z: Float64Array,
  coordinates: Coordinates,
  constraints: readonly LinearConstraint[],
): void {
  const theta = new Float64Array(coordinates.law.parameters.length);
  for (const { coefficients, limit } of constraints) {
    const named = [...coefficients.keys()].filter((j) => coefficients[j] !== 0);
    const slot = coordinates.slot[named[0]!]!;
    if (named.length > 1 || slot < 0) continue;
    const coefficient = coefficients[named[0]!]!;
    const end = limit / coefficient;
    const { log, lower, upper } = coordinates.free[slot]!;
    const value = () => {
      coordinates.toParameters(z, theta);
      return coefficient * theta[named[0]!]!;
    };
    if (!(value() > limit)) continue;
    z[slot] = Math.min(upper, Math.max(lower, log ? Math.log(end) : end));
    const digit = 2 ** -52 * Math.max(Math.abs(z[slot]!), log ? 1 : 0);
    for (let k = 0; k < 4 && value() > limit; k++) z[slot]! -= Math.sign(coefficient) * digit;
  }
}
