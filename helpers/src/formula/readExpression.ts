import { call, type Expression, number } from "./expression/Expression.ts";
import { type Operation, unary } from "./expression/operations.ts";
import type { MathNode } from "./mathjs.ts";

type Build = (...args: readonly Expression[]) => Expression;
interface Reader {
  /** Fewest and most arguments. */
  readonly takes: readonly [number, number];
  readonly build: Build;
}

const one = (build: Build): Reader => ({ takes: [1, 1], build });
const fold =
  (fn: Operation): Build =>
  (first, ...rest) =>
    rest.reduce((left, right) => finite(fn, left, right), first!);
const logarithm = (scale: number): Reader => one((x) => call("*", number(scale), finite("log", x!)));
/** log(x), or log(x, base) as in mathjs. */
const log: Reader = {
  takes: [1, 2],
  build: (x, base) => (base ? finite("/", finite("log", x!), finite("log", base)) : finite("log", x!)),
};

const functions: ReadonlyMap<string, Reader> = new Map<string, Reader>([
  ...unary.map((fn) => [fn, one((x) => finite(fn, x!))] as const),
  ["log", log],
  ["ln", one((x) => finite("log", x!))],
  ["log2", logarithm(Math.LOG2E)],
  ["log10", logarithm(Math.LOG10E)],
  ["floor", one((x) => finite("floor", x!))],
  ["ceil", one((x) => finite("ceil", x!))],
  ["round", one((x) => call("floor", call("+", x!, number(0.5))))],
  ["square", one((x) => finite("^", x!, number(2)))],
  ["cube", one((x) => finite("^", x!, number(3)))],
  ["pow", { takes: [2, 2], build: (x, y) => finite("^", x!, y!) }],
  ["min", { takes: [1, Infinity], build: fold("min") }],
  ["max", { takes: [1, Infinity], build: fold("max") }],
]);

const arithmetic = new Set(["+", "-", "*", "/", "^"]);
const comparisons = new Set(["<", "<=", ">", ">=", "==", "!="]);
const logical: ReadonlyMap<string, Build> = new Map<string, Build>([
  ["and", (x, y) => call("*", truth(x!), truth(y!))],
  ["or", (x, y) => call("max", truth(x!), truth(y!))],
  ["xor", (x, y) => call("!=", truth(x!), truth(y!))],
  ["not", (x) => call("==", x!, number(0))],
]);
/** What mathjs calls the signs of `1 < N < 2`. */
const signs: Readonly<Record<string, Operation>> = {
  smaller: "<",
  smallerEq: "<=",
  larger: ">",
  largerEq: ">=",
  equal: "==",
  unequal: "!=",
};

const functionNames = [...functions.keys()].join(", ");
const allowed = `numbers, names, + - * / ^, comparisons (< <= > >= == !=), and or not xor, "condition ? a : b", and ${functionNames}`;

/** 1 or 0. */
function truth(x: Expression): Expression {
  const isTruth = x.kind === "call" && comparisons.has(x.fn);
  return isTruth ? x : call("!=", x, number(0));
}

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
 * mathjs's tree as an expression. Everything that is not a finite number, a name, or one of the operators and functions
 * listed here is refused, so that nothing else can reach the compiler.
 *
 * @param named what a name stands for: itself, or a constant
 * @throws RangeError naming what is not allowed, or what can never have a value
 */
export function readExpression(node: MathNode, named: (name: string) => Expression): Expression {
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
    case "OperatorNode":
      return readOperator(node, (node.args ?? []).map(read));
    case "ConditionalNode":
      return call("?", read(node.condition!), read(node.trueExpr!), read(node.falseExpr!));
    case "RelationalNode": {
      const params = node.params!.map(read);
      return node
        .conditionals!.map((sign, k) => call(signs[sign]!, params[k]!, params[k + 1]!))
        .reduce((left, right) => call("*", left, right));
    }
    case "FunctionNode": {
      const name = typeof node.fn === "string" ? node.fn : (node.fn?.name ?? "");
      const reader = functions.get(name);
      const args = node.args ?? [];
      const [fewest, most] = reader?.takes ?? [Infinity, 0];
      if (!reader || args.length < fewest || args.length > most) {
        throw new RangeError(refusal(name, args.length, reader));
      }
      return reader.build(...args.map(read));
    }
    default:
      throw new RangeError(`a formula may contain ${allowed}; got a ${node.type}`);
  }
}

function readOperator({ op = "" }: MathNode, args: Expression[]): Expression {
  if (args.length === 1 && op === "-") return call("*", number(-1), args[0]!);
  if (args.length === 1 && op === "+") return args[0]!;
  const build = logical.get(op);
  if (build && args.length === (op === "not" ? 1 : 2)) return build(...args);
  if (args.length === 2 && comparisons.has(op)) return call(op as Operation, args[0]!, args[1]!);
  if (!arithmetic.has(op) || args.length < 2) {
    throw new RangeError(`the operator ${op} is not among those a formula may use: ${allowed}`);
  }
  return fold(op as Operation)(...args);
}

function refusal(name: string, given: number, reader: Reader | undefined): string {
  if (!reader) return `${name}(…) is not among the functions a formula may use: ${functionNames}`;
  const [fewest, most] = reader.takes;
  const wanted =
    most === Infinity ? `${fewest} or more` : fewest === most ? `${most}` : `${fewest} or ${most}`;
  return `${name} takes ${wanted} argument${wanted === "1" ? "" : "s"} in a formula, got ${given}`;
}

/** Refuses a name that no record could hold as its own, or that does not start with a letter. */
export function requireName(name: string): void {
  if (!/^\p{L}[\p{L}\p{N}_]*$/u.test(name)) {
    throw new RangeError(`${name} cannot be a name in a formula; use letters, digits and _, a letter first`);
  }
}
