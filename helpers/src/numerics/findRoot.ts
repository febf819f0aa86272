/**
 * The root of a function that rises through 0 between `low` and `high`, to rounding, by bisection: no derivative, no
 * start, and noise in the last digits of f cannot lead it astray.
 *
 * @param f below 0 to the left of the root, 0 or above to the right
 */
export function findRoot(f: (x: number) => number, low: number, high: number): number {
  let a = low;
  let b = high;
  // 100 halvings leave nothing between a and b, but where the root is 0.
  for (let k = 0; k < 100; k++) {
    const middle = (a + b) / 2;
    if (!(a < middle && middle < b)) break;
    if (f(middle) < 0) a = middle;
    else b = middle;
  }
  return (a + b) / 2;
}
