import { findRoot } from "../../numerics/findRoot.ts";
import type { VocabularyLoss } from "./VocabularyApproach.ts";

/**
 * Vocabulary parameters Nv = V d with the least loss at fixed compute, by a fitted `vocabularyLoss`: the root of
 * beta B (6/C)^beta (Nnv + Nv)^(beta-1) = alpha2 A2 Nv^(-alpha2-1). Without the checks of `vocabularySize`, so that it
 * can be asked of every replicate of a bootstrap, where Nv may come out near 0 or beyond any tokenizer.
 *
 * @param parameters constants of `vocabularyLoss`
 * @param model Nnv and training FLOPs, both > 0
 *
 * @example
 * import { leastLossVocabulary, vocabularyApproach3 } from "isoflop";
 * leastLossVocabulary(vocabularyApproach3.parameters, { nParams: 70e9, flops: 7.1e23 }); // => 1.789e9
 */
export function leastLossVocabulary(
  { A2, B, alpha2, beta }: VocabularyLoss["parameters"],
  { nParams, flops }: { readonly nParams: number; readonly flops: number },
): number {
  const millions = nParams / 1e6;
  // Tokens in 1e9 by parameters in 1e6: D = C / 6e15 / (Nnv + Nv).
  const constant = Math.log(beta * B) - beta * Math.log(flops / 6e15) - Math.log(alpha2 * A2);
  // ln(left / right); rises with ln Nv because beta > 0 and alpha2 > 0, so there is one root.
  const balance = (logVocab: number) =>
    constant + (beta - 1) * Math.log(millions + Math.exp(logVocab)) + (alpha2 + 1) * logVocab;
  return Math.exp(findRoot(balance, -30, 60)) * 1e6;
}
