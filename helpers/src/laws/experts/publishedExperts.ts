import { chinchilla } from "../chinchilla/chinchilla.ts";
import { withParameters } from "../definition/withParameters.ts";
import { fineGrainedLaw } from "./fineGrainedLaw.ts";
import { routedLaw } from "./routedLaw.ts";

const clark = "Clark et al. 2022 (arXiv 2202.01169), Table 3";

/**
 * Clark's law for the S-Base router, as printed. Models of 15M to 1.3B parameters, 1 to 512 experts in every other layer, one
 * a token, all on 130e9 tokens. The printed digits are too few for what lies beyond the runs: `clarkRefit` has more.
 *
 * Source: Clark et al. 2022 (arXiv 2202.01169), Table 3.
 *
 * @example
 * import { clark2022SBase } from "isoflop";
 * clark2022SBase.predict({ nParams: 370e6, experts: 1 }); // => 2.4727
 */
export const clark2022SBase = withParameters(
  routedLaw,
  { a: -0.082, b: -0.108, c: 0.009, d: 1.104, start: 1.847, max: 314.478 },
  `${clark}, S-Base`,
);

/**
 * Clark's law for the router trained by reinforcement learning, as printed. Runs as for `clark2022SBase`.
 *
 * Source: Clark et al. 2022 (arXiv 2202.01169), Table 3.
 *
 * @example
 * import { clark2022RlR } from "isoflop";
 * clark2022RlR.predict({ nParams: 370e6, experts: 64 }); // => 2.2863
 */
export const clark2022RlR = withParameters(
  routedLaw,
  { a: -0.083, b: -0.126, c: 0.012, d: 1.111, start: 1.88, max: 469.982 },
  `${clark}, RL-R`,
);

/**
 * Clark's law for routing by a hash of the token, as printed. Runs as for `clark2022SBase`.
 *
 * Source: Clark et al. 2022 (arXiv 2202.01169), Table 3.
 *
 * @example
 * import { clark2022Hash } from "isoflop";
 * clark2022Hash.predict({ nParams: 370e6, experts: 64 }); // => 2.2533
 */
export const clark2022Hash = withParameters(
  routedLaw,
  { a: -0.087, b: -0.136, c: 0.012, d: 1.157, start: 4.175, max: 477.741 },
  `${clark}, Hash`,
);

const krajewski = "Krajewski et al. 2024 (arXiv 2402.07871)";

/**
 * Krajewski's law of fine-grained experts, for 64 times the feed-forward of a dense model. N counts all parameters without
 * embeddings; nats per token on C4.
 *
 * Source: Krajewski et al. 2024 (arXiv 2402.07871), Table 1.
 *
 * @example
 * import { krajewski2024 } from "isoflop";
 * krajewski2024.predict({ nParams: 43e9, nTokens: 28.94e9, granularity: 16 }); // => 2.4714
 */
export const krajewski2024 = withParameters(
  fineGrainedLaw,
  { c: 0.47, a: 18.1, g: 2.1, b: 30.8, alpha: 0.115, beta: 0.147, gamma: 0.58 },
  `${krajewski}, Table 1, 64 experts`,
);

/**
 * Krajewski's law of fine-grained experts, for 16 times the feed-forward of a dense model.
 *
 * Source: Krajewski et al. 2024 (arXiv 2402.07871), Table 8.
 *
 * @example
 * import { krajewski2024Experts16 } from "isoflop";
 * krajewski2024Experts16.predict({ nParams: 11e9, nTokens: 28.94e9, granularity: 16 }); // => 2.5669
 */
export const krajewski2024Experts16 = withParameters(
  fineGrainedLaw,
  { c: 0.472, a: 19.64, g: 1.18, b: 57.07, alpha: 0.124, beta: 0.169, gamma: 0.986 },
  `${krajewski}, Table 8, 16 experts`,
);

/**
 * Krajewski's law of dense models, fitted beside the one for experts: the form of `chinchilla`, N without embeddings.
 *
 * Source: Krajewski et al. 2024 (arXiv 2402.07871), Table 1.
 *
 * @example
 * import { krajewski2024Dense } from "isoflop";
 * krajewski2024Dense.predict({ nParams: 1e9, nTokens: 28.94e9 }); // => 2.9201
 */
export const krajewski2024Dense = withParameters(
  chinchilla,
  { E: 0.47, A: 16.3, B: 26.7, alpha: 0.126, beta: 0.127 },
  `${krajewski}, Table 1, dense`,
);
