import { chinchilla, fit, predict } from "isoflop";
import { expect, test } from "vitest";

const truth = { E: 1.8, A: 480, B: 2100, alpha: 0.35, beta: 0.37 };

test("150,000 runs in 75,000 clusters are fitted and resampled", async () => {
  const runs = Array.from({ length: 150_000 }, (_, k) => {
    const nParams = 1e7 * 10 ** ((k % 50) / 16);
    const nTokens = 1e9 * 10 ** ((Math.floor(k / 50) % 60) / 20);
    const loss = predict(chinchilla, truth, { nParams, nTokens }) * Math.exp(0.01 * Math.sin(k * 12.9898));
    return { nParams, nTokens, loss };
  });
  const found = fit(chinchilla, runs);
  expect(found.status).toBe("converged");
  expect(found.parameters.alpha).toBeCloseTo(truth.alpha, 4);
  const sorted = fit(
    chinchilla,
    runs.toSorted((a, b) => a.nParams - b.nParams || a.nTokens - b.nTokens),
  );
  expect(sorted.objective / found.objective).toBeCloseTo(1, 9);
  const clusters = runs.map((_, k) => k >> 1);
  const { samples } = await found.bootstrap({ resamples: 2, kind: "wild", clusters, threads: 1 });
  expect(samples.alpha[0]).toBeCloseTo(truth.alpha, 3);
});
