import { huber, l1, logCosh, squared } from "isoflop";
import { describe, expect, test } from "vitest";
import { lossNormaliser } from "../../src/judgement/lossNormaliser.ts";
import { residualLikelihood } from "../../src/judgement/residualLikelihood.ts";

describe("many rows, where the scale is found by another way", () => {
  // Numerical Recipes' generator, so that a fault can be repeated.
  let state = 17;
  const random = () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
  const gauss = () => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
  const n = 30_001;
  const bell = Float64Array.from({ length: n }, () => 0.005 * gauss());
  const spiky = bell.map((value, i) => (i % 20 === 0 ? 40 * value : value));
  // Every other row is exact, so that those that are looked at first say nothing of the scale.
  const half = bell.map((value, i) => (i % 4 === 0 ? 0 : value));
  const even = new Float64Array(n).fill(1);
  const weights = Float64Array.from({ length: n }, () => 0.1 + random());
  const losses = [huber(1e-3), huber(1), l1(), squared(), logCosh(0.01)];

  test.each([
    ["Gaussian", bell, even],
    ["spiky", spiky, weights],
    ["half exact", half, even],
  ] as const)("%s: the mean of z ρ'(z) is 1, to 1e-10", (_, residuals, w) => {
    for (const loss of losses) {
      const { scale, logLikelihood } = residualLikelihood(residuals, w, loss);
      const z = residuals.map((value) => value / scale);
      const influence = new Float64Array(n);
      const charge = loss.sum(z, w, n, influence);
      const total = z.reduce((sum, value, i) => sum + value * influence[i]!, 0);
      const weight = w.reduce((sum, value) => sum + value, 0);
      expect(total / weight, loss.label).toBeCloseTo(1, 10);
      expect(logLikelihood).toBe(-charge - weight * (Math.log(scale) + lossNormaliser(loss)));
    }
  });
});
