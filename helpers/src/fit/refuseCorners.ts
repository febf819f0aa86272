import type { Loss } from "./losses/Loss.ts";

/** Throws where a search that follows slopes is given a loss that has none at its corners. */
export function refuseCorners(of: string, loss: Loss | undefined): void {
  if (!loss?.annealing) return;
  throw new RangeError(`${of} needs a loss without corners, got ${loss.label}; huber(1e-5) is close to l1`);
}
