import type { Expression } from "./Expression.ts";

/** Whether an expression is surely above 0, or 0 only where one of its names is. */
export function isPositive(expression: Expression, named: (name: string) => boolean): boolean {
  if (expression.kind === "number") return expression.value > 0;
  if (expression.kind === "symbol") return named(expression.name);
  const { fn, args } = expression;
  if (fn === "exp" || fn === "cosh") return true;
  if (fn === "^" || fn === "sqrt") return isPositive(args[0]!, named);
  if (fn === "?") return args.slice(1).every((arg) => isPositive(arg, named));
  return ["+", "*", "/", "min", "max"].includes(fn) && args.every((arg) => isPositive(arg, named));
}
