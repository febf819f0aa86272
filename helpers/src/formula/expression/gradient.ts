import { call, type Expression, number } from "./Expression.ts";
import { type Operation, steps } from "./operations.ts";
import { isPositive } from "./positive.ts";

/** What a part adds to the derivative, and the condition under which it counts (always, where there is none). */
interface Adjoint {
  readonly term: Expression;
  readonly guard?: Expression;
}

/**
 * The derivative of an expression by each of some names, in one pass from its result back to its parts (reverse mode).
 * Every part gets one adjoint, however often it is used, so that all derivatives together are a few times as large as
 * the expression; rules applied from the outside in would grow without bound with the depth of nesting.
 *
 * At a kink (`abs` at 0, `min` and `max` where their arguments are equal) it is the slope on one side: of the first
 * argument, and of `abs` towards larger values. A branch that is not taken adds nothing, even where it has no value; nor does
 * a root of 0.
 *
 * @param root an expression in which equal parts are one object, see `share`
 * @param names symbols to differentiate by
 * @param positive symbols that are never 0 or below, whose powers need no guard
 */
export function gradient(
  root: Expression,
  names: readonly string[],
  positive: ReadonlySet<string> = new Set(),
): Expression[] {
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
        ? !steps.has(node.fn) && node.args.some((arg) => moves.has(arg))
        : node.kind === "symbol" && wanted.has(node.name);
    if (depends) moves.add(node);
    order.push(node);
  };
  visit(root);

  const isNeverZero = (node: Expression) => isPositive(node, (name) => positive.has(name));
  const adjoints = new Map<Expression, Adjoint>([[root, { term: number(1) }]]);
  const found = new Map<string, Expression>();
  for (const node of order.reverse()) {
    const adjoint = adjoints.get(node);
    if (!adjoint) continue;
    if (node.kind === "symbol") found.set(node.name, guarded(adjoint));
    if (node.kind !== "call") continue;
    passOn(node, adjoint.term, isNeverZero, (arg, term, condition) => {
      if (!moves.has(arg)) return;
      const guard = both(adjoint.guard, condition);
      adjoints.set(arg, sum(adjoints.get(arg), { term: term(), ...(guard && { guard }) }));
    });
  }
  return names.map((name) => found.get(name) ?? number(0));
}

/** 0 where the guard does not hold, not a product with it: what is guarded may have no value there. */
function guarded({ term, guard }: Adjoint): Expression {
  return guard ? call("?", guard, term, number(0)) : term;
}

function both(a: Expression | undefined, b: Expression | undefined): Expression | undefined {
  return a && b ? call("*", a, b) : (a ?? b);
}

function sum(a: Adjoint | undefined, b: Adjoint): Adjoint {
  if (!a) return b;
  if (a.guard === b.guard) return { ...a, term: call("+", a.term, b.term) };
  const term = call("+", guarded(a), guarded(b));
  return { term, ...(a.guard && b.guard && { guard: call("max", a.guard, b.guard) }) };
}

/** What the adjoint of an operation adds to those of its arguments, and where. */
function passOn(
  node: Extract<Expression, { kind: "call" }>,
  adjoint: Expression,
  isNeverZero: (node: Expression) => boolean,
  add: (arg: Expression, term: () => Expression, condition?: Expression) => void,
): void {
  const [x, y, z] = node.args as [Expression, Expression, Expression];
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
      add(
        x,
        () => times(adjoint, times(y, call("^", x, call("-", y, number(1))))),
        finiteSlope(x, y, isNeverZero),
      );
      // 0^y stays 0 however y moves, where 0 log(0) would have no value.
      add(
        y,
        () => times(adjoint, times(node, call("log", x))),
        isNeverZero(x) ? undefined : call(">", x, number(0)),
      );
      break;
    case "min":
      add(x, () => adjoint, call("<=", x, y));
      add(y, () => adjoint, call(">", x, y));
      break;
    case "max":
      add(x, () => adjoint, call(">=", x, y));
      add(y, () => adjoint, call("<", x, y));
      break;
    case "?":
      add(y, () => adjoint, call("!=", x, number(0)));
      add(z, () => adjoint, call("==", x, number(0)));
      break;
    case "sqrt":
    case "cbrt":
      add(x, () => slope(node.fn, adjoint, x, node), finiteSlope(x, number(0), isNeverZero));
      break;
    default:
      add(x, () => slope(node.fn, adjoint, x, node));
  }
}

/**
 * Where a power's slope by its base x is finite: it is not at 0 for exponents below 1. A base that is 0 is mostly one that
 * stays so, as in `sqrt((N > k)*(N - k))`: it adds nothing, where infinity times its own slope of 0 would be no number.
 */
function finiteSlope(
  x: Expression,
  exponent: Expression,
  isNeverZero: (node: Expression) => boolean,
): Expression | undefined {
  if (x.kind === "symbol" || isNeverZero(x)) return undefined;
  const isNotZero = call("!=", x, number(0));
  if (exponent.kind !== "number") return call("max", isNotZero, call(">=", exponent, number(1)));
  return exponent.value < 1 ? isNotZero : undefined;
}

/** The adjoint times the derivative of a function of one number, given its argument and its value. */
function slope(fn: Operation, adjoint: Expression, x: Expression, value: Expression): Expression {
  const times = (a: Expression) => call("*", adjoint, a);
  const over = (a: Expression) => call("/", adjoint, a);
  const one = number(1);
  const square = (a: Expression) => call("^", a, number(2));
  switch (fn) {
    case "exp":
      return times(value);
    case "expm1":
      return times(call("exp", x));
    case "log":
      return over(x);
    case "log1p":
      return over(call("+", one, x));
    case "sqrt":
      return call("/", call("*", number(0.5), adjoint), value);
    case "cbrt":
      return over(call("*", number(3), square(value)));
    case "abs":
      return times(call("?", call(">=", x, number(0)), one, number(-1)));
    case "sin":
      return times(call("cos", x));
    case "cos":
      return times(call("*", number(-1), call("sin", x)));
    case "tan":
      return times(call("+", one, square(value)));
    case "asin":
      return over(call("sqrt", call("-", one, square(x))));
    case "acos":
      return call("*", number(-1), over(call("sqrt", call("-", one, square(x)))));
    case "atan":
      return over(call("+", one, square(x)));
    case "sinh":
      return times(call("cosh", x));
    case "cosh":
      return times(call("sinh", x));
    case "tanh":
      return times(call("-", one, square(value)));
    case "asinh":
      return over(call("sqrt", call("+", one, square(x))));
    case "acosh":
      return over(call("sqrt", call("-", square(x), one)));
    case "atanh":
      return over(call("-", one, square(x)));
    default:
      throw new Error(`no derivative is written down for ${fn}`);
  }
}
