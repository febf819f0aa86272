import { decodeNumbers } from "../format/jsonNumbers.ts";
import type { Law } from "../laws/definition/Law.ts";
import { lawFromSpecification } from "../laws/lawFromSpecification.ts";
import { requireOptions } from "../numerics/arguments/requireOptions.ts";
import { checkMinimum } from "./checkMinimum.ts";
import type { FitRecord } from "./FitRecord.ts";
import { Fit } from "./FitResult.ts";
import { lossFromSpecification } from "./losses/lossFromSpecification.ts";
import { Coordinates } from "./objective/Coordinates.ts";
import type { FitOptions } from "./objective/FitOptions.ts";
import { objectiveOf } from "./objective/objectiveOf.ts";
import { readRecord, recordedState } from "./readRecord.ts";

/** Engines differ in the last bits of exp and log; a different loss, residual or bound differs in the first ones. */
const sameObjective = 1e-9;

/**
 * A fit from its JSON (the text or the parsed record), bit for bit as it was saved: nothing is fitted again, and
 * bootstraps with the same seed give the same replicates. What the record says is not taken on trust: its hash covers
 * every field, and objective, parameters and status are computed again from law, runs, options and minimum.
 *
 * @param law needed when the law is not built in; its name must be the saved one.
 * @throws RangeError when the text is no saved fit, it is of a later version, the law is unknown, or anything in it was
 * edited.
 *
 * @example
 * ```ts
 * import { chinchilla, fit, loadFit } from "isoflop";
 * import { chinchillaFigure4 } from "isoflop-datasets";
 * const runs = chinchillaFigure4().filter((run) => !run.isOutlier);
 * const saved = JSON.stringify(fit(chinchilla, runs));
 * loadFit(saved).objective === fit(chinchilla, runs).objective; // => true
 * ```
 */
export function loadFit(json: string | FitRecord, options: { readonly law?: Law } = {}): Fit {
  requireOptions("loadFit", options, ["law"]);
  const { law } = options;
  const record = readRecord(json);
  if (!law && !record.law.specification) {
    throw new RangeError(`${record.law.name} is not a built-in law; pass it: loadFit(json, { law })`);
  }
  const used = law ?? lawFromSpecification(record.law.specification!);
  if (used.name !== record.law.name) {
    throw new RangeError(`the fit is of ${record.law.name}, but the law passed is ${used.name}`);
  }
  const { loss, ...rest } = decodeNumbers(record.options);
  const fitted: FitOptions = { ...rest, ...(loss && { loss: lossFromSpecification(loss) }) };
  const { table, minimum } = recordedState(record, used, new Coordinates(used, fitted));
  const objective = objectiveOf({ law: used, table, options: fitted });
  const recomputed = objective.evaluate(minimum.z, new Float64Array(minimum.z.length));
  const fit = new Fit(used, table, fitted, objective, minimum);
  const saved = decodeNumbers(record.parameters);
  for (const [name, ours, theirs] of [
    ["objective", recomputed, minimum.value],
    ["objective", recomputed, Number(record.objective)],
    ...used.parameters.map(({ name }) => [name, fit.parameters[name]!, Number(saved[name])] as const),
  ] as const) {
    if (!isSame(ours, theirs)) {
      throw new RangeError(
        `the saved fit says ${name} = ${theirs}, but its law, runs and options give ${ours}; fit the runs again`,
      );
    }
  }
  if (fit.status !== record.status) {
    throw new RangeError(
      `the saved fit says "${record.status}", but it is "${fit.status}"; fit the runs again`,
    );
  }
  checkMinimum(fit, objective);
  return fit;
}

function isSame(a: number, b: number): boolean {
  // Infinity is like nothing but itself, and a share of it is no measure.
  if (!Number.isFinite(a) || !Number.isFinite(b)) return Object.is(a, b);
  return Math.abs(a - b) <= sameObjective * Math.max(Math.abs(a), Math.abs(b));
}
