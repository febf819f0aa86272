import type { Law } from "./Law.ts";

/** A law's parameters as the array that kernels take, in the law's order. */
export function parameterArray<P extends string>(
  law: Law<string, P, string>,
  parameters: Readonly<Record<P, number>>,
): Float64Array {
  return Float64Array.from(law.parameters, ({ name }) => parameters[name]);
}

/** One point as the columns (of one row) that kernels take. */
export function pointColumns<V extends string>(
  law: Law<V, string, string>,
  point: Readonly<Record<V, number>>,
): Float64Array[] {
  return law.variables.map(({ name, domain, unit }) => {
    const value: unknown = point[name];
    if (typeof value !== "number" || !Number.isFinite(value) || (domain === "positive" && value <= 0)) {
      const wanted = domain === "positive" ? "must be > 0" : "must be a finite number";
      throw new RangeError(`${name} ${wanted} (${unit}), got ${value}; give the point a valid ${name}`);
    }
    return Float64Array.of(domain === "positive" ? Math.log(value) : value);
  });
}

/**
 * The response of a law at one point, in the response's unit.
 *
 * @throws RangeError when a variable is missing, not finite, or not positive where the law needs that.
 *
 * @example
 * ```ts
 * import { chinchilla, predict } from "isoflop";
 * const parameters = { E: 1.69, A: 406.4, B: 410.7, alpha: 0.34, beta: 0.28 };
 * predict(chinchilla, parameters, { nParams: 70e9, nTokens: 1.4e12 }); // => 1.9366
 * ```
 */
export function predict<V extends string, P extends string>(
  law: Law<V, P, string>,
  parameters: Readonly<Record<P, number>>,
  point: Readonly<Record<V, number>>,
): number {
  const value = new Float64Array(1);
  const gradient = new Float64Array(law.parameters.length);
  law.evaluate(parameterArray(law, parameters), pointColumns(law, point), 1, value, gradient);
  return value[0]!;
}
