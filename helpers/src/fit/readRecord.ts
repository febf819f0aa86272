import { decodeNumbers } from "../format/jsonNumbers.ts";
import type { Law } from "../laws/definition/Law.ts";
import { checkRecord, refuse } from "./checkRecord.ts";
import { type FitRecord, recordHash } from "./FitRecord.ts";
import type { Coordinates } from "./objective/Coordinates.ts";
import { hashTable } from "./objective/hashTable.ts";
import type { Table } from "./objective/readRuns.ts";
import { repeatsKey } from "./repeatsKey.ts";
import type { Minimum } from "./search/bfgs.ts";

/**
 * A saved fit, checked as far as it can be without its law: its form, its version, its hashes.
 *
 * @throws RangeError saying what is wrong and what to do
 */
export function readRecord(json: string | FitRecord): FitRecord {
  const record: unknown = typeof json === "string" ? parse(json) : json;
  const format = (record as { readonly format?: unknown } | null | undefined)?.format;
  if (format !== "isoflop-fit" || Array.isArray(record)) {
    const got = typeof format === "string" ? JSON.stringify(format.slice(0, 60)) : typeof format;
    if (/^isoflop-(group|mixed|likelihood|constrained)-fit$/.test(got.slice(1, -1))) {
      throw new RangeError(
        `${got} is a record to read, without its runs: only what fit made is loaded; fit the runs again`,
      );
    }
    throw new RangeError(`not a saved fit: format must be "isoflop-fit", got ${got}`);
  }
  checkRecord(record as Readonly<Record<string, unknown>>);
  if (typeof json === "string" && repeatsKey(json, record)) refuse("it writes a field twice");
  const checked = record as FitRecord;
  if (hashTable(tableOf(checked)) !== checked.dataHash) {
    throw new RangeError(
      `the runs in the saved fit do not match its data hash ${checked.dataHash}; fit them again`,
    );
  }
  const hash = recordHash(checked);
  if (hash !== checked.hash)
    refuse(`its parts give the hash ${hash}, not ${checked.hash}: it was edited or damaged`);
  return checked;
}

/** The runs and the minimum of a record, of the sizes that its law and options ask for. */
export function recordedState(
  record: FitRecord,
  law: Law,
  coordinates: Coordinates,
): { table: Table; minimum: Minimum } {
  const table = tableOf(record);
  checkRuns(table, law, record.options.residual ?? "log");
  checkNames("parameters", record.parameters, law);
  if (record.options.start) checkNames("options.start", record.options.start, law);
  const { size, lower, upper } = coordinates;
  const saved = decodeNumbers(record.minimum);
  const minimum: Minimum = {
    z: numbers("z", saved.z, size),
    value: Number(saved.value),
    gradient: numbers("gradient", saved.gradient, size),
    inverseHessian: numbers("inverseHessian", saved.inverseHessian, size ** 2),
    iterations: saved.iterations,
    converged: saved.converged,
  };
  const outside = minimum.z.findIndex((value, k) => !(value >= lower[k]! && value <= upper[k]!));
  if (outside >= 0) {
    refuse(
      `minimum.z[${outside}] must lie in its bounds [${lower[outside]}, ${upper[outside]}], got ${minimum.z[outside]}`,
    );
  }
  return { table, minimum };
}

function checkRuns({ n, x, y, w }: Table, law: Law, residual: "log" | "raw"): void {
  if (x.length !== law.variables.length)
    refuse(`${law.name} reads ${law.variables.length} columns, got ${x.length}`);
  if ([...x, y, w].some((column) => column.length !== n)) {
    refuse(`every column must have n = ${n} numbers`);
  }
  if (residual === "log" || law.response.domain === "positive") {
    const row = y.findIndex((value) => !(value > 0));
    if (row >= 0) refuse(`data.y[${row}] (${law.response.name}) must be > 0, got ${y[row]}`);
  }
  if (w.every((weight) => weight === 0)) refuse("data.w must not be all 0");
}

function checkNames(place: string, values: Readonly<Record<string, unknown>>, law: Law): void {
  const names = law.parameters.map(({ name }) => name);
  const missing = names.find((name) => !Object.hasOwn(values, name));
  if (missing !== undefined) refuse(`${place} lacks ${missing}`);
  const unknown = Object.keys(values).find((name) => !names.includes(name));
  if (unknown !== undefined) refuse(`${place} has no ${unknown}; ${law.name} has ${names.join(", ")}`);
}

function numbers(name: string, values: readonly unknown[], length: number): Float64Array {
  if (values.length !== length) {
    return refuse(`minimum.${name} must hold ${length} numbers, as its law and options have it`);
  }
  return Float64Array.from(values as readonly number[]);
}

function tableOf({ data: { n, x, y, w } }: FitRecord): Table {
  return {
    n,
    x: x.map((column) => Float64Array.from(column)),
    y: Float64Array.from(y),
    w: Float64Array.from(w),
  };
}

function parse(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch (cause) {
    throw new RangeError(`not a saved fit: ${(cause as Error).message}`, { cause });
  }
}
