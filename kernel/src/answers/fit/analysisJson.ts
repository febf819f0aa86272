import { type Bootstrap, huber, type Law } from "isoflop";
import type { Analysis, Candidate } from "./analyse.ts";
import type { GroupFit } from "./byGroups.ts";
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
    bootstrap: bootstrap && bootstrapJson(law, bootstrap, level),
    uncertainty: analysis.uncertainty,
    holdOut: holdOuts[0] ? holdOutJson(holdOuts[0]) : null,
    holdOuts: holdOuts.map(holdOutJson),
    compared: analysis.others.map(candidateJson),
    against: analysis.against,
    plan,
    predictions,
    residuals: fit.n <= mostResiduals ? [...fit.residuals()] : null,
    notes,
    noteCodes: analysis.fitNotes.map(({ code }) => code),
  });
}

function bootstrapJson(law: Law, bootstrap: Bootstrap, level: number): object {
  const { resamples, seed, kind, standardErrors } = bootstrap;
  const intervals = law.parameters.map(({ name }) => [name, bootstrap.interval(name, level)]);
  return { resamples, seed, kind, level, standardErrors, intervals: Object.fromEntries(intervals) };
}

const candidateJson = ({ law, fit, criteria, crossValidation }: Candidate): object => ({
  law: law.name,
  status: fit.status,
  reason: fit.reason,
  parameters: fit.parameters,
  objective: fit.objective,
  criteria,
  crossValidation,
});

/** Fits to groups as plain data; the keys are part of the command's interface, too. */
export function groupsJson(
  law: Law,
  by: string,
  groups: readonly GroupFit[],
  source: readonly string[],
  level: number,
  predictions: readonly OutputRow[] | null,
): object {
  return withFiniteNumbers({
    law: law.name,
    source,
    by,
    groups: groups.map(({ value, runs, fit, missed, bootstrap, uncertainty, plan, compared }) => ({
      value,
      runs,
      status: fit.status,
      reason: fit.reason,
      objective: fit.objective,
      parameters: fit.parameters,
      rootMeanSquare: missed,
      bootstrap: bootstrap && bootstrapJson(law, bootstrap, level),
      uncertainty,
      compared: compared.slice(1).map(candidateJson),
      plan,
      residuals: [...fit.residuals()],
    })),
    predictions,
  });
}

/** Data that JSON can hold: a number that is not finite becomes null, and is told beside. */
function withFiniteNumbers<Data extends object>(data: Data): Data & { notFinite?: Record<string, string> } {
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
