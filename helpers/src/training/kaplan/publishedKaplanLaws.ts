import { publishedPowerLaw } from "../../laws/power/publishedPowerLaw.ts";

const paper = "Kaplan et al. 2020 (arXiv:2001.08361)";
const params = "parameters without embeddings and positions";
const loss = "nats per token";
const compute = "PF-days at the critical batch and better, C_min";

/**
 * Loss of converged models by size, L(N) = (8.8e13 / N)^.076.
 *
 * @example
 * import { evaluatePowerLaw, kaplanLossByParams } from "isoflop";
 * evaluatePowerLaw(kaplanLossByParams, { nParams: 1e9 }); // => 2.376
 */
export const kaplanLossByParams = publishedPowerLaw({
  coefficient: 8.8e13 ** 0.076,
  exponents: { nParams: -0.076 },
  source: `${paper}, equation 1.1`,
  units: { y: loss, nParams: params },
  fitted: {},
});

/**
 * Loss of large models stopped early by data, L(D) = (5.4e13 / D)^.095.
 *
 * @example
 * import { evaluatePowerLaw, kaplanLossByTokens } from "isoflop";
 * evaluatePowerLaw(kaplanLossByTokens, { nTokens: 1e12 }); // => 1.461
 */
export const kaplanLossByTokens = publishedPowerLaw({
  coefficient: 5.4e13 ** 0.095,
  exponents: { nTokens: -0.095 },
  source: `${paper}, equation 1.2`,
  units: { y: loss, nTokens: "tokens" },
  fitted: {},
});

/**
 * Loss by compute at the optimal size and a small batch, L(C_min) = (3.1e8 / C_min)^.050.
 *
 * @example
 * import { evaluatePowerLaw, kaplanLossByCompute } from "isoflop";
 * evaluatePowerLaw(kaplanLossByCompute, { pfDays: 1e4 }); // => 1.677
 */
export const kaplanLossByCompute = publishedPowerLaw({
  coefficient: 3.1e8 ** 0.05,
  exponents: { pfDays: -0.05 },
  source: `${paper}, equation 1.3`,
  units: { y: loss, pfDays: compute },
  fitted: {},
});

/**
 * Optimal size by compute, N = 1.3e9 C_min^.73.
 *
 * @example
 * import { evaluatePowerLaw, kaplanOptimalParams } from "isoflop";
 * evaluatePowerLaw(kaplanOptimalParams, { pfDays: 1e4 }); // => 1.081e12
 */
export const kaplanOptimalParams = publishedPowerLaw({
  coefficient: 1.3e9,
  exponents: { pfDays: 0.73 },
  source: `${paper}, Figure 14`,
  units: { y: params, pfDays: compute },
  fitted: {},
});
