import { call, type Expression, number, share, substitute, symbolsOf } from "../expression/Expression.ts";
import { isPositive } from "../expression/positive.ts";
import { termsOf } from "./terms.ts";

/** A coefficient that a linear solve finds, and the parameter that it stands for. */
export interface Coefficient {
  readonly parameter: string;
  /** `p`, `p^by`, or `exp(by p)`, times `rest`: how the coefficient depends on the parameter p. */
  readonly form: "itself" | "power" | "exponential";
  readonly by: Expression;
  readonly rest: Expression;
  /** Whether it can only be 0 or above. */
  readonly nonNegative: boolean;
}

/**
 * A formula as `offset + sum_k c_k basis_k`, where offset and basis depend on the runs and the searched parameters only and
 * every coefficient c_k has a parameter of its own: those need no search.
 */
export interface Semilinear {
  readonly searched: readonly string[];
  readonly coefficients: readonly Coefficient[];
  readonly basis: readonly Expression[];
  readonly offset: Expression;
  /** Parameters that another one makes up for, wherever they are. */
  readonly slack: readonly string[];
}

interface Group {
  /** What does not depend on the runs, without its number. */
  readonly outside: readonly Expression[];
  basis: Expression;
}

/**
 * Finds the parameters of a formula that a linear solve can give once the others are known, also where they are written
 * as `(Nc/N)^alpha` or `exp(a) N^-alpha`.
 *
 * @param parameters the names that are to be found
 * @param canBeNegative those of them that may be below 0
 * @param positive variables that are above 0
 */
export function semilinear(
  formula: Expression,
  parameters: readonly string[],
  canBeNegative: ReadonlySet<string>,
  positive: ReadonlySet<string>,
): Semilinear {
  const isParameter = new Set(parameters);
  const named = (name: string) => (isParameter.has(name) ? !canBeNegative.has(name) : positive.has(name));
  const own = (e: Expression) => symbolsOf(e).filter((name) => isParameter.has(name));
  const varies = (e: Expression) => symbolsOf(e).some((name) => !isParameter.has(name));

  const groups = new Map<string, Group>();
  for (const { coefficient, factors } of termsOf(formula, named)) {
    const outside = factors.filter((factor) => !varies(factor));
    const inside = factors.filter(varies).reduce((a, b) => call("*", a, b), number(coefficient));
    const key = outside.map(keyOf).sort().join(" * ");
    const known = groups.get(key);
    if (known) known.basis = call("+", known.basis, inside);
    else groups.set(key, { outside, basis: inside });
  }
  const all = [...groups.values()];
  const searched = new Set(all.flatMap(({ basis }) => own(basis)));
  const countOf = (name: string) =>
    all.filter(({ outside }) => outside.some((e) => own(e).includes(name))).length;
  let chosen = new Map<Group, Coefficient>();
  for (let before = -1; before !== searched.size; ) {
    before = searched.size;
    chosen = new Map();
    for (const group of all) {
      const found = group.outside
        .map((factor) => coefficientOf(factor, group, (name) => !searched.has(name) && countOf(name) === 1))
        .find((one) => one !== undefined);
      if (found) chosen.set(group, found);
      else for (const name of group.outside.flatMap(own)) searched.add(name);
    }
  }
  const order = [...chosen];
  const offset = all
    .filter((group) => !chosen.has(group))
    .reduce(
      (sum, { outside, basis }) =>
        call(
          "+",
          sum,
          outside.reduce((a, b) => call("*", a, b), basis),
        ),
      number(0),
    );
  const used = new Set([...searched, ...order.map(([, { parameter }]) => parameter)]);
  return {
    searched: parameters.filter((name) => searched.has(name)),
    coefficients: order.map(([, coefficient]) => coefficient),
    basis: order.map(([{ basis }]) => share(basis)),
    offset: share(offset),
    slack: parameters.filter((name) => !used.has(name)),
  };

  function coefficientOf(
    factor: Expression,
    { outside }: Group,
    mayChoose: (name: string) => boolean,
  ): Coefficient | undefined {
    const rest = outside.filter((other) => other !== factor).reduce((a, b) => call("*", a, b), number(1));
    const restIsPositive = isPositive(rest, named);
    const make = (name: string, form: Coefficient["form"], by: Expression): Coefficient | undefined =>
      mayChoose(name) && !own(rest).includes(name) && !own(by).includes(name)
        ? {
            parameter: name,
            form,
            by,
            rest,
            nonNegative: restIsPositive && (form !== "itself" || !canBeNegative.has(name)),
          }
        : undefined;
    if (factor.kind === "symbol") return make(factor.name, "itself", number(1));
    if (factor.kind !== "call") return undefined;
    const [a, b] = factor.args as [Expression, Expression];
    if (factor.fn === "^" && a.kind === "symbol" && !canBeNegative.has(a.name))
      return make(a.name, "power", b);
    if (factor.fn !== "exp") return undefined;
    for (const name of own(a)) {
      const by = substitute(a, (each) => (each === name ? number(1) : { kind: "symbol", name: each }));
      const atZero = substitute(a, (each) => (each === name ? number(0) : { kind: "symbol", name: each }));
      const isProportional = atZero.kind === "number" && atZero.value === 0;
      const found = isProportional ? make(name, "exponential", by) : undefined;
      if (found) return found;
    }
    return undefined;
  }
}

/** A text that equal expressions share. */
function keyOf(e: Expression): string {
  if (e.kind === "number") return String(e.value);
  if (e.kind === "symbol") return e.name;
  return `${e.fn}(${e.args.map(keyOf).join(",")})`;
}
