import type { Estimated } from "../engine/EngineEstimate.ts";
import { type DifferenceInterval, independentDifference } from "./differenceInterval.ts";
import type { DeviceRates } from "./money/servingFigures.ts";
import type { ServingCandidate } from "./ServingCandidate.ts";
import type { ServingObjective } from "./ServingQuestion.ts";

/** How candidates stand by an objective. */
export interface ServingRanking {
  /** Logarithm of what is made least; of tokens a second, their inverse. */
  logCost(candidate: ServingCandidate): number;
  /** ln(cost of one / cost of the best), and its joint 80 % interval. */
  against(
    one: ServingCandidate,
    best: ServingCandidate,
  ): { readonly log: number; readonly interval: readonly [low: number, high: number] };
  /**
   * Whether the interval against the best holds 0. Where not even independent errors could make up for the difference the
   * joint interval, which takes longer, is not asked.
   */
  isTied(one: ServingCandidate, best: ServingCandidate): boolean;
}

/** What of a device's rates an objective pays for; none of those that pay nothing. */
const paid = {
  usdPerMillionTokens: "usdPerS",
  joulesPerToken: "watts",
  kgCo2ePerMillionTokens: "kgCo2ePerS",
} as const satisfies Partial<Record<ServingObjective, keyof DeviceRates>>;

/** The rate that an objective needs of an offer; undefined where it needs none. */
export function rateNeeded(objective: ServingObjective): keyof DeviceRates | undefined {
  return objective in paid ? paid[objective as keyof typeof paid] : undefined;
}

/** Compares by an objective; `rates` are those of each offer. */
export function servingRanking(
  objective: ServingObjective,
  rates: readonly DeviceRates[],
  difference: DifferenceInterval,
): ServingRanking {
  const rate = rateNeeded(objective);
  const isLatency = objective === "tpotS" || objective === "ttftS";
  // What a second of a candidate costs: devices by their rate, devices, or 1 where only the speed of all counts.
  const weightOf = ({ configuration, estimate }: ServingCandidate) => {
    if (objective === "tokensPerS") return 1;
    return estimate.devices * (rate ? rates[configuration.offer]![rate]!.value : 1);
  };
  const logCost = (one: ServingCandidate) =>
    isLatency
      ? Math.log(one.estimate[objective].value)
      : Math.log(weightOf(one) / one.estimate.tokensPerS.value);
  const intervalBy = (by: DifferenceInterval, one: ServingCandidate, best: ServingCandidate) => {
    const log = logCost(one) - logCost(best);
    const [low, high] = by(one, best, isLatency ? objective : "tokensPerS");
    if (isLatency) return [low, high] as const;
    const speed = Math.log(one.estimate.tokensPerS.value / best.estimate.tokensPerS.value);
    // Cost falls as speed rises: the upper end of the speed is the lower one of the cost.
    let [down, up] = [high - speed, speed - low];
    const [a, b] = rate
      ? [rates[one.configuration.offer]![rate]!, rates[best.configuration.offer]![rate]!]
      : [];
    // Offers of the same cards at the same rate pay one and the same, whatever it is.
    const isOneRate =
      one.scenario.acceleratorKey === best.scenario.acceleratorKey &&
      a?.value === b?.value &&
      a?.low === b?.low &&
      a?.high === b?.high;
    if (a && b && !isOneRate) {
      down = Math.hypot(down, Math.log(a.value / a.low), Math.log(b.high / b.value));
      up = Math.hypot(up, Math.log(a.high / a.value), Math.log(b.value / b.low));
    }
    return [log - down, log + up] as const;
  };
  return {
    logCost,
    against(one, best) {
      if (one === best) return { log: 0, interval: [0, 0] };
      return { log: logCost(one) - logCost(best), interval: intervalBy(difference, one, best) };
    },
    isTied(one, best) {
      if (one === best) return true;
      if (intervalBy(independentDifference, one, best)[0] > 0) return false;
      return difference === independentDifference || intervalBy(difference, one, best)[0] <= 0;
    },
  };
}

/**
 * Those than which none has both less x and less y, ascending by x; of equal ones the first.
 */
export function leastOfBoth<T>(items: readonly T[], x: (item: T) => number, y: (item: T) => number): T[] {
  const points = items.map((item) => ({ item, x: x(item), y: y(item) }));
  points.sort((a, b) => a.x - b.x || a.y - b.y);
  let least = Infinity;
  const front: T[] = [];
  for (const point of points) {
    if (point.y >= least) continue;
    least = point.y;
    front.push(point.item);
  }
  return front;
}

/** The end of an estimate that a limit is held against. */
export function limitedEnd({ value, interval80 }: Estimated, by: "value" | "interval80"): number {
  return by === "value" ? value : interval80[1];
}
