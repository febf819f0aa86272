import type { Discovery, RunSetting } from "isoflop";
import type { FieldSource } from "../../tables/chooseColumns.ts";
import { findColumn } from "../../tables/chooseColumns.ts";
import type { Cells } from "../fit/expressions/Expression.ts";
import { numberOfExpression } from "../fit/expressions/evaluate.ts";
import { parseNumberExpression } from "../fit/expressions/parseExpression.ts";
import { bindExpression } from "../fit/table/bindExpression.ts";
import { ColumnNames } from "../fit/table/ColumnNames.ts";
import type { DiscoverTableRows } from "./readDiscoverRows.ts";

/** What a run costs, and in what. */
export interface KnownCost {
  readonly of: (run: RunSetting) => number;
  readonly unit: string;
  /** How it is reckoned, in words. */
  readonly formula: string;
}

/**
 * What a run costs by its setting: a formula, or FLOPs by a column of them, or as 6 N D where columns are called what
 * parameters and tokens usually are. Columns that have the same number in every row count as well.
 *
 * @throws RangeError where nothing says so, or the formula names what is no variable
 */
export function runCost(
  found: Discovery,
  { rows }: DiscoverTableRows,
  map: readonly FieldSource[],
  formula: string | undefined,
): KnownCost {
  const constants = constantColumns(rows);
  const header = [...found.variables.map(({ name }) => name), ...Object.keys(constants)];
  const cellsOf = (run: RunSetting): Cells => ({
    number: (name) => Number(run[name] ?? constants[name]),
    text: (name) => String(run[name]),
  });
  const names = new ColumnNames(header, map);
  if (formula !== undefined) {
    const expression = parseNumberExpression(formula);
    const bound = bindExpression(expression, names, "--cost");
    const value = numberOfExpression(expression);
    return { of: (run) => value(bound.bind(cellsOf(run))), unit: "", formula };
  }
  const [flops, size, tokens] = ["flops", "nParams", "nTokens"].map((field) =>
    findColumn(field, header, map),
  );
  if (!flops && !(size && tokens)) {
    throw new RangeError(
      `nothing says what a run costs: of the variables ${header.join(", ")} none are known as parameters and tokens; ` +
        "say which with --map nParams=COLUMN,nTokens=COLUMN, or give a formula: --cost '6*a*b'",
    );
  }
  const { value } = names.number("flops", "--cost");
  return {
    of: (run) => value(cellsOf(run)),
    unit: "FLOPs",
    formula: flops ? flops.column : `6 ${size!.column} ${tokens!.column}`,
  };
}

/** Columns of compute that follow from size and tokens, which it would be vain to vary beside them. */
export function computeColumns(header: readonly string[], map: readonly FieldSource[]): string[] {
  const [flops, size, tokens] = ["flops", "nParams", "nTokens"].map((field) =>
    findColumn(field, header, map),
  );
  return flops && size && tokens ? [flops.column] : [];
}

function constantColumns(rows: DiscoverTableRows["rows"]): Record<string, number> {
  const first = rows[0] ?? {};
  return Object.fromEntries(
    Object.entries(first).flatMap(([name, value]) =>
      typeof value === "number" && rows.every((row) => row[name] === value) ? [[name, value]] : [],
    ),
  );
}
