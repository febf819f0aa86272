import { chinchilla } from "../chinchilla/chinchilla.ts";
import { withParameters } from "../definition/withParameters.ts";
import { dataConstrained } from "./dataConstrained.ts";

const onFreshData = {
  E: Math.exp(0.6254804),
  A: Math.exp(6.255414),
  B: Math.exp(7.3049974),
  alpha: 0.3526596,
  beta: 0.3526596,
};

/**
 * Chinchilla's law on C4 without repetition, the base of `muennighoff2023`: ln A = 6.255414, ln B = 7.3049974,
 * ln E = 0.6254804 and one exponent, fitted to 54 points read off Hoffmann's isoFLOP figure. Nats per token.
 *
 * Source: Muennighoff et al. 2023 (arXiv 2305.16264), appendix A; huggingface/datablations,
 * utils/parametric_fit.ipynb at 1370131.
 */
export const muennighoff2023Fresh = withParameters(
  chinchilla,
  onFreshData,
  "Muennighoff et al. 2023 (arXiv 2305.16264), appendix A",
);

/**
 * The published law of repeated data: R_D* = 15.387756, R_N* = 5.309743 on top of `muennighoff2023Fresh`.
 *
 * The pair is a local minimum of its authors' objective on their 182 runs; `muennighoffRefit` is the lowest.
 *
 * Source: Muennighoff et al. 2023 (arXiv 2305.16264), appendix A; huggingface/datablations,
 * utils/parametric_fit.ipynb at 1370131.
 */
export const muennighoff2023 = withParameters(
  dataConstrained,
  { ...onFreshData, rStarTokens: 15.387756, rStarParams: 5.309743 },
  "Muennighoff et al. 2023 (arXiv 2305.16264), appendix A",
);
