import type { Objective } from "./Objective.ts";

/** The size of a response as residuals have it: 1 for logarithms, else the mean of |y| by weight. */
export function typicalResponse({ logResidual, target, w, n }: Objective): number {
  if (logResidual) return 1;
  let [total, weights] = [0, 0];
  for (let i = 0; i < n; i++) {
    total += w[i]! * Math.abs(target[i]!);
    weights += w[i]!;
  }
  return total / weights || 1;
}
