import { linear, type Tensor, vector } from "./Tensor.ts";

/** A dense feed-forward: two matrices, or three where one gates (SwiGLU, GeGLU). */
export interface FeedForwardBlock {
  readonly kind: "feed-forward";
  readonly inputSize: number;
  /** Inner width. */
  readonly size: number;
  readonly matrices: 2 | 3;
  /** Biases of what goes in (both matrices of a gated one) and of what comes out; default none. */
  readonly biases?: { readonly up?: boolean; readonly down?: boolean };
}

/** A mixture of experts: each token passes `perToken` of `nExperts`, and the shared one. */
export interface ExpertsBlock {
  readonly kind: "experts";
  readonly inputSize: number;
  readonly nExperts: number;
  readonly perToken: number;
  /** Inner width of an expert. */
  readonly size: number;
  readonly matrices: 2 | 3;
  /** Biases of the experts; default none. */
  readonly biases?: { readonly up?: boolean; readonly down?: boolean };
  /** Width that experts read and write, where it is not inputSize (latent experts of Nemotron 3 Super). */
  readonly latentSize?: number;
  /** Biases of the two matrices to and from that width. Default false. */
  readonly latentBias?: boolean;
  /** Inner width of all shared experts together; 0 without. Default 0. */
  readonly sharedSize?: number;
  /** Biases of the shared expert; default none. */
  readonly sharedBiases?: { readonly up?: boolean; readonly down?: boolean };
  /** A gate of one value a token on the shared expert (Qwen 1.5 to 3.5). Default false. */
  readonly sharedGate?: boolean;
  /** Bias of the router's matrix. Default false. */
  readonly routerBias?: boolean;
  /** Bias an expert that balances the selection; stored, and moved by a rule of its own. Default false. */
  readonly selectionBias?: boolean;
}

/** Tensors of a dense feed-forward. */
export function feedForwardTensors(block: FeedForwardBlock): Tensor[] {
  return matrices("", block.inputSize, block.size, block.matrices, block.biases);
}

/** Tensors of a mixture of experts: router, routed experts, shared expert. */
export function expertsTensors(block: ExpertsBlock): Tensor[] {
  const { inputSize, nExperts, size, sharedSize = 0, latentSize } = block;
  const width = latentSize ?? inputSize;
  const routed = { copies: nExperts, routed: true };
  return [
    ...linear("router", nExperts, inputSize, "none", { bias: block.routerBias }),
    ...(block.selectionBias ? [vector("router.selection-bias", nExperts)] : []),
    ...(latentSize
      ? [
          ...linear("latent-down", width, inputSize, "none", { bias: block.latentBias }),
          ...linear("latent-up", inputSize, width, "none", { bias: block.latentBias }),
        ]
      : []),
    ...matrices("expert-", width, size, block.matrices, block.biases, routed),
    ...matrices("shared-", inputSize, sharedSize, block.matrices, block.sharedBiases),
    ...(block.sharedGate && sharedSize ? linear("shared-gate", 1, inputSize, "none") : []),
  ];
}

function matrices(
  prefix: string,
  width: number,
  size: number,
  count: 2 | 3,
  biases: FeedForwardBlock["biases"] = {},
  routed: { copies?: number; routed?: boolean } = {},
): Tensor[] {
  const up = { bias: biases.up, ...routed };
  return [
    ...(count === 3 ? linear(`${prefix}gate`, size, width, "columns", up) : []),
    ...linear(`${prefix}up`, size, width, "columns", up),
    ...linear(`${prefix}down`, width, size, "rows", { bias: biases.down, ...routed }),
  ];
}
