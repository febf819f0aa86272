import { call, type Expression, number, type Operation } from "./Expression.ts";
import type { MathNode } from "./mathjs.ts";

const functions: Readonly<Record<string, (arg: Expression) => Expression>> = {
  exp: (arg) => call("exp", arg),
  log: (arg) => call("log", arg),
  ln: (arg) => call("log", arg),
  log2: (arg) => call("*", number(Math.LOG2E), call("log", arg)),
  log10: (arg) => call("*", number(Math.LOG10E), call("log", arg)),
  sqrt: (arg) => call("sqrt", arg),
};

const operators = new Set(["+", "-", "*", "/", "^"]);

/**
 * mathjs's tree as an expression. Everything that is not a finite number, a name, one of five operators or one of six
 * functions is refused, so that nothing else can reach the compiler.
 *
 * @throws RangeError naming what is not allowed
 */
export function readExpression(node: MathNode): Expression {
  const args = node.args ?? [];
  switch (node.type) {
    case "ParenthesisNode":
      return readExpression(node.content!);
    case "ConstantNode":
      if (typeof node.value !== "number" || !Number.isFinite(node.value)) {
        throw new RangeError(`a formula may contain finite numbers only, got ${String(node.value)}`);
      }
      return number(node.value);
    case "SymbolNode":
      if (!/^\p{L}[\p{L}\p{N}_]*$/u.test(node.name!)) {
        throw new RangeError(`${node.name} cannot be a name in a formula; use letters, digits and _`);
      }
      return { kind: "symbol", name: node.name! };
    case "OperatorNode": {
      if (args.length === 1 && (node.op === "-" || node.op === "+")) {
        const arg = readExpression(args[0]!);
        return node.op === "-" ? call("*", number(-1), arg) : arg;
      }
      if (!operators.has(node.op!) || args.length < 2) {
        throw new RangeError(`the operator ${node.op} is not among those a formula may use: + - * / ^`);
      }
      return args.map(readExpression).reduce((left, right) => call(node.op as Operation, left, right));
    }
    case "FunctionNode": {
      const name = typeof node.fn === "string" ? node.fn : (node.fn?.name ?? "");
      const build = Object.hasOwn(functions, name) ? functions[name] : undefined;
      if (!build || args.length !== 1) {
        const known = Object.keys(functions).join(", ");
        throw new RangeError(
          `${name}(${args.length === 1 ? "…" : `${args.length} arguments`}) is not among the functions a formula may use, each of one argument: ${known}`,
        );
      }
      return build(readExpression(args[0]!));
    }
    default:
      throw new RangeError(
        `a formula may contain numbers, names, + - * / ^ and ${Object.keys(functions).join(", ")}; got a ${node.type}`,
      );
  }
}
