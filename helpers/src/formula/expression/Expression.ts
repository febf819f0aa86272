import { type Operation, operations } from "./operations.ts";

/** The only things a formula can be made of, once read. */
export type Expression =
  | { readonly kind: "number"; readonly value: number }
  | { readonly kind: "symbol"; readonly name: string }
  | { readonly kind: "call"; readonly fn: Operation; readonly args: readonly Expression[] };

export const number = (value: number): Expression => ({ kind: "number", value });

/** An operation with what is trivial about it done: numbers computed, zeros and ones taken out. */
export function call(fn: Operation, ...args: Expression[]): Expression {
  const [a, b] = args as [Expression, Expression | undefined];
  const x = a.kind === "number" ? a.value : undefined;
  const y = b?.kind === "number" ? b.value : undefined;
  if (fn === "?") return choose(args as [Expression, Expression, Expression]);
  if (x !== undefined && (b === undefined || y !== undefined)) {
    const value = operations[fn].compute(x, y ?? 0, 0);
    if (Number.isFinite(value)) return number(value);
  }
  if (b === undefined) return { kind: "call", fn, args };
  if (fn === "+") {
    if (x === 0) return b;
    if (y === 0) return a;
  } else if (fn === "-") {
    if (y === 0) return a;
    if (x === 0) return call("*", number(-1), b);
  } else if (fn === "*") {
    if (x === 0 || y === 0) return number(0);
    if (x === 1) return b;
    if (y === 1) return a;
    if (y !== undefined) return call("*", b, a);
    if (x !== undefined && b.kind === "call" && b.fn === "*" && b.args[0]!.kind === "number") {
      return call("*", number(x * b.args[0]!.value), b.args[1]!);
    }
  } else if (fn === "/") {
    if (x === 0) return number(0);
    if (y === 1) return a;
    // A/N^alpha becomes A N^(−alpha): one exponential in place of a power and a division.
    if (b.kind === "call" && b.fn === "^")
      return call("*", a, call("^", b.args[0]!, call("*", number(-1), b.args[1]!)));
  } else if (fn === "^") {
    if (y === 0 || x === 1) return number(1);
    if (y === 1) return a;
  }
  return { kind: "call", fn, args };
}

/** One of two values by a condition, or the value itself where it does not depend on it. */
function choose(args: readonly [Expression, Expression, Expression]): Expression {
  const [condition, yes, no] = args;
  if (condition.kind === "number") return condition.value ? yes : no;
  const same = yes === no || (yes.kind === "number" && no.kind === "number" && yes.value === no.value);
  return same ? yes : { kind: "call", fn: "?", args };
}

/** Names in the order of their first appearance. */
export function symbolsOf(expression: Expression): string[] {
  const names = new Set<string>();
  const visited = new Set<Expression>();
  const visit = (node: Expression) => {
    if (visited.has(node)) return;
    visited.add(node);
    if (node.kind === "symbol") names.add(node.name);
    if (node.kind === "call") for (const arg of node.args) visit(arg);
  };
  visit(expression);
  return [...names];
}

/** The expression with names replaced by what `by` gives for them; what was one part stays one part. */
export function substitute(expression: Expression, by: (name: string) => Expression): Expression {
  const done = new Map<Expression, Expression>();
  const replace = (node: Expression): Expression => {
    if (node.kind === "number") return node;
    const known = done.get(node);
    if (known) return known;
    const found = node.kind === "symbol" ? by(node.name) : call(node.fn, ...node.args.map(replace));
    done.set(node, found);
    return found;
  };
  return replace(expression);
}

/** The same expression in which equal parts are one object, so that work on a part is done once. */
export function share(expression: Expression): Expression {
  const ids = new Map<Expression, number>();
  const parts = new Map<string, Expression>();
  const unique = (key: string, make: () => Expression): Expression => {
    const known = parts.get(key);
    if (known) return known;
    const made = make();
    parts.set(key, made);
    ids.set(made, ids.size);
    return made;
  };
  const visit = (node: Expression): Expression => {
    if (node.kind === "number")
      return unique(`number ${Object.is(node.value, -0) ? "-0" : node.value}`, () => node);
    if (node.kind === "symbol") return unique(`symbol ${node.name}`, () => node);
    const args = node.args.map(visit);
    const key = `${node.fn} ${args.map((arg) => ids.get(arg)).join(" ")}`;
    return unique(key, () => ({ kind: "call", fn: node.fn, args }));
  };
  return visit(expression);
}
