// Rows of the published measurements predicted without those that share their model, accelerator or group: constants and spreads
// are worked out anew without the group. Intervals are those that a user gets, of calibrations that did not see the group. Shared by
// the parts of this bench.
import { calibrateParts, calibrateServing, leaveOut, predictParts, servingHierarchy } from "isoflop";
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
      copies: copiesOf(refused, observations),
      observations: observations.map((one) => ({ ...one, source: rows[one.row] })),
    };
  }
  return published;
}

/** How often a run is printed again, by its name: a calibration counts it once, a mean over the table's rows as often. */
function copiesOf(refused, observations) {
  const runOf = new Map(observations.map(({ row, labels }) => [row, labels.run]));
  const copies = new Map();
  for (const { why } of refused) {
    const first = /^both times as in row (\d+)/.exec(why)?.[1];
    const run = first && runOf.get(Number(first) - 1);
    if (run) copies.set(run, (copies.get(run) ?? 0) + 1);
  }
  return copies;
}

const kept = new Map();
/** Every observation predicted without those with the same key of their labels; worked out once for each name. */
export function leftOut(name, keyOf) {
  if (!kept.has(name)) {
    const { observations, calibration } = publishedObservations();
    process.stderr.write(`  calibrating without each ${name} in turn\n`);
    const left = leaveOut(calibration, keyOf, { spreads: "refitted" });
    kept.set(
      name,
      left.map(({ row, group, error }) => ({
        one: observations[row],
        group,
        error: Math.abs(Math.expm1(-error)),
      })),
    );
  }
  return kept.get(name);
}

export const withoutModels = () => leftOut("model", ({ model }) => model);
export const withoutAccelerators = () => leftOut("accelerator", ({ accelerator }) => accelerator);
/** Groups of the table (model, machine, precision, engine), dealt into folds by their names. */
const folds = 6;
const foldOf = ({ model, accelerator, format, engine }) => {
  let hash = 7;
  for (const letter of [model, accelerator, format, engine].join("|")) {
    hash = (hash * 31 + letter.charCodeAt(0)) >>> 0;
  }
  return hash % folds;
};

/**
 * Every observation with the interval that `predictParts`, and so `estimateEngine`, gives by a calibration without its fold of
 * groups, or without its model: factors are those of that calibration.
 */
function asGiven(name, keyOf) {
  if (!kept.has(name)) {
    const { observations, calibration: start } = publishedObservations();
    const keys = [...new Set(observations.map(({ labels }) => keyOf(labels)))];
    const out = [];
    for (const [i, left] of keys.entries()) {
      process.stderr.write(`  ${i + 1} of ${keys.length}: without a ${name}\n`);
      const rest = observations.filter(({ labels }) => keyOf(labels) !== left);
      const calibration = calibrateParts(servingHierarchy, rest, { spreadDeviation: 0.35, start });
      for (const one of observations) {
        if (keyOf(one.labels) !== left) continue;
        const { interval80, interval95 } = predictParts(calibration, one);
        const inside = ([low, high]) => low <= one.value && one.value <= high;
        out.push({
          one,
          in80: inside(interval80),
          in95: inside(interval95),
          factor80: Math.sqrt(interval80[1] / interval80[0]),
        });
      }
    }
    kept.set(name, out);
  }
  return kept.get(name);
}
export const intervalsWithoutGroups = () => asGiven("fold of groups", foldOf);
export const intervalsWithoutModels = () => asGiven("model's rows", ({ model }) => model);

export const mean = (list) => list.reduce((sum, x) => sum + x, 0) / list.length;
export const median = (list) => {
  const sorted = [...list].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
};
export const share = (list, holds) => list.filter(holds).length / list.length;
export const percent = (x, digits = 1) => `${(100 * x).toFixed(digits)} %`;
export const boards = { H100: "h100-sxm-80gb", H200: "h200-sxm-141gb", B200: "b200-sxm-180gb" };
