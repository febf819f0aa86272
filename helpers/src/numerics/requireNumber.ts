/** Throws unless `value` is a finite number above 0. */
export function requirePositive(name: string, value: number, where = ""): void {
  if (!(value > 0 && Number.isFinite(value))) {
    throw new RangeError(`${name} must be a finite number > 0, got ${value}${at(where)}`);
  }
}

/** Throws unless `value` is a finite number, 0 or above. */
export function requireNonNegative(name: string, value: number, where = ""): void {
  if (!(value >= 0 && Number.isFinite(value))) {
    throw new RangeError(`${name} must be a finite number >= 0, got ${value}${at(where)}`);
  }
}

/** Throws unless `value` is a whole number between `min` and `max`, both allowed. */
export function requireWhole(name: string, value: number, min: number, max = Infinity, where = ""): void {
  if (!(Number.isSafeInteger(value) && value >= min && value <= max)) {
    const domain = max === Infinity ? `>= ${min}` : `between ${min} and ${max}`;
    throw new RangeError(`${name} must be a whole number ${domain}, got ${value}${at(where)}`);
  }
}

/** Throws unless `value` lies between 0 and 1, both allowed. */
export function requireFraction(name: string, value: number, where = ""): void {
  if (!(value >= 0 && value <= 1)) {
    throw new RangeError(
      `${name} must lie between 0 and 1, got ${value}${at(where)}; divide percentages by 100`,
    );
  }
}

function at(where: string): string {
  return where === "" ? "" : ` in ${where}; drop it or fix the file`;
}
