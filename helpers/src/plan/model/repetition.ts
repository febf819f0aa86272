import { findRoot } from "../../numerics/findRoot.ts";
import type { LossSurface } from "./lossSurface.ts";

/** ln of an effective count: 1 + R repeats of `unique` decayed with R*; all of it while nothing repeats. */
export function logEffectiveCount(logCount: number, logUnique: number, rStar: number): number {
  if (logCount <= logUnique || rStar === Infinity) return logCount;
  const repeats = Math.expm1(logCount - logUnique);
  return logUnique + Math.log1p(-rStar * Math.expm1(-repeats / rStar));
}

/** Half a step along which a law's slopes are taken. */
const step = 1e-4;

/** Whether one more per cent of parameters helps a law's loss less than one more per cent of tokens. */
const hasEnoughParams = (surface: LossSurface, logParams: number, logTokens: number) =>
  surface(logParams + step, logTokens - step) >= surface(logParams - step, logTokens + step);

/** ln of the size at which one more per cent of parameters helps as much as one more per cent of so many tokens. */
function logBalancedSize(surface: LossSurface, logTokens: number): number {
  return findRoot((logN) => (hasEnoughParams(surface, logN, logTokens) ? 1 : -1), 0, logTokens + 40);
}

/**
 * A law's loss where only so many tokens are different: at D' and N' of Muennighoff et al. 2023 (appendix A), whose
 * balanced size is taken from the law itself, so that any law can be asked.
 *
 * @param decay R* of tokens and of parameters
 */
export function repeatedSurface(
  surface: LossSurface,
  logUnique: number,
  [rStarTokens, rStarParams]: readonly [number, number],
): LossSurface {
  const balancedAtUnique = logBalancedSize(surface, logUnique);
  return (logN, logD) => {
    let balanced = balancedAtUnique;
    if (logD < logUnique) {
      balanced = hasEnoughParams(surface, logN, logD) ? logBalancedSize(surface, logD) : Infinity;
    }
    return surface(
      logEffectiveCount(logN, balanced, rStarParams),
      logEffectiveCount(logD, logUnique, rStarTokens),
    );
  };
}
