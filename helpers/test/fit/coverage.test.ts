import { chinchilla, fit, huber, predict, squared } from "isoflop";
import { expect, test } from "vitest";
import { Random } from "../../src/numerics/random/Random.ts";

const truth = { E: 1.8, A: 480, B: 2100, alpha: 0.35, beta: 0.37 };
const point = { nParams: 7e10, nTokens: 1.4e12 };

/** An 8 x 8 sweep with 1 % of Gaussian noise on the logarithm. */
function sweep(seed: number) {
  const random = new Random(seed, 77);
  return Array.from({ length: 64 }, (_, k) => {
    const nParams = 2e7 * 500 ** ((k % 8) / 7);
    const nTokens = 1e9 * 300 ** (Math.floor(k / 8) / 7);
    return {
      nParams,
      nTokens,
      loss: predict(chinchilla, truth, { nParams, nTokens }) * Math.exp(0.01 * random.normal()),
    };
  });
}

/** How many of n simulated sweeps have the truth inside the interval. */
function covered(n: number, interval: (seed: number) => readonly [number, number], value: number): number {
  let inside = 0;
  for (let seed = 0; seed < n; seed++) {
    const [low, high] = interval(seed);
    if (low <= value && value <= high) inside++;
  }
  return inside / n;
}

// With 200 sweeps a true coverage of 95 % shows between 90 % and 99 % (three standard deviations).
const n = 200;
const fits = Array.from({ length: n }, (_, seed) => fit(chinchilla, sweep(seed), { loss: squared() }));

const intervals = {
  "profile interval of alpha": [(k: number) => fits[k]!.profile("alpha").interval, truth.alpha],
  "profile interval of E": [(k: number) => fits[k]!.profile("E").interval, truth.E],
  "Wald interval of A": [(k: number) => fits[k]!.covariance({ kind: "hessian" }).interval("A"), truth.A],
  "interval of a predicted loss": [
    (k: number) => fits[k]!.predictionInterval(point, { covariance: "hessian" }),
    predict(chinchilla, truth, point),
  ],
} as const;

for (const [name, [interval, value]] of Object.entries(intervals)) {
  test(`the 95 % ${name} covers the truth in 90 to 99 % of simulated sweeps`, () => {
    const share = covered(n, interval, value);
    expect(share).toBeGreaterThanOrEqual(0.9);
    expect(share).toBeLessThanOrEqual(0.99);
  });
}

test("the profile interval of a robust fit covers the truth as often", () => {
  const interval = (seed: number) =>
    fit(chinchilla, sweep(seed), { loss: huber(0.01) }).profile("beta").interval;
  const share = covered(n, interval, truth.beta);
  expect(share).toBeGreaterThanOrEqual(0.9);
  expect(share).toBeLessThanOrEqual(0.99);
});

test("the sandwich and the pairs bootstrap cover in at least 85 % of simulated sweeps, being asymptotic", async () => {
  expect(covered(n, (k) => fits[k]!.covariance().interval("beta"), truth.beta)).toBeGreaterThanOrEqual(0.85);
  let inside = 0;
  for (let k = 0; k < 50; k++) {
    const [low, high] = (await fits[k]!.bootstrap({ resamples: 150, seed: k })).interval("beta");
    if (low <= truth.beta && truth.beta <= high) inside++;
  }
  expect(inside / 50).toBeGreaterThanOrEqual(0.85);
});

test("a new run lands inside its 95 % interval as often", () => {
  let inside = 0;
  const random = new Random(5, 5);
  for (let k = 0; k < n; k++) {
    const [low, high] = fits[k]!.predictionInterval(point, { kind: "new-run", covariance: "hessian" });
    const loss = predict(chinchilla, truth, point) * Math.exp(0.01 * random.normal());
    if (low <= loss && loss <= high) inside++;
  }
  expect(inside / n).toBeGreaterThanOrEqual(0.9);
  expect(inside / n).toBeLessThanOrEqual(0.99);
});
