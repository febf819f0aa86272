import { requirePositive, requireWhole } from "../../numerics/arguments/requireNumber.ts";

/**
 * FLOPs of drawing several completions of one prompt, which is encoded once:
 * (p + o·k) · 2(N + 2·L·d·context), with N parameters, L layers, width d, p prompt tokens, o tokens a
 * completion and k completions. The second term is attention over a context of fixed length.
 *
 * Source: Brown et al. 2024, "Large Language Monkeys", section 2.3.
 *
 * @throws RangeError on a size that is not positive
 * @example
 * import { samplingFlops } from "isoflop";
 * samplingFlops({ nParams: 1e9, nLayers: 1, hiddenSize: 1, context: 0, promptTokens: 100, outputTokens: 10, nSamples: 40 }); // => 1e12
 */
export function samplingFlops(request: {
  readonly nParams: number;
  readonly nLayers: number;
  readonly hiddenSize: number;
  /** Tokens that each token attends to. */
  readonly context: number;
  readonly promptTokens: number;
  readonly outputTokens: number;
  readonly nSamples: number;
}): number {
  const { nParams, nLayers, hiddenSize, context, promptTokens, outputTokens, nSamples } = request;
  requirePositive("nParams", nParams, "give a count, such as 7e9");
  requireWhole("nLayers", nLayers, 1, "give the model's layers, such as 32");
  requireWhole("hiddenSize", hiddenSize, 1, "give the model's width, such as 4096");
  requireWhole("context", context, 0, "give the tokens attended to; 0 leaves attention out");
  requireWhole("promptTokens", promptTokens, 0, "give a count, such as 512");
  requireWhole("outputTokens", outputTokens, 1, "give a count, such as 128");
  requireWhole("nSamples", nSamples, 1, "give a count, such as 100");
  const flopsPerToken = 2 * (nParams + 2 * nLayers * hiddenSize * context);
  return (promptTokens + outputTokens * nSamples) * flopsPerToken;
}
