import { publishedPowerLaw } from "../../laws/power/publishedPowerLaw.ts";

/**
 * Training tokens of the compute-optimal model of Llama 3's sweep: `D = .29 C^.53`, C in FLOPs. The paper calls the quantity
 * N*(C); it counts tokens.
 *
 * The two printed digits of the exponent do not carry to the 3.8e25 FLOPs it is used for: they give 10.5e12 tokens where the
 * paper prints 16.55e12.
 *
 * Source: Grattafiori et al. 2024 (arXiv 2407.21783), section 3.2.1.
 *
 * @example
 * import { evaluatePowerLaw, llama3OptimalTokens } from "isoflop";
 * evaluatePowerLaw(llama3OptimalTokens, { flops: 3.8e25 }); // => 1.046e13
 */
export const llama3OptimalTokens = publishedPowerLaw<"flops">({
  coefficient: 0.29,
  exponents: { flops: 0.53 },
  source: "Grattafiori et al. 2024 (arXiv 2407.21783), section 3.2.1",
  units: { flops: "FLOPs", y: "tokens" },
  fitted: { flops: [6e18, 1e22] },
});
