import { refusal, requireWhole } from "../numerics/arguments/requireNumber.ts";
import { requireOptions } from "../numerics/arguments/requireOptions.ts";
import { requireRows } from "../numerics/arguments/requireRows.ts";
import { Random } from "../numerics/random/Random.ts";
import { standardDeviation } from "../numerics/standardDeviation.ts";

/** Which figures of a table are rounded, and how often to draw what was rounded off. */
export interface RoundingOptions {
  /** Fields that are rounded. */
  readonly fields: readonly string[];
  /** Significant digits that they keep. */
  readonly digits: number;
  /** Draws (default 20). */
  readonly repeats?: number;
  readonly seed?: number;
}

/**
 * How far results may lie from those of the unrounded table: their standard deviations when every rounded figure is drawn
 * anew, evenly, from the numbers that round to it.
 *
 * It gives the tolerance to a printed result that was computed from more digits than the table keeps.
 *
 * @param rows records with the rounded fields
 * @param results what is computed from such rows, by name
 * @returns a standard deviation for each result, in its unit
 * @throws RangeError when digits or repeats is no whole number above 0, or a field no number
 *
 * @example
 * import { roundingSpread } from "isoflop";
 * const rows = [{ loss: 2.31 }, { loss: 2.08 }];
 * const spread = roundingSpread(rows, { fields: ["loss"], digits: 3 }, ([a, b]) => ({ fall: (a?.loss ?? 0) - (b?.loss ?? 0) }));
 * spread.fall < 0.01; // => true
 */
export function roundingSpread<Row extends object, Name extends string>(
  rows: readonly Row[],
  options: RoundingOptions,
  results: (rows: readonly Row[]) => Readonly<Record<Name, number>>,
): Record<Name, number> {
  requireRows("roundingSpread", rows);
  requireOptions("roundingSpread", options, ["fields", "digits", "repeats", "seed"]);
  const { fields, digits, repeats = 20, seed = 1 } = options;
  requireWhole("digits", digits, 1, "give the significant digits that the table keeps");
  requireWhole("repeats", repeats, 2, "a spread needs two draws");
  const drawn = Array.from({ length: repeats }, (_, k) => {
    const random = new Random(seed, k);
    return results(rows.map((row, at) => unrounded(row, at, fields, digits, random)));
  });
  const names = Object.keys(drawn[0]!) as Name[];
  const spreadOf = (name: Name) => standardDeviation(Float64Array.from(drawn, (one) => one[name]));
  return Object.fromEntries(names.map((name) => [name, spreadOf(name)])) as Record<Name, number>;
}

function unrounded<Row extends object>(
  row: Row,
  at: number,
  fields: readonly string[],
  digits: number,
  random: Random,
): Row {
  const moved: Record<string, number> = {};
  for (const field of fields) {
    const value = (row as Record<string, unknown>)[field];
    if (typeof value !== "number" || !Number.isFinite(value)) {
      throw refusal(field, "must be a finite number", value, { in: `row ${at}` });
    }
    const unit = value === 0 ? 0 : 10 ** (Math.floor(Math.log10(Math.abs(value))) + 1 - digits);
    moved[field] = value + (random.uniform() - 0.5) * unit;
  }
  return { ...row, ...moved };
}
