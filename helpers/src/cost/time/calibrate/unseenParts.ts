import { type StepPart, stepPartNames } from "../priorConstants.ts";
import type { TimeCalibration } from "./TimeCalibration.ts";

/** By how much the share of a part may be larger than in all runs that are calibrated on. */
const margin = 0.05;

const largestOf = new WeakMap<TimeCalibration, readonly number[]>();

/** A part that takes more of a step than of any run that is calibrated on: both shares. */
export interface UnseenPart {
  readonly part: StepPart;
  readonly share: number;
  readonly largest: number;
}

/** The parts of a step that are far beyond what any calibrated run spent on them, such as attention at a million tokens. */
export function unseenParts(calibration: TimeCalibration, shares: ArrayLike<number>): readonly UnseenPart[] {
  let largest = largestOf.get(calibration);
  if (!largest) {
    largest = stepPartNames.map((_, k) => Math.max(0, ...calibration.runs.map((run) => run.shares[k]!)));
    largestOf.set(calibration, largest);
  }
  const most = largest;
  return stepPartNames
    .map((part, k) => ({ part, share: shares[k]!, largest: most[k]! }))
    .filter((one) => one.share > one.largest + margin);
}
