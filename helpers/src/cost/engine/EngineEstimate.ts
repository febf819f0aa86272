/** A value and where it lies in 80 and 95 of 100 cases. */
export interface Estimated {
  readonly value: number;
  readonly interval80: readonly [low: number, high: number];
  readonly interval95: readonly [low: number, high: number];
}

/** What serving is like: means over requests, with intervals. */
export interface EngineEstimate {
  /** Seconds from the arrival of a request to its first token, waiting included. */
  readonly ttftS: Estimated;
  /** Seconds from one output token of a request to the next. */
  readonly tpotS: Estimated;
  /** Output tokens a second of all devices together. */
  readonly tokensPerS: Estimated;
  /** Devices of all instances. */
  readonly devices: number;
  /** Requests that decode at the same time in one instance, on average. */
  readonly decoding: number;
  /** Whether measurements near this scenario were calibrated on. */
  readonly inDistribution: boolean;
  /** What the constants were calibrated on, in words. */
  readonly calibratedOn: string;
  /** What was assumed, and what to know before the numbers are believed. */
  readonly assumptions: readonly string[];
}
