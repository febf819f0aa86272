import { type NormBlock, normTensors } from "./Norm.ts";
import { linear, type Tensor, vector } from "./Tensor.ts";

/** A selective state space: Mamba 1 (a step a channel, through a low rank) or Mamba 2 (a step a head). */
export interface StateSpaceBlock {
  readonly kind: "state-space";
  readonly variant: "mamba1" | "mamba2";
  readonly inputSize: number;
  /** Channels inside. */
  readonly innerSize: number;
  /** Values of state a channel. */
  readonly stateSize: number;
  /** Tokens that the convolution spans. */
  readonly convTokens: number;
  /** Mamba 1: rank of the step. */
  readonly stepRank?: number;
  /** Mamba 2: heads, and groups that share what enters and leaves the state. */
  readonly nHeads?: number;
  readonly nGroups?: number;
  /** Default none; `output` is that of the projection behind, where it is not as `projections` says. */
  readonly biases?: {
    readonly convolution?: boolean;
    readonly projections?: boolean;
    readonly output?: boolean;
  };
  /** Mamba 1 of Jamba: norms of step, input and output of the state. Default false. */
  readonly innerNorms?: boolean;
  /** Mamba 2: the gated norm before the output projection; absent without one. */
  readonly outputNorm?: NormBlock;
}

/** Tensors of a state space block. */
export function stateSpaceTensors(block: StateSpaceBlock): Tensor[] {
  const { inputSize, innerSize, stateSize, convTokens, biases = {} } = block;
  const bias = biases.projections;
  const convolution = (channels: number): Tensor[] => [
    { name: "convolution.weight", shape: [channels, convTokens], role: "kernel", split: "columns" },
    ...(biases.convolution ? [vector("convolution.bias", channels, "columns")] : []),
  ];
  const output = linear("output", inputSize, innerSize, "rows", { bias: biases.output ?? bias });
  if (block.variant === "mamba1") {
    const { stepRank = 0 } = block;
    const norm = (name: string, size: number) => normTensors({ kind: "norm", size }, name);
    return [
      ...linear("input", 2 * innerSize, inputSize, "columns", { bias }),
      ...convolution(innerSize),
      ...linear("selection", stepRank + 2 * stateSize, innerSize, "rows"),
      ...linear("step", innerSize, stepRank, "columns", { bias: true }),
      { name: "decay.log", shape: [innerSize, stateSize], role: "vector", split: "columns" },
      vector("skip", innerSize, "columns"),
      ...(block.innerNorms
        ? [
            ...norm("step-norm", stepRank),
            ...norm("state-input-norm", stateSize),
            ...norm("state-output-norm", stateSize),
          ]
        : []),
      ...output,
    ];
  }
  const { nHeads = 0, nGroups = 1 } = block;
  return [
    ...linear("input", 2 * innerSize + 2 * nGroups * stateSize + nHeads, inputSize, "columns", { bias }),
    ...convolution(innerSize + 2 * nGroups * stateSize),
    vector("step.bias", nHeads, "columns"),
    vector("decay.log", nHeads, "columns"),
    vector("skip", nHeads, "columns"),
    ...(block.outputNorm ? normTensors(block.outputNorm, "output-norm") : []),
    ...output,
  ];
}

/** Values of the recurrent state and of the convolution's past, one sequence. */
export function stateSpaceState(block: StateSpaceBlock): { recurrent: number; convolution: number } {
  const { innerSize, stateSize, convTokens, nGroups = 1 } = block;
  const channels = block.variant === "mamba1" ? innerSize : innerSize + 2 * nGroups * stateSize;
  return { recurrent: innerSize * stateSize, convolution: (convTokens - 1) * channels };
}
