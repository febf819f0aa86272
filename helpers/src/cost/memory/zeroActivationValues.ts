import { requireWhole } from "../../numerics/arguments/requireNumber.ts";
import { requireOptions } from "../../numerics/arguments/requireOptions.ts";

/**
 * Activations of a GPT-like stack as the ZeRO paper counts them, in values (two bytes each in fp16): 12·L·h·b·s, or one
 * checkpoint of h·b·s a layer. `parts` model-parallel devices hold the checkpoints whole, unless `partitioned` (P_a).
 *
 * A rule of thumb of 2020, kept for comparisons with the paper: it has no term in s² for attention.
 *
 * Source: Rajbhandari et al. 2020 (arXiv 1910.02054), sections 3.2, 6.1 and 8.
 *
 * @returns values on one device
 * @throws RangeError on counts that are not whole and positive
 * @example
 * import { zeroActivationValues } from "isoflop";
 * const gpt2 = { nLayers: 48, hiddenSize: 1600, batchSize: 32, sequenceTokens: 1024 };
 * (2 * zeroActivationValues(gpt2)) / 1e9; // => 60.3979776
 * (2 * zeroActivationValues({ ...gpt2, checkpoints: true })) / 1e9; // => 5.0331648
 */
export function zeroActivationValues(setting: {
  readonly nLayers: number;
  readonly hiddenSize: number;
  readonly batchSize: number;
  readonly sequenceTokens: number;
  /** Whether only the input of each layer is kept. Default false. */
  readonly checkpoints?: boolean;
  /** Devices that share each layer. Default 1. */
  readonly parts?: number;
  /** Whether these devices divide the checkpoints. Default false. */
  readonly partitioned?: boolean;
}): number {
  requireOptions("zeroActivationValues", setting, [
    "nLayers",
    "hiddenSize",
    "batchSize",
    "sequenceTokens",
    "checkpoints",
    "parts",
    "partitioned",
  ]);
  const { nLayers, hiddenSize, batchSize, sequenceTokens, parts = 1 } = setting;
  const { checkpoints = false, partitioned = false } = setting;
  for (const [name, value] of Object.entries({ nLayers, hiddenSize, batchSize, sequenceTokens, parts })) {
    requireWhole(name, value, 1, "give a count");
  }
  const stream = hiddenSize * batchSize * sequenceTokens * nLayers;
  if (!checkpoints) return 12 * stream;
  return partitioned ? stream / parts : stream;
}
