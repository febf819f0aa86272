import type { Cells, Expression, Value } from "./Expression.ts";
import { functions, operators } from "./functions.ts";

/** An expression as a function of a row. */
export function compileExpression(expression: Expression): (cells: Cells) => Value {
  if (expression.kind === "number" || expression.kind === "text") {
    const { value } = expression;
    return () => value;
  }
  if (expression.kind === "name") {
    const { name } = expression;
    return expression.type === "text" ? (cells) => cells.text(name) : (cells) => cells.number(name);
  }
  const { fn } = expression;
  const args = expression.args.map(compileExpression);
  const [a, b] = args as [(cells: Cells) => Value, (cells: Cells) => Value];
  if (fn === "and") return (cells) => a(cells) === true && b(cells) === true;
  if (fn === "or") return (cells) => a(cells) === true || b(cells) === true;
  if (fn === "not") return (cells) => a(cells) !== true;
  const operator = operators[fn] as ((a: Value, b: Value) => Value) | undefined;
  if (operator) return (cells) => operator(plain(a(cells)), plain(b(cells)));
  const { of } = functions.get(fn)!;
  return (cells) => (of as (...values: Value[]) => Value)(...args.map((arg) => plain(arg(cells))));
}

/** A condition counts as 1 or 0. */
const plain = (value: Value): number | string => (typeof value === "boolean" ? Number(value) : value);

/** An expression as a number; a condition counts as 1 or 0. */
export function numberOfExpression(expression: Expression): (cells: Cells) => number {
  const value = compileExpression(expression);
  return (cells) => Number(value(cells));
}

/** A condition as a function of a row. */
export function holdsExpression(expression: Expression): (cells: Cells) => boolean {
  const value = compileExpression(expression);
  return (cells) => value(cells) === true;
}
