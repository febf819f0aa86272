// Rows of the published measurements predicted by calibrations that did not see them: constants, spreads and the factors of the
// intervals are worked out anew without each group. What is shared by the parts of the serving bench.
import { calibrateParts, predictParts, servingHierarchy, servingObservations } from "isoflop";
import { publishedServingRows } from "../../scripts/serving-calibration.js";

/** Seconds, by the row they stand in. */
export function publishedObservations() {
  const rows = publishedServingRows();
  const { observations, refused } = servingObservations(rows);
  return { rows, refused, observations: observations.map((one) => ({ ...one, source: rows[one.row] })) };
}

/**
 * Left-out predictions of observations, by group. `keep` says which rows a calibration without the group may still see: default
 * all others.
 */
export function leftOut(observations, groupOf, { tell = () => {}, start } = {}) {
  const groups = [...new Set(observations.map(groupOf))];
  const out = [];
  groups.forEach((group, i) => {
    tell(`${i + 1} of ${groups.length}: without ${group}`);
    const rest = observations.filter((one) => groupOf(one) !== group);
    if (rest.length === 0) return;
    const calibration = calibrateParts(servingHierarchy, rest, { spreadDeviation: 0.35, start });
    for (const one of observations) {
      if (groupOf(one) !== group) continue;
      const said = predictParts(calibration, one);
      out.push({
        one,
        group,
        said,
        error: Math.abs(said.value / one.value - 1),
        in80: inside(one.value, said.interval80),
        in95: inside(one.value, said.interval95),
        width80: Math.sqrt(said.interval80[1] / said.interval80[0]),
      });
    }
  });
  return out;
}

const inside = (value, [low, high]) => low <= value && value <= high;

export const mean = (list) => list.reduce((sum, x) => sum + x, 0) / list.length;
export const median = (list) => {
  const sorted = [...list].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
};
export const share = (list, holds) => list.filter(holds).length / list.length;
export const percent = (x, digits = 1) => `${(100 * x).toFixed(digits)} %`;
export const boards = { H100: "h100-sxm-80gb", H200: "h200-sxm-141gb", B200: "b200-sxm-180gb" };
