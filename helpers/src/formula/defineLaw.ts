import type { Law, Parameter, Variable } from "../laws/definition/Law.ts";
import { flops, nParams, nTokens, tokenLoss } from "../laws/definition/variables.ts";
import type { Binding } from "./Binding.ts";
import { checkLawOptions } from "./checkLawOptions.ts";
import { compileKernel } from "./compileKernel.ts";
import { type Expression, share, symbolsOf } from "./Expression.ts";
import type { FormulaParameters, FormulaResponse, FormulaVariables } from "./FormulaTypes.ts";
import { formulaTex, nameTex } from "./formulaTex.ts";
import { gradient } from "./gradient.ts";
import { hasFiniteValue } from "./hasFiniteValue.ts";
import { linearParameters } from "./linearParameters.ts";
import { type MathNode, mathjs } from "./mathjs.ts";
import { readExpression, requireName } from "./readExpression.ts";

/** What a formula does not say of itself: names, fields, units, domains. */
export interface DefineLawOptions {
  /** Short identifier (default: the formula). */
  readonly name?: string;
  /** Where the law comes from (default "given as a formula"). */
  readonly source?: string;
  /**
   * Which names are read from the runs, and from which field. Default: N from nParams, D from nTokens, C from flops, and
   * those three under their own names. Every other name is a parameter.
   */
  readonly variables?: Readonly<Record<string, string | (Partial<Variable> & { readonly name: string })>>;
  /** The field of a run that the left side stands for. Default: L means loss, another name itself. */
  readonly response?: string | (Partial<Variable> & { readonly name: string });
  /** What is known of parameters: domain, scale, where to look, unit, meaning. */
  readonly parameters?: Readonly<Record<string, Partial<Omit<Parameter, "name">>>>;
}

const usual: Readonly<Record<string, Variable>> = {
  N: nParams,
  D: nTokens,
  C: flops,
  nParams,
  nTokens,
  flops,
};
/** Names that are numbers to some readers and parameters to others: a fit of the wrong one would not be noticed. */
const constants = new Map([
  ["pi", { value: Math.PI, instead: "3.141592653589793" }],
  ["e", { value: Math.E, instead: "exp(1)" }],
]);

/** More parameters than anybody fits; the work on a formula grows with their square. */
const mostParameters = 100;
/** Deeper nesting than any law has; parsers recurse, and a stack has an end. */
const mostNested = 100;

/**
 * Makes a law from its formula. It fits, predicts and judges like a built-in one: the formula is differentiated, the
 * parameters in which it is linear are found, and value and gradient are compiled to one loop.
 *
 * Numbers, names, `+ - * / ^`, and `exp ln log log2 log10 sqrt` are understood; `pi` and `e` are refused, because they may
 * mean a number or a parameter. A parameter is taken to be ≥ 0 unless `parameters` gives another domain: exponents between .02 and 1.2 are where the search starts.
 * Nothing of the text is evaluated as code.
 *
 * @param formula one equation, such as "L = E + A/N^alpha + B/D^beta"
 * @throws RangeError when the formula is not one equation, contains something else, or has no variable or no parameter
 * @example
 * import { fit } from "isoflop";
 * import { chinchillaFigure4 } from "isoflop-datasets";
 * import { defineLaw } from "isoflop/formula";
 * const law = defineLaw("L = E + A/N^alpha + B/D^beta");
 * const runs = chinchillaFigure4().filter((run) => !run.isOutlier);
 * fit(law, runs).parameters.alpha; // => 0.3499
 */
export function defineLaw<const F extends string, const O extends DefineLawOptions = Record<never, never>>(
  formula: F,
  options?: O,
): Law<FormulaVariables<F, O>, FormulaParameters<F, O>, FormulaResponse<F, O>> {
  return readLaw(formula, options ?? {}) as unknown as Law<
    FormulaVariables<F, O>,
    FormulaParameters<F, O>,
    FormulaResponse<F, O>
  >;
}

function refuseDropped(names: readonly string[], formula: string): void {
  if (names.length === 0) return;
  const drops = names.length === 1 ? "drops" : "drop";
  throw new RangeError(
    `${names.join(", ")} ${drops} out of "${shown(formula)}": no value changes anything; take the term out`,
  );
}

function readLaw(formula: string, options: DefineLawOptions): Law {
  checkLawOptions(options);
  const { left, right, tex, written } = readEquation(formula);
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

  const derivatives = gradient(right, free);
  const read = [...variables.values()];
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
      describeParameter(name, derivatives[j]!, variables, described.get(name)),
    ),
    linear,
    evaluate: compileKernel([right, ...derivatives], bindings),
  };
  refuseDropped(
    free.filter((_, j) => isZero(derivatives[j]!)),
    formula,
  );
  if (!hasFiniteValue(law)) {
    throw new RangeError(
      `"${shown(formula)}" has no finite value at any point tried; look for a division by 0, or the root or logarithm of a negative number`,
    );
  }
  return law;
}

function readEquation(formula: string): {
  left: string;
  right: Expression;
  tex: string;
  written: readonly string[];
} {
  if (typeof formula !== "string" || formula.length > 2000) {
    throw new RangeError("a formula must be text of at most 2000 characters");
  }
  if (nesting(formula) > mostNested) {
    throw new RangeError(
      `the formula nests parentheses ${nesting(formula)} deep; at most ${mostNested} are read`,
    );
  }
  const { parse } = mathjs; // a missing mathjs is no fault of the formula
  let node: MathNode;
  try {
    node = parse(formula);
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new RangeError(`the formula "${shown(formula)}" cannot be read: ${reason}`, { cause });
  }
  if (node.type !== "AssignmentNode" || node.object?.type !== "SymbolNode" || node.index) {
    throw new RangeError(`"${shown(formula)}" is not one equation such as "L = E + A/N^alpha"`);
  }
  requireName(node.object.name!);
  refuseConstant(node.object.name!);
  const right = node.value as MathNode;
  const written = new Set<string>();
  const bound = (name: string): Expression => {
    refuseConstant(name);
    written.add(name);
    return { kind: "symbol", name };
  };
  return {
    left: node.object.name!,
    right: share(readExpression(right, bound)),
    tex: `${nameTex(node.object.name!)} = ${formulaTex(right)}`,
    written: [...written],
  };
}

function refuseConstant(name: string): void {
  const constant = constants.get(name);
  if (!constant) return;
  throw new RangeError(
    `${name} is the number ${constant.value}, not a parameter; give it another name, or write ${constant.instead} for the number`,
  );
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

/** What can be told from the formula: an exponent is moved in itself, an amplitude by its logarithm, a floor in itself. */
function describeParameter(
  name: string,
  derivative: Expression,
  variables: ReadonlyMap<string, Variable>,
  given: Partial<Omit<Parameter, "name">> | undefined,
): Parameter {
  const others = symbolsOf(derivative);
  const isFloor = !others.some((other) => variables.has(other)) && !others.includes(name);
  const isExponent = hasLogarithm(derivative);
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
    return node.fn === "log" || node.args.some(visit);
  };
  return visit(expression);
}

function isZero(expression: Expression): boolean {
  return expression.kind === "number" && expression.value === 0;
}

/** The formula as a message can hold it. */
function shown(formula: string): string {
  return formula.length > 80 ? `${formula.slice(0, 80)}…` : formula;
}

/** How deep a text's parentheses go. */
function nesting(text: string): number {
  let depth = 0;
  let deepest = 0;
  for (const character of text) {
    if ("([{".includes(character)) deepest = Math.max(deepest, ++depth);
    else if (")]}".includes(character)) depth--;
  }
  return deepest;
}
