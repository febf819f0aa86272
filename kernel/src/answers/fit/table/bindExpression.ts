import type { Cells, Expression } from "../expressions/Expression.ts";
import { namesOf } from "../expressions/Expression.ts";
import type { ColumnNames, NamedNumber } from "./ColumnNames.ts";

/** An expression whose names were found in a table's header. */
export interface BoundExpression {
  /** Columns that it asks for, by their names in the file or of derived ones. */
  readonly numbers: readonly string[];
  readonly texts: readonly string[];
  /** The cells of a row under the names of the expression, given those under the names of the columns. */
  bind(cells: Cells): Cells;
}

/**
 * Finds what an expression names.
 *
 * @param option what to call it in messages, such as --where
 * @throws RangeError where a name is no column
 */
export function bindExpression(expression: Expression, names: ColumnNames, option: string): BoundExpression {
  const asked = namesOf(expression);
  const numbers = new Map<string, NamedNumber>();
  for (const name of asked.numbers) numbers.set(name, names.number(name, option));
  const texts = new Map<string, string>();
  for (const name of asked.texts) texts.set(name, names.text(name, option));
  return {
    numbers: [...new Set([...numbers.values()].flatMap(({ columns }) => columns))],
    texts: [...new Set(texts.values())],
    bind: (cells) => ({
      number: (name) => numbers.get(name)!.value(cells),
      text: (name) => cells.text(texts.get(name)!),
    }),
  };
}
