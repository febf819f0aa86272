import { withParameters } from "../../laws/definition/withParameters.ts";
import { vocabularyLoss } from "../../laws/vocabulary/vocabularyLoss.ts";
import type { VocabularyDerivative, VocabularyEnvelope } from "./VocabularyApproach.ts";

const paper = "Tao et al. 2024 (arXiv:2407.13623)";

/** Smallest and largest Nnv of the runs behind every constant here: 33M to 1.13B non-vocabulary parameters. */
export const vocabularyFittedRange: readonly [number, number] = Object.freeze([33_222_784, 1_129_891_136]);

/**
 * Approach 1 as published: Nnv = .08 C^.50, Nv = .20 C^.42, H = 6.42 C^.50, at the full precision of the authors'
 * script. The exponents .50 are imposed; with free exponents the same points give .446 and .590.
 *
 * @example
 * import { vocabularyApproach1 } from "isoflop";
 * vocabularyApproach1.nParamsVocab.exponent; // => 0.4163623
 */
export const vocabularyApproach1: VocabularyEnvelope = Object.freeze({
  kind: "envelope",
  nParamsNonVocab: Object.freeze({ coefficient: Math.exp(-2.484651), exponent: 0.5 }),
  nParamsVocab: Object.freeze({ coefficient: Math.exp(-1.5890313), exponent: 0.4163623 }),
  nCharacters: Object.freeze({ coefficient: Math.exp(1.8595857), exponent: 0.5 }),
  source: `${paper}, Figure 5; full precision from the authors' approach1_isoflops.py`,
  units: Object.freeze({
    nParamsNonVocab: "parameters, by FLOPs",
    nParamsVocab: "parameters, by FLOPs",
    nCharacters: "characters, by FLOPs",
  }),
});

/**
 * Approach 2 as published: Nv = 3,145,728 (Nnv / 33e6)^.8354, anchored at V = 6144 and d = 512.
 *
 * @example
 * import { vocabularyApproach2 } from "isoflop";
 * vocabularyApproach2.anchor.nParamsVocab / 512; // => 6144
 */
export const vocabularyApproach2: VocabularyDerivative = Object.freeze({
  kind: "derivative",
  gamma: 0.8353974,
  anchor: Object.freeze({ nParamsNonVocab: 33e6, nParamsVocab: 3_145_728 }),
  source: `${paper}, section 4.2 (approach 2, digits of the authors' script)`,
  units: Object.freeze({ gamma: "1", anchor: "parameters" }),
});

/**
 * Approach 3 as published. The authors' script divides V by 1000 before counting tokens, so these constants
 * belong to about 2.7 to 3 times too many tokens; see `vocabularyFitRuns`. They published no interval.
 *
 * @example
 * import { vocabularyApproach3 } from "isoflop";
 * vocabularyApproach3.parameters.alpha2; // => 0.6707375
 */
export const vocabularyApproach3 = withParameters(
  vocabularyLoss,
  { E: 5.5327847, A1: 1.8313852, A2: 0.1958424, B: 2.1241123, alpha2: 0.6707375, beta: 0.4466063 },
  `${paper}, section 4.3; full precision from the authors' approach3_isoloss.py`,
);
