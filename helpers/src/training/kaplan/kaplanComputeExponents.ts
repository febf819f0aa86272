/** Exponents in C_min of the compute-efficient run. */
export interface ComputeExponents {
  /** Loss falls as C^-alphaC. */
  readonly alphaC: number;
  readonly nParams: number;
  readonly batchTokens: number;
  readonly steps: number;
}

/**
 * Exponents of the compute-efficient run that follow from the exponents of L(N, S) and of the critical batch:
 * alphaC = 1 / (1/alphaS + 1/alphaB + 1/alphaN), and N ~ C^(alphaC/alphaN), B ~ C^(alphaC/alphaB), S ~ C^(alphaC/alphaS).
 *
 * Source: Kaplan et al. 2020 (arXiv:2001.08361), equations 1.7 and 1.8.
 *
 * @example
 * import { kaplanComputeExponents } from "isoflop";
 * kaplanComputeExponents({ alphaN: 0.077, alphaS: 0.76, alphaB: 0.21 }).nParams; // => 0.6812
 */
export function kaplanComputeExponents(exponents: {
  readonly alphaN: number;
  readonly alphaS: number;
  readonly alphaB: number;
}): ComputeExponents {
  const { alphaN, alphaS, alphaB } = exponents;
  const alphaC = 1 / (1 / alphaS + 1 / alphaB + 1 / alphaN);
  return { alphaC, nParams: alphaC / alphaN, batchTokens: alphaC / alphaB, steps: alphaC / alphaS };
}
