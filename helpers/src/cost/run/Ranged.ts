import { describeGiven } from "../../numerics/arguments/describeGiven.ts";
import { refusal } from "../../numerics/arguments/requireNumber.ts";

/**
 * A number > 0 that is known as one value, as a range (its geometric mean counts as the value), or as a value with an
 * interval about it.
 */
export type Ranged =
  | number
  | readonly [low: number, high: number]
  | { readonly value: number; readonly interval: readonly [number, number] };

/** A `Ranged` as value and ends. */
export interface RangedValue {
  readonly value: number;
  readonly low: number;
  readonly high: number;
}

/** Reads a `Ranged`; `atMost` is the largest number allowed, 1 for shares, and `beyond` what to do with a larger one. */
export function readRanged(
  name: string,
  given: Ranged,
  atMost = Infinity,
  beyond = "divide percentages by 100",
): RangedValue {
  const wayOut = "give a number, [low, high] or { value, interval: [low, high] }";
  const isPair = Array.isArray(given);
  const about = given as { readonly value: number; readonly interval: readonly [number, number] };
  const ends: unknown = isPair ? given : typeof given === "number" ? [given, given] : about?.interval;
  if (!Array.isArray(ends) || ends.length !== 2) {
    throw new RangeError(
      `${name} must be a number with or without a range, got ${describeGiven(given)}; ${wayOut}`,
    );
  }
  const [low, high] = ends as [number, number];
  const value = isPair ? middle(low, high) : typeof given === "number" ? given : about.value;
  for (const one of [low, value, high]) {
    if (!(Number.isFinite(one) && one > 0 && one <= atMost)) {
      const domain = atMost === Infinity ? "be a finite number > 0" : `lie in (0, ${atMost}]`;
      throw refusal(name, `must ${domain}`, one, atMost < Infinity ? beyond : wayOut);
    }
  }
  if (!(low <= value && value <= high)) {
    throw refusal(
      `${name}'s range`,
      "must hold its value, low end first",
      `${value} in ${low} to ${high}`,
      wayOut,
    );
  }
  return { value, low, high };
}

/** Geometric mean; rounding may put that of two equal ends beside them. */
const middle = (low: number, high: number) => Math.max(low, Math.min(high, Math.sqrt(low) * Math.sqrt(high)));
