import { chinchilla, fit, huber } from "isoflop";
import { chinchillaFigure4 } from "isoflop-datasets";
import { expect, test } from "vitest";

const runs = chinchillaFigure4().filter((run) => !run.isOutlier);
const full = fit(chinchilla, runs, { loss: huber(1e-3) });

// Epoch's notebook (np.random.seed(42), 4,000 resamples, scipy's BFGS) printed these.
const published = { A: 124.522, B: 1293.28, E: 0.02566, alpha: 0.0154, beta: 0.0206 };

test("4,000 resamples with seed 42 give the standard errors of Epoch's notebook, from the same resamples", async () => {
  const replicates = await full.bootstrap({ resamples: 4000, seed: 42 });
  for (const [name, value] of Object.entries(published)) {
    expect(replicates.standardErrors[name as "A"] / value, name).toBeCloseTo(1, 2);
  }
  expect(replicates.unconverged).toBe(0);
  const [low, high] = replicates.interval("alpha", 0.95);
  expect(low).toBeCloseTo(0.317, 3);
  expect(high).toBeCloseTo(0.373, 3);
  const exponent = replicates.interval(({ alpha, beta }) => beta / (alpha + beta), 0.8);
  expect(exponent[0]).toBeCloseTo(0.49135, 3);
  expect(exponent[1]).toBeCloseTo(0.54278, 3);
});

test("a replicate depends on its number and the seed, not on how many are made", async () => {
  for (const kind of ["pairs", "cluster", "residual", "wild"] as const) {
    const few = await full.bootstrap({ resamples: 8, seed: 3, kind });
    const more = await full.bootstrap({ resamples: 20, seed: 3, kind });
    expect(Array.from(more.samples.A.subarray(0, 8)), kind).toEqual(Array.from(few.samples.A));
    expect(new Set(more.samples.A).size, kind).toBe(20);
  }
});

test("where the thread's file is missing, as after bundling, one thread does the work of many", async () => {
  // These tests run the sources, beside which there is no built thread.
  const alone = await full.bootstrap({ resamples: 20, seed: 3, threads: 1 });
  const together = await full.bootstrap({ resamples: 20, seed: 3, threads: 2 });
  expect(together.samples).toEqual(alone.samples);
});

test("an aborted bootstrap rejects with the signal's reason", async () => {
  const controller = new AbortController();
  const promise = full.bootstrap({
    resamples: 100_000,
    signal: controller.signal,
    threads: 1,
    onProgress: (done) => done > 20 && controller.abort(new Error("enough")),
  });
  await expect(promise).rejects.toThrow("enough");
});

test.each([
  [{ resamples: 1 }, "resamples must be an integer from 2 to 1e7, got 1"],
  [{ seed: 0.5 }, "seed must be an integer from 0 to 4294967295, got 0.5"],
  [{ threads: 0 }, "threads must be an integer >= 1, got 0"],
  [{ kind: "jackknife" as "pairs" }, "kind must be pairs or cluster or residual or wild, got jackknife"],
  [{ clusters: [1, 2] }, "clusters must have one key per run (240), got 2"],
])("bootstrap(%j) is refused", async (options, message) => {
  await expect(full.bootstrap(options)).rejects.toThrow(message);
});

test("runs that are exact keep the fitted value in a wild bootstrap, and need one flag each", async () => {
  const exact = runs.map(() => true);
  const still = await full.bootstrap({ resamples: 5, kind: "wild", exact });
  for (const A of still.samples.A) expect(A / full.parameters.A).toBeCloseTo(1, 5);
  const none = await full.bootstrap({ resamples: 5, kind: "wild", exact: exact.map(() => false) });
  expect(none.samples).toEqual((await full.bootstrap({ resamples: 5, kind: "wild" })).samples);
  await expect(full.bootstrap({ kind: "pairs", exact })).rejects.toThrow('needs kind "wild"');
  await expect(full.bootstrap({ kind: "wild", exact: [true] })).rejects.toThrow(
    "one flag per run (240), got 1",
  );
});
