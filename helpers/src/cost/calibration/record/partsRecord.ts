import { choleskyFactor } from "../../../numerics/linear/cholesky.ts";
import { Columns } from "../Columns.ts";
import type { Hierarchy } from "../Hierarchy.ts";
import type { FactorTable } from "../leftOut/intervalFactors.ts";
import type { PartsCalibration } from "../PartsCalibration.ts";
import { Posterior } from "../posterior/Posterior.ts";
import { type QuantisedTriangle, quantiseTriangle, readTriangle } from "./quantised.ts";

/** A calibration as plain numbers and texts, for a file of JSON. */
export interface PartsRecord {
  /** Names of the hierarchy, in their order. */
  readonly parts: readonly string[];
  readonly kinds: readonly string[];
  readonly effects: readonly string[];
  readonly novelties: readonly string[];
  readonly spreads: Readonly<Record<string, number>>;
  readonly noise: Readonly<Record<string, number>>;
  /** Infinity, which JSON has not, is null. */
  readonly tails: number | null;
  readonly nRows: number;
  readonly seen: readonly Readonly<Record<string, number>>[];
  readonly factors: FactorTable;
  /** Effect of each unknown after the constants, as often as it stands in succession, and the keys. */
  readonly runs: readonly (readonly [effect: number, times: number])[];
  readonly keys: readonly string[];
  readonly mean: readonly number[];
  /** Factor of the covariance of the unknowns that were not eliminated. */
  readonly covariance: QuantisedTriangle;
  /** Of each eliminated unknown: precision, then column and value of what it follows from. */
  readonly eliminated: readonly (readonly number[])[];
}

/**
 * A calibration as a record from which predictions, comparisons, draws and updates go on without the rows. The covariance
 * is a triangular factor of 16-bit numbers, so that it stays one: deviations of predictions keep three digits.
 *
 * @example
 * import { calibrateParts, hierarchy, predictParts, readPartsRecord, writePartsRecord } from "isoflop";
 * const time = hierarchy<{ engine: string }>({
 *   parts: [{ name: "compute", median: 1, deviation: 1 }],
 *   kinds: [{ name: "tpot", noise: 0.05 }],
 *   effects: [{ name: "engine", key: ({ engine }) => engine, typical: 0.2 }],
 * });
 * const calibration = calibrateParts(time, [1, 2, 3, 4, 5, 6].map((k) => (
 *   { labels: { engine: k % 2 ? "a" : "b" }, kind: "tpot", parts: [k], value: 1.5 * k * (1 + 0.02 * Math.sin(k)) })));
 * const text = JSON.stringify(writePartsRecord(calibration));
 * const read = readPartsRecord(time, JSON.parse(text));
 * const query = { labels: { engine: "a" }, kind: "tpot", parts: [10] };
 * [calibration, read].map((one) => predictParts(one, query).interval80[0].toFixed(2)); // => ["14.60", "14.60"]
 */
export function writePartsRecord<L>(calibration: PartsCalibration<L>): PartsRecord {
  const { hierarchy, columns, posterior, seen, factors, tails } = calibration;
  const { dense, absorbed, mean, covariance } = posterior;
  const factor = covariance.slice();
  if (!choleskyFactor(factor, dense)) {
    // An unknown that rows know to rounding: a variance of 1e-9 of its own more is not seen anywhere.
    factor.set(covariance);
    for (let c = 0; c < dense; c++) factor[c * dense + c]! *= 1 + 1e-9;
    if (!choleskyFactor(factor, dense)) throw new RangeError("the covariance is not positive definite");
  }
  const unknowns = columns.unknowns();
  const runs: [number, number][] = [];
  for (const { effect } of unknowns) {
    const last = runs.at(-1);
    if (last?.[0] === effect) last[1]++;
    else runs.push([effect, 1]);
  }
  return {
    ...namesOf(hierarchy),
    spreads: mapped(calibration.spreads, digits(6)),
    noise: mapped(calibration.noise, digits(6)),
    tails: tails === Infinity ? null : tails,
    nRows: calibration.nRows,
    seen: seen.map((counts) => Object.fromEntries(counts)),
    factors: mapped(factors, (byKind) =>
      mapped(byKind, ({ lower80, upper80, lower95, upper95 }) => ({
        lower80: digits(5)(lower80),
        upper80: digits(5)(upper80),
        lower95: digits(5)(lower95),
        upper95: digits(5)(upper95),
      })),
    ),
    runs,
    keys: unknowns.map(({ key }) => key),
    mean: Array.from(mean, (value) => Number(value.toFixed(5))),
    covariance: quantiseTriangle(factor, dense),
    eliminated: Array.from(absorbed.precision, (precision, f) => {
      const row = [digits(4)(precision)];
      for (let s = absorbed.start[f]!; s < absorbed.start[f + 1]!; s++) {
        const value = Number(absorbed.values[s]!.toFixed(4));
        if (value !== 0) row.push(absorbed.columns[s]!, value);
      }
      return row;
    }),
  };
}

