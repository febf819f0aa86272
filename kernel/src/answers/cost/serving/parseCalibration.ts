import type { CalibratedStack, MovedConstant, ServingCalibration } from "./calibrateServing.ts";

const wayOut = "make it with isoflop cost calibrate";

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
  const file = (typeof read === "object" && read !== null ? read : {}) as Partial<ServingCalibration>;
  if (file.kind !== "isoflop serving calibration") {
    throw new RangeError(`is no serving calibration; ${wayOut}`);
  }
  if (file.version !== 1) {
    throw new RangeError(
      `has version ${JSON.stringify(file.version)} of a calibration, and 1 is read; ${wayOut}`,
    );
  }
  const isText = (value: unknown): value is string => typeof value === "string";
  const isRate = (value: unknown): value is number =>
    typeof value === "number" && Number.isFinite(value) && value > 0;
  const isStack = (one: Partial<CalibratedStack> | undefined) =>
    isText(one?.acceleratorKey) &&
    isText(one.engine) &&
    isRate(one.rows) &&
    Array.isArray(one.errors) &&
    Array.isArray(one.constants) &&
    one.constants.every(
      (moved?: Partial<MovedConstant>) => isText(moved?.name) && isRate(moved.before) && isRate(moved.after),
    );
  const { stacks } = file;
  const isWhole = Array.isArray(stacks) && stacks.length > 0 && stacks.every(isStack);
  if (!isWhole) throw new RangeError(`is a calibration that was changed or cut short; ${wayOut}`);
  return file as ServingCalibration;
}
