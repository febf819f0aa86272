import type { Variable } from "./Law.ts";

/** A quantity that is always > 0, which the law's kernel receives as its logarithm. */
export function positive<Name extends string>(name: Name, unit: string, description: string): Variable<Name> {
  return { name, unit, description, domain: "positive" };
}

/** A quantity that may have either sign or be 0. */
export function real<Name extends string>(name: Name, unit: string, description: string): Variable<Name> {
  return { name, unit, description, domain: "real" };
}

// The variables that most laws share, so that one name always has one unit.

export const nParams = positive(
  "nParams",
  "parameters",
  "parameters of the model (say with or without embeddings where it matters)",
);

export const nTokens = positive("nTokens", "tokens", "tokens seen in training");

export const flops = positive("flops", "FLOP", "floating-point operations of the training run");

export const tokenLoss = positive("loss", "nats per token", "cross-entropy per token");

export const nSteps = positive("nSteps", "optimizer steps", "parameter updates of the training run");

const known = new Map<string, Variable>([nParams, nTokens, flops, nSteps].map((one) => [one.name, one]));

/** The shared variable of that name, or a positive one without a unit. */
export function positiveVariable<Name extends string>(name: Name): Variable<Name> {
  const shared = known.get(name) as Variable<Name> | undefined;
  return shared ?? positive(name, "1", name);
}
