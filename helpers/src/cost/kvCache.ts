import type { TransformerShape } from "../catalog/TransformerShape.ts";
import { requireAbove, requireAtLeast } from "../numerics/arguments/requireNumber.ts";
import { requireOptions } from "../numerics/arguments/requireOptions.ts";
import { checkShape } from "./checkShape.ts";

/**
 * Bytes of the KV cache of one sequence: keys and values of every layer for the tokens it can still see.
 *
 * Grouped attention caches 2·n_kv·d_head values a token and layer, latent attention kvRank + ropeSize. A
 * windowed layer keeps no more than its window. Allocation in blocks and reserved memory come on top.
 *
 * @param tokens tokens in the sequence, prompt and output together
 * @param bits bits of one cached value, 16 by default
 * @throws RangeError on a negative number of tokens or bits that are not positive
 * @example
 * import { kvCacheBytes, modelShape } from "isoflop";
 * kvCacheBytes(modelShape("Llama-3-8B"), { tokens: 1 }); // => 131072
 * kvCacheBytes(modelShape("DeepSeek-V3"), { tokens: 1 }); // => 70272
 */
export function kvCacheBytes(
  shape: TransformerShape,
  sequence: { readonly tokens: number; readonly bits?: number },
): number {
  checkShape(shape);
  requireOptions("kvCacheBytes", sequence, ["tokens", "bits"]);
  const { tokens, bits = 16 } = sequence;
  requireAtLeast("tokens", tokens, 0, "give the tokens of the sequence, such as 4096");
  requireAbove("bits", bits, 0, "16 is usual");
  let values = 0;
  for (const span of visibleTokens(shape, tokens))
    values += span.layers * span.tokens * valuesPerToken(shape);
  return (values * bits) / 8;
}

/** Values that one layer caches for one token. */
export function valuesPerToken({ attention }: TransformerShape): number {
  return attention.kind === "latent"
    ? attention.kvRank + attention.ropeSize
    : 2 * attention.nKvHeads * attention.headSize;
}

/** How many layers see how many of the last `tokens` tokens. */
export function visibleTokens(
  { nLayers, attention }: TransformerShape,
  tokens: number,
): { layers: number; tokens: number }[] {
  if (attention.kind === "latent" || attention.window === undefined) return [{ layers: nLayers, tokens }];
  const global = attention.globalEvery ? Math.floor(nLayers / attention.globalEvery) : 0;
  return [
    { layers: global, tokens },
    { layers: nLayers - global, tokens: Math.min(tokens, attention.window) },
  ];
}
