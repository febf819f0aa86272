import { readFileSync } from "node:fs";
import { loadFit, type TrainingQuestion } from "isoflop";
import { shownPath } from "../../files/shownPath.ts";

/**
 * The law of the loss in a file that `isoflop fit RUNS --save FILE` wrote.
 *
 * @throws RangeError naming the file when it is no fit, was edited, or is of a law that only its maker has
 */
export function readSavedLaw(path: string): NonNullable<TrainingQuestion["law"]> {
  const text = readFileSync(path, "utf8");
  try {
    return loadFit(text) as unknown as NonNullable<TrainingQuestion["law"]>;
  } catch (cause) {
    if (!(cause instanceof RangeError)) throw cause;
    throw new RangeError(
      `${shownPath(path)}: ${cause.message} (isoflop fit RUNS --save ${shownPath(path)} writes one)`,
      { cause },
    );
  }
}
