import type { Variable } from "./Law.ts";

// The variables that most laws share, so that one name always has one unit.

export const nParams: Variable<"nParams"> = {
  name: "nParams",
  unit: "parameters",
  description: "parameters of the model (say with or without embeddings where it matters)",
  domain: "positive",
};

export const nTokens: Variable<"nTokens"> = {
  name: "nTokens",
  unit: "tokens",
  description: "tokens seen in training",
  domain: "positive",
};

export const flops: Variable<"flops"> = {
  name: "flops",
  unit: "FLOP",
  description: "floating-point operations of the training run",
  domain: "positive",
};

export const tokenLoss: Variable<"loss"> = {
  name: "loss",
  unit: "nats per token",
  description: "cross-entropy per token",
  domain: "positive",
};

export const nSteps: Variable<"nSteps"> = {
  name: "nSteps",
  unit: "optimizer steps",
  description: "parameter updates of the training run",
  domain: "positive",
};

const known: Readonly<Record<string, Variable>> = { nParams, nTokens, flops, nSteps };

/** The shared variable of that name, or a positive one without a unit. */
export function positiveVariable<Name extends string>(name: Name): Variable<Name> {
  const shared = known[name] as Variable<Name> | undefined;
  return shared ?? { name, unit: "1", description: name, domain: "positive" };
}
