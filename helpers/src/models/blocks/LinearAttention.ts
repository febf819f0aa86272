import { type NormBlock, normTensors } from "./Norm.ts";
import { linear, type Tensor, vector } from "./Tensor.ts";

/**
 * Attention without softmax, whose past is a matrix a head: `lightning` (MiniMax-01) or the gated delta rule of
 * Qwen3-Next and its like (`gated-delta`), with a short convolution before it.
 */
export interface LinearAttentionBlock {
  readonly kind: "linear-attention";
  readonly variant: "lightning" | "gated-delta";
  readonly inputSize: number;
  readonly nKeyHeads: number;
  readonly nValueHeads: number;
  readonly keySize: number;
  readonly valueSize: number;
  /** Tokens that the convolution over queries, keys and values spans; absent without one. */
  readonly convTokens?: number;
  /** Norm of the output: one weight of valueSize, or of all heads together. */
  readonly outputNorm: NormBlock;
}

/** Tensors of a linear attention block. */
export function linearAttentionTensors(block: LinearAttentionBlock): Tensor[] {
  const { inputSize, nKeyHeads, nValueHeads, keySize, valueSize, convTokens = 0 } = block;
  const keys = nKeyHeads * keySize;
  const values = nValueHeads * valueSize;
  const gated = block.variant === "gated-delta";
  return [
    ...linear("query", keys, inputSize, "columns"),
    ...linear("key", keys, inputSize, "columns"),
    ...linear("value", values, inputSize, "columns"),
    ...linear("gate", values, inputSize, "columns"),
    ...(convTokens
      ? [
          {
            name: "convolution.weight",
            shape: [2 * keys + values, convTokens],
            role: "kernel" as const,
            split: "columns" as const,
          },
        ]
      : []),
    ...(gated
      ? [
          ...linear("step", nValueHeads, inputSize, "columns"),
          ...linear("decay", nValueHeads, inputSize, "columns"),
          vector("decay.bias", nValueHeads, "columns"),
          vector("decay.log", nValueHeads, "columns"),
        ]
      : []),
    ...normTensors(block.outputNorm, "output-norm"),
    ...linear("output", inputSize, values, "rows"),
  ];
}

/** Values of the recurrent state and of the convolution's past, one sequence. */
export function linearAttentionState(block: LinearAttentionBlock): {
  recurrent: number;
  convolution: number;
} {
  const { nKeyHeads, nValueHeads, keySize, valueSize, convTokens = 0 } = block;
  return {
    recurrent: nValueHeads * keySize * valueSize,
    convolution: Math.max(0, convTokens - 1) * (2 * nKeyHeads * keySize + nValueHeads * valueSize),
  };
}
