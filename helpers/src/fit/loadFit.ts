import type { Law } from "../laws/definition/Law.ts";
import { lawFromSpecification } from "../laws/lawFromSpecification.ts";
import { type FitRecord, minimumFromRecord } from "./FitRecord.ts";
import { Fit } from "./FitResult.ts";
import { lossFromSpecification } from "./losses/lossFromSpecification.ts";
import type { FitOptions } from "./objective/FitOptions.ts";
import { hashTable } from "./objective/hashTable.ts";
import { objectiveOf } from "./objective/objectiveOf.ts";

/**
 * A fit from its JSON (the text or the parsed record), bit for bit as it was saved: nothing is fitted again, and
 * bootstraps with the same seed give the same replicates.
 *
 * @param law needed when the law is not built in; its name must be the saved one.
 * @throws RangeError when the text is no saved fit, the law is unknown, or the runs in it were edited.
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
export function loadFit(json: string | FitRecord, { law }: { readonly law?: Law } = {}): Fit {
  const record = typeof json === "string" ? (JSON.parse(json) as FitRecord) : json;
  if (record?.format !== "isoflop-fit") {
    throw new RangeError(
      `not a saved fit: format must be "isoflop-fit", got ${JSON.stringify(record?.format)}`,
    );
  }
  if (!law && !record.law.specification) {
    throw new RangeError(`${record.law.name} is not a built-in law; pass it: loadFit(json, { law })`);
  }
  const used = law ?? lawFromSpecification(record.law.specification!);
  if (used.name !== record.law.name) {
    throw new RangeError(`the fit is of ${record.law.name}, but the law passed is ${used.name}`);
  }
  const { n, x, y, w } = record.data;
  const table = {
    n,
    x: x.map((column) => Float64Array.from(column)),
    y: Float64Array.from(y),
    w: Float64Array.from(w),
  };
  if (hashTable(table) !== record.dataHash) {
    throw new RangeError(
      `the runs in the saved fit do not match its data hash ${record.dataHash}; fit them again`,
    );
  }
  const { loss, ...rest } = record.options;
  const options: FitOptions = { ...rest, ...(loss && { loss: lossFromSpecification(loss) }) };
  return new Fit(used, table, options, objectiveOf({ law: used, table, options }), minimumFromRecord(record));
}
