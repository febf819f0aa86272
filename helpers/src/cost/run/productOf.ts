import type { RangedValue } from "./Ranged.ts";

/** A factor of a product, or with `over` one that it is divided by. */
export interface Factor {
  readonly of: RangedValue;
  readonly over?: boolean;
}

/**
 * Product of factors that are known within ranges, taken as independent and, each on either side of its value, log-normal:
 * the logarithms of the half-widths add up in squares. Exact for log-normal factors with intervals of one level.
 */
export function productOf(factors: readonly Factor[]): RangedValue {
  let value = 1;
  let [down, up] = [0, 0];
  for (const { of, over } of factors) {
    const [toLow, toHigh] = [Math.log(of.value / of.low), Math.log(of.high / of.value)];
    value = over ? value / of.value : value * of.value;
    down += (over ? toHigh : toLow) ** 2;
    up += (over ? toLow : toHigh) ** 2;
  }
  return { value, low: value * Math.exp(-Math.sqrt(down)), high: value * Math.exp(Math.sqrt(up)) };
}
