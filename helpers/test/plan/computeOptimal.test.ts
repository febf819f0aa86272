import { besiroglu2024, computeOptimal, hoffmann2022, hoffmann2022Rounded } from "isoflop";
import { expect, test } from "vitest";

test("the published constants give their tokens per parameter at Chinchilla's budget", () => {
  expect(computeOptimal(hoffmann2022, { flops: 5.88e23 }).tokensPerParam).toBeCloseTo(59.037, 3);
  expect(computeOptimal(hoffmann2022Rounded, { flops: 5.88e23 }).tokensPerParam).toBeCloseTo(92.832, 3);
  expect(computeOptimal(besiroglu2024, { flops: 5.88e23 }).tokensPerParam).toBeCloseTo(18.382, 3);
});

test("the allocation spends the budget and no neighbour on the budget line is better", () => {
  const flops = 1e24;
  const best = computeOptimal(hoffmann2022, { flops });
  expect(6 * best.nParams * best.nTokens).toBeCloseTo(flops, -13);
  for (const factor of [0.99, 1.01]) {
    const nParams = best.nParams * factor;
    expect(hoffmann2022.predict({ nParams, nTokens: flops / 6 / nParams })).toBeGreaterThan(best.loss);
  }
});

test("a budget that is not positive is refused with the way out", () => {
  expect(() => computeOptimal(hoffmann2022, { flops: -1 })).toThrow(
    "flops must be > 0, got -1; give the training budget in FLOP, such as 5.88e23",
  );
});
