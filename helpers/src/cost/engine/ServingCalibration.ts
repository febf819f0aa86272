import type { PartsCalibration } from "../calibration/PartsCalibration.ts";
import type { ServingLabels } from "./servingLabels.ts";

/** What measurements of serving say about the constants of engines. */
export type ServingCalibration = PartsCalibration<ServingLabels>;
