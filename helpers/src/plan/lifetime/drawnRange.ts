import { type Ranged, readRanged } from "../../cost/run/Ranged.ts";
import type { Random } from "../../numerics/random/Random.ts";

/** A number that is known within a range: its middle, and a draw of what it may be. */
export interface DrawnRange {
  readonly value: number;
  draw(random: Random): number;
}

/**
 * What a `Ranged` leaves open: between the two ends of a pair every value is as likely, in logarithms; a value with an
 * interval of 95 % is log-normal, either side for itself; a plain number is certain.
 */
export function drawnRange(name: string, given: Ranged): DrawnRange {
  const { value, low, high } = readRanged(name, given);
  // Every draw takes the same numbers from the stream, so that another input changes no other draw.
  if (Array.isArray(given)) {
    return { value, draw: (random) => low * (high / low) ** random.uniform() };
  }
  const [down, up] = [Math.log(value / low) / 1.959964, Math.log(high / value) / 1.959964];
  return {
    value,
    draw(random) {
      const z = random.normal();
      return value * Math.exp(z * (z < 0 ? down : up));
    },
  };
}
