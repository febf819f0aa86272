import { type Expression, share } from "./expression/Expression.ts";
import { formulaTex, nameTex } from "./formulaTex.ts";
import { type MathNode, mathjs } from "./mathjs.ts";
import { readExpression, requireName } from "./readExpression.ts";

/** Names that are numbers to some readers and parameters to others: a fit of the wrong one would not be noticed. */
const constants = new Map([
  ["pi", { value: Math.PI, instead: "3.141592653589793" }],
  ["e", { value: Math.E, instead: "exp(1)" }],
]);

/** Deeper nesting than any law has; parsers recurse, and a stack has an end. */
const mostNested = 100;

/** A formula's two sides, with its TeX and the names in its text. */
export interface Equation {
  readonly left: string;
  readonly right: Expression;
  readonly tex: string;
  readonly written: readonly string[];
}

/** @throws RangeError when the text is not one equation that can be read */
export function readEquation(formula: string): Equation {
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
    const hint = /&&|\|\|/.test(formula) ? "; write and for &&, or for ||" : "";
    throw new RangeError(`the formula "${shown(formula)}" cannot be read: ${reason}${hint}`, { cause });
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

export function refuseConstant(name: string): void {
  const constant = constants.get(name);
  if (!constant) return;
  throw new RangeError(
    `${name} is the number ${constant.value}, not a parameter; give it another name, or write ${constant.instead} for the number`,
  );
}

/** The formula as a message can hold it. */
export function shown(formula: string): string {
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
