/** One number of a plan, with where it comes from. */
export interface Planned {
  readonly value: number;
  readonly unit: string;
  /** The law, paper or assumption behind it. */
  readonly from: string;
  /** 95 % interval over the draws of all constants together; absent where no law behind it has a covariance. */
  readonly interval?: readonly [low: number, high: number];
  /**
   * Whether `interval` holds more than the draws: between the effects of laws that were never measured together adding up
   * and none of their gains.
   */
  readonly isBound?: boolean;
  /** What to know before using it: extrapolation, assumptions. */
  readonly notes: readonly string[];
}

/** One law that a plan rests on: which, from what runs, over which range, with which constants. */
export interface PlanTerm {
  /** What it says, such as "loss", "repetition", "experts". */
  readonly term: string;
  /** The law as TeX. */
  readonly law: string;
  readonly from: string;
  /** Runs behind the constants; absent where the source does not say. */
  readonly runs?: number;
  /** Smallest and largest value of each variable among those runs. */
  readonly fitted: Readonly<Record<string, readonly [low: number, high: number]>>;
  /** The constants, with 95 % intervals where there are draws. */
  readonly constants: Readonly<
    Record<string, { readonly value: number; readonly interval?: readonly [number, number] }>
  >;
}

/** The answer of `planTraining`. Quantities that were not asked for, or that no law gives here, are absent. */
export interface TrainingPlan {
  /** Training compute of the plan. */
  readonly flops: Planned;
  /** Parameters a token sees, embeddings included. */
  readonly nParams: Planned;
  /** Parameters held in memory, with `experts`. */
  readonly nParamsTotal?: Planned;
  /** Experts, with `experts`. */
  readonly experts?: Planned;
  /** Tokens of training, repeated ones counted each time. */
  readonly nTokens: Planned;
  /** Passes over the unique tokens, with `uniqueTokens`. */
  readonly epochs?: Planned;
  readonly tokensPerParam: Planned;
  readonly loss: Planned;
  /** Loss above the best plan, if a draw of the constants were the truth: what the plan risks by not knowing them. */
  readonly regret?: Planned;
  /** Entries of the vocabulary. */
  readonly vocabSize?: Planned;
  /** Peak learning rate. */
  readonly learningRate: Planned;
  readonly batchTokens: Planned;
  /** Loss that a batch below the best one costs, where `maxBatchTokens` limits it. */
  readonly batchPenalty?: Planned;
  /** Batch at which steps and tokens to a loss are both twice the least: beyond it more accelerators hardly save time. */
  readonly criticalBatch: Planned;
  readonly steps: Planned;
  /** Step from which the rate falls; with `cooldown`. */
  readonly cooldownFrom?: Planned;
  /** Compute of the run and of a cooldown for each earlier horizon; with `horizons`. */
  readonly horizonFlops?: Planned;
  readonly gpuHours?: Planned;
  /** Accelerators that finish within the days asked for. */
  readonly gpus?: Planned;
  readonly days?: Planned;
  readonly usd?: Planned;
  /** Of serving the tokens asked for, 2 N a token. */
  readonly inferenceFlops?: Planned;
  /** Loss above that of the compute-optimal model at the same training compute; with `overTrain`. */
  readonly lossPenalty?: Planned;
  /** Share of each source in the mixture, by its name; with `mixture`. */
  readonly shares?: Readonly<Record<string, Planned>>;
  /** What the mixture is for: the weighted mean of its response's losses; where a response found the shares. */
  readonly mixtureLoss?: Planned;
  /** The laws behind the plan. */
  readonly terms: readonly PlanTerm[];
}
