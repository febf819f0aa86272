import { refusal, requirePositive } from "../../numerics/arguments/requireNumber.ts";
import { requireOptions } from "../../numerics/arguments/requireOptions.ts";

/** How one part of a model bears few bits: it keeps the share `1 - exp(offset - P / gamma)`. */
export interface PrecisionPart {
  /** Bits in which the lost share falls by e. */
  readonly gamma: number;
  /** Logarithm of the share that would be lost at 0 bits. */
  readonly offset: number;
}

/** The parts of a model that can be trained in their own precision. */
export type PrecisionPartName = "weights" | "activations" | "kvCache";

/** Constants of a law of loss by size, tokens and bits; alpha is the exponent of size and of data. */
export interface PrecisionConstants {
  readonly E: number;
  readonly A: number;
  readonly B: number;
  readonly alpha: number;
  readonly weights: PrecisionPart;
  readonly activations: PrecisionPart;
  readonly kvCache: PrecisionPart;
  /** Degradation by quantisation after training: `scale exp(offset - P / gamma) D^gammaTokens / N^gammaParams`. */
  readonly afterTraining: PrecisionPart & {
    readonly scale: number;
    readonly gammaTokens: number;
    readonly gammaParams: number;
  };
  readonly source: string;
  readonly units: Readonly<Record<string, string>>;
}

export const precisionPartNames = ["weights", "activations", "kvCache"] as const;

/**
 * Kumar's constants: integers, models of 30M to 220M parameters without embeddings on 1.5B to 26B tokens of Dolma, loss in
 * nats per token, the exponents of size and data tied. The runs are not public, and the authors expect the trends to carry
 * over, not the numbers. The offsets of the parts are fitted, though the paper's equations leave them out; how the last
 * constant, b = 1.1277, enters is not printed: it is taken as the offset of `afterTraining`, which stands beside it.
 *
 * Source: Kumar et al. 2024 (arXiv 2411.04330), appendix K, table 2.
 *
 * @example
 * import { kumar2024 } from "isoflop";
 * kumar2024.weights; // => { gamma: 2.6745, offset: 0.3037 }
 */
export const kumar2024: PrecisionConstants = Object.freeze({
  units: Object.freeze({
    E: "nats per token",
    A: "nats per token, times parameters to alpha",
    B: "nats per token, times tokens to alpha",
    gamma: "bits",
    scale: "nats per token, times parameters to gammaParams over tokens to gammaTokens",
    "offset and exponents": "1",
  }),
  E: 2.7648,
  A: 4.299e3,
  B: 1.806e4,
  alpha: 0.4965,
  weights: Object.freeze({ gamma: 2.6745, offset: 0.3037 }),
  activations: Object.freeze({ gamma: 2.2102, offset: 1.4072 }),
  kvCache: Object.freeze({ gamma: 0.9578, offset: 2.4185 }),
  afterTraining: Object.freeze({
    scale: 0.0598,
    gamma: 0.5907,
    offset: 1.1277,
    gammaTokens: 0.5068,
    gammaParams: 0.3439,
  }),
  source: "Kumar et al. 2024 (arXiv 2411.04330), appendix K, table 2",
});

/** @throws RangeError or TypeError unless a part has a gamma > 0 and an offset. */
export function requirePart(name: string, part: PrecisionPart): void {
  requirePositive(`gamma of ${name}`, part?.gamma, "give the bits in which the lost share falls by e");
  if (!Number.isFinite(part.offset)) {
    throw refusal(`offset of ${name}`, "must be a finite number", part.offset, "0 leaves it out");
  }
}

/** @throws RangeError or TypeError unless they are constants like `kumar2024`. */
export function requirePrecisionConstants(constants: PrecisionConstants): void {
  const fields = ["E", "A", "B", "alpha", ...precisionPartNames, "afterTraining", "source", "units"] as const;
  requireOptions("constants", constants, fields);
  for (const name of [...precisionPartNames, "afterTraining"] as const) requirePart(name, constants[name]);
  for (const name of ["A", "B", "alpha"] as const) {
    requirePositive(name, constants[name], "give that of a fit, as kumar2024 has it");
  }
}
