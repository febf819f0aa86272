import { withParameters } from "../definition/withParameters.ts";
import { chinchilla } from "./chinchilla.ts";

/**
 * Hoffmann's approach 3 with the digits of the paper's TeX source: ln A = 6.0073404, ln B = 6.0179186,
 * ln E = 0.5267228. Parameters count embeddings; nats per token on MassiveText.
 *
 * Source: Hoffmann et al. 2022 (arXiv 2203.15556), eq. 10, TeX source.
 */
export const hoffmann2022 = withParameters(
  chinchilla,
  {
    E: Math.exp(0.5267228),
    A: Math.exp(6.0073404),
    B: Math.exp(6.0179186),
    alpha: 0.33917084,
    beta: 0.2849083,
  },
  "Hoffmann et al. 2022 (arXiv 2203.15556), eq. 10, digits of the TeX source",
);

/**
 * Hoffmann's approach 3 as printed. The rounding of beta to 0.28 alone moves the optimum at Chinchilla's budget from
 * 59 to 93 tokens per parameter: prefer `hoffmann2022`.
 *
 * Source: Hoffmann et al. 2022 (arXiv 2203.15556), eq. 10.
 */
export const hoffmann2022Rounded = withParameters(
  chinchilla,
  { E: 1.69, A: 406.4, B: 410.7, alpha: 0.34, beta: 0.28 },
  "Hoffmann et al. 2022 (arXiv 2203.15556), eq. 10",
);

/**
 * Epoch's refit of the runs in Hoffmann's figure 4. It is the least-absolute-deviations limit (`l1()`), not the
 * Huber fit with delta = 1e-3, which gives A = 477.83 and B = 2143.42.
 *
 * Source: Besiroglu et al. 2024 (arXiv 2404.10102), eq. 3 and table 1.
 */
export const besiroglu2024 = withParameters(
  chinchilla,
  { E: 1.8172, A: 482.01, B: 2085.43, alpha: 0.3478, beta: 0.3658 },
  "Besiroglu et al. 2024 (arXiv 2404.10102), eq. 3",
);
