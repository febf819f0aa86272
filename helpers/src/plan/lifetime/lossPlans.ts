import type { LossLaw } from "../../inference/lifetime/lifetimeOptimum.ts";
import type { FittedLaw } from "../../laws/definition/Law.ts";

/** The constants of a law L = E + A/N^alpha + B/D^beta. */
export function lossLawOf({ law, parameters }: FittedLaw): LossLaw {
  const { E, A, B, alpha, beta } = parameters as Readonly<Record<string, number | undefined>>;
  if (law.name !== "chinchilla" || [E, A, B, alpha, beta].includes(undefined)) {
    throw new RangeError(
      `a lifetime needs the law chinchilla, E + A/N^alpha + B/D^beta, which gives tokens for a loss, got ${law.name}; fit chinchilla`,
    );
  }
  return { E: E!, A: A!, B: B!, alpha: alpha!, beta: beta! };
}

/** Parameters that are optimal for C training FLOPs: (alpha A / (beta B))^(1/(alpha+beta)) (C/6)^(beta/(alpha+beta)). */
export function optimalParams({ A, B, alpha, beta }: LossLaw, flops: number): number {
  const sum = alpha + beta;
  return ((alpha * A) / (beta * B)) ** (1 / sum) * (flops / 6) ** (beta / sum);
}

/** Loss of a model of N parameters on D tokens. */
export function lossAt({ E, A, B, alpha, beta }: LossLaw, nParams: number, nTokens: number): number {
  return E + A * nParams ** -alpha + B * nTokens ** -beta;
}

/** Parameters with which a loss takes least training: there alpha A/N^alpha = beta B/D^beta. NaN at or below E. */
export function paramsForLoss({ E, A, alpha, beta }: LossLaw, loss: number): number {
  return ((A * (1 + alpha / beta)) / (loss - E)) ** (1 / alpha);
}
