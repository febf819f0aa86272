import { powerLaw, squared } from "isoflop";
import { expect, test } from "vitest";
import { Likelihood } from "../../src/fit/likelihood/Likelihood.ts";
import { readNoise } from "../../src/fit/likelihood/readNoise.ts";
import { objectiveOf } from "../../src/fit/objective/objectiveOf.ts";
import { readRuns } from "../../src/fit/objective/readRuns.ts";
import { Random } from "../../src/numerics/random/Random.ts";

const random = new Random(7, 0);
const runs = Array.from({ length: 15 }, (_, k) => {
  const nParams = 1e6 * 3 ** k;
  return {
    nParams,
    size: nParams / 1e8,
    se: 0.01 + 0.01 * (k % 3),
    loss: (1.7 + 60 * nParams ** -0.28) * Math.exp(0.03 * random.normal()),
  };
});

test.each([
  ["constant", "constant"],
  ["known", { sigma: "se" }],
  ["scaled", { sigma: "se", scaled: true }],
  ["a power of a field", { power: "size" }],
  ["a power of the prediction", { power: "fitted" }],
] as const)("the slope of the likelihood is its finite difference: %s", (_, noise) => {
  for (const residual of ["log", "raw"] as const) {
    for (const censored of [0, 5]) {
      const law = powerLaw("nParams");
      const table = readRuns(law, runs, residual);
      const objective = objectiveOf({ law, table, options: { residual, loss: squared() } });
      const likelihood = new Likelihood(
        objective,
        readNoise(runs, noise),
        Uint8Array.from(runs, (_run, k) => Number(k < censored)),
      );
      const z = Float64Array.of(1.65, Math.log(55), 0.27, -3.2, 0.2).slice(0, likelihood.size);
      const slope = new Float64Array(z.length);
      likelihood.evaluate(z, slope);
      const other = new Float64Array(z.length);
      for (let k = 0; k < z.length; k++) {
        const value = (h: number) => {
          const moved = z.slice();
          moved[k]! += h;
          return likelihood.evaluate(moved, other);
        };
        const h = 1e-4;
        const found = (8 * (value(h) - value(-h)) - (value(2 * h) - value(-2 * h))) / (12 * h);
        expect(Math.abs(slope[k]! - found) / Math.max(1, Math.abs(found))).toBeLessThan(1e-6);
      }
    }
  }
});
