import { decayedCopies } from "../../laws/limitedData/decayedCopies.ts";
import { findRoot } from "../../numerics/findRoot.ts";
import type { LossSurface } from "./lossSurface.ts";

/** A source of training tokens: its share of them, and how many are different. */
export interface TokenSource {
  readonly share: number;
  readonly unique: number;
}

/** Half a step along which a law's slopes are taken. */
const step = 1e-4;

/** ln of the size at which one more per cent of parameters helps as much as one more per cent of so many tokens. */
function logBalancedSize(surface: LossSurface, logTokens: number): number {
  const slope = (logN: number) =>
    surface(logN + step, logTokens - step) - surface(logN - step, logTokens + step);
  return findRoot(slope, 0, logTokens + 40);
}

/** `logBalancedSize` between whole ln D, which for Chinchilla's law is a straight line. */
function balancedSizes(surface: LossSurface): (logTokens: number) => number {
  const nodes = new Map<number, number>();
  const node = (logTokens: number) => {
    let size = nodes.get(logTokens);
    if (size === undefined) {
      size = logBalancedSize(surface, logTokens);
      nodes.set(logTokens, size);
    }
    return size;
  };
  return (logTokens) => {
    const below = Math.floor(logTokens);
    const low = node(below);
    return low + (logTokens - below) * (node(below + 1) - low);
  };
}

/**
 * A law's loss where tokens repeat: at D' and N' of Muennighoff et al. 2023 (appendix A). Each source repeats for itself, and
 * the balanced size is taken from the law itself, so that any law can be asked.
 *
 * @param decay R* of tokens and of parameters
 */
export function repeatedSurface(
  surface: LossSurface,
  sources: readonly TokenSource[],
  [rStarTokens, rStarParams]: readonly [tokens: number, params: number],
): LossSurface {
  const balanced = balancedSizes(surface);
  return (logN, logD) => {
    const tokens = Math.exp(logD);
    let seen = 0;
    let effective = 0;
    for (const { share, unique } of sources) {
      const own = share * tokens;
      if (own <= unique) {
        seen += own;
        effective += own;
      } else {
        seen += unique;
        effective += unique * decayedCopies(own / unique - 1, rStarTokens);
      }
    }
    const excess = logN - balanced(Math.log(seen));
    const size = excess > 0 ? logN - excess + Math.log(decayedCopies(Math.expm1(excess), rStarParams)) : logN;
    return surface(size, Math.log(effective));
  };
}

/** ln of the tokens from which on some source repeats. */
export function logFirstRepeat(sources: readonly TokenSource[]): number {
  return Math.log(Math.min(...sources.map(({ share, unique }) => (share > 0 ? unique / share : Infinity))));
}
