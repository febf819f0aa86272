import { readFileSync } from "node:fs";
import type { ServingCalibration } from "isoflop";
import { parseCalibration } from "../../answers/cost/serving/calibrationFile.ts";
import { describeReadFailure } from "../../files/describeReadFailure.ts";
import { shownPath } from "../../files/shownPath.ts";

/** What `isoflop cost calibrate` wrote into a file; undefined where none is given. */
export function readCalibration(path: string | undefined): ServingCalibration | undefined {
  if (path === undefined) return undefined;
  let text: string;
  try {
    text = readFileSync(path, "utf8");
  } catch (cause) {
    throw new Error(`${shownPath(path)} cannot be read: ${describeReadFailure(cause as Error)}`, { cause });
  }
  try {
    return parseCalibration(text);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    throw new RangeError(`${shownPath(path)} ${error.message}`, { cause: error });
  }
}