/**
 * The calibration of a record.
 *
 * @param hierarchy the one that the record was calibrated with: keys are read by its functions
 * @throws RangeError where the record has other parts, kinds, effects or novelties
 * @example
 * import { calibrateParts, hierarchy, predictParts, readPartsRecord, writePartsRecord } from "isoflop";
 * const time = hierarchy<{ engine: string }>({
 *   parts: [{ name: "compute", median: 1, deviation: 1 }],
 *   kinds: [{ name: "tpot", noise: 0.05 }],
 *   effects: [{ name: "engine", key: ({ engine }) => engine, typical: 0.2 }],
 * });
 * const made = calibrateParts(time, [1, 2, 3, 4, 5, 6].map((k) => (
 *   { labels: { engine: k % 2 ? "a" : "b" }, kind: "tpot", parts: [k], value: k * (k % 2 ? 1.5 : 1.7) })));
 * const read = readPartsRecord(time, JSON.parse(JSON.stringify(writePartsRecord(made))));
 * const query = { labels: { engine: "a" }, kind: "tpot", parts: [10] };
 * Math.abs(predictParts(read, query).value / predictParts(made, query).value - 1) < 1e-3; // => true
 */
export function readPartsRecord<L>(hierarchy: Hierarchy<L>, record: PartsRecord): PartsCalibration<L> {
  const names = namesOf(hierarchy);
  for (const what of ["parts", "kinds", "effects", "novelties"] as const) {
    if (JSON.stringify(record?.[what]) !== JSON.stringify(names[what])) {
      throw new RangeError(
        `the record has other ${what} than the hierarchy: ${record?.[what]} in place of ${names[what]}; calibrate anew`,
      );
    }
  }
  const lower = readTriangle(record.covariance);
  const dense = record.covariance.scales.length;
  const effects = record.runs.flatMap(([effect, times]) => new Array<number>(times).fill(effect));
  const unknowns = record.keys.map((key, i) => ({ effect: effects[i]!, key }));
  const start = new Int32Array(record.eliminated.length + 1);
  const at: number[] = [];
  const values: number[] = [];
  record.eliminated.forEach((row, f) => {
    for (let s = 1; s < row.length; s += 2) {
      at.push(row[s]!);
      values.push(row[s + 1]!);
    }
    start[f + 1] = at.length;
  });
  const posterior = new Posterior(Float64Array.from(record.mean), product(lower, dense), {
    start,
    columns: Int32Array.from(at),
    values: Float64Array.from(values),
    precision: Float64Array.from(record.eliminated, (row) => row[0]!),
  });
  return {
    hierarchy,
    constants: hierarchy.parts.map(({ name }, k) => ({
      name,
      value: Math.exp(posterior.mean[k]!),
      deviation: Math.sqrt(posterior.covariance[k * dense + k]!),
    })),
    spreads: record.spreads,
    noise: record.noise,
    tails: record.tails ?? Infinity,
    nRows: record.nRows,
    outliers: [],
    seen: record.seen.map((counts) => new Map(Object.entries(counts))),
    factors: record.factors,
    columns: new Columns(hierarchy, unknowns, dense),
    posterior,
  };
}

const digits = (n: number) => (value: number) => Number(value.toPrecision(n));

function mapped<T, U>(record: Readonly<Record<string, T>>, to: (value: T) => U): Record<string, U> {
  return Object.fromEntries(Object.entries(record).map(([name, value]) => [name, to(value)]));
}

function namesOf<L>({ parts, kinds, effects, novelties = [] }: Hierarchy<L>) {
  const names = (list: readonly { readonly name: string }[]) => list.map(({ name }) => name);
  return { parts: names(parts), kinds: names(kinds), effects: names(effects), novelties: names(novelties) };
}

/** L L' of a lower triangle. */
function product(lower: Float64Array, q: number): Float64Array {
  const full = new Float64Array(q * q);
  for (let i = 0; i < q; i++) {
    for (let j = 0; j <= i; j++) {
      let sum = 0;
      for (let k = 0; k <= j; k++) sum += lower[i * q + k]! * lower[j * q + k]!;
      full[i * q + j] = sum;
      full[j * q + i] = sum;
    }
  }
  return full;
}
