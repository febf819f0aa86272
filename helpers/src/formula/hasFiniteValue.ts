import type { Law } from "../laws/definition/Law.ts";
import { Random } from "../numerics/random/Random.ts";

const draws = 32;
const rows = 16;

/**
 * Whether a law has a finite value anywhere: at variables from 1e-2 to 1e12 and parameters from 1e-3 to 1e3, inside their
 * domains, scattered by a fixed seed. `A / (N - N)` has none, however it is written.
 */
export function hasFiniteValue({
  evaluate,
  variables,
  parameters,
}: Pick<Law, "evaluate" | "variables" | "parameters">) {
  const random = new Random(1, 0);
  const magnitude = (low: number, high: number) => 10 ** (low + (high - low) * random.uniform());
  const value = new Float64Array(rows);
  const jacobian = new Float64Array(rows * parameters.length);
  for (let draw = 0; draw < draws; draw++) {
    const theta = Float64Array.from(parameters, ({ domain: [low, high] }) => {
      const size = magnitude(-3, 3) * (low < 0 && random.uniform() < 0.5 ? -1 : 1);
      return Math.min(Math.max(size, low), high);
    });
    const x = variables.map(({ domain }) =>
      Float64Array.from({ length: rows }, () => {
        const size = magnitude(-2, 12);
        return domain === "positive" ? Math.log(size) : random.uniform() < 0.5 ? -size : size;
      }),
    );
    evaluate(theta, x, rows, value, jacobian);
    if (value.some(Number.isFinite)) return true;
  }
  return false;
}
