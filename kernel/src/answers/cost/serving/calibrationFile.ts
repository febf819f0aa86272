import {
  type PartsRecord,
  readPartsRecord,
  type ServingCalibration,
  servingHierarchy,
  writePartsRecord,
} from "isoflop";
import type { Learned } from "./learnOwn.ts";

const kind = "isoflop serving calibration";
const version = 1;
const wayOut = "make it with isoflop cost calibrate";

/** A calibration as a file holds it: what was learned for readers, and the record from which estimates go on. */
export function calibrationText(calibration: ServingCalibration, learned: Learned): string {
  return `${JSON.stringify({ kind, version, learned, record: writePartsRecord(calibration) })}\n`;
}

/**
 * A calibration as `isoflop cost calibrate` writes it.
 *
 * @throws RangeError saying what it is instead
 */
export function parseCalibration(text: string): ServingCalibration {
  let read: unknown;
  try {
    read = JSON.parse(text.replace(/^\uFEFF/, ""));
  } catch (cause) {
    throw new RangeError(`is not JSON; ${wayOut}`, { cause });
  }
  const file = (typeof read === "object" && read !== null ? read : {}) as {
    kind?: unknown;
    version?: unknown;
    record?: PartsRecord;
  };
  if (file.kind !== kind) throw new RangeError(`is no serving calibration; ${wayOut}`);
  if (file.version !== version) {
    throw new RangeError(
      `has version ${JSON.stringify(file.version)} of a calibration, and ${version} is read; ${wayOut}`,
    );
  }
  try {
    const calibration = readPartsRecord(servingHierarchy, file.record!);
    if (
      isWhole(file.record) &&
      calibration.constants.every(({ value }) => value > 0 && Number.isFinite(value))
    )
      return calibration;
  } catch (cause) {
    if (cause instanceof RangeError) {
      throw new RangeError(`is of another version of isoflop; ${wayOut}`, { cause });
    }
    // A record with a piece missing is read until it is missed.
    if (!(cause instanceof TypeError)) throw cause;
  }
  throw new RangeError(`is a calibration that was changed or cut short; ${wayOut}`);
}

/** Whether every leaf is a number or a text, and widths of intervals are above 0: what is damaged would be printed as a figure. */
function isWhole(record: PartsRecord | undefined): boolean {
  const leaves = (value: unknown, isRight: (leaf: unknown) => boolean): boolean =>
    typeof value === "object" && value !== null
      ? Object.values(value).every((each) => leaves(each, isRight))
      : isRight(value);
  const isLeaf = (leaf: unknown) => typeof leaf === "string" || Number.isFinite(leaf);
  const isFactor = (leaf: unknown) => typeof leaf === "number" && leaf > 0;
  const { factors, noise, spreads } = record as unknown as Record<string, unknown>;
  const isSpread = (leaf: unknown) => typeof leaf === "number" && leaf >= 0;
  return leaves(record, isLeaf) && leaves(factors, isFactor) && leaves([noise, spreads], isSpread);
}
