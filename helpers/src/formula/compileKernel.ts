import type { Law } from "../laws/definition/Law.ts";
import { exp } from "../numerics/exp.ts";
import type { Binding } from "./Binding.ts";
import type { Expression } from "./expression/Expression.ts";
import { operations } from "./expression/operations.ts";
import { interpretKernel } from "./interpretKernel.ts";

/**
 * Compiles a law's value and its derivatives to one loop over the rows. Equal subexpressions are computed once, and
 * those without a variable once for all rows.
 *
 * The function's text is written from the checked expressions alone: finite numbers, what `operations` has of operators and
 * functions of Math, and names made up here. No character of a user's formula gets into it.
 *
 * @param outputs the value, then the derivative by each parameter
 */
export function compileKernel(
  outputs: readonly Expression[],
  bindings: ReadonlyMap<string, Binding>,
): Law["evaluate"] {
  const writer = new KernelWriter(bindings);
  const results = outputs.map((output) => writer.write(output));
  const p = outputs.length - 1;
  const stores = results.slice(1).map((result, j) => `jacobian[i * ${p} + ${j}] = ${result};`);
  const body = [
    '"use strict";',
    ...writer.columns,
    ...writer.constants,
    "for (let i = 0; i < n; i++) {",
    ...writer.rows,
    `value[i] = ${results[0]};`,
    ...stores,
    "}",
  ].join("\n");
  try {
    return new Function("exp", `return (theta, x, n, value, jacobian) => {\n${body}\n};`)(
      exp,
    ) as Law["evaluate"];
  } catch (error) {
    // Forbidden by a policy; text of ours that is no code would be a SyntaxError.
    if (error instanceof SyntaxError) throw error;
    return interpretKernel(outputs, bindings);
  }
}

class KernelWriter {
  readonly columns: string[] = [];
  readonly constants: string[] = [];
  readonly rows: string[] = [];
  private readonly bindings: ReadonlyMap<string, Binding>;
  private readonly names = new Map<string, string>();
  private readonly written = new Map<Expression, string>();
  private readonly perRow = new Set<string>();

  constructor(bindings: ReadonlyMap<string, Binding>) {
    this.bindings = bindings;
  }

  /** Writes the statements that compute an expression and returns the name, or the number, that holds it. */
  write(expression: Expression): string {
    const known = this.written.get(expression);
    if (known) return known;
    const written = this.writeNew(expression);
    this.written.set(expression, written);
    return written;
  }

  private writeNew(expression: Expression): string {
    if (expression.kind === "number") return `(${expression.value})`;
    if (expression.kind === "symbol") return this.writeSymbol(expression.name);
    const { fn, args } = expression;
    const [a, b] = args as [Expression, Expression];
    const logarithm = a.kind === "symbol" ? this.logarithmOf(a.name) : undefined;
    if (fn === "log" && logarithm) return logarithm;
    if (fn === "^" && logarithm)
      return this.define("exp(", this.define("", this.write(b), "*", logarithm), ")");
    if (fn === "^" && b.kind === "number" && b.value === 2) {
      const base = this.write(a);
      return this.define("", base, "*", base);
    }
    const [x, y, z] = args.map((arg) => this.write(arg)) as [string, string, string];
    return this.define("", ...operations[fn].code(x, y, z));
  }

  private binding(name: string): Binding {
    const binding = this.bindings.get(name);
    if (!binding) throw new Error(`no binding for ${JSON.stringify(name)}`);
    return binding;
  }

  private writeSymbol(name: string): string {
    const binding = this.binding(name);
    if ("parameter" in binding) return this.define(`theta[${binding.parameter}]`);
    const value = this.columnValue(binding.variable);
    return binding.logarithm ? this.define("exp(", value, ")") : value;
  }

  private logarithmOf(name: string): string | undefined {
    const binding = this.binding(name);
    if ("parameter" in binding || !binding.logarithm) return undefined;
    return this.columnValue(binding.variable);
  }

  private columnValue(variable: number): string {
    const known = this.names.get(`column ${variable}`);
    if (known) return known;
    const name = `x${variable}`;
    this.columns.push(`const column${variable} = x[${variable}];`);
    this.rows.push(`const ${name} = column${variable}[i];`);
    this.names.set(`column ${variable}`, name);
    this.perRow.add(name);
    return name;
  }

  /** One statement; `pieces` are text of ours and names that `write` returned. */
  private define(...pieces: string[]): string {
    const code = pieces.join(" ");
    const known = this.names.get(code);
    if (known) return known;
    const name = `t${this.names.size}`;
    this.names.set(code, name);
    const perRow = pieces.some((piece) => this.perRow.has(piece));
    if (perRow) this.perRow.add(name);
    (perRow ? this.rows : this.constants).push(`const ${name} = ${code};`);
    return name;
  }
}
