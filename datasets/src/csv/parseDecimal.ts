// Of these characters alone `Number` makes nothing but decimal numbers, and NaN of what is in a wrong order.
const decimal = /^[\d.eE+-]+$/;

/**
 * A number in decimal notation, with or without exponent: what a table of figures holds. Nothing else is a number, in
 * particular not what JavaScript's `Number` takes besides: "", " 1", 0x10, 0o17, 0b1, Infinity.
 *
 * @param text the whole cell
 * @returns the number (infinite where it is beyond a double's range), NaN where the text is none
 *
 * @example
 * ```ts
 * import { parseDecimal } from "isoflop-datasets/csv";
 *
 * parseDecimal("1.4e12"); // => 1400000000000
 * parseDecimal("0x10"); // => NaN
 * parseDecimal(""); // => NaN
 * ```
 */
export function parseDecimal(text: string): number {
  return decimal.test(text) ? Number(text) : Number.NaN;
}
