import { exp } from "../../numerics/exp.ts";
import { sizeAndDataTerms } from "../chinchilla/sizeAndData.ts";
import type { Law } from "../definition/Law.ts";
import { exponent, logParameter } from "../definition/parameters.ts";
import { nParams, nTokens, tokenLoss } from "../definition/variables.ts";
import { dataConstrainedStarts } from "./dataConstrainedStarts.ts";
import { copiesByRStar, decayedCopies } from "./decayedCopies.ts";
import { uniqueTokens } from "./uniqueTokens.ts";

const repetitions = "repetitions";

/**
 * Chinchilla's law when data run out: `L = E + A / N'^alpha + B / D'^beta` with effective counts N' and D'.
 *
 * Three counts of tokens: `nTokens` D is what training sees in all, `uniqueTokens` U is what there is (seen are
 * min(U, D)), and the rest, D - U, is repeated. With R_D = D / U - 1 repetitions,
 * `D' = U + U R_D* (1 - e^(-R_D / R_D*))`: each further epoch is worth less, and all of them together at most
 * U (1 + R_D*). Parameters beyond the size U_N that is compute-optimal for U tokens decay alike, with
 * R_N = N / U_N - 1 and R_N*. Where nothing is repeated and N <= U_N, or where both R* are infinite, it is `chinchilla`
 * to the last bit. It cannot rise with repetition, as measured losses do after many epochs.
 *
 * N parameters, D and U tokens, L in nats per token, R* in repetitions (epochs beyond the first; multiples of U_N
 * beyond the first).
 *
 * Source: Muennighoff et al. 2023 (arXiv 2305.16264), section 3.1 and appendix A.
 *
 * @example
 * ```ts
 * import { muennighoff2023 } from "isoflop";
 * muennighoff2023.predict({ nParams: 6.34e9, nTokens: 242e9, uniqueTokens: 25e9 }); // => 2.2256440889984477
 * ```
 */
export const dataConstrained: Law<
  "nParams" | "nTokens" | "uniqueTokens",
  "E" | "A" | "B" | "alpha" | "beta" | "rStarTokens" | "rStarParams",
  "loss"
> = {
  name: "dataConstrained",
  tex: "L = E + \\frac{A}{N'^{\\alpha}} + \\frac{B}{D'^{\\beta}},\\; D' = U (1 + R_D^* (1 - e^{-(D/U - 1)/R_D^*}))",
  source: "Muennighoff et al. 2023 (arXiv 2305.16264), appendix A",
  specification: { kind: "dataConstrained", arguments: [] },
  response: tokenLoss,
  variables: [nParams, nTokens, uniqueTokens],
  parameters: [
    ...sizeAndDataTerms,
    exponent("alpha", "model", [0.1, 0.8], [1e-3, Infinity]),
    exponent("beta", "data", [0.1, 0.8], [1e-3, Infinity]),
    logParameter("rStarTokens", repetitions, "fresh epochs that endless repetition adds", [0.5, 1e4]),
    logParameter("rStarParams", repetitions, "balanced sizes that endless parameters add", [0.1, 1e3]),
  ],
  linear: [{ parameter: "E", given: [] }],
  starts: dataConstrainedStarts,

  evaluate(theta, x, n, value, jacobian) {
    const logN = x[0]!;
    const logD = x[1]!;
    const logU = x[2]!;
    const E = theta[0]!;
    const A = theta[1]!;
    const B = theta[2]!;
    const alpha = theta[3]!;
    const beta = theta[4]!;
    const rStarTokens = theta[5]!;
    const rStarParams = theta[6]!;
    const logBalance = Math.log((alpha * A) / (beta * B));
    for (let i = 0, at = 0; i < n; i++, at += 7) {
      const logSize = logN[i]!;
      const logTokens = logD[i]!;
      const logSeen = Math.min(logU[i]!, logTokens);
      let logData = logTokens;
      let dataByRStar = 0;
      if (logTokens > logSeen) {
        const repeats = exp(logTokens - logSeen) - 1;
        const copies = decayedCopies(repeats, rStarTokens);
        logData += Math.log(copies / (1 + repeats));
        dataByRStar = copiesByRStar(repeats, rStarTokens) / copies;
      }
      const logBalanced = (logBalance + beta * logSeen) / alpha;
      let logModel = logSize;
      let modelByRStar = 0;
      // How ln N' follows ln U_N: not at all while the model is no larger than that.
      let byBalanced = 0;
      if (logSize > logBalanced) {
        const excess = exp(logSize - logBalanced) - 1;
        const copies = decayedCopies(excess, rStarParams);
        logModel += Math.log(copies / (1 + excess));
        modelByRStar = copiesByRStar(excess, rStarParams) / copies;
        byBalanced = 1 - (exp(-excess / rStarParams) * (1 + excess)) / copies;
      }
      const u = exp(-alpha * logModel);
      const v = exp(-beta * logData);
      const model = A * u;
      const data = B * v;
      const pull = model * byBalanced;
      value[i] = E + model + data;
      jacobian[at] = 1;
      jacobian[at + 1] = u * (1 - byBalanced);
      jacobian[at + 2] = v + pull / B;
      jacobian[at + 3] = -model * logModel - (pull * (1 - logBalance - beta * logSeen)) / alpha;
      jacobian[at + 4] = -data * logData - pull * (logSeen - 1 / beta);
      jacobian[at + 5] = -beta * data * dataByRStar;
      jacobian[at + 6] = -alpha * model * modelByRStar;
    }
  },
};
