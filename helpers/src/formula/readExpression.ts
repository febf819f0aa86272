import { call, type Expression, number, type Operation } from "./Expression.ts";
import type { MathNode } from "./mathjs.ts";

const functions: ReadonlyMap<string, (arg: Expression) => Expression> = new Map([
  ["exp", (arg: Expression) => finite("exp", arg)],
  ["log", (arg: Expression) => finite("log", arg)],
  ["ln", (arg: Expression) => finite("log", arg)],
  ["log2", (arg: Expression) => call("*", number(Math.LOG2E), finite("log", arg))],
  ["log10", (arg: Expression) => call("*", number(Math.LOG10E), finite("log", arg))],
  ["sqrt", (arg: Expression) => finite("sqrt", arg)],
]);

const functionNames = [...functions.keys()].join(", ");
const operators = new Set(["+", "-", "*", "/", "^"]);

/** An operation of a formula; what can never have a value, such as a division by 0 or log(-1), is refused. */
function finite(fn: Operation, ...args: Expression[]): Expression {
  const [a, b] = args as [Expression, Expression | undefined];
  if (fn === "/" && b?.kind === "number" && b.value === 0) {
    throw new RangeError("the formula divides by 0; take that term out");
  }
  const made = call(fn, ...args);
  if (made.kind === "call" && made.args.every(({ kind }) => kind === "number")) {
    const values = made.args.map((arg) => (arg as { value: number }).value);
    const text = b ? `${values[0]} ${fn} ${values[1]}` : `${fn}(${a.kind === "number" ? a.value : ""})`;
    throw new RangeError(`${text} in the formula is not a finite number; take that term out`);
  }
  return made;
}

/**
 * mathjs's tree as an expression. Everything that is not a finite number, a name, one of five operators or one of six
 * functions is refused, so that nothing else can reach the compiler.
 *
 * @param named what a name stands for: itself, or a constant
 * @throws RangeError naming what is not allowed, or what can never have a value
 */
export function readExpression(node: MathNode, named: (name: string) => Expression): Expression {
  const args = node.args ?? [];
  const read = (child: MathNode) => readExpression(child, named);
  switch (node.type) {
    case "ParenthesisNode":
      return read(node.content!);
    case "ConstantNode":
      if (typeof node.value !== "number" || !Number.isFinite(node.value)) {
        throw new RangeError(`a formula may contain finite numbers only, got ${String(node.value)}`);
      }
      return number(node.value);
    case "SymbolNode":
      requireName(node.name!);
      return named(node.name!);
    case "OperatorNode": {
      if (args.length === 1 && (node.op === "-" || node.op === "+")) {
        const arg = read(args[0]!);
        return node.op === "-" ? call("*", number(-1), arg) : arg;
      }
      if (!operators.has(node.op!) || args.length < 2) {
        throw new RangeError(`the operator ${node.op} is not among those a formula may use: + - * / ^`);
      }
      return args.map(read).reduce((left, right) => finite(node.op as Operation, left, right));
    }
    case "FunctionNode": {
      const name = typeof node.fn === "string" ? node.fn : (node.fn?.name ?? "");
      const build = functions.get(name);
      if (!build || args.length !== 1) {
        throw new RangeError(
          `${name}(${args.length === 1 ? "…" : `${args.length} arguments`}) is not among the functions a formula may use, each of one argument: ${functionNames}`,
        );
      }
      return build(read(args[0]!));
    }
    default:
      throw new RangeError(
        `a formula may contain numbers, names, + - * / ^ and ${functionNames}; got a ${node.type}`,
      );
  }
}

/** Refuses a name that no record could hold as its own, or that does not start with a letter. */
export function requireName(name: string): void {
  if (!/^\p{L}[\p{L}\p{N}_]*$/u.test(name)) {
    throw new RangeError(`${name} cannot be a name in a formula; use letters, digits and _, a letter first`);
  }
}
