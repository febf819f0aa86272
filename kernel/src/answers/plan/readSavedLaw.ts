import { readFileSync } from "node:fs";
import { type FitRecord, loadFit, type TrainingQuestion } from "isoflop";

/**
 * The law of the loss in a file that `isoflop fit RUNS --save FILE` wrote.
 *
 * @throws RangeError when the file is no JSON, or no fit of such a law
 */
export function readSavedLaw(path: string): NonNullable<TrainingQuestion["law"]> {
  const text = readFileSync(path, "utf8");
  let record: FitRecord;
  try {
    record = JSON.parse(text) as FitRecord;
  } catch {
    throw new RangeError(`${path} is not JSON; save a fit with: isoflop fit RUNS --save ${path}`);
  }
  return loadFit(record) as unknown as NonNullable<TrainingQuestion["law"]>;
}
