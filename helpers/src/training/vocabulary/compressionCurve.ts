/** Coefficients of tokens per character, `a ln^2 V + b ln V + c` (Tao et al. 2024, arXiv:2407.13623, appendix on f(V)). */
export const compressionCoefficients = Object.freeze({ a: 0.00639222, b: -0.15811069, c: 1.20470122 });

/** Beyond this size the curve would rise again (its minimum is near 218,000), so the authors hold it there. */
export const largestCompressingVocabulary = 200_000;

/**
 * f(V) without its domain: tokens per character of a tokenizer with V entries, for any V > 0. The fit of Tao
 * et al.'s approach 3 evaluates it at V / 1000, outside the domain; everybody else wants `tokensPerCharacter`.
 */
export function compressionCurve(vocabSize: number): number {
  const { a, b, c } = compressionCoefficients;
  const logV = Math.log(Math.min(vocabSize, largestCompressingVocabulary));
  return a * logV * logV + b * logV + c;
}
