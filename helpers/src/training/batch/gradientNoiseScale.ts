import { requirePositive } from "../../numerics/arguments/requireNumber.ts";
import { requireOptions } from "../../numerics/arguments/requireOptions.ts";

/** Squared gradient norms at two batch sizes. A list gives one value a measurement, which are averaged. */
export interface NoiseScaleQuestion {
  /** Squared norm of the gradient of the small batch, |G|^2. */
  readonly normSmall: number | readonly number[];
  /** Squared norm of the gradient of the big batch. */
  readonly normBig: number | readonly number[];
  /** In examples or tokens; the noise scale has this unit. */
  readonly batchSmall: number;
  readonly batchBig: number;
}

/** Signal and noise of a gradient. */
export interface GradientNoiseScale {
  /** tr Sigma / |G|^2, in the unit of the batches; NaN where the signal is not told from noise. */
  readonly noiseScale: number;
  /** |G|^2, without bias. */
  readonly signal: number;
  /** tr Sigma, the variance of one example's gradient, without bias. */
  readonly noise: number;
  /** What is to be kept in mind; empty where there is nothing. */
  readonly notes: readonly string[];
}

/**
 * The simple noise scale tr Sigma / |G|^2, a stand-in for the critical batch that needs no sweep: from the squared
 * norms of gradients averaged over a small and a big batch, whose expectation is |G|^2 + tr Sigma / B.
 *
 * `|G|^2 = (B_big |G_big|^2 - B_small |G_small|^2) / (B_big - B_small)` and
 * `tr Sigma = (|G_small|^2 - |G_big|^2) / (1 / B_small - 1 / B_big)`. Both are without bias, their ratio is not: give
 * lists of many measurements, whose numerator and denominator are averaged before dividing.
 *
 * Source: McCandlish et al. 2018 (arXiv:1812.06162), appendix A.
 *
 * @param question squared norms, not norms
 * @throws RangeError when a number is not > 0, or the big batch is not above the small one
 *
 * @example
 * import { gradientNoiseScale } from "isoflop";
 * // |G|^2 = 2 and tr Sigma = 600 give 2 + 600 / B.
 * const found = gradientNoiseScale({ normSmall: 2 + 600 / 64, normBig: 2 + 600 / 1024, batchSmall: 64, batchBig: 1024 });
 * found.noiseScale; // => 300
 */
export function gradientNoiseScale(question: NoiseScaleQuestion): GradientNoiseScale {
  requireOptions("gradientNoiseScale", question, ["normSmall", "normBig", "batchSmall", "batchBig"]);
  const { batchSmall, batchBig } = question;
  requirePositive("batchSmall", batchSmall, "give examples or tokens");
  requirePositive("batchBig", batchBig, "give examples or tokens");
  if (batchBig <= batchSmall) {
    throw new RangeError(
      `batchBig must be above batchSmall ${batchSmall}, got ${batchBig}; give norms at two different batches`,
    );
  }
  const small = averageNorm("normSmall", question.normSmall);
  const big = averageNorm("normBig", question.normBig);
  const signal = (batchBig * big - batchSmall * small) / (batchBig - batchSmall);
  const noise = (small - big) / (1 / batchSmall - 1 / batchBig);
  const lost = signal <= 0 || noise <= 0;
  return {
    noiseScale: lost ? Number.NaN : noise / signal,
    signal,
    noise,
    notes: lost
      ? [
          signal <= 0
            ? "the signal is not told from noise; average over more measurements, or take larger batches"
            : "the norms do not fall with the batch as noise makes them; are they squared, and averaged over the batch?",
        ]
      : [],
  };
}

function averageNorm(name: string, given: number | readonly number[]): number {
  const values = typeof given === "number" ? [given] : given;
  if (!Array.isArray(values) || values.length === 0) {
    throw new RangeError(
      `${name} must be a squared norm or a list of them, got ${String(given)}; measure one`,
    );
  }
  let sum = 0;
  for (const value of values) sum += requirePositive(name, value, "give squared norms of gradients");
  return sum / values.length;
}
