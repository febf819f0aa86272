/**
 * Returns `value` when it is a finite number > 0.
 *
 * @throws RangeError naming the argument, the value and the way out.
 */
export function requirePositive(name: string, value: number, advice = "give a count, such as 7e9"): number {
  if (typeof value !== "number" || !Number.isFinite(value) || value <= 0) {
    throw new RangeError(`${name} must be a number > 0, got ${value}; ${advice}`);
  }
  return value;
}
