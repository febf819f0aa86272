/**
 * The nearest mixture within bounds: `x_i = min(max(y_i - t, lower_i), upper_i)`, with the one shift t at which the shares
 * sum to 1. The sum falls with t in straight pieces, so Newton steps kept within a bracket find it in a few rounds.
 *
 * The bounds must leave room: `sum lower <= 1 <= sum upper`.
 *
 * Source: the projection onto the simplex, Held, Wolfe and Crowder 1974, with bounds.
 */
export function projectToSimplex(
  y: ArrayLike<number>,
  lower: Float64Array,
  upper: Float64Array,
  x = new Float64Array(lower.length),
): Float64Array {
  let [low, high] = [Infinity, -Infinity];
  for (let i = 0; i < x.length; i++) {
    low = Math.min(low, y[i]! - upper[i]!);
    high = Math.max(high, y[i]! - lower[i]!);
  }
  let shift = (low + high) / 2;
  for (let round = 0; round < 100; round++) {
    let [total, free, roomiest] = [0, 0, -1];
    for (let i = 0; i < x.length; i++) {
      const own = y[i]! - shift;
      if (own <= lower[i]!) x[i] = lower[i]!;
      else if (own >= upper[i]!) x[i] = upper[i]!;
      else {
        x[i] = own;
        free++;
        if (roomiest < 0 || own > x[roomiest]!) roomiest = i;
      }
      total += x[i]!;
    }
    const over = total - 1;
    if (Math.abs(over) < 1e-14) {
      if (roomiest >= 0) x[roomiest]! -= over;
      break;
    }
    if (over > 0) low = shift;
    else high = shift;
    const newton = free > 0 ? shift + over / free : Number.NaN;
    shift = newton > low && newton < high ? newton : (low + high) / 2;
  }
  return x;
}
