import { decodeNumbers } from "../format/jsonNumbers.ts";
import type { Law } from "../laws/definition/Law.ts";
import { version } from "../version.ts";
import { type FitRecord, recordHash } from "./FitRecord.ts";
import { hashTable } from "./objective/hashTable.ts";
import type { Table } from "./objective/readRuns.ts";
import type { Minimum } from "./search/bfgs.ts";

const optionNames = ["loss", "residual", "bounds", "fixed", "tied", "priors", "start", "method"];
const fields = [
  "format",
  "version",
  "law",
  "options",
  "parameters",
  "objective",
  "status",
  "reason",
  "dataHash",
  "data",
  "minimum",
  "hash",
] as const;

/**
 * A saved fit, checked as far as it can be without its law: its form, its version, its hashes.
 *
 * @throws RangeError saying what is wrong and what to do
 */
export function readRecord(json: string | FitRecord): FitRecord {
  const record = typeof json === "string" ? parse(json) : json;
  if (record?.format !== "isoflop-fit") {
    throw new RangeError(
      `not a saved fit: format must be "isoflop-fit", got ${JSON.stringify(record?.format)}`,
    );
  }
  checkVersion(record.version);
  const missing = fields.filter((field) => !Object.hasOwn(record, field));
  if (missing.length > 0) refuse(`it lacks ${missing.join(", ")}`);
  const { law, options, data, minimum } = record;
  for (const [name, part] of Object.entries({ law, options, data, minimum })) {
    if (part === null || typeof part !== "object") refuse(`${name} must be an object, got ${String(part)}`);
  }
  if (![data.x, data.y, data.w, ...Object.values(data.x ?? {})].every(Array.isArray)) {
    refuse("data must hold the columns x, y and w");
  }
  if (hashTable(tableOf(record)) !== record.dataHash) {
    throw new RangeError(
      `the runs in the saved fit do not match its data hash ${record.dataHash}; fit them again`,
    );
  }
  const hash = recordHash(record);
  if (hash !== record.hash)
    refuse(`its parts give the hash ${hash}, not ${record.hash}: it was edited or damaged`);
  const unknown = Object.keys(options).filter((name) => !optionNames.includes(name));
  if (unknown.length > 0) refuse(`there are no options ${unknown.join(", ")}`);
  return record;
}

/** The runs and the minimum of a record, of the sizes that its law and options ask for. */
export function recordedState(
  record: FitRecord,
  law: Law,
  coordinates: number,
): { table: Table; minimum: Minimum } {
  const table = tableOf(record);
  const { n, x, y, w } = table;
  if (x.length !== law.variables.length)
    refuse(`${law.name} reads ${law.variables.length} columns, got ${x.length}`);
  if (!(Number.isInteger(n) && n > 0) || [...x, y, w].some((column) => column.length !== n)) {
    refuse(`every column must have n = ${n} numbers`);
  }
  if (![...x, y, w].every((column) => column.every(Number.isFinite)) || w.some((weight) => weight < 0)) {
    refuse("its runs must be finite numbers, and weights >= 0");
  }
  const saved = decodeNumbers(record.minimum);
  const minimum: Minimum = {
    z: numbers("z", saved.z, coordinates),
    value: Number(saved.value),
    gradient: numbers("gradient", saved.gradient, coordinates),
    inverseHessian: numbers("inverseHessian", saved.inverseHessian, coordinates ** 2),
    iterations: saved.iterations,
    converged: saved.converged === true,
  };
  return { table, minimum };
}

function numbers(name: string, values: unknown, length: number): Float64Array {
  if (
    !Array.isArray(values) ||
    values.length !== length ||
    !values.every((value) => typeof value === "number")
  ) {
    return refuse(`minimum.${name} must hold ${length} numbers, as its law and options have it`);
  }
  return Float64Array.from(values);
}

function tableOf({ data: { n, x, y, w } }: FitRecord): Table {
  return {
    n,
    x: x.map((column) => Float64Array.from(column)),
    y: Float64Array.from(y),
    w: Float64Array.from(w),
  };
}

function parse(json: string): FitRecord {
  try {
    return JSON.parse(json) as FitRecord;
  } catch (cause) {
    throw new RangeError(`not a saved fit: ${(cause as Error).message}`, { cause });
  }
}

/** Fits of this version and of earlier ones are understood. */
function checkVersion(saved: unknown): void {
  const parts = (text: unknown) => /^(\d+)\.(\d+)\.(\d+)$/.exec(String(text))?.slice(1).map(Number);
  const [theirs, ours] = [parts(saved), parts(version)!];
  const at = theirs ? theirs.findIndex((part, k) => part !== ours[k]) : -1;
  const isNewer = theirs !== undefined && at >= 0 && theirs[at]! > ours[at]!;
  if (!theirs || isNewer) {
    throw new RangeError(
      `the fit was saved by isoflop ${JSON.stringify(saved)}, which version ${version} does not know; update isoflop, or fit again`,
    );
  }
}

function refuse(why: string): never {
  throw new RangeError(`the saved fit cannot be trusted: ${why}; fit the runs again`);
}
