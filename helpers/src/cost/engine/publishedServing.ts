import { type PartsRecord, readPartsRecord } from "../calibration/record/partsRecord.ts";
import type { ServingCalibration } from "./calibrateServing.ts";
import { publishedServingRecord } from "./publishedServingRecord.ts";
import { servingHierarchy } from "./servingHierarchy.ts";

let read: ServingCalibration | undefined;

/**
 * The calibration on published measurements of serving: the dataset `measuredServing`, read when it is first asked for.
 *
 * @example
 * import { publishedServing } from "isoflop";
 * publishedServing().nRows > 3000; // => true
 */
export function publishedServing(): ServingCalibration {
  read ??= readPartsRecord(servingHierarchy, publishedServingRecord() as PartsRecord);
  return read;
}
