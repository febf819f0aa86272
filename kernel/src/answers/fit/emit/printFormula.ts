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

/** Strength of operators: what is weaker inside stands in parentheses. */
const strength: Readonly<Record<string, number>> = { "+": 2, "-": 2, "*": 3, "/": 3, "^": 5 };
const strengthOf = (operator: string) => strength[operator] ?? 1;
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

function print(node: MathNode, printer: Printer, isFraction: boolean): Printed {
  const inner = (child: MathNode) => print(child, printer, isFraction);
  const args = (node.args ?? []).map(inner);
  const atLeast = (printed: Printed, least: number) =>
    printed.strength < least ? printer.group(printed.text) : printed.text;
  switch (node.type) {
    case "ParenthesisNode":
      return inner(node.content!);
    case "ConstantNode":
      return { text: printer.number(Number(node.value)), strength: whole };
    case "SymbolNode":
      return { text: printer.name(node.name!), strength: whole };
    case "FunctionNode": {
      const name = typeof node.fn === "string" ? node.fn : (node.fn?.name ?? "");
      return {
        text: printer.call(
          name,
          args.map(({ text }) => text),
        ),
        strength: whole,
      };
    }
    case "ConditionalNode": {
      const [test, yes, no] = [node.condition!, node.trueExpr!, node.falseExpr!].map(inner);
      return { text: printer.condition(test!.text, yes!.text, no!.text), strength: whole };
    }
    case "RelationalNode": {
      const sides = node.params!.map(inner);
      const parts = node.conditionals!.map((name, k) =>
        printer.binary(relations[name] ?? name, atLeast(sides[k]!, 2), atLeast(sides[k + 1]!, 2)),
      );
      return { text: parts.map((part) => printer.group(part)).join(" * "), strength: 3 };
    }
    case "OperatorNode": {
      const operator = node.op!;
      if (args.length === 1) {
        if (operator === "+") return args[0]!;
        if (operator !== "-") throw new RangeError(`${operator} cannot be written in this language`);
        return { text: printer.negative(atLeast(args[0]!, 4)), strength: 2 };
      }
      const own = strengthOf(operator);
      if (isFraction && operator === "/") {
        return { text: printer.binary("/", args[0]!.text, args[1]!.text), strength: whole - 1 };
      }
      if (isFraction && operator === "^") {
        return { text: printer.binary("^", atLeast(args[0]!, whole), args[1]!.text), strength: own };
      }
      const text = args.slice(1).reduce(
        (left, right) =>
          printer.binary(
            operator,
            left,
            // a - (b + c), a / (b * c); and powers always, since languages differ in how they go on.
            atLeast(right, operator === "^" ? whole : own + 1),
          ),
        atLeast(args[0]!, operator === "^" ? whole : own),
      );
      return { text, strength: own };
    }
    default:
      throw new RangeError(`a ${node.type} cannot be written in this language`);
  }
}
