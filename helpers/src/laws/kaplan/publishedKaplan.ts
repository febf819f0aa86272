import { withParameters } from "../definition/withParameters.ts";
import { kaplanParamsSteps } from "./kaplanParamsSteps.ts";
import { kaplanParamsTokens } from "./kaplanParamsTokens.ts";

/** Kaplan's L(N, D): parameters without embeddings, WebText2 tokens, nats per token. Table 2 of the paper. */
export const kaplan2020ParamsTokens = withParameters(
  kaplanParamsTokens,
  { Nc: 6.4e13, Dc: 1.8e13, alphaN: 0.076, alphaD: 0.103 },
  "Kaplan et al. 2020 (arXiv 2001.08361), table 2",
);

/** Kaplan's L(N, S_min): parameters without embeddings, steps above the critical batch. Table 3 of the paper. */
export const kaplan2020ParamsSteps = withParameters(
  kaplanParamsSteps,
  { Nc: 6.5e13, Sc: 2.1e3, alphaN: 0.077, alphaS: 0.76 },
  "Kaplan et al. 2020 (arXiv 2001.08361), table 3",
);
