/** More points of a trace are not looked at one by one. */
const most = 40_000;

type Columns = readonly [readonly unknown[], readonly unknown[]];

/** Of very many points those that the eye finds in each piece of them: the first, and the outermost to every side. */
export function fewer([xs, ys]: Columns): Columns {
  const length = Math.min(xs.length, ys.length);
  if (length <= most) return [xs, ys];
  const piece = Math.ceil(length / (most / 5));
  const kept: number[] = [];
  for (let from = 0; from < length; from += piece) {
    const end = Math.min(from + piece, length);
    let [left, right, low, high] = [from, from, from, from];
    for (let i = from + 1; i < end; i++) {
      if (isLess(xs[i], xs[left])) left = i;
      if (isLess(xs[right], xs[i])) right = i;
      if (isLess(ys[i], ys[low])) low = i;
      if (isLess(ys[high], ys[i])) high = i;
    }
    kept.push(...[...new Set([from, left, right, low, high])].sort((p, q) => p - q));
  }
  return [kept.map((i) => xs[i]), kept.map((i) => ys[i])];
}

/** Dates compare as texts do, and what is no value is passed over. */
function isLess(a: unknown, b: unknown): boolean {
  return a !== null && (b === null || (a as number) < (b as number));
}
