import {
  type EngineEstimate,
  type Estimated,
  type ServingCalibration,
  type ServingScenario,
  simulateScenario,
} from "isoflop";

/** A percentile of a time over requests, with the intervals of the mean. */
export interface ServingPercentile {
  readonly percent: number;
  readonly ttftS: Estimated;
  /** Absent for outputs of one token. */
  readonly tpotS?: Estimated;
  /** From the arrival to the last token. */
  readonly e2eS: Estimated;
}

/** Percentiles, and what they were simulated from. */
export interface ServingPercentiles {
  readonly percentiles: readonly ServingPercentile[];
  readonly requests: number;
  readonly notes: readonly string[];
}

/** Which percentiles, by what constants, of how many requests at least. */
export interface PercentileQuestion {
  readonly percents: readonly number[];
  readonly calibration?: ServingCalibration | undefined;
  readonly fewest?: number;
}

/** How many requests are simulated where nothing else is asked: enough for the 99th percentile, few enough for a second. */
const usual = 1000;

/**
 * Percentiles of times over requests. The simulation gives how a percentile stands to the mean; the mean and what is
 * uncertain of it are those of the estimate.
 *
 * @throws RangeError where the cache cannot hold a request, or instances have no link between them
 */
export function servingPercentiles(
  scenario: ServingScenario,
  estimate: EngineEstimate,
  { percents, calibration, fewest = usual }: PercentileQuestion,
): ServingPercentiles {
  const { load } = scenario;
  const warmup =
    load.kind === "closed" ? load.concurrency : load.kind === "open" ? Math.ceil(fewest / 10) : 0;
  const run = simulateScenario(scenario, {
    requests: Math.max(fewest, load.kind === "closed" ? 10 * load.concurrency : 0) + warmup,
    warmup,
    ...(calibration && { calibration }),
  });
  const at = (values: Float64Array, percent: number, mean: number, estimated: Estimated): Estimated => {
    const ratio = percentileOf(values.subarray(warmup), percent) / mean;
    const range = ([low, high]: Estimated["interval80"]) => [ratio * low, ratio * high] as const;
    const { value, interval80, interval95 } = estimated;
    return { value: ratio * value, interval80: range(interval80), interval95: range(interval95) };
  };
  const { requests, ttftS, tpotS, e2eS } = run;
  const e2e = requestTime(estimate, scenario.outputTokens);
  return {
    percentiles: percents.map((percent) => ({
      percent,
      ttftS: at(requests.ttftS, percent, ttftS.mean, estimate.ttftS),
      ...(scenario.outputTokens > 1 && { tpotS: at(requests.tpotS, percent, tpotS.mean, estimate.tpotS) }),
      e2eS: at(requests.e2eS, percent, e2eS.mean, e2e),
    })),
    requests: run.counted,
    notes: [
      `percentiles: over ${run.counted} simulated requests of equal length, around the means above`,
      ...(run.preemptions > 0
        ? [`the cache is full at times: ${run.preemptions} requests were thrown out of it and computed again`]
        : []),
    ],
  };
}

/** A percentile between its neighbours, as numpy has it; of values that are numbers. */
function percentileOf(values: Float64Array, percent: number): number {
  const sorted = values.filter((value) => !Number.isNaN(value)).sort();
  const place = (percent / 100) * (sorted.length - 1);
  const [below, above] = [sorted[Math.floor(place)]!, sorted[Math.ceil(place)]!];
  return below + (place % 1) * (above - below);
}

/** Seconds of a whole request; ends as if both times were wrong together. */
function requestTime({ ttftS, tpotS }: EngineEstimate, outputTokens: number): Estimated {
  const sum = (first: number, token: number) => first + (outputTokens - 1) * token;
  const range = (a: Estimated["interval80"], b: Estimated["interval80"]) =>
    [sum(a[0], b[0]), sum(a[1], b[1])] as const;
  return {
    value: sum(ttftS.value, tpotS.value),
    interval80: range(ttftS.interval80, tpotS.interval80),
    interval95: range(ttftS.interval95, tpotS.interval95),
  };
}
