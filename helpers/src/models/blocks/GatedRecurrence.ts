import { linear, type Tensor, vector } from "./Tensor.ts";

/**
 * The gated linear recurrence of RecurrentGemma: two branches, one of them through a short convolution and a state of
 * one value a channel, whose two gates are matrices within a head.
 *
 * Source: De et al. 2024, Griffin (arXiv 2402.19427), section 2.4.
 */
export interface GatedRecurrenceBlock {
  readonly kind: "gated-recurrence";
  readonly inputSize: number;
  /** Channels of the recurrence. */
  readonly innerSize: number;
  readonly nHeads: number;
  /** Tokens that the convolution spans. */
  readonly convTokens: number;
}

/** Tensors of a gated recurrence. */
export function gatedRecurrenceTensors(block: GatedRecurrenceBlock): Tensor[] {
  const { inputSize, innerSize, nHeads, convTokens } = block;
  const width = Math.floor(innerSize / nHeads);
  const gate = (name: string): Tensor[] => [
    ...linear(name, width, width, "columns", { copies: nHeads }),
    vector(`${name}.bias`, nHeads * width, "columns"),
  ];
  return [
    ...linear("gate", innerSize, inputSize, "columns", { bias: true }),
    ...linear("input", innerSize, inputSize, "columns", { bias: true }),
    { name: "convolution.weight", shape: [innerSize, convTokens], role: "kernel", split: "columns" },
    vector("convolution.bias", innerSize, "columns"),
    vector("decay", innerSize, "columns"),
    ...gate("input-gate"),
    ...gate("decay-gate"),
    ...linear("output", inputSize, innerSize, "rows", { bias: true }),
  ];
}
