import type { Law } from "../../laws/definition/Law.ts";
import { describeGiven } from "../../numerics/arguments/describeGiven.ts";
import { isList } from "../../numerics/arguments/isList.ts";
import type { Fit } from "../FitResult.ts";
import { checkFitOptions, fitTable } from "../fit.ts";
import type { FitOptions } from "../objective/FitOptions.ts";
import { readTable } from "../objective/readTable.ts";

/** A column of numbers, a run a row: a typed array, or any array. */
export type NumberColumn = ArrayLike<number>;

/** As those of `fit`, but for the weights, which are a column, too. */
export interface ColumnFitOptions<P extends string = string> extends Omit<FitOptions<P>, "weights"> {
  /** Weight of each run, >= 0, in the order of the rows. Default: 1 each. */
  readonly weights?: NumberColumn;
}

/**
 * Fits a law to runs that are given as columns: `fit`, for tables of so many rows that an object each costs more time and
 * memory than the fit. The same numbers give the same fit, to the bit.
 *
 * @param columns by the names of the law's variables and response, in its units (for `chinchilla`: nParams, nTokens, loss
 *   in counts and nats per token); all of one length; others are ignored. They are copied, and may be changed afterwards.
 * @returns an immutable `Fit` whose `status` says whether to believe it.
 * @throws TypeError when a column is missing or is none
 * @throws RangeError when columns differ in length, or a number or an option is not usable, naming value, row and way out.
 *
 * @example
 * ```ts
 * import { chinchilla, fit, fitColumns } from "isoflop";
 * import { chinchillaFigure4 } from "isoflop-datasets";
 * const runs = chinchillaFigure4().filter((run) => !run.isOutlier);
 * const column = (name: "nParams" | "nTokens" | "loss") => Float64Array.from(runs, (run) => run[name]);
 * const columns = { nParams: column("nParams"), nTokens: column("nTokens"), loss: column("loss") };
 * fitColumns(chinchilla, columns).objective === fit(chinchilla, runs).objective; // => true
 * ```
 */
export function fitColumns<V extends string, P extends string, R extends string>(
  law: Law<V, P, R>,
  columns: Readonly<Record<V | R, NumberColumn>>,
  options: ColumnFitOptions<P> = {},
): Fit<V, P, R> {
  const residual = checkFitOptions("fitColumns", law, options as FitOptions<P>);
  const { weights, ...others } = options;
  if (weights !== undefined && !isList(weights)) {
    throw new TypeError(
      `weights of fitColumns must be a column, got ${describeGiven(weights)}; reckon one number a row`,
    );
  }
  const n = rowsOf(law, columns);
  const table = readTable(law, n, residual, (name) => columns[name as V | R], weights);
  return fitTable(law, table, others);
}

/** How many rows the columns have that the law asks for. */
function rowsOf<V extends string, R extends string>(
  law: Law<V, string, R>,
  columns: Readonly<Record<V | R, NumberColumn>>,
): number {
  const names = [...law.variables, law.response].map(({ name }) => name);
  if (columns === null || typeof columns !== "object" || isList(columns)) {
    throw new TypeError(
      `fitColumns needs an object of columns with ${names.join(", ")}, got ${describeGiven(columns)}; records are for fit`,
    );
  }
  for (const name of names) {
    if (Object.hasOwn(columns, name) && isList(columns[name])) continue;
    throw new TypeError(
      `fitColumns needs ${name} as an array of numbers, got ${describeGiven(columns[name])}; the columns given are ${Object.keys(columns).join(", ") || "none"}`,
    );
  }
  const [first, ...rest] = names as [V | R, ...(V | R)[]];
  const n = columns[first].length;
  for (const name of rest) {
    if (columns[name].length === n) continue;
    throw new RangeError(
      `columns must have one number a run, got ${n} in ${first} and ${columns[name].length} in ${name}; cut them to the same rows`,
    );
  }
  return n;
}
