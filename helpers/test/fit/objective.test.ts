import fc from "fast-check";
import { asymmetric, chinchilla, huber, type Loss, logCosh, squared } from "isoflop";
import { describe, expect, test } from "vitest";
import { lossFromSpecification } from "../../src/fit/losses/lossFromSpecification.ts";
import { Coordinates } from "../../src/fit/objective/Coordinates.ts";
import { Objective } from "../../src/fit/objective/Objective.ts";

const x = [Float64Array.of(18, 19, 20, 21, 22, 20.5), Float64Array.of(21, 22, 23, 24, 25, 24.5)];
const y = Float64Array.of(3.4, 3.1, 2.8, 2.6, 2.4, 2.65);
const w = Float64Array.of(1, 2, 0.5, 1, 0, 3);

const losses: Loss[] = [squared(), huber(0.05), logCosh(0.02), asymmetric(huber(0.03), { over: 5 })];
const options = {
  free: {},
  tied: { tied: { beta: "alpha" } },
  fixed: { fixed: { E: 1.7 } },
  priors: { priors: { E: { mean: 1.8, sd: 0.1 }, A: { mean: 6, sd: 0.5, scale: "log" as const } } },
};

describe.each(losses.map((loss) => [loss.label, loss] as const))("the objective with %s", (_, loss) => {
  test.each(Object.entries(options))("has the gradient of its finite differences (%s)", (_, option) => {
    const coordinates = new Coordinates(chinchilla, option);
    const start = coordinates.fromParameters(Float64Array.of(1.7, 400, 1500, 0.34, 0.36));
    fc.assert(
      fc.property(
        fc.constantFrom(true, false),
        fc.array(fc.double({ min: -0.05, max: 0.05, noNaN: true }), { minLength: 5, maxLength: 5 }),
        (log, move) => {
          const target = log ? y.map(Math.log) : y;
          const objective = new Objective(chinchilla, coordinates, loss, log, x, target, w, 6);
          const z = start.map((value, k) => value * (1 + move[k]!));
          const gradient = new Float64Array(z.length);
          const scratch = new Float64Array(z.length);
          objective.evaluate(z, gradient);
          for (let k = 0; k < z.length; k++) {
            const difference = (h: number) => {
              const moved = z.slice();
              moved[k] = z[k]! + h;
              const up = objective.evaluate(moved, scratch);
              moved[k] = z[k]! - h;
              return (up - objective.evaluate(moved, scratch)) / (2 * h);
            };
            const scale = Math.max(...gradient.map(Math.abs));
            expect(Math.abs(difference(1e-6) - gradient[k]!) / scale).toBeLessThan(1e-6);
          }
        },
      ),
      { seed: 2, numRuns: 30 },
    );
  });

  test("comes back from its specification", () => {
    const copy = lossFromSpecification(JSON.parse(JSON.stringify(loss.specification)));
    const r = Float64Array.of(-0.3, -0.01, 0, 1e-6, 0.02, 0.4);
    const [a, b] = [new Float64Array(6), new Float64Array(6)];
    expect(copy.sum(r, w, 6, a)).toBe(loss.sum(r, w, 6, b));
    expect(a).toEqual(b);
    expect(copy.label).toBe(loss.label);
  });
});
