import type { ServingCandidate } from "./ServingCandidate.ts";
import type { LatencyLimits } from "./ServingQuestion.ts";
import { limitedEnd } from "./servingRanking.ts";

/** The seconds of a candidate that limits are held against, and by how much they pass them. */
export interface Limited {
  readonly ttftS: number;
  readonly tpotS: number;
  /** The larger of the two over its limit; 1 or less is within both. */
  readonly excess: number;
}

/**
 * Share of requests from which on no percentile is simulated where the mean is over the limit already: this saves most
 * simulations, and a percentile that high is not below the mean. Lower ones, such as the median, often are.
 */
const screenedFrom = 0.9;

/** Most candidates that percentiles are simulated of in one search. */
export const mostSimulated = 200;

/** Means (or the upper ends of their intervals), by a factor where one is stated, against the limits. */
export function limitedMeans({ estimate }: ServingCandidate, limits: LatencyLimits): Limited {
  const { factor = 1, by = "value" } = limits;
  return held(
    { ttftS: factor * limitedEnd(estimate.ttftS, by), tpotS: factor * limitedEnd(estimate.tpotS, by) },
    limits,
  );
}

/**
 * Simulated percentiles against the limits. With `by: "interval80"` they are stretched as the means are.
 */
export function limitedPercentiles({ scenario, estimate }: ServingCandidate, limits: LatencyLimits): Limited {
  const { ttftS, tpotS } = limits.percentiles!(scenario, limits.at as number);
  const { by = "value" } = limits;
  return held(
    {
      ttftS: (ttftS * limitedEnd(estimate.ttftS, by)) / estimate.ttftS.value,
      tpotS: (tpotS * limitedEnd(estimate.tpotS, by)) / estimate.tpotS.value,
    },
    limits,
  );
}

function held(at: { readonly ttftS: number; readonly tpotS: number }, limits: LatencyLimits): Limited {
  const { ttftS = Infinity, tpotS = Infinity } = limits;
  return { ...at, excess: Math.max(at.ttftS / ttftS, at.tpotS / tpotS) };
}

/**
 * The candidates within the limits, in the order given (the best first). Where percentiles are simulated, the search goes
 * down the order until `wanted` are found or `mostSimulated` were tried: `tried` says how far.
 */
export function withinLimits(
  candidates: readonly ServingCandidate[],
  limits: LatencyLimits,
  wanted: number,
): {
  readonly within: readonly ServingCandidate[];
  readonly nearest?: { readonly candidate: ServingCandidate; readonly limited: Limited };
  readonly tried: number;
} {
  const within: ServingCandidate[] = [];
  let nearest: { candidate: ServingCandidate; limited: Limited } | undefined;
  let tried = 0;
  for (const candidate of candidates) {
    let limited = limitedMeans(candidate, limits);
    const isSimulated = limits.percentiles && (limited.excess <= 1 || (limits.at as number) < screenedFrom);
    if (isSimulated) {
      if (tried >= mostSimulated || within.length >= wanted) break;
      // A percentile is never compared with a mean: the first one that is known takes the place of all means.
      if (tried++ === 0) nearest = undefined;
      limited = limitedPercentiles(candidate, limits);
    } else if (tried > 0) continue;
    if (limited.excess <= 1) within.push(candidate);
    if (!nearest || limited.excess < nearest.limited.excess) nearest = { candidate, limited };
  }
  return { within, ...(nearest && { nearest }), tried };
}
