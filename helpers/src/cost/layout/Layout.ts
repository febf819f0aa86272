import type { TrainingRecipe, TrainingRecipeName } from "./trainingRecipes.ts";
import type { ZeroStage } from "./ZeroStage.ts";

/** What "selective" may compute again in the backward pass, instead of keeping it. */
export type RecomputedModule =
  /** Scores and their softmax; with flash attention they are never kept, so that this changes nothing. */
  | "core-attention"
  /** The output of the norms before each block. */
  | "norm"
  /** What follows the first matrices of a feed-forward: the activation function and its product with the gate. */
  | "activation"
  /** A whole dense feed-forward. */
  | "feed-forward"
  /** A whole mixture of experts, its dispatch included. */
  | "experts";

/**
 * How a training run is laid out over devices: everything but the model and the length of its sequences that memory and
 * time of a step depend on. What is left out has the value of a run on one device without sharding.
 *
 * Groups are those of Megatron: devices = tensor · context · pipeline · data; experts use the same devices as
 * pipeline · expert · expertTensor · (replicas of experts). FSDP is a `zeroStage`: NO_SHARD 0, SHARD_GRAD_OP 2,
 * FULL_SHARD 3, HYBRID_SHARD 3 with `shardDevices`.
 */
export interface Layout {
  /** All devices. Left out, the product of the degrees that are given. */
  readonly devices?: number;
  /** Devices that share each matrix. Default 1. */
  readonly tensorParallel?: number;
  /** Whether these devices share the tokens between the matrices, too. Default true where tensorParallel is above 1. */
  readonly sequenceParallel?: boolean;
  /** Stages of the pipeline. Default 1. */
  readonly pipelineParallel?: number;
  /** Groups of layers (virtual stages) that each device of the pipeline holds. Default 1. */
  readonly interleave?: number;
  /**
   * How layers go to the pipelineParallel · interleave groups: "equal" refuses a number that does not divide, "balanced"
   * gives the first and the last groups a layer less, a list gives the layers of each group in the order of the layers.
   * Default "equal".
   */
  readonly stages?: "equal" | "balanced" | readonly number[];
  /** Devices that share the tokens of each sequence, attention included. Default 1. */
  readonly contextParallel?: number;
  /** Devices that share the experts of a layer. Default 1. */
  readonly expertParallel?: number;
  /** Devices that share each matrix of an expert. Default tensorParallel, as Megatron's. */
  readonly expertTensorParallel?: number;
  /** Replicas that see other sequences. Default devices / (tensor · context · pipeline). */
  readonly dataParallel?: number;
  /** What the replicas divide: 0 nothing, 1 optimiser states, 2 gradients too, 3 weights too. Default 0. */
  readonly zeroStage?: ZeroStage;
  /** Devices that divide it together, the rest holds copies (hybrid sharding). Default all of data · context. */
  readonly shardDevices?: number;
  /** Sequences that a replica passes at a time. Default 1. */
  readonly microBatch?: number;
  /** Sequences of an optimiser step, all replicas. Default microBatch · dataParallel · (pipelineParallel, if above 1). */
  readonly globalBatch?: number;
  /** Activations that are computed again in the backward pass. Default "none". */
  readonly recompute?: "none" | "selective" | "full";
  /** With "selective": which. Default ["core-attention"]. */
  readonly recomputeModules?: readonly RecomputedModule[];
  /** With "full": layers of each group that keep only their input. Default all. */
  readonly recomputeLayers?: number;
  /** What lives in the memory of the host: "optimizer" states and copies, or weights too ("all", at stage 3). Default "none". */
  readonly offload?: "none" | "optimizer" | "all";
  /** Bytes kept for each parameter. Default "megatron-bf16". */
  readonly recipe?: TrainingRecipeName | TrainingRecipe;
  /** Bits of the operands of matrix products: 32, 16, 8 or 4. Default 16. */
  readonly productBits?: 32 | 16 | 8 | 4;
  /** Whether scores are kept ("unfused") or never written ("flash"). Default "flash". */
  readonly attention?: "flash" | "unfused";
}

/** A layout with every field, as `checkLayout` returns it. */
export interface CheckedLayout extends Required<Omit<Layout, "stages" | "recomputeLayers">> {
  /** Layers of each of the pipelineParallel · interleave groups, in the order of the layers. */
  readonly stages: readonly number[];
  /** Layers of each group that keep only their input: 0 unless recompute is "full", at most the largest group. */
  readonly recomputeLayers: number;
  readonly recipe: TrainingRecipe;
  /** Micro-batches of a step, a replica: the gradient accumulation. */
  readonly microBatches: number;
  /** Replicas of each expert, which divide its states: tensor · context · data / (expert · expertTensor). */
  readonly expertReplicas: number;
}
