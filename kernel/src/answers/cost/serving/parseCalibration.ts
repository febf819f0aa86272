import type { ServingCalibration } from "./calibrateServing.ts";

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
  const isText = (value: unknown) => typeof value === "string";
  const isRate = (value: unknown) => typeof value === "number" && Number.isFinite(value) && value > 0;
  const { acceleratorKey, engine, rows, constants, errors } = file;
  const isWhole =
    isText(acceleratorKey) &&
    isText(engine) &&
    isRate(rows) &&
    Array.isArray(errors) &&
    Array.isArray(constants) &&
    constants.every((one) => isText(one?.name) && isRate(one.before) && isRate(one.after));
  if (!isWhole) throw new RangeError(`is a calibration that was changed or cut short; ${wayOut}`);
  return file as ServingCalibration;
}
