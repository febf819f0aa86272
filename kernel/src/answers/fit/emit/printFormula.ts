import type { Printer } from "./printers.ts";

/** The part of mathjs's node that is read here. */
interface MathNode {
  readonly type: string;
  readonly name?: string;
  readonly value?: unknown;
  readonly op?: string;
  readonly fn?: string | { readonly name?: string };
  readonly args?: readonly MathNode[];
  readonly content?: MathNode;
  readonly condition?: MathNode;
  readonly trueExpr?: MathNode;
  readonly falseExpr?: MathNode;
  readonly conditionals?: readonly string[];
  readonly params?: readonly MathNode[];
}

const relations: Readonly<Record<string, string>> = {
  smaller: "<",
  smallerEq: "<=",
  larger: ">",
  largerEq: ">=",
  equal: "==",
  unequal: "!=",
};
const comparisons = new Set(Object.values(relations));

/** Strength of operators: what is weaker inside stands in parentheses. */
const strength: Readonly<Record<string, number>> = { "+": 2, "-": 2, "*": 3, "/": 3, "^": 5 };
const comparison = 1;
const negative = 2;
const whole = 9;

/**
 * A formula in another language.
 *
 * @param isFraction whether a division stands as a fraction, whose parts need no parentheses
 * @throws RangeError where it has something that the language has not
 */
export async function printFormula(formula: string, printer: Printer, isFraction = false): Promise<string> {
  const { parse } = await import("mathjs/number");
  return print(parse(formula) as unknown as MathNode, printer, isFraction).text;
}

interface Printed {
  readonly text: string;
  readonly strength: number;
}

function print(given: MathNode, printer: Printer, isFraction: boolean): Printed {
  const node = plainNode(given);
  const inner = (child: MathNode) => print(child, printer, isFraction);
  const args = (node.args ?? []).map(inner);
  const atLeast = (printed: Printed, least: number) =>
    printed.strength < least ? printer.group(printed.text) : printed.text;
  switch (node.type) {
    case "ConstantNode":
      return numeral(printer.number(Number(node.value)));
    case "SymbolNode":
      return numeral(printer.name(node.name!));
    case "FunctionNode": {
      const texts = args.map(({ text }) => text);
      return { text: printer.call(functionName(node), texts), strength: whole };
    }
    case "ConditionalNode": {
      const [test, yes, no] = [node.condition!, node.trueExpr!, node.falseExpr!].map(inner);
      return { text: printer.condition(test!.text, yes!.text, no!.text), strength: whole };
    }
    case "OperatorNode": {
      const operator = node.op!;
      if (args.length === 1) {
        if (operator === "+") return args[0]!;
        if (operator !== "-") throw new RangeError(`${operator} cannot be written in this language`);
        // JavaScript has no -x ** 2.
        return { text: printer.negative(atLeast(args[0]!, isFraction ? 4 : whole - 1)), strength: negative };
      }
      const own = strength[operator] ?? comparison;
      if (own === comparison && !comparisons.has(operator)) {
        throw new RangeError(`${operator} cannot be written in this language`);
      }
      if (isFraction && operator === "/") {
        return { text: printer.binary("/", args[0]!.text, args[1]!.text), strength: whole - 1 };
      }
      if (isFraction && operator === "^") {
        return { text: printer.binary("^", atLeast(args[0]!, whole), args[1]!.text), strength: own };
      }
      // Languages differ in how powers go on, and Python reads a < b < c as two comparisons.
      const [left, right] = operator === "^" ? [whole, whole] : own === comparison ? [2, 2] : [own, own + 1];
      const text = args
        .slice(1)
        .reduce((all, one) => printer.binary(operator, all, atLeast(one, right)), atLeast(args[0]!, left));
      return { text, strength: own };
    }
    default:
      throw new RangeError(`a ${node.type} cannot be written in this language`);
  }
}

/** A number that stands for a parameter may be negative, or a product with a power of ten. */
function numeral(text: string): Printed {
  return { text, strength: text.startsWith("-") ? negative : text.includes("\\times") ? 3 : whole };
}

const functionName = ({ fn }: MathNode) => (typeof fn === "string" ? fn : (fn?.name ?? ""));

const operator = (op: string, ...args: MathNode[]): MathNode => ({ type: "OperatorNode", op, args });
const call = (fn: string, ...args: MathNode[]): MathNode => ({ type: "FunctionNode", fn, args });
const constant = (value: number): MathNode => ({ type: "ConstantNode", value });

/** A node in the operators and functions that languages share; parentheses are set anew. */
function plainNode(node: MathNode): MathNode {
  const [a, b] = node.args ?? [];
  if (node.type === "ParenthesisNode") return plainNode(node.content!);
  if (node.type === "RelationalNode") {
    const { params, conditionals } = node as Required<MathNode>;
    const parts = conditionals.map((name, k) => operator(relations[name]!, params[k]!, params[k + 1]!));
    return parts.reduce((all, one) => operator("*", all, one));
  }
  if (node.type === "OperatorNode") {
    if (node.op === "and") return operator("*", truth(a!), truth(b!));
    if (node.op === "or") return call("max", truth(a!), truth(b!));
    if (node.op === "xor") return operator("!=", truth(a!), truth(b!));
    if (node.op === "not") return operator("==", a!, constant(0));
  }
  if (node.type === "FunctionNode") {
    const name = functionName(node);
    if (name === "log" && b) return operator("/", call("log", a!), call("log", b));
    if (name === "pow") return operator("^", a!, b!);
    if (name === "square") return operator("^", a!, constant(2));
    if (name === "cube") return operator("^", a!, constant(3));
    // Python's own want several arguments, or a list.
    if ((name === "min" || name === "max") && !b) return plainNode(a!);
  }
  return node;
}

/** 1 or 0: a number is true where it is not 0. */
function truth(given: MathNode): MathNode {
  const node = plainNode(given);
  return node.type === "OperatorNode" && comparisons.has(node.op!) ? node : operator("!=", node, constant(0));
}
