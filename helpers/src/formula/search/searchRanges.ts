import { call, type Expression, number } from "../expression/Expression.ts";
import { operations } from "../expression/operations.ts";
import { type Term, termsOf } from "./terms.ts";

type Range = readonly [number, number];

/** The smallest and the largest size that a product of the variables alone has over the runs, if it is one. */
export type SizeOf = (expression: Expression) => Range | undefined;

const linear = new Set(["+", "-", "*", "?"]);
const compared = new Set(["min", "max", "<", "<=", ">", ">=", "==", "!="]);

/** Where to look for a parameter: in a range, or within two decades of a size that depends on other parameters. */
export interface Place {
  readonly range?: Range;
  /** What the parameter multiplies, and what stands beside that product (the response, where there is nothing). */
  readonly times?: Expression;
  /** The power to which the parameter stands there. */
  readonly power?: number;
  readonly beside?: Expression;
}

/**
 * Where to look for parameters that have a scale which the runs show: one that is added to, compared with or divides a
 * quantity inside a power, a fraction or a function is looked for around that quantity, one that multiplies a quantity
 * there around its inverse.
 *
 * @param isParameter names that are parameters; all others are variables
 * @param isPositive names that are never below 0
 */
export function searchRanges(
  formula: Expression,
  isParameter: (name: string) => boolean,
  isPositive: (name: string) => boolean,
  sizeOf: SizeOf,
): Map<string, Place> {
  const found = new Map<string, Place>();
  const widen = (name: string, low: number, high: number) => {
    if (!(low > 0 && high < Infinity)) return;
    const known = found.get(name)?.range ?? [low, high];
    found.set(name, { range: [Math.min(low, known[0]), Math.max(high, known[1])] });
  };
  const noteTerms = (terms: readonly Term[], areCompared: boolean) => {
    const products = terms.map(({ factors }) => productOf(factors));
    const sizes = products.map((each, k) => (terms[k]!.factors.length > 0 ? sizeOf(each) : undefined));
    const known = sizes.filter((size) => size !== undefined);
    const beside: Range | undefined =
      known.length > 0
        ? [Math.min(...known.map(([low]) => low)), Math.max(...known.map(([, high]) => high))]
        : undefined;
    terms.forEach(({ factors }, k) => {
      for (const factor of factors) {
        const [name, power] = bareParameter(factor, isParameter);
        if (name === undefined) continue;
        const others = productOf(factors.filter((other) => other !== factor));
        const size: Range | undefined = factors.length > 1 ? sizeOf(others) : [1, 1];
        const [low, high] = beside && !sizes[k] ? beside : [1, 1];
        if (size && (factors.length > 1 || beside) && (beside || !areCompared)) {
          const ends = [low / size[1], high / size[0]].map((end) => end ** (1 / power));
          widen(name, Math.min(...ends) / 10, Math.max(...ends) * 10);
        } else if (power > 0 && !found.has(name) && (areCompared || terms.length > 1)) {
          const other = products.find((_, l) => l !== k && terms[l]!.factors.length > 0 && !areCompared);
          found.set(name, { times: others, power, ...(other && { beside: other }) });
        }
      }
    });
  };
  const visited = new Set<Expression>();
  const visit = (e: Expression) => {
    if (e.kind !== "call" || visited.has(e)) return;
    visited.add(e);
    if (compared.has(e.fn)) {
      noteTerms(
        e.args.flatMap((arg) => termsOf(arg, isPositive)),
        true,
      );
    }
    e.args.forEach((arg, k) => {
      const isPlain =
        linear.has(e.fn) || compared.has(e.fn) || (e.fn === "/" && k === 0) || (e.fn === "^" && k === 1);
      if (!isPlain) noteTerms(termsOf(arg, isPositive), false);
      visit(arg);
    });
  };
  visit(formula);
  return found;
}

/** A parameter that stands alone, as 1/p or to another power that is a number. */
function bareParameter(
  factor: Expression,
  isParameter: (name: string) => boolean,
): readonly [string | undefined, number] {
  if (factor.kind === "symbol") return [isParameter(factor.name) ? factor.name : undefined, 1];
  if (factor.kind !== "call" || factor.fn !== "^") return [undefined, 1];
  const [base, exponent] = factor.args as [Expression, Expression];
  const isPower = exponent.kind === "number" && exponent.value !== 0;
  if (!isPower || base.kind !== "symbol" || !isParameter(base.name)) return [undefined, 1];
  return [base.name, exponent.value];
}

function productOf(factors: readonly Expression[]): Expression {
  return factors.reduce((a, b) => call("*", a, b), number(1));
}

/** A number's worth of an expression, with what its names stand for. */
export function sizeAt(e: Expression, named: (name: string) => number): number {
  if (e.kind === "number") return e.value;
  if (e.kind === "symbol") return named(e.name);
  const { fn, args } = e;
  const at = (k: number) => (k < args.length ? sizeAt(args[k]!, named) : 0);
  return operations[fn].compute(at(0), at(1), at(2));
}
