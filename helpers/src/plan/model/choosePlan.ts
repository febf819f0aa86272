import { goldenSection, minimiseScalar } from "../../numerics/minimiseScalar.ts";
import type { LossSurface } from "./lossSurface.ts";
import type { PlanSurfaces } from "./PlanModel.ts";

/** A point of a plan: ln N, ln D, and the loss there. */
export interface Point {
  readonly logN: number;
  readonly logD: number;
  readonly loss: number;
}

/** What is chosen for one draw of the constants. */
export interface Choice extends Point {
  /** The best split of the budget, from which the choice may depart. */
  readonly best: Point;
}

/** What decides the choice. */
export interface ChoiceOptions {
  /** ln of flops / 6. */
  readonly logProduct: number;
  /** ln of the tokens from which on some are repeated. */
  readonly logFirstRepeat?: number;
  /** ln of the most parameters a token may see. */
  readonly logMostParams?: number;
  readonly overTrain?: number;
  readonly inferenceTokens?: number;
}

/**
 * Size and tokens for a budget under one draw of the constants.
 *
 * @returns undefined where the draw has no best split: more parameters or more tokens always help
 */
export function choosePlan(surfaces: PlanSurfaces, options: ChoiceOptions): Choice | undefined {
  const { logProduct, logMostParams = Infinity, overTrain, inferenceTokens } = options;
  const at = (logN: number): Point => {
    const logD = logProduct - logN;
    return { logN, logD, loss: surfaces.loss(logN, logD) };
  };
  const found = bestSize(surfaces, options);
  if (!Number.isFinite(found)) return undefined;
  const best = at(found);
  if (overTrain !== undefined) {
    return { ...at(Math.min(best.logN - Math.log(overTrain) / 2, logMostParams)), best };
  }
  if (inferenceTokens !== undefined) {
    const cheapest = leastLifetime(surfaces.loss, best, { inferenceTokens, logMostParams });
    return Number.isFinite(cheapest.logD) ? { ...cheapest, best } : undefined;
  }
  return { ...best, best };
}

function bestSize(surfaces: PlanSurfaces, options: ChoiceOptions): number {
  const { logProduct, logFirstRepeat = Infinity, logMostParams = Infinity } = options;
  const { loss, fresh, closedForm } = surfaces;
  const highest = Math.min(logProduct, logMostParams);
  const size = (surface: LossSurface, high: number) => {
    const found = minimiseScalar((logN) => surface(logN, logProduct - logN), 0, high);
    return found === 0 || found === logProduct ? Number.NaN : found;
  };
  // A closed form may lie beyond one parameter or one token: then there is no best split, unless memory makes one.
  const inside = (found: number) =>
    found > 0 && (found < logProduct || highest < logProduct) ? found : Number.NaN;
  const alone = Math.min(closedForm ? inside(closedForm(logProduct)) : size(fresh, highest), highest);
  // While nothing repeats at the best split of fresh tokens it stands: repetition only takes from other sizes. Else it is
  // best to see every token at least once.
  if (loss === fresh || logProduct - alone <= logFirstRepeat) return alone;
  return size(loss, Math.min(highest, logProduct - logFirstRepeat));
}

/**
 * The least 6 N D + 2 N T at the loss of the best split: the model is smaller, and trained until it is as good.
 *
 * Source: Sardana et al. 2024, "Beyond Chinchilla-Optimal", eq. 3.
 */
function leastLifetime(
  surface: LossSurface,
  best: Point,
  { inferenceTokens, logMostParams }: { readonly inferenceTokens: number; readonly logMostParams: number },
): Point {
  // Where tokens repeat so often that more of them change the last digits alone, those are no reason to train on.
  const asGood = { ...best, loss: best.loss * (1 + 1e-9) };
  const tokensAt = (logN: number) => logTokensFor(surface, logN, asGood);
  const cost = (logN: number) => {
    const logD = tokensAt(logN);
    return logN + Math.log(6 * Math.exp(logD) + 2 * inferenceTokens);
  };
  const logN = valleyBelow(cost, best.logN, logMostParams);
  const logD = tokensAt(logN);
  return { logN, logD, loss: best.loss };
}

/** ln of the tokens with which a size reaches a loss, by false position (Illinois); Infinity where none do. */
function logTokensFor(surface: LossSurface, logN: number, { logD: from, loss }: Point): number {
  const above = (logD: number) => surface(logN, logD) - loss;
  let [low, high] = [from, from];
  let [atLow, atHigh] = [above(from), above(from)];
  for (let reach = 0.5; atHigh > 0; reach *= 2) {
    if (reach > 40) return Infinity;
    [low, atLow] = [high, atHigh];
    high = from + reach;
    atHigh = above(high);
  }
  for (let reach = 0.5; atLow <= 0; reach *= 2) {
    if (reach > 40) return -Infinity;
    [high, atHigh] = [low, atLow];
    low = from - reach;
    atLow = above(low);
  }
  let kept = 0;
  for (let k = 0; k < 100 && high - low > 1e-11; k++) {
    const middle = (low * atHigh - high * atLow) / (atHigh - atLow);
    const value = above(middle);
    if (value === 0 || middle === low || middle === high) return middle;
    const side = Math.sign(value);
    if (side > 0) {
      [low, atLow] = [middle, value];
      if (kept === side) atHigh /= 2;
    } else {
      [high, atHigh] = [middle, value];
      if (kept === side) atLow /= 2;
    }
    kept = side;
  }
  return high;
}

/** Where a function with one valley is least, at or below a place but for a stride, and nowhere above a limit, to 1e-8. */
function valleyBelow(f: (x: number) => number, from: number, limit: number): number {
  const stride = 0.25;
  let middle = from;
  let least = f(from);
  for (let next = f(middle - stride); next < least; next = f(middle - stride)) {
    middle -= stride;
    least = next;
  }
  const high = Math.min(middle + stride, limit);
  const found = goldenSection(f, middle - stride, high, 1e-8);
  // Golden section ends near a limit, not at it, and behind the wall where smaller models never reach the loss.
  return f(found) < Math.min(least, f(high)) ? found : least <= f(high) ? middle : high;
}
