export { type CalibratePartsOptions, calibrateParts } from "./calibrateParts.ts";
export { compareParts, type PartsComparison } from "./compareParts.ts";
export { type DrawPartsOptions, drawParts } from "./drawParts.ts";
export {
  type Hierarchy,
  type HierarchyEffect,
  type HierarchyNovelty,
  type HierarchyPart,
  type HierarchySpec,
  hierarchy,
  type ObservationKind,
} from "./Hierarchy.ts";
export type { FactorTable, IntervalEnds } from "./leftOut/intervalFactors.ts";
export { type LeaveOutOptions, leaveOut } from "./leftOut/leaveOut.ts";
export type { LeftOutRow } from "./leftOut/leaveOutGroups.ts";
export type { PartsObservation, PartsQuery } from "./Observation.ts";
export type { OutlyingRow, PartsCalibration } from "./PartsCalibration.ts";
export { type PartsPrediction, predictParts } from "./predictParts.ts";
export { narrowCalibration } from "./record/narrowCalibration.ts";
export { type PartsRecord, readPartsRecord, writePartsRecord } from "./record/partsRecord.ts";
export { updateParts } from "./updateParts.ts";
