import { requireNonNegative, requirePositive } from "../../numerics/arguments/requireNumber.ts";

/** The machine a request occupies. */
export interface AcceleratorPrice {
  /** Accelerators that one replica of the model occupies. */
  readonly accelerators: number;
  /** Price of one accelerator for one hour, in US dollars. */
  readonly usdPerHour: number;
}

/**
 * Cost of a request in US dollars: seconds × accelerators × usdPerHour / 3600.
 *
 * The accelerators are charged for the time they are held, at batch size 1.
 * Source: Narayanan et al. 2023, section 3.3 (idealized dollar cost).
 *
 * @throws RangeError on negative seconds or price, or accelerators that are not > 0
 * @example
 * import { runtimeCost } from "isoflop";
 * runtimeCost(90, { accelerators: 8, usdPerHour: 2.5 }); // => 0.5
 */
export function runtimeCost(seconds: number, price: AcceleratorPrice): number {
  requireNonNegative("seconds", seconds, "give how long the accelerators are busy");
  requirePositive("accelerators", price.accelerators, "give how many are rented together, such as 8");
  requireNonNegative("usdPerHour", price.usdPerHour, "give the rent of one accelerator");
  return (seconds * price.accelerators * price.usdPerHour) / 3600;
}
