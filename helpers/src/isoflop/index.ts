export { type AllocationLaw, allocate, type Split } from "./AllocationLaw.ts";
export { type Approach1, type Approach1Options, approach1, type EnvelopePoint } from "./approach1.ts";
export { type AllocationIntervals, type Approach2, type Approach2Options, approach2 } from "./approach2.ts";
export { type Approach3, type Approach3Options, approach3, chinchillaAllocation } from "./approach3.ts";
export {
  type AllocationComparison,
  type ComparedAllocation,
  compareAllocations,
} from "./compareAllocations.ts";
export { type Allocation, type ComputeOptimalOptions, computeOptimal } from "./computeOptimal.ts";
export { type CorrectedApproach2, type CorrectedBudget, correctParabolas } from "./correctParabolas.ts";
export type { IsoflopRun } from "./IsoflopRun.ts";
export { type IsoflopOptions, type IsoflopParabola, isoflopParabolas } from "./isoflopParabolas.ts";
export type { LossOf } from "./minimiseOverSize.ts";
export { type OptimumIntervals, optimumIntervals } from "./optimumIntervals.ts";
export { parabolaVertexShift, type VertexShiftOptions } from "./parabolaVertexShift.ts";
export type { Resampling } from "./resampleRuns.ts";
export { type SweepDesign, simulateSweep } from "./simulateSweep.ts";
