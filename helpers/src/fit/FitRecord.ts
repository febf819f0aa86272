import type { LawSpecification } from "../laws/definition/Law.ts";
import { version } from "../version.ts";
import type { LossSpecification } from "./losses/Loss.ts";
import type { FitOptions, FitStatus } from "./objective/FitOptions.ts";
import { hashTable } from "./objective/hashTable.ts";
import type { Minimum } from "./search/bfgs.ts";
import type { Estimate } from "./uncertainty/Estimate.ts";

/** JSON has no infinities: those travel as text. */
type JsonNumber = number | "Infinity" | "-Infinity" | "NaN";

/**
 * A fit as JSON: law, options, runs (columns as the law's kernel takes them) and the optimiser's state, so that it
 * reloads to the same bits. JSON keeps every digit of a double.
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
  /** Hash of the columns below: differs when somebody edits them. */
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
}

/** See `Fit.toJSON`. */
export function fitRecord(
  estimate: Estimate,
  { status, reason }: { readonly status: FitStatus; readonly reason: string },
): FitRecord {
  const { law, table, minimum } = estimate;
  const { loss, weights: _weights, ...options } = estimate.options;
  return {
    format: "isoflop-fit",
    version,
    law: { name: law.name, ...(law.specification && { specification: law.specification }) },
    options: { ...options, ...(loss && { loss: loss.specification }) },
    parameters: Object.fromEntries(
      Object.entries(estimate.parameters).map(([name, value]) => [name, encode(value)]),
    ),
    objective: encode(minimum.value),
    status,
    reason,
    dataHash: hashTable(table),
    data: { n: table.n, x: table.x.map((column) => [...column]), y: [...table.y], w: [...table.w] },
    minimum: {
      z: Array.from(minimum.z, encode),
      value: encode(minimum.value),
      gradient: Array.from(minimum.gradient, encode),
      inverseHessian: Array.from(minimum.inverseHessian, encode),
      iterations: minimum.iterations,
      converged: minimum.converged,
    },
  };
}

export function minimumFromRecord({ minimum }: FitRecord): Minimum {
  return {
    ...minimum,
    z: Float64Array.from(minimum.z, Number),
    value: Number(minimum.value),
    gradient: Float64Array.from(minimum.gradient, Number),
    inverseHessian: Float64Array.from(minimum.inverseHessian, Number),
  };
}

function encode(value: number): JsonNumber {
  return Number.isFinite(value) ? value : (String(value) as JsonNumber);
}
