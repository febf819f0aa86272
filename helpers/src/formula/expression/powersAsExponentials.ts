import { call, type Expression } from "./Expression.ts";
import { isPositive } from "./positive.ts";

/**
 * The same formula with powers of positive quantities as exponentials, `(Nc/N)^a` as `exp(a (ln Nc - ln N))`: kernels have
 * the logarithms of variables already, those of parameters are the same in every row, and one logarithm serves value and
 * derivatives, where `pow` would take three times as long.
 *
 * @param named whether a name stands for what is never below 0
 */
export function powersAsExponentials(expression: Expression, named: (name: string) => boolean): Expression {
  const done = new Map<Expression, Expression>();
  const rewrite = (e: Expression): Expression => {
    if (e.kind !== "call") return e;
    const known = done.get(e);
    if (known) return known;
    const args = e.args.map(rewrite);
    const [base, exponent] = args as [Expression, Expression];
    const isPower = e.fn === "^" && exponent.kind !== "number" && isPositive(base, named);
    const same = args.every((arg, k) => arg === e.args[k]);
    // A bare variable to a power is an exponential already, see `compileKernel`.
    const found =
      isPower && base.kind === "call"
        ? call("exp", call("*", exponent, logOf(base)))
        : same
          ? e
          : call(e.fn, ...args);
    done.set(e, found);
    return found;
  };
  return rewrite(expression);
}

/** ln of a positive expression: of a product the sum, of a power the multiple. */
function logOf(e: Expression): Expression {
  if (e.kind !== "call") return call("log", e);
  const [a, b] = e.args as [Expression, Expression];
  if (e.fn === "exp") return a;
  if (e.fn === "*") return call("+", logOf(a), logOf(b));
  if (e.fn === "/") return call("-", logOf(a), logOf(b));
  if (e.fn === "^") return call("*", b, logOf(a));
  return call("log", e);
}
