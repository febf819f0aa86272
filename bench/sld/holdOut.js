import { scaleOf } from "./tasks.js";

/**
 * The rows at the top level of any scale as test rows, the others to learn from: in each group its own. Shares have no top
 * that is the future; there every fifth row is held out, as the benchmark does.
 */
export function topHeldOut(rows, task) {
  const { group, inputs } = task;
  const isShares = rows.every((row) => Math.abs(inputs.reduce((sum, name) => sum + row[name], 0) - 1) < 1e-3);
  if (isShares) return split(rows, (_, i) => i % 5 === 4);
  const scales = scaleOf(task);
  const tops = new Map();
  for (const name of scales) {
    for (const row of rows) {
      const key = `${name} ${group ? row[group] : ""}`;
      tops.set(key, Math.max(tops.get(key) ?? -Infinity, row[name]));
    }
  }
  const isTop = (row) => scales.some((name) => row[name] === tops.get(`${name} ${group ? row[group] : ""}`));
  const halves = split(rows, isTop);
  if (halves.train.length >= rows.length / 2) return halves;
  // Where the top of some scale is most of the table, the first scale speaks alone.
  return split(rows, (row) => row[scales[0]] === tops.get(`${scales[0]} ${group ? row[group] : ""}`));
}

const split = (rows, isHeld) => ({
  train: rows.filter((row, i) => !isHeld(row, i)),
  test: rows.filter((row, i) => isHeld(row, i)),
});
