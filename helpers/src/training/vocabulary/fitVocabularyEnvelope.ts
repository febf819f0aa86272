import { fit } from "../../fit/fit.ts";
import type { Loss } from "../../fit/losses/Loss.ts";
import { multiplicativePowerLaw } from "../../laws/power/multiplicativePowerLaw.ts";
import { requireOptions } from "../../numerics/arguments/requireOptions.ts";
import { requireRows } from "../../numerics/arguments/requireRows.ts";
import type { PowerOfCompute, VocabularyEnvelope } from "./VocabularyApproach.ts";

/** A point on the lower envelope of the loss over compute. */
export interface EnvelopeRun {
  readonly flops: number;
  readonly nParamsNonVocab: number;
  readonly nParamsVocab: number;
  readonly nCharacters: number;
}

/** How the three power laws of the envelope are fitted. */
export interface EnvelopeFitOptions {
  /** What is minimised over the residuals of the logarithms. The authors use huber(1e-3); squared() is OLS. */
  readonly loss: Loss;
  /** Exponent imposed on Nnv and H. Default .5, as published; `"free"` fits them. */
  readonly exponent?: number | "free";
}

/**
 * Approach 1 of Tao et al. 2024: power laws of compute for Nnv, Nv and H through the points of the lower envelope,
 * with the exponents of Nnv and H imposed at .5.
 *
 * @param envelope points of least loss, see `vocabularyEnvelope` of isoflop-datasets and `lowerEnvelope`
 * @throws RangeError when a value is not > 0
 *
 * @example
 * import { fitVocabularyEnvelope, squared } from "isoflop";
 * import { vocabularyEnvelope } from "isoflop-datasets";
 * fitVocabularyEnvelope(vocabularyEnvelope(), { loss: squared() }).nParamsVocab.exponent; // => 0.4184
 */
export function fitVocabularyEnvelope(
  envelope: readonly EnvelopeRun[],
  options: EnvelopeFitOptions,
): VocabularyEnvelope {
  requireOptions("fitVocabularyEnvelope", options, ["loss", "exponent"]);
  const { loss, exponent = 0.5 } = options;
  const law = multiplicativePowerLaw(["flops"]);
  const power = (value: (run: EnvelopeRun) => number, imposed?: number): PowerOfCompute => {
    // The law calls its response "loss"; here it is a count. Without a floor it is a straight line in logarithms.
    const runs = envelope.map((run) => ({ flops: run.flops, loss: value(run) }));
    const fixed = imposed === undefined ? { E: 0 } : { E: 0, alpha_flops: -imposed };
    const { parameters } = fit(law, runs, { loss, fixed });
    return { coefficient: parameters.A, exponent: -parameters.alpha_flops };
  };
  const imposed = exponent === "free" ? undefined : exponent;
  return {
    kind: "envelope",
    nParamsNonVocab: power((run) => run.nParamsNonVocab, imposed),
    nParamsVocab: power((run) => run.nParamsVocab),
    nCharacters: power((run) => run.nCharacters, imposed),
    source: `fitted to ${envelope.length} points`,
    units: {
      nParamsNonVocab: "parameters, by FLOPs",
      nParamsVocab: "parameters, by FLOPs",
      nCharacters: "characters, by FLOPs",
    },
  };
}

/**
 * The points of least loss so far, in the order of compute: a running minimum.
 *
 * @example
 * import { lowerEnvelope } from "isoflop";
 * const runs = [{ flops: 1, loss: 3 }, { flops: 2, loss: 4 }, { flops: 3, loss: 2 }];
 * lowerEnvelope(runs, (run) => run.loss).map((run) => run.flops); // => [1, 3]
 */
export function lowerEnvelope<R extends { readonly flops: number }>(
  runs: readonly R[],
  loss: (run: R) => number,
): R[] {
  let least = Infinity;
  requireRows("lowerEnvelope", runs);
  return [...runs]
    .sort((p, q) => p.flops - q.flops)
    .filter((run) => {
      const isLeast = loss(run) < least;
      if (isLeast) least = loss(run);
      return isLeast;
    });
}
