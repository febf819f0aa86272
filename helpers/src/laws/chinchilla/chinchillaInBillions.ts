import { type PublishedLaw, withParameters } from "../definition/withParameters.ts";
import { chinchilla } from "./chinchilla.ts";

/**
 * The Chinchilla law from constants that were fitted with N and D in billions, as some papers print them:
 * A = A_b (1e9)^alpha, B = B_b (1e9)^beta.
 *
 * @param constants E, A, B in the unit of the loss; exponents
 * @param source where they were published
 * @throws RangeError when a constant is outside its domain
 *
 * @example
 * import { chinchillaInBillions, computeOptimal } from "isoflop";
 * const minicpm = chinchillaInBillions({ E: 0.31, A: 0.0715, B: 0.3, alpha: 0.29, beta: 0.23 }, "MiniCPM, Figure 10");
 * computeOptimal(minicpm, { flops: 1e21 }).tokensPerParam; // => 183.9
 */
export function chinchillaInBillions(
  constants: Readonly<Record<"E" | "A" | "B" | "alpha" | "beta", number>>,
  source: string,
): PublishedLaw<"nParams" | "nTokens", "E" | "A" | "B" | "alpha" | "beta", "loss"> {
  const { E, A, B, alpha, beta } = constants;
  return withParameters(chinchilla, { E, A: A * 1e9 ** alpha, B: B * 1e9 ** beta, alpha, beta }, source);
}
