/** One measured request. */
export interface RuntimeMeasurement {
  /** Tokens in the prompt. */
  readonly promptTokens: number;
  /** Tokens generated, at least 1: the first one comes out of the prefill. */
  readonly outputTokens: number;
  /** Wall-clock seconds for the whole request. */
  readonly runtimeS: number;
}
