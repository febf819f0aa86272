import { huber } from "isoflop";
import type { Analysis } from "./analyse.ts";
import { holdOutJson } from "./holdOutJson.ts";
import type { OutputRow } from "./runRecords.ts";

/** More residuals than these make a text that few programs read; `--output` writes them. */
const mostResiduals = 100_000;

/**
 * The analysis as plain data for other programs; the keys are part of the command's interface. JSON has no infinities and
 * no NaN: such a number is null, and `notFinite` says by its path what it was.
 */
export function analysisJson(
  analysis: Analysis,
  source: readonly string[],
  predictions: readonly OutputRow[] | null = null,
): object {
  const { law, fit, bootstrap, level, criteria, crossValidation, holdOuts, plan, notes } = analysis;
  return withFiniteNumbers({
    law: law.name,
    source,
    runs: fit.n,
    status: fit.status,
    reason: fit.reason,
    loss: (fit.options.loss ?? huber(1e-3)).specification,
    residual: fit.options.residual ?? "log",
    objective: fit.objective,
    parameters: fit.parameters,
    conditionNumber: fit.conditionNumber,
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
    holdOut: holdOuts[0] ? holdOutJson(holdOuts[0]) : null,
    holdOuts: holdOuts.map(holdOutJson),
    compared: analysis.others.map((other) => ({
      law: other.law.name,
      status: other.fit.status,
      reason: other.fit.reason,
      parameters: other.fit.parameters,
      objective: other.fit.objective,
      criteria: other.criteria,
      crossValidation: other.crossValidation,
    })),
    against: analysis.against,
    plan,
    predictions,
    residuals: fit.n <= mostResiduals ? [...fit.residuals()] : null,
    notes,
    noteCodes: analysis.fitNotes.map(({ code }) => code),
  });
}

/** Data that JSON can hold: a number that is not finite becomes null, and is told beside. */
export function withFiniteNumbers<Data extends object>(
  data: Data,
): Data & { notFinite?: Record<string, string> } {
  const found: [string, string][] = [];
  const visit = (value: unknown, path: string): unknown => {
    if (typeof value === "number" && !Number.isFinite(value)) {
      found.push([path, String(value)]);
      return null;
    }
    if (Array.isArray(value)) return value.map((one, k) => visit(one, `${path}[${k}]`));
    if (value === null || typeof value !== "object") return value;
    if (typeof (value as { toJSON?: unknown }).toJSON === "function") return value;
    return Object.fromEntries(
      Object.entries(value).map(([key, one]) => [key, visit(one, path === "" ? key : `${path}.${key}`)]),
    );
  };
  const plain = visit(data, "") as Data;
  return found.length > 0 ? { ...plain, notFinite: Object.fromEntries(found) } : plain;
}
