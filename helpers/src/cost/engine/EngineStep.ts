/** What one step of an engine computes: pieces of prompts, and a next token for requests that decode. */
export interface EngineStep {
  /** Prompt tokens computed in this step, all requests together. */
  readonly promptTokens: number;
  /** Pairs of one of those tokens and a token it sees (itself among them), all requests together. */
  readonly promptPairs: number;
  /** Requests that get their next token. */
  readonly decoding: number;
  /** Tokens that those hold in the cache, together. */
  readonly cachedTokens: number;
}

/** Seconds of a step of one instance. */
export type StepClock = (step: EngineStep) => number;
