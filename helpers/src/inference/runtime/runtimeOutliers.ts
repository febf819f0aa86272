import { studentTQuantile } from "../../numerics/distributions/studentT.ts";
import { quantileOfSorted } from "../../numerics/quantile.ts";
import { type RisingRuntimes, risingRuntimes } from "./risingRuntimes.ts";
import type { RuntimeRowColumns } from "./runtimeColumns.ts";

/** Rows that lie off, and how far the others scatter. */
export interface OutlyingRows {
  /** Index of the row, and its distance in median absolute deviations; the farthest first. */
  readonly rows: readonly { readonly row: number; readonly deviations: number; readonly expectedS: number }[];
  /** Standard deviation of each row's noise, in seconds. */
  readonly scale: Float64Array;
  /** What least absolute deviations expect of each row, in seconds. */
  readonly expected: Float64Array;
}

/** The distance that the issue of outliers is about: 6 MAD are 4.05 standard deviations of normal noise. */
const limit = 6;
/** Standard deviations in a median absolute deviation of normal noise. */
const perMad = 1.482602218505602;
/** Nobody times a request to better than a millionth of it. */
const resolution = 1e-6;
const rounds = 60;

/**
 * Rows whose residual passes 6 median absolute deviations, in seconds and as a share of their runtime: a row must pass
 * both, since noise that is the same in seconds passes the share of short requests, and noise in proportion passes the
 * seconds of long ones. With few rows to spare the limit is as far out as leaves the same chance to normal noise (Student's
 * t). Residuals are those of least absolute deviations, which follow no single row.
 *
 * @returns undefined where fewer than three rows more than unknowns leave nothing to tell an outlier by
 */
export function runtimeOutliers(
  rows: RuntimeRowColumns,
  rule: "constant" | "rising",
): OutlyingRows | undefined {
  const n = rows.seconds.length;
  const unknowns = rows.promptSizes.length + (rule === "rising" ? 2 : 1);
  const spare = n - unknowns;
  if (spare < 3) return undefined;
  const fit = leastAbsolute(rows, rule);
  if (fit === undefined) return undefined;
  const expected = Float64Array.from(rows.seconds, (_, i) => expectedSeconds(rows, fit, i));
  const off = expected.map((value, i) => Math.abs(rows.seconds[i]! - value));
  const shares = off.map((value, i) => value / Math.max(expected[i]!, Number.MIN_VALUE));
  const seconds = madOf(off, unknowns);
  const share = Math.max(madOf(shares, unknowns), resolution);
  const far = limit * fewRows(spare);
  const found: { row: number; deviations: number; expectedS: number }[] = [];
  for (let i = 0; i < n; i++) {
    const floor = resolution * expected[i]!;
    const deviations = Math.min(off[i]! / Math.max(seconds, floor), shares[i]! / share);
    if (deviations > far) found.push({ row: i, deviations, expectedS: expected[i]! });
  }
  found.sort((a, b) => b.deviations - a.deviations);
  const scale = expected.map((value) => perMad * Math.max(seconds, share * value));
  return { rows: found, scale, expected };
}

/** T that F and G give for a row. */
export function expectedSeconds(rows: RuntimeRowColumns, fit: RisingRuntimes, i: number): number {
  const k = rows.group[i]!;
  return fit.prompt[k]! + rows.steps[i]! * (fit.base + fit.rise * rows.promptSizes[k]!);
}

/** How much farther out the same chance lies with so many rows to spare than with many. */
function fewRows(spare: number): number {
  const sigmas = limit / perMad;
  const chance = 2.6e-5;
  return spare > 1000 ? 1 : studentTQuantile(1 - chance, spare) / sigmas;
}

/** The median of the distances, leaving out as many of the least as there are unknowns: those rows are met exactly. */
function madOf(distances: Float64Array, unknowns: number): number {
  return quantileOfSorted(distances.slice().sort().subarray(unknowns), 0.5);
}

/** Least absolute deviations by weights anew each round (Schlossmacher 1973). */
function leastAbsolute(rows: RuntimeRowColumns, rule: "constant" | "rising"): RisingRuntimes | undefined {
  let fit = risingRuntimes(rows, rows.weights, rule);
  const weights = new Float64Array(rows.weights.length);
  const typical = quantileOfSorted(rows.seconds.slice().sort(), 0.5);
  for (let round = 0; round < rounds && fit !== undefined; round++) {
    // Rows that are met exactly would weigh infinitely; what "exactly" is narrows down as the rounds go on.
    const least = typical * Math.max(1e-8, 10 ** (-2 - round / 6));
    for (let i = 0; i < weights.length; i++) {
      const off = Math.abs(rows.seconds[i]! - expectedSeconds(rows, fit, i));
      weights[i] = rows.weights[i]! / Math.max(off, least);
    }
    fit = risingRuntimes(rows, weights, rule) ?? fit;
  }
  return fit;
}

/**
 * Huber's loss by weights anew each round. Squares are taken over each row's variance, and every row pulls by the same at most:
 * what one of median noise does at the usual 1.345 standard deviations. Two rows of a prompt size so outvote one that is off, be
 * it the long one, whose seconds are many, or the short one, whose noise is least. It begins where least absolute deviations
 * end: from squares, which a far row pulls along, the weights take thousands of rounds.
 */
export function huberRuntimes(
  rows: RuntimeRowColumns,
  { scale, expected }: Pick<OutlyingRows, "scale" | "expected">,
  rule: "constant" | "rising" | "proportional",
  isFree = false,
): RisingRuntimes | undefined {
  const weights = huberWeights(rows, scale, (i) => expected[i]!);
  let fit = risingRuntimes(rows, weights, rule, isFree);
  for (let round = 0; round < 200 && fit !== undefined; round++) {
    const last: RisingRuntimes = fit;
    const next = risingRuntimes(
      rows,
      huberWeights(rows, scale, (i) => expectedSeconds(rows, last, i)),
      rule,
      isFree,
    );
    if (next === undefined) break;
    const change =
      Math.abs(next.base - last.base) + Math.abs(next.rise - last.rise) * rows.promptSizes.at(-1)!;
    fit = next;
    if (change <= 1e-12 * Math.abs(next.base) + 1e-300) break;
  }
  return fit;
}

function huberWeights(
  rows: RuntimeRowColumns,
  scale: Float64Array,
  expected: (i: number) => number,
): Float64Array {
  const typical = quantileOfSorted(scale.slice().sort(), 0.5);
  return rows.weights.map((weight, i) => {
    const off = Math.abs(rows.seconds[i]! - expected(i));
    const precision = weight * (typical / scale[i]!) ** 2;
    return weight * 1.345 * typical >= precision * off ? precision : (weight * 1.345 * typical) / off;
  });
}
