// The checks of arguments that every room shares. A message names the value, the domain and the way out:
// `nTokens must be a number > 0, got -3; give the training tokens, such as 1.4e12`.

/** Where a value stands in what the caller gave, such as `row 3`. The way out is to drop it or to mend the file. */
export interface Place {
  readonly in: string;
}

/** What to do instead, after the semicolon; or the place in the caller's data. */
export type WayOut = string | Place;

/**
 * The error for a value outside its domain: `NAME WANTED, got VALUE; WAY OUT`.
 *
 * @param wanted what the value must be, beginning with `must`
 */
export function refusal(name: string, wanted: string, value: unknown, wayOut: WayOut): RangeError {
  const rest = typeof wayOut === "string" ? `; ${wayOut}` : ` in ${wayOut.in}; drop it or fix the file`;
  return new RangeError(`${name} ${wanted}, got ${value}${rest}`);
}

/** Returns `value` when it is a finite number > 0. */
export function requirePositive(name: string, value: number, wayOut: WayOut): number {
  if (Number.isFinite(value) && value > 0) return value;
  const kind = typeof wayOut === "string" && value !== Infinity ? "number" : "finite number";
  throw refusal(name, `must be a ${kind} > 0`, value, wayOut);
}

/** Throws unless `value` is a finite number, 0 or above. */
export function requireNonNegative(name: string, value: number, wayOut: WayOut): void {
  if (!(Number.isFinite(value) && value >= 0)) {
    throw refusal(name, "must be a finite number >= 0", value, wayOut);
  }
}

/** Throws unless `value` is a finite number above `limit`. */
export function requireAbove(name: string, value: number, limit: number, wayOut: WayOut): void {
  if (!(Number.isFinite(value) && value > limit)) {
    throw refusal(name, `must be ${finite(value)}> ${limit}`, value, wayOut);
  }
}

/** Throws unless `value` is a finite number, `limit` or above. */
export function requireAtLeast(name: string, value: number, limit: number, wayOut: WayOut): void {
  if (!(Number.isFinite(value) && value >= limit)) {
    throw refusal(name, `must be ${finite(value)}>= ${limit}`, value, wayOut);
  }
}

const finite = (value: number) => (value === Infinity ? "a finite number " : "");

/** Whether `value` is a whole number from `min` to `max`, both allowed. */
export function isWhole(value: number, min: number, max = Infinity): boolean {
  return Number.isSafeInteger(value) && value >= min && value <= max;
}

/** Throws unless `value` is a whole number of at least `min`. */
export function requireWhole(name: string, value: number, min: number, wayOut: WayOut): void {
  if (!isWhole(value, min)) throw refusal(name, `must be a whole number >= ${min}`, value, wayOut);
}

/** Throws unless `value` is a whole number between `min` and `max`, both allowed. */
export function requireWholeBetween(
  name: string,
  value: number,
  min: number,
  max: number,
  wayOut: WayOut,
): void {
  if (!isWhole(value, min, max)) {
    throw refusal(name, `must be a whole number between ${min} and ${max}`, value, wayOut);
  }
}

/** Throws unless `value` lies between `low` and `high`, both allowed. */
export function requireBetween(name: string, value: number, low: number, high: number, wayOut: WayOut): void {
  if (!(typeof value === "number" && value >= low && value <= high)) {
    throw refusal(name, `must lie between ${low} and ${high}`, value, wayOut);
  }
}

/** Throws unless `value` is a share of a whole: between 0 and 1, both allowed. */
export function requireFraction(name: string, value: number): void {
  requireBetween(name, value, 0, 1, "divide percentages by 100");
}

/** Throws unless `value` is an efficiency: above 0, at most 1. */
export function requireEfficiency(name: string, value: number): void {
  if (!(value > 0 && value <= 1)) {
    throw refusal(name, "must lie in (0, 1]", value, "divide percentages by 100");
  }
}

/** Throws unless `level`, the share that an interval is to hold, lies between 0 and 1, neither allowed. */
export function requireLevel(level: number): void {
  if (!(level > 0 && level < 1)) throw refusal("level", "must be between 0 and 1", level, "0.95 is usual");
}
