import type { Columns, Law } from "../laws/definition/Law.ts";
import { exp } from "../numerics/exp.ts";
import type { Binding } from "./Binding.ts";
import type { Expression } from "./expression/Expression.ts";
import { operations } from "./expression/operations.ts";

/** One number from those before it in `slots`, for a row. */
type Step = (slots: Float64Array, theta: ArrayLike<number>, x: Columns, row: number) => number;

/**
 * What `compileKernel` compiles, worked off step by step instead, where no code may be made from text: in pages with a
 * strict content security policy, in extensions, in workers at the edge. The same operations in the same order, so the
 * same numbers to the bit, at several times the cost.
 */
export function interpretKernel(
  outputs: readonly Expression[],
  bindings: ReadonlyMap<string, Binding>,
): Law["evaluate"] {
  const steps: Step[] = [];
  const known = new Map<Expression, number>();
  const add = (step: Step) => steps.push(step) - 1;

  const bindingOf = (name: string) => {
    const binding = bindings.get(name);
    if (!binding) throw new Error(`no binding for ${JSON.stringify(name)}`);
    return binding;
  };
  const logarithmOf = (name: string): Step | undefined => {
    const binding = bindingOf(name);
    if ("parameter" in binding || !binding.logarithm) return undefined;
    const { variable } = binding;
    return (_, __, x, row) => x[variable]![row]!;
  };
  const symbol = (name: string): Step => {
    const binding = bindingOf(name);
    if ("parameter" in binding) {
      const { parameter } = binding;
      return (_, theta) => theta[parameter]!;
    }
    const { variable, logarithm } = binding;
    if (logarithm) return (_, __, x, row) => exp(x[variable]![row]!);
    return (_, __, x, row) => x[variable]![row]!;
  };
  const stepOf = (expression: Expression): Step => {
    if (expression.kind === "number") {
      const { value } = expression;
      return () => value;
    }
    if (expression.kind === "symbol") return symbol(expression.name);
    const { fn, args } = expression;
    const [first, second] = args as [Expression, Expression];
    const logarithm = first.kind === "symbol" ? logarithmOf(first.name) : undefined;
    if (fn === "log" && logarithm) return logarithm;
    if (fn === "^" && logarithm) {
      const b = slotOf(second);
      return (slots, theta, x, row) => exp(slots[b]! * logarithm(slots, theta, x, row));
    }
    const a = slotOf(first);
    if (fn === "^" && second.kind === "number" && second.value === 2) return (slots) => slots[a]! * slots[a]!;
    const { compute } = operations[fn];
    if (args.length === 1) return (slots) => compute(slots[a]!, 0, 0);
    const b = slotOf(second);
    if (args.length === 2) return (slots) => compute(slots[a]!, slots[b]!, 0);
    const c = slotOf(args[2]!);
    return (slots) => compute(slots[a]!, slots[b]!, slots[c]!);
  };
  function slotOf(expression: Expression): number {
    const slot = known.get(expression) ?? add(stepOf(expression));
    known.set(expression, slot);
    return slot;
  }

  const [first, ...derivatives] = outputs.map(slotOf);
  return (theta, x, n, value, jacobian) => {
    const slots = new Float64Array(steps.length);
    const p = derivatives.length;
    for (let row = 0; row < n; row++) {
      for (let k = 0; k < steps.length; k++) slots[k] = steps[k]!(slots, theta, x, row);
      value[row] = slots[first!]!;
      for (let j = 0; j < p; j++) jacobian[row * p + j] = slots[derivatives[j]!]!;
    }
  };
}
