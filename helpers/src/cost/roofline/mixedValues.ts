import type { AttentionSpan } from "../../models/blocks/Attention.ts";
import type { Block } from "../../models/blocks/Block.ts";
import { recurrentState } from "../../models/blocks/recurrentState.ts";
import { cachedValues } from "../arithmetic/kvCache.ts";

interface Pass {
  readonly newTokens: number;
  readonly cached: number;
  readonly latent: "expanded" | "absorbed";
}

/**
 * Values that a block moves for one sequence where tokens meet: queries and outputs of the new tokens, keys and values of
 * the tokens that these see, and of a recurrence its state, read and written once a pass.
 */
export function mixedValues(block: Block, pass: Pass): number {
  const { newTokens, cached, latent } = pass;
  const state = 2 * (recurrentState(block)?.recurrent ?? 0);
  switch (block.kind) {
    case "attention": {
      const { keySize, valueSize = keySize, nHeads, nKvHeads, span, causal, cross } = block;
      // Layers that share keys and values with another one cache none, and read the other's.
      const seen = cross || causal === false ? cached + newTokens : seenTokens(span, newTokens, cached);
      return (seen * nKvHeads + newTokens * nHeads) * (keySize + valueSize);
    }
    case "latent-attention": {
      const { nHeads, kvRank, ropeSize, nopeSize, valueSize, span, indexer } = block;
      const ofQuery =
        latent === "absorbed" ? nHeads * (2 * kvRank + ropeSize) : nHeads * (nopeSize + ropeSize + valueSize);
      const kept = cachedValues(block, latent === "absorbed" ? "compressed" : "expanded");
      const seen = seenTokens(span, newTokens, cached);
      if (!indexer) return seen * kept + newTokens * ofQuery;
      // Each new token picks its own, of which together they can pick no more than there are.
      const picked = Math.min(seen, newTokens * indexer.topTokens);
      const scored = seen * indexer.headSize + newTokens * indexer.nHeads * indexer.headSize;
      return picked * kept + newTokens * ofQuery + scored;
    }
    case "linear-attention":
      return newTokens * 2 * (block.nKeyHeads * block.keySize + block.nValueHeads * block.valueSize) + state;
    case "state-space":
    case "gated-recurrence":
      return newTokens * 3 * block.innerSize + state;
    default:
      return 0;
  }
}

/** Tokens that at least one of the new tokens sees, themselves included. */
function seenTokens(span: AttentionSpan, newTokens: number, cached: number): number {
  switch (span.kind) {
    case "full":
      return cached + newTokens;
    case "window":
      return newTokens + Math.min(cached, span.tokens - 1);
    case "chunk":
      return newTokens + (cached % span.tokens);
  }
}
