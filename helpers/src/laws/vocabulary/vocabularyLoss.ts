import { exp } from "../../numerics/exp.ts";
import type { Law } from "../definition/Law.ts";
import { exponent, linearParameter, logParameter } from "../definition/parameters.ts";
import { nTokens, positive, real } from "../definition/variables.ts";

const nParamsNonVocab = positive(
  "nParamsNonVocab",
  "parameters",
  "parameters outside the vocabulary's embedding",
);

const nParamsVocab = positive(
  "nParamsVocab",
  "parameters",
  "parameters of one embedding matrix, vocabulary size times width",
);

const lossUnigramNormalized = real(
  "lossUnigramNormalized",
  "nats per token",
  "cross-entropy minus that of the unigram distribution; negative for any useful model",
);

const per = (count: string, exponent: string) => `nats per token, times (${count})^${exponent}`;

/**
 * Unigram-normalised loss by non-vocabulary parameters, vocabulary parameters and tokens, with Nnv and Nv taken
 * in 1e6 and D in 1e9 so that constants compare with the printed ones:
 * `Lu = -E + A1 / (Nnv/1e6)^beta + A2 / (Nv/1e6)^alpha2 + B / (D/1e9)^beta`.
 *
 * The authors set the exponent of Nnv equal to that of D, "so that Nnv and D grow alike". Variables are plain
 * counts; the division by 1e6 and 1e9 is the law's own. The loss is comparable across vocabularies, not with
 * ordinary cross-entropy. Fit it with `residual: "raw"`, since it is negative.
 *
 * Source: Tao et al. 2024 (arXiv:2407.13623), approach 3.
 *
 * @example
 * import { vocabularyLoss, withParameters } from "isoflop";
 * const law = withParameters(vocabularyLoss, {
 *   E: 5.5327847, A1: 1.8313852, A2: 0.1958424, B: 2.1241123, alpha2: 0.6707375, beta: 0.4466063,
 * });
 * law.predict({ nParamsNonVocab: 2.87e9, nParamsVocab: 35e3 * 3200, nTokens: 67e9 }); // => -5.147
 */
export const vocabularyLoss: Law<
  "nParamsNonVocab" | "nParamsVocab" | "nTokens",
  "E" | "A1" | "A2" | "B" | "alpha2" | "beta",
  "lossUnigramNormalized"
> = {
  name: "vocabularyLoss",
  tex: "L_u = -E + \\frac{A_1}{N_{nv}^{\\beta}} + \\frac{A_2}{N_v^{\\alpha_2}} + \\frac{B}{D^{\\beta}}",
  source: "Tao et al. 2024 (arXiv:2407.13623), approach 3",
  specification: { kind: "vocabularyLoss", arguments: [] },
  response: lossUnigramNormalized,
  variables: [nParamsNonVocab, nParamsVocab, nTokens],
  parameters: [
    linearParameter(
      "E",
      "nats per token",
      "how far an infinite model falls below the unigram entropy",
      [1, 10],
    ),
    logParameter("A1", per("1e6 parameters", "beta"), "size of the non-vocabulary term", [0.01, 100]),
    logParameter("A2", per("1e6 parameters", "alpha2"), "size of the vocabulary term", [0.001, 100]),
    logParameter("B", per("1e9 tokens", "beta"), "size of the data term", [0.01, 100]),
    exponent("alpha2", "vocabulary", [0.05, 2]),
    exponent("beta", "non-vocabulary and the data", [0.1, 1]),
  ],
  linear: [
    { parameter: "E", given: [] },
    { parameter: "A1", given: ["beta"] },
    { parameter: "A2", given: ["alpha2"] },
    { parameter: "B", given: ["beta"] },
  ],

  evaluate(theta, x, n, value, jacobian) {
    const logNonVocab = x[0]!;
    const logVocab = x[1]!;
    const logTokens = x[2]!;
    const E = theta[0]!;
    const A1 = theta[1]!;
    const A2 = theta[2]!;
    const B = theta[3]!;
    const alpha2 = theta[4]!;
    const beta = theta[5]!;
    for (let i = 0, at = 0; i < n; i++, at += 6) {
      const nonVocab = logNonVocab[i]! - LOG_1E6;
      const vocab = logVocab[i]! - LOG_1E6;
      const tokens = logTokens[i]! - LOG_1E9;
      const u = exp(-beta * nonVocab);
      const v = exp(-alpha2 * vocab);
      const w = exp(-beta * tokens);
      value[i] = -E + A1 * u + A2 * v + B * w;
      jacobian[at] = -1;
      jacobian[at + 1] = u;
      jacobian[at + 2] = v;
      jacobian[at + 3] = w;
      jacobian[at + 4] = -A2 * v * vocab;
      jacobian[at + 5] = -A1 * u * nonVocab - B * w * tokens;
    }
  },
};

const LOG_1E6 = Math.log(1e6);
const LOG_1E9 = Math.log(1e9);
