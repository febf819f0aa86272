import type { Law, Variable } from "../laws/definition/Law.ts";
import { flops, nParams, nTokens, tokenLoss } from "../laws/definition/variables.ts";
import type { Binding } from "./Binding.ts";
import { checkLawOptions } from "./checkLawOptions.ts";
import { compileKernel } from "./compileKernel.ts";
import type { DefineLawOptions } from "./DefineLawOptions.ts";
import { describeParameter } from "./describeParameter.ts";
import { type Expression, share, symbolsOf } from "./expression/Expression.ts";
import { gradient } from "./expression/gradient.ts";
import { steps } from "./expression/operations.ts";
import { powersAsExponentials } from "./expression/powersAsExponentials.ts";
import { hasFiniteValue } from "./hasFiniteValue.ts";
import { linearParameters } from "./linearParameters.ts";
import { type Equation, refuseConstant, shown } from "./readEquation.ts";
import { formulaStarts } from "./search/formulaStarts.ts";

/** Names that stand for these fields unless a caller says otherwise. */
export const usual: Readonly<Record<string, Variable>> = {
  N: nParams,
  D: nTokens,
  C: flops,
  nParams,
  nTokens,
  flops,
};
/** More parameters than anybody fits; the work on a formula grows with their square. */
const mostParameters = 100;
function refuseDropped(names: readonly string[], formula: string): void {
  if (names.length === 0) return;
  const drops = names.length === 1 ? "drops" : "drop";
  throw new RangeError(
    `${names.join(", ")} ${drops} out of "${shown(formula)}": no value changes anything; take the term out`,
  );
}

/** Names that stand in a comparison or another operation that only jumps. */
function namesInSteps(expression: Expression): Set<string> {
  const found = new Set<string>();
  const visited = new Set<Expression>();
  const visit = (node: Expression) => {
    if (node.kind !== "call" || visited.has(node)) return;
    visited.add(node);
    if (steps.has(node.fn)) for (const name of symbolsOf(node)) found.add(name);
    node.args.forEach(visit);
  };
  visit(expression);
  return found;
}

/** A parameter that stands in conditions only has no slope that a search could follow. */
function refuseJumps(names: readonly string[], formula: string): void {
  if (names.length === 0) return;
  throw new RangeError(
    `"${shown(formula)}" changes with ${names.join(", ")} only in jumps (a comparison, sign, floor, ceil or round), which no fit can follow; give a number in place of each`,
  );
}

/** The law that an equation states. See `defineLaw`. */
export function lawOfEquation(
  formula: string,
  { left, right, tex, written }: Equation,
  options: DefineLawOptions,
): Law {
  checkLawOptions(options);
  const names = symbolsOf(right);
  const lost = written.filter((name) => !names.includes(name));
  refuseDropped(lost, formula);
  const variables = chooseVariables(names, options.variables);
  const free = names.filter((name) => !variables.has(name));
  const response = asVariable(options.response ?? (left === "L" ? tokenLoss : left));
  if (names.includes(left) || [...variables.values()].some(({ name }) => name === response.name)) {
    throw new RangeError(
      `"${shown(formula)}" has ${left} (${response.name}) on both sides; a law predicts its left side from the right`,
    );
  }
  if (variables.size === 0 || free.length === 0) {
    const missing = variables.size === 0 ? "variable" : "parameter to fit";
    throw new RangeError(
      `"${shown(formula)}" has no ${missing}; it has the names ${names.join(", ") || "(none)"}, of which ` +
        `${[...variables.keys()].join(", ") || "none"} are read from the runs; say so with \`variables\``,
    );
  }
  if (free.length > mostParameters) {
    throw new RangeError(
      `"${shown(formula)}" has ${free.length} parameters; at most ${mostParameters} are read`,
    );
  }
  const described = new Map(Object.entries(options.parameters ?? {}));
  for (const name of described.keys()) {
    refuseConstant(name);
    if (!free.includes(name))
      throw new RangeError(`"${shown(formula)}" has no parameter ${name}; it has ${free.join(", ")}`);
  }

  const read = [...variables.values()];
  const isVariable = new Set(
    [...variables].flatMap(([name, { domain }]) => (domain === "positive" ? [name] : [])),
  );
  const canBeNegative = (name: string) => (described.get(name)?.domain?.[0] ?? 0) < 0;
  const named = (name: string) => (variables.has(name) ? isVariable.has(name) : !canBeNegative(name));
  const rewritten = powersAsExponentials(right, named);
  const compiled = rewritten === right ? right : share(rewritten);
  // What a parameter is shows in the formula as it was written, not in what is compiled.
  const derivatives = gradient(right, free, isVariable);
  const slopes = compiled === right ? derivatives : gradient(compiled, free, isVariable);
  const bindings = new Map<string, Binding>([
    ...free.map((name, parameter) => [name, { parameter }] as const),
    ...[...variables].map(
      ([name, { domain }], variable) => [name, { variable, logarithm: domain === "positive" }] as const,
    ),
  ]);
  const linear = linearParameters(right, free, derivatives);
  const law: Law = {
    name: options.name ?? formula,
    tex,
    source: options.source ?? "given as a formula",
    response,
    variables: read,
    parameters: free.map((name, j) =>
      describeParameter(name, right, derivatives[j]!, variables, described.get(name)),
    ),
    linear,
    evaluate: compileKernel([compiled, ...slopes], bindings),
    starts: formulaStarts({ right, bindings, law: () => law }),
    startsSuffice: true,
  };
  const still = free.filter((_, j) => isZero(derivatives[j]!));
  const inSteps = namesInSteps(right);
  refuseJumps(
    still.filter((name) => inSteps.has(name)),
    formula,
  );
  refuseDropped(still, formula);
  if (!hasFiniteValue(law)) {
    throw new RangeError(
      `"${shown(formula)}" has no finite value at any point tried; look for a division by 0, or the root or logarithm of a negative number`,
    );
  }
  return law;
}

function chooseVariables(
  names: readonly string[],
  given: DefineLawOptions["variables"],
): Map<string, Variable> {
  const known = given ?? usual;
  for (const name of Object.keys(given ?? {})) {
    if (!names.includes(name)) throw new RangeError(`the formula has no ${name}; it has ${names.join(", ")}`);
  }
  const found = names.filter((name) => Object.hasOwn(known, name));
  return new Map(found.map((name) => [name, asVariable(known[name]!)]));
}

function asVariable(given: string | (Partial<Variable> & { readonly name: string })): Variable {
  const { name, ...rest } = typeof given === "string" ? { name: given } : given;
  const familiar = [nParams, nTokens, flops, tokenLoss].find((one) => one.name === name);
  return { ...(familiar ?? { unit: "1", description: name, domain: "positive" as const }), ...rest, name };
}

function isZero(expression: Expression): boolean {
  return expression.kind === "number" && expression.value === 0;
}
