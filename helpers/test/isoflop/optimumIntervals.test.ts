import { chinchilla, fit, kaplanParamsTokens, optimumIntervals, squared } from "isoflop";
import { chinchillaFigure4 } from "isoflop-datasets";
import { expect, test } from "vitest";

const runs = chinchillaFigure4().filter((run) => !run.isOutlier);
const options = { resamples: 200, seed: 42, threads: 1 };

test("the interval of the optimum is that of its closed form over the replicates", async () => {
  const law = fit(chinchilla, runs);
  const bootstrap = await law.bootstrap(options);
  const found = optimumIntervals(law, bootstrap, 1e22, 0.8);
  const size = ({ A, B, alpha, beta }: Record<"A" | "B" | "alpha" | "beta", number>) =>
    ((alpha * A) / (beta * B)) ** (1 / (alpha + beta)) * (1e22 / 6) ** (beta / (alpha + beta));
  const expected = bootstrap.interval(size, 0.8);
  expect(found.nParams[0] / expected[0]).toBeCloseTo(1, 10);
  expect(found.nParams[1] / expected[1]).toBeCloseTo(1, 10);
  // Tokens are what compute leaves: the ends change places.
  expect((found.nTokens[0] * found.nParams[1]) / (1e22 / 6)).toBeCloseTo(1, 2);
  expect(found.withoutOptimum).toBe(0);
});

test("a law without a closed form is searched", async () => {
  const law = fit(kaplanParamsTokens, runs, { loss: squared() });
  const found = optimumIntervals(law, await law.bootstrap({ ...options, resamples: 20 }), 1e22);
  expect(found.nParams[0]).toBeGreaterThan(1e8);
  expect(found.nParams[1]).toBeLessThan(1e11);
});

test.each([
  [-1, 0.95, "flops must be > 0, got -1"],
  [1e22, 1, "level must be between 0 and 1, got 1"],
])("a budget of %d at level %d is refused", async (flops, level, message) => {
  const law = fit(chinchilla, runs);
  const bootstrap = await law.bootstrap({ ...options, resamples: 2 });
  expect(() => optimumIntervals(law, bootstrap, flops, level)).toThrow(message);
});
