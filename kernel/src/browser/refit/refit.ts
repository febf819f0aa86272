import type { RefitWidget } from "isoflop";
import {
  type Allocation,
  chinchilla,
  computeOptimal,
  type FittedLaw,
  fit,
  huber,
  l1,
  squared,
} from "isoflop";

export type LossChoice = "huber" | "l1" | "squared";

/** What the reader chose. */
export interface RefitState {
  used: boolean[];
  flops: number;
  loss: LossChoice;
}

export interface Refitted {
  law: FittedLaw<"nParams" | "nTokens">;
  parameters: Record<string, number>;
  /** "converged", "at-bound" or "not-identified", and what that means. */
  status: string;
  reason: string;
  used: number;
}

/** The state in which the notebook left its fit. */
export function notebookState({ runs, flops }: RefitWidget): RefitState {
  return { used: runs.map(([, , , used]) => used === 1), flops, loss: "huber" };
}

/** Fits the law to the runs in use, as the notebook did. */
export function refit({ runs, delta }: RefitWidget, { used, loss }: RefitState): Refitted {
  const losses = { huber: () => huber(delta), l1: () => l1(), squared: () => squared() };
  const chosen = runs
    .filter((_, i) => used[i])
    .map(([nParams, nTokens, loss]) => ({ nParams, nTokens, loss }));
  const law = fit(chinchilla, chosen, { loss: losses[loss]() });
  return {
    law,
    parameters: { ...law.parameters },
    status: law.status,
    reason: law.reason,
    used: chosen.length,
  };
}

export interface Row {
  name: string;
  value: number;
  unit: "number" | "count";
}

/** The figures that the panel compares. */
export function rowsOf({ law, parameters, used }: Refitted, flops: number): Row[] {
  const { alpha = Number.NaN, beta = Number.NaN } = parameters;
  let best: Allocation | undefined;
  try {
    best = computeOptimal(law, { flops });
  } catch {
    // A fit without an optimum is a result, too: the cells stay empty.
  }
  return [
    { name: "runs used", value: used, unit: "number" },
    ...Object.entries(parameters).map(([name, value]) => ({ name, value, unit: "number" as const })),
    { name: "a, in best parameters ∝ Cᵃ", value: beta / (alpha + beta), unit: "number" },
    { name: "best parameters", value: best?.nParams ?? Number.NaN, unit: "count" },
    { name: "best tokens", value: best?.nTokens ?? Number.NaN, unit: "count" },
    { name: "tokens per parameter", value: best?.tokensPerParam ?? Number.NaN, unit: "number" },
    { name: "loss there (nats/token)", value: best?.loss ?? Number.NaN, unit: "number" },
  ];
}
