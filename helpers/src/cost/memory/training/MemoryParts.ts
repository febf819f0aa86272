/** What the memory of a training device holds, in bytes; the parts add up to the total. */
export interface MemoryParts {
  /** Weights that products read. */
  readonly weights: number;
  /** 16-bit copies of float32 weights that autocast makes and keeps within a step. */
  readonly castWeights: number;
  readonly gradients: number;
  /** A second copy of the gradients for the optimiser step. */
  readonly gradientCopy: number;
  /** Copy of the weights that the optimiser updates. */
  readonly weightCopy: number;
  /** States of the optimiser. */
  readonly states: number;
  /** What the forward passes in flight keep for the backward pass. */
  readonly activations: number;
  /** Logits and what the loss makes of them, with their gradients. */
  readonly logits: number;
  /** What lives while one layer passes backward, activations computed again among it, beyond what the loss had. */
  readonly temporary: number;
  /** Gathered weights, gradients before they are reduced, and values sent or received. */
  readonly communication: number;
}

/** Names of the parts, in the order in which figures and tables have them. */
export const memoryPartNames = [
  "weights",
  "castWeights",
  "gradients",
  "gradientCopy",
  "weightCopy",
  "states",
  "activations",
  "logits",
  "temporary",
  "communication",
] as const satisfies readonly (keyof MemoryParts)[];

/** Memory of each device of one pipeline stage. */
export interface StageMemory extends MemoryParts {
  /** Number of the stage, from 0. */
  readonly stage: number;
  /** Layers that it holds, all its groups together. */
  readonly layers: number;
  /** Micro-batches in flight at the peak, of its first group. */
  readonly inFlight: number;
  readonly total: number;
  /** Bytes that are kept in the memory of the host instead. */
  readonly host: number;
}

/** Memory of a training run by stage of its pipeline. */
export interface TrainingMemory extends MemoryParts {
  /** Of the stage that needs most, whose parts stand here. */
  readonly total: number;
  /** Number of that stage. */
  readonly worstStage: number;
  readonly host: number;
  /** One a stage: all devices of a stage hold as much. */
  readonly stages: readonly StageMemory[];
}

/** A run that trains less than all weights, or without a backward pass. */
export interface FineTuning {
  /** Trained values of the whole model, such as `countParams` or the adapters' counts give. */
  readonly trainableParams: number;
  /**
   * Whether they are added (adapters, LoRA, prefixes) or part of the base (sparse fine-tuning, MeZO). Default true, false
   * where `trainableParams` are all that the model has.
   */
  readonly addsParams?: boolean;
  /** Bits of a frozen weight: 16, or 4 and a share of the scales for QLoRA. Default 16. */
  readonly baseBits?: number;
  /** Bytes of all optimiser states, in place of the recipe's, as `optimizerStateBytes` gives them (GaLore, 8-bit Adam). */
  readonly stateBytes?: number;
  /** No backward pass (MeZO): no gradients, states or kept activations. Default false. */
  readonly forwardOnly?: boolean;
}

/** What memory depends on beyond model and layout. */
export interface TrainingMemoryOptions {
  /** Tokens of a sequence. */
  readonly sequenceTokens: number;
  /**
   * Whose habits: "megatron" (fused kernels, 16-bit residuals, the loss in place) or "pytorch" (eager modules: the joint
   * query-key-value output lives on, float32 residuals and weight copies under autocast, an unfused loss). Default
   * "megatron".
   */
  readonly stack?: "megatron" | "pytorch";
  /** Whether dropout keeps its masks. Default false. */
  readonly dropout?: boolean;
  /** Most tokens that a device of experts gets, over the mean. Default 1: balanced. */
  readonly expertImbalance?: number;
  /** Whether modules that predict further tokens are trained too, on the last stage. Default false. */
  readonly prediction?: boolean;
  readonly fineTuning?: FineTuning;
}
