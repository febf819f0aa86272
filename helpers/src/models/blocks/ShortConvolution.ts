import { linear, type Tensor, vector } from "./Tensor.ts";

/** A gated convolution over the last tokens in place of attention (LFM2): two gates and a value, a kernel a channel. */
export interface ShortConvolutionBlock {
  readonly kind: "short-convolution";
  readonly inputSize: number;
  /** Tokens that the kernel spans. */
  readonly convTokens: number;
  /** Biases of both projections and of the kernel; default false. */
  readonly bias?: boolean;
}

/** Tensors of a short convolution. */
export function shortConvolutionTensors(block: ShortConvolutionBlock): Tensor[] {
  const { inputSize, convTokens, bias = false } = block;
  return [
    ...linear("input", 3 * inputSize, inputSize, "columns", { bias }),
    { name: "convolution.weight", shape: [inputSize, convTokens], role: "kernel", split: "columns" },
    ...(bias ? [vector("convolution.bias", inputSize, "columns")] : []),
    ...linear("output", inputSize, inputSize, "rows", { bias }),
  ];
}
