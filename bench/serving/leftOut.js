// Rows of the published measurements predicted without those that share their model, accelerator or group: constants and spreads
// are worked out anew without the group, factors of the intervals by the rows of the others. Shared by the parts of this bench.
import { calibrateServing, leaveOut } from "isoflop";
import { publishedServingObservations, publishedServingRows } from "../../scripts/serving-calibration.js";

let published;
/** Observations with the row they stand in, and the calibration on all of them. */
export function publishedObservations() {
  if (!published) {
    const rows = publishedServingRows();
    const { observations, refused } = publishedServingObservations();
    const calibration = calibrateServing({ observations, refused }, { start: "none" });
    published = {
      refused,
      calibration,
      observations: observations.map((one) => ({ ...one, source: rows[one.row] })),
    };
  }
  return published;
}

const kept = new Map();
/** Every observation predicted without those with the same key of their labels; worked out once for each name. */
export function leftOut(name, keyOf) {
  if (!kept.has(name)) {
    const { observations, calibration } = publishedObservations();
    process.stderr.write(`  calibrating without each ${name} in turn\n`);
    const left = leaveOut(calibration, keyOf, { spreads: "refitted", intervals: true });
    kept.set(
      name,
      left.map(({ row, group, logMean, deviation, error, ends }) => ({
        one: observations[row],
        group,
        logMean,
        error: Math.abs(Math.expm1(-error)),
        in80: error > -ends.lower80 * deviation && error < ends.upper80 * deviation,
        in95: error > -ends.lower95 * deviation && error < ends.upper95 * deviation,
        factor80: Math.exp((deviation * (ends.lower80 + ends.upper80)) / 2),
      })),
    );
  }
  return kept.get(name);
}

export const withoutModels = () => leftOut("model", ({ model }) => model);
export const withoutAccelerators = () => leftOut("accelerator", ({ accelerator }) => accelerator);
/** Groups of the table: model, machine, precision, engine. */
export const withoutGroups = () =>
  leftOut("group", ({ model, accelerator, format, engine }) =>
    [model, accelerator, format, engine].join("|"),
  );

export const mean = (list) => list.reduce((sum, x) => sum + x, 0) / list.length;
export const median = (list) => {
  const sorted = [...list].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
};
export const share = (list, holds) => list.filter(holds).length / list.length;
export const percent = (x, digits = 1) => `${(100 * x).toFixed(digits)} %`;
export const boards = { H100: "h100-sxm-80gb", H200: "h200-sxm-141gb", B200: "b200-sxm-180gb" };
