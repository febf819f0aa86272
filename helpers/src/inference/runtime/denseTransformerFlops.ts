import { requirePositive, requireWhole } from "../../numerics/arguments/requireNumber.ts";

/**
 * FLOPs of one request to a GPT-3-like dense model: 24·h²·L·(p + o − 1), with h the hidden size, L the
 * layers, p prompt and o output tokens. It counts the matrix products of attention projections and of a
 * four-times-wide MLP; attention scores, the output head and grouped queries are left out.
 *
 * Source: Narayanan et al. 2023, section 2.1. For exact counts see the `cost` helpers.
 *
 * @throws RangeError on a size that is not positive
 * @example
 * import { denseTransformerFlops } from "isoflop";
 * denseTransformerFlops({ hiddenSize: 12288, nLayers: 96, promptTokens: 1, outputTokens: 1 }); // => 347892350976
 */
export function denseTransformerFlops(request: {
  readonly hiddenSize: number;
  readonly nLayers: number;
  readonly promptTokens: number;
  readonly outputTokens: number;
}): number {
  requirePositive("hiddenSize", request.hiddenSize, "give the model's width, such as 4096");
  requirePositive("nLayers", request.nLayers, "give the model's layers, such as 32");
  requireWhole("promptTokens", request.promptTokens, 1, "give a count, such as 512");
  requireWhole("outputTokens", request.outputTokens, 1, "give a count, such as 128");
  return 24 * request.hiddenSize ** 2 * request.nLayers * (request.promptTokens + request.outputTokens - 1);
}
