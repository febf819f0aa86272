import type { LinearParameter } from "../laws/definition/Law.ts";
import { type Expression, number, substitute, symbolsOf } from "./expression/Expression.ts";

/**
 * Parameters in which a formula is linear once the others are known, provided that they make up all of it: a fit then
 * solves them in closed form (variable projection). Empty when a term without any of them would be left over.
 */
export function linearParameters(
  formula: Expression,
  parameters: readonly string[],
  derivatives: readonly Expression[],
): LinearParameter[] {
  const symbols = new Map(parameters.map((name, j) => [name, new Set(symbolsOf(derivatives[j]!))]));
  const chosen = new Set<string>();
  for (const [name, own] of symbols) {
    const clash = [...chosen].some((other) => own.has(other) || symbols.get(other)!.has(name));
    if (!own.has(name) && !clash) chosen.add(name);
  }
  const rest = substitute(formula, (name) => (chosen.has(name) ? number(0) : { kind: "symbol", name }));
  if (rest.kind !== "number" || rest.value !== 0) return [];
  return [...chosen].map((parameter) => ({
    parameter,
    given: [...symbols.get(parameter)!].filter((name) => symbols.has(name)),
  }));
}
