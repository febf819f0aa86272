import { huber } from "isoflop";
import type { Analysis } from "./analyse.ts";

/** The analysis as plain data for other programs; the keys are part of the command's interface. */
export function analysisJson(analysis: Analysis, source: readonly string[]): object {
  const { law, fit, bootstrap, level, criteria, crossValidation, holdOut, plan, notes } = analysis;
  return {
    law: law.name,
    source,
    runs: fit.n,
    status: fit.status,
    reason: fit.reason,
    loss: (fit.options.loss ?? huber(1e-3)).specification,
    residual: fit.options.residual ?? "log",
    objective: fit.objective,
    parameters: fit.parameters,
    conditionNumber: Number.isFinite(fit.conditionNumber) ? fit.conditionNumber : null,
    criteria,
    crossValidation,
    bootstrap: bootstrap && {
      resamples: bootstrap.resamples,
      seed: bootstrap.seed,
      kind: bootstrap.kind,
      level,
      standardErrors: bootstrap.standardErrors,
      intervals: Object.fromEntries(
        law.parameters.map(({ name }) => [name, bootstrap.interval(name, level)]),
      ),
    },
    holdOut: holdOut && {
      condition: holdOut.condition,
      fitted: holdOut.fit.n,
      heldOut: holdOut.heldOut.length,
      meanError: holdOut.meanError,
      meanAbsoluteError: holdOut.meanAbsoluteError,
      largestError: holdOut.largestError,
      parameters: holdOut.fit.parameters,
    },
    plan,
    notes,
  };
}
