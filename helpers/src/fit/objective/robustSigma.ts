import type { Objective } from "./Objective.ts";

/** Median of |r| by weight over 0.6745, without the p - 1 smallest, which the fit can make as small as it likes. */
export function robustSigma({ residual, w, n }: Pick<Objective, "residual" | "w" | "n">, p: number): number {
  const sizes = new Float64Array(n);
  let [count, weight, isEven] = [0, 0, true];
  for (let i = 0; i < n; i++) {
    if (!(w[i]! > 0)) continue;
    weight ||= w[i]!;
    isEven &&= w[i] === weight;
    sizes[count++] = Math.abs(residual[i]!);
  }
  if (isEven && count > 0) {
    // Numbers alone sort in a moment, also a million of them.
    const left = sizes
      .subarray(0, count)
      .sort()
      .subarray(Math.min(p - 1, count - 1));
    return left[Math.ceil(left.length / 2) - 1]! / 0.6745;
  }
  const pairs = Array.from({ length: n }, (_, i) => [Math.abs(residual[i]!), w[i]!] as const)
    .filter(([, each]) => each > 0)
    .sort(([one], [other]) => one - other);
  const kept = pairs.slice(Math.min(p - 1, pairs.length - 1));
  const total = kept.reduce((sum, [, each]) => sum + each, 0);
  let below = 0;
  for (const [size, each] of kept) {
    below += each;
    if (below >= total / 2) return size / 0.6745;
  }
  return Infinity;
}
