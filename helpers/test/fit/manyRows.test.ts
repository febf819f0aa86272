import { chinchilla, fit, huber, l1, powerLaw, squared } from "isoflop";
import { describe, expect, test } from "vitest";

// Numerical Recipes' generator, so that a fault can be repeated.
let state = 5;
const random = () => {
  state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
  return state / 2 ** 32;
};
const gauss = () => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());

const truth = { E: 1.69, A: 406.4, B: 410.7, alpha: 0.34, beta: 0.28 };
const runs = Array.from({ length: 24_000 }, () => {
  const [nParams, nTokens] = [10 ** (7 + 3 * random()), 10 ** (9 + 3 * random())];
  const loss = truth.E + truth.A / nParams ** truth.alpha + truth.B / nTokens ** truth.beta;
  return { nParams, nTokens, loss: loss * Math.exp(0.005 * gauss()) };
});

describe("of many rows a part is searched first, and the minimum is that of them all", () => {
  test.each([
    ["huber", huber(1e-3)],
    ["l1", l1()],
    ["squared", squared()],
  ])("%s", (_, loss) => {
    const found = fit(chinchilla, runs, { loss });
    const fromTruth = fit(chinchilla, runs, { loss, start: truth });
    expect(found.status).toBe("converged");
    expect(found.objective / fromTruth.objective).toBeCloseTo(1, 9);
  });

  test("with weights, of which nearly all are 0", () => {
    const weights = runs.map((_run, k) => (k % 400 === 0 ? 1 : 0));
    // A delta of its own would differ in the last of its three digits.
    const loss = huber(1e-3);
    const found = fit(chinchilla, runs, { weights, loss });
    const few = fit(
      chinchilla,
      runs.filter((_run, k) => k % 400 === 0),
      { loss },
    );
    expect(found.objective / few.objective).toBeCloseTo(1, 6);
  });

  test("with a parameter that is held, and another law", () => {
    const law = powerLaw("nParams");
    const found = fit(law, runs, { fixed: { E: 1.69 } });
    const again = fit(law, runs, { fixed: { E: 1.69 }, start: found.parameters });
    expect(found.parameters.E).toBe(1.69);
    expect(found.objective / again.objective).toBeCloseTo(1, 9);
  });

  test("residuals that were asked for once are nobody's to change", () => {
    const found = fit(chinchilla, runs.slice(0, 100));
    const first = found.residuals();
    first.fill(0);
    expect(found.residuals().some((value) => value !== 0)).toBe(true);
  });
});
