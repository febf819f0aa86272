import { call, type Expression, number } from "../expression/Expression.ts";
import { isPositive } from "../expression/positive.ts";

/** A product: a number times factors, none of which is a number or a product. */
export interface Term {
  readonly coefficient: number;
  readonly factors: readonly Expression[];
}

/** More terms than this are left as they are: multiplying out grows without end. */
const mostTerms = 16;

/**
 * An expression as a sum of products, with powers and exponentials of products taken apart: `(Nc/N)^alpha` is
 * `Nc^alpha N^(-alpha)`, so that what depends on the runs and what does not stand in factors of their own. What cannot be
 * taken apart is one factor.
 *
 * @param named whether a symbol stands for what is never below 0, whose powers may be taken apart
 */
export function termsOf(expression: Expression, named: (name: string) => boolean): Term[] {
  const positive = (e: Expression) => isPositive(e, named);
  const whole = (e: Expression): Term[] => [{ coefficient: 1, factors: [e] }];
  const read = (e: Expression): Term[] => {
    if (e.kind === "number") return [{ coefficient: e.value, factors: [] }];
    if (e.kind === "symbol") return whole(e);
    const [a, b] = e.args as [Expression, Expression];
    switch (e.fn) {
      case "+":
        return [...read(a), ...read(b)];
      case "-":
        return [...read(a), ...read(b).map((term) => ({ ...term, coefficient: -term.coefficient }))];
      case "*":
        return product(read(a), read(b)) ?? whole(e);
      case "/":
        return product(read(a), powered(read(b), number(-1)) ?? whole(raised(b, number(-1)))) ?? whole(e);
      case "^":
        return powered(read(a), b) ?? whole(e);
      case "sqrt":
        return powered(read(a), number(0.5)) ?? whole(e);
      case "exp": {
        const parts = read(a);
        if (parts.length < 2 || parts.length > mostTerms) return whole(e);
        return [{ coefficient: 1, factors: parts.map((term) => call("exp", toExpression(term))) }];
      }
      case "log": {
        const [only, ...more] = read(a);
        if (!only || more.length > 0 || !(only.coefficient > 0) || !only.factors.every(positive))
          return whole(e);
        const logs = only.factors.flatMap((factor) => {
          const log = logOf(factor);
          // ln of a bare factor is itself; anything else may fall apart further.
          return log.kind === "call" && log.fn === "log" ? whole(log) : read(log);
        });
        return [{ coefficient: Math.log(only.coefficient), factors: [] }, ...logs];
      }
      default:
        return whole(e);
    }
  };
  /** A single product to a power; undefined for a sum, or where a sign could get lost. */
  function powered(terms: readonly Term[], exponent: Expression): Term[] | undefined {
    const [only, ...more] = terms;
    if (!only || more.length > 0) return undefined;
    const isInteger = exponent.kind === "number" && Number.isInteger(exponent.value);
    if (!isInteger && !(only.coefficient > 0 && only.factors.every(positive))) return undefined;
    if (only.coefficient === 0) return undefined;
    const factors = only.factors.map((factor) => raised(factor, exponent));
    if (exponent.kind === "number") return [{ coefficient: only.coefficient ** exponent.value, factors }];
    const base = only.coefficient === 1 ? [] : [call("^", number(only.coefficient), exponent)];
    return [{ coefficient: 1, factors: [...base, ...factors] }];
  }
  return read(expression).filter(({ coefficient }) => coefficient !== 0);
}

function product(left: readonly Term[], right: readonly Term[]): Term[] | undefined {
  if (left.length * right.length > mostTerms) return undefined;
  return left.flatMap((a) =>
    right.map((b) => ({ coefficient: a.coefficient * b.coefficient, factors: [...a.factors, ...b.factors] })),
  );
}

/** A factor to a power, powers of powers as one. */
function raised(factor: Expression, exponent: Expression): Expression {
  if (factor.kind === "call" && factor.fn === "^") {
    return call("^", factor.args[0]!, call("*", factor.args[1]!, exponent));
  }
  if (factor.kind === "call" && factor.fn === "exp") return call("exp", call("*", factor.args[0]!, exponent));
  return call("^", factor, exponent);
}

/** ln of a factor, with the exponent of a power before it. */
function logOf(factor: Expression): Expression {
  if (factor.kind === "call" && factor.fn === "exp") return factor.args[0]!;
  if (factor.kind === "call" && factor.fn === "^")
    return call("*", factor.args[1]!, call("log", factor.args[0]!));
  return call("log", factor);
}

/** The term as one expression. */
export function toExpression({ coefficient, factors }: Term): Expression {
  return factors.reduce((left, right) => call("*", left, right), number(coefficient));
}
