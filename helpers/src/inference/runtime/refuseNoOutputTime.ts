import type { RisingRuntimes } from "./risingRuntimes.ts";
import type { RuntimeRowColumns } from "./runtimeColumns.ts";
import { expectedSeconds } from "./runtimeOutliers.ts";

/**
 * Refuses a G that is not above 0 at some measured prompt, and names the row without which it would be largest: the one to
 * look at first.
 */
export function refuseNoOutputTime(
  rows: RuntimeRowColumns,
  fit: RisingRuntimes,
  { base, rise }: { readonly base: number; readonly rise: number },
): void {
  const least = base + rise * rows.promptSizes[0]!;
  if (least > 0) return;
  const row = mostLowering(rows, fit);
  const promptTokens = rows.promptSizes[rows.group[row]!]!;
  const outputTokens = rows.steps[row]! + 1;
  throw new RangeError(
    `G, the time per output token, must be > 0, and these rows give ${Number(least.toPrecision(3))} s: longer outputs took ` +
      `no longer; look at row ${row + 1} first (${promptTokens} prompt tokens, ${outputTokens} output tokens, ` +
      `${rows.seconds[row]} s), and drop it or measure it again`,
  );
}

/** The row whose deletion raises the common slope most (its DFBETA). */
function mostLowering(rows: RuntimeRowColumns, fit: RisingRuntimes): number {
  const n = rows.promptSizes.length;
  const mass = new Float64Array(n);
  const centre = new Float64Array(n);
  for (let i = 0; i < rows.group.length; i++) {
    mass[rows.group[i]!]! += rows.weights[i]!;
    centre[rows.group[i]!]! += rows.weights[i]! * rows.steps[i]!;
  }
  let [row, most] = [0, Number.NEGATIVE_INFINITY];
  for (let i = 0; i < rows.group.length; i++) {
    const k = rows.group[i]!;
    const lever = rows.steps[i]! - centre[k]! / mass[k]!;
    const pull = -rows.weights[i]! * lever * (rows.seconds[i]! - expectedSeconds(rows, fit, i));
    if (pull > most) [row, most] = [i, pull];
  }
  return row;
}
