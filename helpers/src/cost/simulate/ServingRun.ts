import type { Spread } from "./spreadOf.ts";

/** What became of every request, a column a field, in the order of arrival. */
export interface SimulatedRequests {
  readonly arrivalS: Float64Array;
  readonly promptTokens: Int32Array;
  readonly outputTokens: Int32Array;
  /** From the arrival to the step that first computes for it. */
  readonly queueS: Float64Array;
  /** From the arrival to the first token. */
  readonly ttftS: Float64Array;
  /** (end − first token)/(outputTokens − 1); NaN for a single token. */
  readonly tpotS: Float64Array;
  /** From the arrival to the last token. */
  readonly e2eS: Float64Array;
  /** How often it was thrown out of a full cache. */
  readonly preemptions: Int32Array;
  /** Number of the instance that wrote its last token, from 0; of split instances counted behind those that prefill. */
  readonly instance: Int32Array;
}

/** What a load and an engine make of each other. */
export interface ServingRun {
  readonly requests: SimulatedRequests;
  /** Requests that the figures below are of: all but those of the warm-up and the cool-down. */
  readonly counted: number;
  readonly ttftS: Spread;
  readonly tpotS: Spread;
  /** Times between two tokens of a request, all tokens alike; tokens that come together (drafts) are one. */
  readonly itlS: Spread;
  readonly e2eS: Spread;
  readonly queueS: Spread;
  /** Seconds that the rates and means over time below are of. */
  readonly spanS: number;
  readonly requestsPerS: number;
  readonly outputTokensPerS: number;
  /** Prompt tokens a second that were computed, those of recomputation among them. */
  readonly promptTokensPerS: number;
  /** Requests a second that kept all limits, and their share; where no limits are given, all do. */
  readonly goodRequestsPerS: number;
  readonly goodShare: number;
  /** Means over equal pieces of the whole time, all instances together: piece i ends at (i + 1)·widthS. */
  readonly course: {
    readonly widthS: number;
    readonly decoding: Float64Array;
    readonly waiting: Float64Array;
    readonly kvTokens: Float64Array;
  };
  /** Requests in the system, averaged over time (L of Little's law). */
  readonly inSystem: number;
  /** Requests that decode at the same time in an instance, averaged over the time in which one does, and the most. */
  readonly decoding: number;
  readonly mostDecoding: number;
  /** Share of its time that an instance computes. */
  readonly busyShare: number;
  readonly steps: number;
  readonly preemptions: number;
  /** Tokens of the cache blocks in use, averaged over the time that an instance computes, and the most in one. */
  readonly kvTokens: number;
  readonly mostKvTokens: number;
}
