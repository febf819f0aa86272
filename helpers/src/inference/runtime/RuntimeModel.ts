/** A measurement that does not fit with the others. */
export interface RuntimeOutlier {
  /** Its place among the rows that were given, from 1. */
  readonly row: number;
  readonly promptTokens: number;
  readonly outputTokens: number;
  readonly runtimeS: number;
  /** What the other rows say it should be, in seconds. */
  readonly expectedS: number;
  /** How many median absolute deviations it is off. */
  readonly deviations: number;
}

/** How the time of an output token follows from the prompt: G(p) = base + perPromptToken · p. */
export interface OutputTime {
  readonly rule: "constant" | "rising";
  /** Seconds for each output token after the first, at a prompt of no length. */
  readonly baseS: number;
  /** Seconds that each prompt token adds to that; 0 of a constant rule. */
  readonly perPromptTokenS: number;
  /** What both rules miss at prompt sizes that were left out, where they were compared. */
  readonly crossValidation?: {
    /** Root mean squared errors in seconds, over rows of left-out prompt sizes. */
    readonly constantS: number;
    readonly risingS: number;
    /** Prompt sizes that were left out, one after the other. */
    readonly promptSizes: number;
  };
}

/** Prefill time and time per output token, fitted to measurements. */
export interface RuntimeModel {
  /** F(p): seconds until the first token, for each measured prompt size, in rising order; never falling, never below 0. */
  readonly promptTimes: readonly { readonly promptTokens: number; readonly seconds: number }[];
  /** G: seconds for each output token after the first; of a rising rule at the mean of the measured prompt sizes. */
  readonly secondsPerOutputToken: number;
  /** How G follows from the prompt. */
  readonly outputTime: OutputTime;
  /** Intercept of the pooled line, in seconds. Near 0 when T = F(p) + (o−1)G holds; not used to predict. */
  readonly interceptS: number;
  /** R² of the pooled line T − F(p) against o − 1. */
  readonly r2: number;
  /** Mean of (T − F(p) − (o−1)G)², in s². */
  readonly meanSquaredError: number;
  /** Largest (T − F(p) − (o−1)G)², in s². */
  readonly maxSquaredError: number;
  /** Number of measurements used. */
  readonly nMeasurements: number;
  /** Where F(p) comes from: the requests of one output token, or the least squares. */
  readonly promptTimesFrom: "measured" | "fitted";
  /** "squares", or "huber" where rows lie so far off that squares would follow them. */
  readonly loss: "squares" | "huber";
  /** The rows that do, the farthest first; empty with squares. */
  readonly outliers: readonly RuntimeOutlier[];
  /** Where F would fall or be negative without the constraint: prompt sizes whose F it changed. */
  readonly constrained: readonly number[];
}
