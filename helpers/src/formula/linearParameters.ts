import type { LinearParameter } from "../laws/definition/Law.ts";
import { type Expression, number, substitute, symbolsOf } from "./Expression.ts";

/**
 * Parameters in which a formula is linear once the others are known, provided that they make up all of it: a fit then
 * solves them in closed form (variable projection). Empty when a term without any of them would be left over.
 */
export function linearParameters(
  formula: Expression,
  parameters: readonly string[],
  derivatives: readonly Expression[],
): LinearParameter[] {
  const chosen = new Set<string>();
  for (const [j, name] of parameters.entries()) {
    const own = symbolsOf(derivatives[j]!);
    const clash = [...chosen].some(
      (other) => own.includes(other) || symbolsOf(derivatives[parameters.indexOf(other)]!).includes(name),
    );
    if (!own.includes(name) && !clash) chosen.add(name);
  }
  const rest = substitute(formula, (name) => (chosen.has(name) ? number(0) : { kind: "symbol", name }));
  if (rest.kind !== "number" || rest.value !== 0) return [];
  return [...chosen].map((parameter) => ({
    parameter,
    given: symbolsOf(derivatives[parameters.indexOf(parameter)]!).filter((name) => parameters.includes(name)),
  }));
}
