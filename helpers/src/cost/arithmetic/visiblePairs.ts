import type { AttentionSpan } from "../../models/blocks/Attention.ts";

/**
 * Pairs (new token, token it can see, itself included) of a causal layer: Σ over the new tokens of the tokens in reach.
 * Fractions of tokens are taken as they are, so that a mean length may be given.
 */
export function visiblePairs(span: AttentionSpan, newTokens: number, cached: number): number {
  if (span.kind === "full") return newTokens * cached + (newTokens * (newTokens + 1)) / 2;
  if (span.kind === "window") {
    const growing = Math.max(0, Math.min(newTokens, span.tokens - cached));
    return growing * cached + (growing * (growing + 1)) / 2 + (newTokens - growing) * span.tokens;
  }
  return pairsFromStart(span.tokens, cached + newTokens) - pairsFromStart(span.tokens, cached);
}

/** Pairs of the first `tokens` tokens, each of which sees its own chunk up to itself. */
function pairsFromStart(chunk: number, tokens: number): number {
  const whole = Math.floor(tokens / chunk);
  const rest = tokens - whole * chunk;
  return (whole * chunk * (chunk + 1)) / 2 + (rest * (rest + 1)) / 2;
}
