import { describeGiven } from "../../../numerics/arguments/describeGiven.ts";
import type { ServingCalibration } from "../ServingCalibration.ts";
import { servingHierarchy } from "../servingHierarchy.ts";

/** Throws unless a calibration is one of engines. */
export function requireCalibration(calibration: ServingCalibration): void {
  const parts = calibration?.hierarchy?.parts;
  if (parts?.length === servingHierarchy.parts.length) return;
  throw new TypeError(
    `a calibration of engines must be one of publishedServing or calibrateServing, got ${describeGiven(calibration)}`,
  );
}
