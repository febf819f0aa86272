import type { ColumnTable } from "../../../tables/ColumnTable.ts";
import type { FieldSource } from "../../../tables/chooseColumns.ts";
import type { DerivedColumns } from "../../../tables/columns/derivedColumns.ts";
import type { RowFilter } from "../../../tables/rowFilter.ts";
import { type Cells, namesOf } from "../expressions/Expression.ts";
import { holdsExpression, numberOfExpression } from "../expressions/evaluate.ts";
import { bindExpression } from "./bindExpression.ts";
import { ColumnNames } from "./ColumnNames.ts";
import { holdoutField, type TableQuestion, type Written, weightField } from "./TableQuestion.ts";

/** What to ask `loadRuns` for, so that its runs answer a question. */
export interface TableRequest {
  readonly derived?: DerivedColumns;
  readonly where?: RowFilter;
  /** Fields of the runs beside the law's own, among them those that are reckoned. */
  readonly fields: readonly string[];
  /** Usual fields that conditions name, which are looked for and checked as the law's own. */
  readonly usual: readonly string[];
}

interface Reckoned {
  readonly name: string;
  readonly numbers: readonly { readonly column: string; readonly option: string }[];
  readonly texts: readonly { readonly column: string; readonly option: string }[];
  value(cells: Cells): number;
}

/**
 * Finds what a question names in a table's header.
 *
 * @throws RangeError where an expression names no column, or `--let` makes one that is there
 */
export function askTable(
  question: TableQuestion,
  header: readonly string[],
  map: readonly FieldSource[],
): TableRequest {
  const { lets, where, holdouts, weights } = question;
  const made = lets.map(({ name }) => name);
  const names = new ColumnNames(header, map, made);
  const there = made.find((name) => header.includes(name));
  if (there !== undefined) {
    throw new RangeError(`--let makes ${there}, but the file has a column of that name; take another name`);
  }
  const reckoned = [
    // Each from those before it.
    ...lets.map((one, k) =>
      reckon(one.name, one, new ColumnNames(header, map, made.slice(0, k)), `--let ${one.name}`),
    ),
    ...holdouts.map((one, k) => reckon(holdoutField(k), one, names, "--holdout")),
    ...(weights ? [reckon(weightField, weights, names, "--weights")] : []),
  ];
  const derived = reckoned.map(({ name }) => name);
  const isFile = ({ column }: { column: string }) => !derived.includes(column);
  const conditions = [...holdouts, ...(where ? [where] : [])];
  const usual = conditions.flatMap(({ expression }) =>
    [...namesOf(expression).numbers].flatMap((name) => names.fieldOf(name) ?? []),
  );
  return {
    ...(reckoned.length > 0 && {
      derived: {
        names: derived,
        numbers: reckoned.flatMap((one) => one.numbers).filter(isFile),
        texts: reckoned.flatMap((one) => one.texts).filter(isFile),
        compute: (table) => compute(table, reckoned),
      },
    }),
    ...(where && { where: rowFilter(where, names) }),
    fields: derived.filter((name) => name.startsWith("--")),
    usual: [...new Set(holdouts.length > 0 ? usual : [])],
  };
}

function reckon(name: string, { expression }: Written, names: ColumnNames, option: string): Reckoned {
  const bound = bindExpression(expression, names, option);
  const value = numberOfExpression(expression);
  return {
    name,
    numbers: bound.numbers.map((column) => ({ column, option })),
    texts: bound.texts.map((column) => ({ column, option })),
    value: (cells) => value(bound.bind(cells)),
  };
}

/** Row by row, each column from those of the file and those before it. */
function compute(table: ColumnTable, reckoned: readonly Reckoned[]): Float64Array[] {
  const made = new Map<string, Float64Array>();
  let row = 0;
  const cells: Cells = {
    number: (column) => (made.get(column) ?? table.numbers.get(column)!)[row]!,
    text: (column) => table.texts.get(column)![row]!,
  };
  return reckoned.map(({ name, value }) => {
    const column = new Float64Array(table.n);
    for (row = 0; row < table.n; row++) column[row] = value(cells);
    made.set(name, column);
    return column;
  });
}

function rowFilter({ text, expression }: Written, names: ColumnNames): RowFilter {
  const bound = bindExpression(expression, names, "--where");
  const holds = holdsExpression(expression);
  let cells: Cells | undefined;
  let own: Cells | undefined;
  return {
    text,
    numbers: bound.numbers,
    texts: bound.texts,
    holds(row) {
      // The same object row after row.
      if (row !== cells) {
        cells = row;
        own = bound.bind(row);
      }
      return holds(own!);
    },
  };
}
