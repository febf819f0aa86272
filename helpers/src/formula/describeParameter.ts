import type { Parameter, Variable } from "../laws/definition/Law.ts";
import { type Expression, symbolsOf } from "./expression/Expression.ts";

/** What can be told from the formula: an exponent is moved in itself, an amplitude by its logarithm, a floor in itself. */
export function describeParameter(
  name: string,
  formula: Expression,
  derivative: Expression,
  variables: ReadonlyMap<string, Variable>,
  given: Partial<Omit<Parameter, "name">> | undefined,
): Parameter {
  const others = symbolsOf(derivative);
  const isFloor = !others.some((other) => variables.has(other)) && !others.includes(name);
  const isExponent = hasLogarithm(derivative) && !isInLogarithm(name, formula);
  const guess = isFloor
    ? { description: "additive part", scale: "linear" as const, start: [0, 4] as const }
    : isExponent
      ? { description: "exponent", scale: "linear" as const, start: [0.02, 1.2] as const }
      : { description: "amplitude or scale", scale: "log" as const, start: [1e-6, 1e15] as const };
  const parameter = {
    name,
    unit: "1",
    domain: [0, Infinity] as const,
    ...guess,
    ...given,
  };
  if (parameter.domain[0] < 0 && given?.scale === undefined) {
    return { ...parameter, scale: "linear" };
  }
  return parameter;
}

/** d/dp x^p brings in ln x; nothing else in a formula's derivative by an amplitude does. */
function hasLogarithm(expression: Expression): boolean {
  const visited = new Set<Expression>();
  const visit = (node: Expression): boolean => {
    if (node.kind !== "call" || visited.has(node)) return false;
    visited.add(node);
    // A condition is only where a slope holds, no part of it.
    return node.fn === "log" || node.args.slice(node.fn === "?" ? 1 : 0).some(visit);
  };
  return visit(expression);
}

/** Whether a name stands inside a logarithm, whose chain rule brings the logarithm in: `log(lr/k)^2` has a scale k. */
function isInLogarithm(name: string, expression: Expression): boolean {
  const visited = new Set<Expression>();
  const visit = (node: Expression): boolean => {
    if (node.kind !== "call" || visited.has(node)) return false;
    visited.add(node);
    return (node.fn === "log" && symbolsOf(node).includes(name)) || node.args.some(visit);
  };
  return visit(expression);
}
