/** A law that is linear in the coefficients of two terms once two exponents are known. */
export interface TwoTermForm {
  /** The law's parameters, in its order, for the coefficients and the exponents. */
  theta(left: number, right: number, first: number, second: number): Float64Array;
  /** How far they lie from the runs. Default: the squares that the coefficients leave. */
  error?(left: number, right: number, first: number, second: number): number;
  /** Exponents to try: of the first and of the second term. */
  readonly exponents: readonly [readonly number[], readonly number[]];
  /**
   * Both terms of every row for a pair of exponents, without their coefficients and divided by the row's response, so
   * that the right coefficients give 1 in every row and rows weigh alike. They are read before the next pair is asked.
   */
  terms(first: number, second: number): readonly [Float64Array, Float64Array];
}

const kept = 6;

/**
 * Starts for a law in two terms: the coefficients are solved for by least squares on a grid of the exponents.
 *
 * @param rows how many runs
 * @returns the six best cells as complete parameters in the law's order.
 */
export function twoTermStarts(rows: number, form: TwoTermForm): Float64Array[] {
  const found: { theta: Float64Array; error: number }[] = [];
  for (const first of form.exponents[0]) {
    for (const second of form.exponents[1]) {
      const [u, v] = form.terms(first, second);
      let [uu, uv, vv, ur, vr] = [0, 0, 0, 0, 0];
      for (let i = 0; i < rows; i++) {
        uu += u[i]! * u[i]!;
        uv += u[i]! * v[i]!;
        vv += v[i]! * v[i]!;
        ur += u[i]!;
        vr += v[i]!;
      }
      const determinant = uu * vv - uv * uv;
      const left = (ur * vv - vr * uv) / determinant;
      const right = (vr * uu - ur * uv) / determinant;
      if (!(left > 0 && right > 0)) continue;
      const error = form.error?.(left, right, first, second) ?? rows - left * ur - right * vr;
      if (error < Infinity) found.push({ theta: form.theta(left, right, first, second), error });
    }
  }
  return found
    .sort((a, b) => a.error - b.error)
    .slice(0, kept)
    .map(({ theta }) => theta);
}

/** Sixteen exponents, each `ratio` times the one before. */
export function exponentGrid(from: number, ratio: number): number[] {
  return Array.from({ length: 16 }, (_, k) => from * ratio ** k);
}
