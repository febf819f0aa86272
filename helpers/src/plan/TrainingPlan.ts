/** One number of a plan, with where it comes from. */
export interface Planned {
  readonly value: number;
  readonly unit: string;
  /** The law, paper or assumption behind it. */
  readonly from: string;
  /** 95 % interval, where the law is a fit that can give one. */
  readonly interval?: readonly [low: number, high: number];
  /** What to know before using it: extrapolation, assumptions. */
  readonly notes: readonly string[];
}

/** The answer of `planTraining`. Quantities that were not asked for, or that no law gives here, are absent. */
export interface TrainingPlan {
  /** Training compute of the plan. */
  readonly flops: Planned;
  /** Parameters, embeddings included. */
  readonly nParams: Planned;
  readonly nTokens: Planned;
  readonly tokensPerParam: Planned;
  readonly loss: Planned;
  /** Entries of the vocabulary. */
  readonly vocabSize?: Planned;
  /** Peak learning rate. */
  readonly learningRate: Planned;
  readonly batchTokens: Planned;
  readonly steps: Planned;
  readonly gpuHours?: Planned;
  readonly days?: Planned;
  readonly usd?: Planned;
  /** Of serving the tokens asked for, 2 N a token. */
  readonly inferenceFlops?: Planned;
  /** Loss above that of the compute-optimal model at the same training compute; with `overTrain`. */
  readonly lossPenalty?: Planned;
}
