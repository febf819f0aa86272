import { call, type Expression, number } from "./Expression.ts";

/**
 * The derivative of an expression by each of some names, in one pass from its result back to its parts (reverse mode).
 * Every part gets one adjoint, however often it is used, so that all derivatives together are a few times as large as
 * the expression; rules applied from the outside in would grow without bound with the depth of nesting.
 *
 * @param root an expression in which equal parts are one object, see `share`
 * @param names symbols to differentiate by
 */
export function gradient(root: Expression, names: readonly string[]): Expression[] {
  const wanted = new Set(names);
  const moves = new Set<Expression>();
  const order: Expression[] = [];
  const visited = new Set<Expression>();
  const visit = (node: Expression) => {
    if (visited.has(node)) return;
    visited.add(node);
    if (node.kind === "call") for (const arg of node.args) visit(arg);
    const depends =
      node.kind === "call"
        ? node.args.some((arg) => moves.has(arg))
        : node.kind === "symbol" && wanted.has(node.name);
    if (depends) moves.add(node);
    order.push(node);
  };
  visit(root);

  const adjoints = new Map<Expression, Expression>([[root, number(1)]]);
  const add = (node: Expression, term: () => Expression) => {
    if (!moves.has(node)) return;
    const before = adjoints.get(node);
    adjoints.set(node, before ? call("+", before, term()) : term());
  };
  const found = new Map<string, Expression>();
  for (const node of order.reverse()) {
    const adjoint = adjoints.get(node);
    if (!adjoint) continue;
    if (node.kind === "symbol") found.set(node.name, adjoint);
    if (node.kind === "call") passOn(node, adjoint, add);
  }
  return names.map((name) => found.get(name) ?? number(0));
}

/** What the adjoint of an operation adds to those of its arguments. */
function passOn(
  node: Extract<Expression, { kind: "call" }>,
  adjoint: Expression,
  add: (arg: Expression, term: () => Expression) => void,
): void {
  const [x, y] = node.args as [Expression, Expression];
  const times = (a: Expression, b: Expression) => call("*", a, b);
  switch (node.fn) {
    case "+":
      add(x, () => adjoint);
      add(y, () => adjoint);
      break;
    case "-":
      add(x, () => adjoint);
      add(y, () => times(number(-1), adjoint));
      break;
    case "*":
      add(x, () => times(adjoint, y));
      add(y, () => times(adjoint, x));
      break;
    case "/":
      add(x, () => call("/", adjoint, y));
      add(y, () => times(number(-1), call("/", times(adjoint, node), y)));
      break;
    case "^":
      add(x, () => times(adjoint, times(y, call("^", x, call("-", y, number(1))))));
      add(y, () => times(adjoint, times(node, call("log", x))));
      break;
    case "exp":
      add(x, () => times(adjoint, node));
      break;
    case "log":
      add(x, () => call("/", adjoint, x));
      break;
    case "sqrt":
      add(x, () => call("/", times(number(0.5), adjoint), node));
      break;
  }
}
