export { type CalibratePartsOptions, calibrateParts } from "./calibrateParts.ts";
export {
  type Hierarchy,
  type HierarchyEffect,
  type HierarchyNovelty,
  type HierarchyPart,
  type HierarchySpec,
  hierarchy,
  type ObservationKind,
} from "./Hierarchy.ts";
export type { FactorTable, IntervalEnds } from "./intervalFactors.ts";
export { type LeaveOutOptions, type LeftOutRow, leaveOut } from "./leaveOut.ts";
export type { PartsObservation, PartsQuery } from "./Observation.ts";
export type { OutlyingRow, PartsCalibration } from "./PartsCalibration.ts";
export { type PartsPrediction, predictParts } from "./predictParts.ts";
