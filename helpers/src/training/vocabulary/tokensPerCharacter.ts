import { requireAtLeast, requirePositive } from "../../numerics/arguments/requireNumber.ts";
import { compressionCurve } from "./compressionCurve.ts";

/**
 * @throws RangeError when a vocabulary is not a number >= 256.
 */
export function requireVocabulary(vocabSize: number): number {
  const wayOut = "a byte tokenizer already has 256 entries (give 32000, not 32)";
  requireAtLeast("vocabSize", vocabSize, 256, wayOut);
  return vocabSize;
}

/**
 * Tokens per character of a tokenizer with V entries: f(V) = 0.00639222 ln^2 V - 0.15811069 ln V + 1.20470122,
 * constant from V = 200,000 on.
 *
 * Source: Tao et al. 2024 (arXiv:2407.13623), the fit of f(V) behind `H = D / f(V)`.
 *
 * @param vocabSize V, number of entries, >= 256
 * @throws RangeError for V < 256, which no byte-level tokenizer has
 *
 * @example
 * import { tokensPerCharacter } from "isoflop";
 * tokensPerCharacter(32000); // => 0.2524
 */
export function tokensPerCharacter(vocabSize: number): number {
  return compressionCurve(requireVocabulary(vocabSize));
}

/**
 * Training tokens of a text of H characters under a vocabulary of V entries: D = H f(V).
 *
 * @param nCharacters H, > 0
 * @param vocabSize V, >= 256
 * @throws RangeError when H <= 0 or V < 256
 *
 * @example
 * import { tokensFromCharacters } from "isoflop";
 * tokensFromCharacters(4e12, 32000); // => 1.010e12
 */
export function tokensFromCharacters(nCharacters: number, vocabSize: number): number {
  return (
    requirePositive("nCharacters", nCharacters, "give a count, such as 4e12") * tokensPerCharacter(vocabSize)
  );
}
