import { requireNonNegative, requirePositive } from "../../numerics/arguments/requireNumber.ts";

/** Inference parameters of retrieval-augmented generation. */
export interface RetrievalSetting {
  /** Retrieved documents k. */
  readonly documents: number;
  /** In-context examples m. */
  readonly shots: number;
  /** Generation steps n. */
  readonly iterations: number;
}

/** Coefficients of the computation allocation model, and how informative documents and shots are. */
export interface RetrievalAllocation {
  /** a, for documents, shots and iterations. */
  readonly a: readonly [number, number, number];
  /** b, which scales with informativeness. */
  readonly b: readonly [number, number, number];
  readonly c: number;
}

const slope = 1.81;
const centre = 0.46;
const height = 3.3;
const base = -2.18;

/**
 * The sigmoid that keeps normalised performance within its range: 3.30/(1 + exp(−1.81(x + 0.46))) − 2.18,
 * between −2.18 and 1.12.
 *
 * Source: Yue et al. 2024, "Inference Scaling for Long-Context RAG", appendix.
 *
 * @example
 * import { retrievalSigmoid } from "isoflop";
 * retrievalSigmoid(-0.46).toFixed(2); // => "-0.53"
 */
export function retrievalSigmoid(x: number): number {
  return height / (1 + Math.exp(-slope * (x + centre))) + base;
}

/**
 * Inverse of {@link retrievalSigmoid}.
 *
 * @throws RangeError outside (−2.18, 1.12), where it has no value
 * @example
 * import { inverseRetrievalSigmoid, retrievalSigmoid } from "isoflop";
 * inverseRetrievalSigmoid(retrievalSigmoid(0.3)).toFixed(6); // => "0.300000"
 */
export function inverseRetrievalSigmoid(performance: number): number {
  if (!(performance > base && performance < base + height)) {
    throw new RangeError(
      `performance must lie in (${base}, ${(base + height).toFixed(2)}), got ${performance}; the sigmoid has no inverse there`,
    );
  }
  return -Math.log(height / (performance - base) - 1) / slope - centre;
}

/**
 * Normalised performance of a retrieval setting by the computation allocation model:
 * σ⁻¹(P) = (a + b∘i)ᵀ ln(θ + 0.01) + c with θ = (documents, shots, iterations) and i = (i_doc, i_shot, 0),
 * the gains of the first document and the first shot over none.
 *
 * P is a z-score within one data set and metric, not an accuracy.
 *
 * Source: Yue et al. 2024, eq. 2; the coefficients for Gemini 1.5 Flash are in Table 8.
 *
 * @throws RangeError on a negative count
 * @example
 * import { predictRetrieval, yue2024 } from "isoflop";
 * const gains = { documentGain: 1, shotGain: 0.2 };
 * const few = predictRetrieval(yue2024, gains, { documents: 1, shots: 1, iterations: 1 });
 * predictRetrieval(yue2024, gains, { documents: 100, shots: 1, iterations: 1 }) > few; // => true
 */
export function predictRetrieval(
  model: RetrievalAllocation,
  gains: { readonly documentGain: number; readonly shotGain: number },
  setting: RetrievalSetting,
): number {
  const { documents, shots, iterations } = setting;
  for (const [name, count] of Object.entries({ documents, shots, iterations })) {
    requireNonNegative(name, count, "give a count; 0 for none");
  }
  const theta = [documents, shots, iterations] as const;
  const informativeness = [gains.documentGain, gains.shotGain, 0] as const;
  let x = model.c;
  for (const i of [0, 1, 2] as const) {
    x += (model.a[i] + model.b[i] * informativeness[i]) * Math.log(theta[i] + 0.01);
  }
  return retrievalSigmoid(x);
}

/**
 * The published coefficients for Gemini 1.5 Flash. R² .903, MSE .085 on the authors' runs, which are not
 * released.
 *
 * Source: Yue et al. 2024, Table 8.
 */
export const yue2024: RetrievalAllocation = {
  a: [0.325, 0.101, 0.177],
  b: [-0.067, -0.008, 0],
  c: -0.73,
};

/**
 * FLOPs of training a model and embedding a datastore for it: 6·N·D + 2·N_retriever·D_store.
 *
 * Source: Shao et al. 2024, "Scaling Retrieval-Based Language Models with a Trillion-Token Datastore",
 * section 5 (by way of a summary).
 *
 * @throws RangeError on a count that is not positive (the store may be empty)
 * @example
 * import { retrievalTrainingFlops } from "isoflop";
 * retrievalTrainingFlops({ nParams: 1e9, nTokens: 1e9, retrieverParams: 1e8, storeTokens: 1e10 }).datastore; // => 2e18
 */
export function retrievalTrainingFlops(system: {
  readonly nParams: number;
  readonly nTokens: number;
  readonly retrieverParams: number;
  readonly storeTokens: number;
}): { readonly training: number; readonly datastore: number; readonly total: number } {
  requirePositive("nParams", system.nParams, "give a count, such as 7e9");
  requirePositive("nTokens", system.nTokens, "give a count, such as 1.4e12");
  requirePositive("retrieverParams", system.retrieverParams, "give a count, such as 110e6");
  requireNonNegative("storeTokens", system.storeTokens, "give a count; 0 for no store");
  const training = 6 * system.nParams * system.nTokens;
  const datastore = 2 * system.retrieverParams * system.storeTokens;
  return { training, datastore, total: training + datastore };
}
