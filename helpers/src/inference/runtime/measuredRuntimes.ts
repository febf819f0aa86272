import { linearFit } from "../../numerics/lines/linearFit.ts";
import { mean } from "../../numerics/mean.ts";
import { risingMeans } from "./risingMeans.ts";
import type { RisingRuntimes } from "./risingRuntimes.ts";
import type { RuntimeRowColumns } from "./runtimeColumns.ts";

/**
 * F from the requests of one output token, made never to fall; G from the line of the other rows against their steps, whose
 * intercept is not used. Repeated sizes count as their mean.
 *
 * Source: Narayanan et al. 2023, section 4.
 *
 * @param isFree F as measured, though it fall
 */
export function measuredRuntimes(
  rows: RuntimeRowColumns,
  rule: "constant" | "rising" | "proportional",
  round: (value: number) => number,
  isFree = false,
): RisingRuntimes {
  const n = rows.promptSizes.length;
  const cells = cellMeans(rows);
  const single = new Float64Array(n);
  const weights = new Float64Array(n);
  for (const { k, steps, seconds, count } of cells) {
    if (steps !== 0) continue;
    single[k] = seconds;
    weights[k] = count;
  }
  const prompt = new Float64Array(n);
  const block = new Int32Array(n);
  risingMeans(single, weights, prompt, block);
  if (isFree) prompt.set(single);
  for (let k = 0; k < n; k++) prompt[k] = round(prompt[k]!);
  const steps = cells.map((cell) => cell.steps);
  const left = cells.map((cell) => cell.seconds - prompt[cell.k]!);
  if (rule === "constant") {
    return { prompt, block, base: round(linearFit(steps, left).slope), rise: 0 };
  }
  const byPrompt = cells.map((cell) => cell.steps * rows.promptSizes[cell.k]!);
  if (rule === "proportional") {
    return { prompt, block, base: 0, rise: linearFit(byPrompt, left).slope };
  }
  // Two slopes: what each column has that the other and the intercept do not.
  const rest = residuals(byPrompt, steps);
  const rise = linearFit(rest, left).slope;
  const base = linearFit(
    steps,
    left.map((value, i) => value - rise * byPrompt[i]!),
  ).slope;
  return { prompt, block, base, rise };
}

/** Mean runtime of each request size, in order of first appearance. */
export function cellMeans(rows: RuntimeRowColumns) {
  const cells: { k: number; steps: number; seconds: number; count: number }[] = [];
  for (let i = 0; i < rows.cell.length; i++) {
    const at = rows.cell[i]!;
    cells[at] ??= { k: rows.group[i]!, steps: rows.steps[i]!, seconds: 0, count: 0 };
    cells[at].seconds += rows.seconds[i]!;
    cells[at].count += 1;
  }
  return cells.map((cell) => ({ ...cell, seconds: cell.seconds / cell.count }));
}

function residuals(ys: readonly number[], xs: readonly number[]): number[] {
  const { slope } = linearFit(xs, ys);
  const [meanX, meanY] = [mean(xs), mean(ys)];
  return ys.map((y, i) => y - meanY - slope * (xs[i]! - meanX));
}
