/**
 * Mean of max(compute(t), memory(t)) over the whole numbers first … last, where both grow linearly between the `breaks`:
 * exact, at a few evaluations a piece. Between two breaks the larger of two lines changes at most once, and each part is a
 * sum of a line.
 */
export function meanOverSteps(
  step: (cached: number) => { readonly compute: number; readonly memory: number },
  range: { readonly first: number; readonly last: number; readonly breaks: readonly number[] },
): number {
  const { first, last } = range;
  const starts = [...new Set([first, ...range.breaks.filter((at) => at > first && at <= last)])].sort(
    (a, b) => a - b,
  );
  let sum = 0;
  for (const [i, low] of starts.entries()) {
    const high = (starts[i + 1] ?? last + 1) - 1;
    sum += sumOfLarger(step(low), step(high), high - low + 1);
  }
  return sum / (last - first + 1);
}

/** Σ of the larger of two lines over `count` equally spaced points, from their values at both ends. */
function sumOfLarger(
  low: { compute: number; memory: number },
  high: { compute: number; memory: number },
  count: number,
): number {
  const line = (from: number, to: number) => ((from + to) / 2) * count;
  const before = low.compute - low.memory;
  const after = high.compute - high.memory;
  if (count === 1 || before * after >= 0) {
    return Math.max(line(low.compute, high.compute), line(low.memory, high.memory));
  }
  // Points 0 … k belong to the line that leads at first, the others to the one that leads at last.
  const k = Math.floor((before / (before - after)) * (count - 1));
  const at = (from: number, to: number, i: number) => from + ((to - from) * i) / (count - 1);
  const part = (from: number, to: number, i: number, j: number) =>
    ((at(from, to, i) + at(from, to, j)) / 2) * (j - i + 1);
  const [early, late] = before > 0 ? (["compute", "memory"] as const) : (["memory", "compute"] as const);
  return part(low[early], high[early], 0, k) + part(low[late], high[late], k + 1, count - 1);
}
