import { canonicalJson } from "../format/canonicalJson.ts";
import { encodeNumber, encodeNumbers, type JsonNumber } from "../format/jsonNumbers.ts";
import type { LawSpecification } from "../laws/definition/Law.ts";
import { version } from "../version.ts";
import type { LossSpecification } from "./losses/Loss.ts";
import type { FitOptions, FitStatus } from "./objective/FitOptions.ts";
import { hashTable } from "./objective/hashTable.ts";
import { hashText } from "./objective/hashText.ts";
import type { Estimate } from "./uncertainty/Estimate.ts";

/**
 * A fit as JSON: law, options, runs (columns as the law's kernel takes them) and the optimiser's state, so that it
 * reloads to the same bits. JSON keeps every digit of a double; infinities travel as text.
 */
export interface FitRecord {
  readonly format: "isoflop-fit";
  /** Version of isoflop that made the fit. */
  readonly version: string;
  readonly law: { readonly name: string; readonly specification?: LawSpecification };
  readonly options: Omit<FitOptions, "loss" | "weights"> & { readonly loss?: LossSpecification };
  readonly parameters: Readonly<Record<string, JsonNumber>>;
  readonly objective: JsonNumber;
  readonly status: FitStatus;
  readonly reason: string;
  /** Hash of the columns below: two fits with the same one saw the same runs. */
  readonly dataHash: string;
  readonly data: {
    readonly n: number;
    readonly x: readonly (readonly number[])[];
    readonly y: readonly number[];
    readonly w: readonly number[];
  };
  readonly minimum: {
    readonly z: readonly JsonNumber[];
    readonly value: JsonNumber;
    readonly gradient: readonly JsonNumber[];
    readonly inverseHessian: readonly JsonNumber[];
    readonly iterations: number;
    readonly converged: boolean;
  };
  /** Hash of all the fields above: differs when somebody edits one. */
  readonly hash: string;
}

/** See `Fit.toJSON`. */
export function fitRecord(
  estimate: Estimate,
  { status, reason }: { readonly status: FitStatus; readonly reason: string },
): FitRecord {
  const { law, table, minimum } = estimate;
  const { loss, weights: _weights, ...given } = estimate.options;
  const { start } = given;
  // A start may be another law's parameters: those that this one has are all that was read of it.
  const own = start && Object.fromEntries(law.parameters.map(({ name }) => [name, start[name]!]));
  const options = { ...given, ...(own && { start: own }) };
  const record: Omit<FitRecord, "hash"> = {
    format: "isoflop-fit",
    version,
    law: { name: law.name, ...(law.specification && { specification: law.specification }) },
    options: encodeNumbers({ ...options, ...(loss && { loss: loss.specification }) }),
    parameters: encodeNumbers<Record<string, JsonNumber>>({ ...estimate.parameters }),
    objective: encodeNumber(minimum.value),
    status,
    reason,
    dataHash: hashTable(table),
    data: { n: table.n, x: table.x.map((column) => [...column]), y: [...table.y], w: [...table.w] },
    minimum: {
      z: Array.from(minimum.z, encodeNumber),
      value: encodeNumber(minimum.value),
      gradient: Array.from(minimum.gradient, encodeNumber),
      inverseHessian: Array.from(minimum.inverseHessian, encodeNumber),
      iterations: minimum.iterations,
      converged: minimum.converged,
    },
  };
  return { ...record, hash: recordHash(record) };
}

/** The hash of everything in a record but its hash. */
export function recordHash(record: Omit<FitRecord, "hash"> & { readonly hash?: unknown }): string {
  const { hash: _, ...rest } = record;
  return hashText(canonicalJson(rest));
}
