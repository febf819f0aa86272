import { chinchillaFigure4 } from "isoflop-datasets";
import { expect, test } from "vitest";
import { chinchilla, fit } from "../../dist/index.js";

// Threads run built files, so this test takes the built package.
const runs = chinchillaFigure4().filter((run) => !run.isOutlier);
const full = fit(chinchilla, runs);

test.each(["pairs", "residual", "wild"] as const)(
  "the %s bootstrap is identical on one thread and on three",
  async (kind) => {
    const alone = await full.bootstrap({ resamples: 150, seed: 5, kind, threads: 1 });
    const together = await full.bootstrap({ resamples: 150, seed: 5, kind, threads: 3 });
    expect(together.samples).toEqual(alone.samples);
    expect(together.objectives).toEqual(alone.objectives);
  },
);

test("an aborted bootstrap leaves no thread running", async () => {
  const controller = new AbortController();
  const threads = () =>
    process.getActiveResourcesInfo().filter((name) => name === "MessagePort" || name === "Worker");
  const before = threads().length;
  const promise = full.bootstrap({ resamples: 1_000_000, threads: 2, signal: controller.signal });
  setTimeout(() => controller.abort(new Error("enough")), 200);
  await expect(promise).rejects.toThrow("enough");
  expect(threads().length).toBeLessThanOrEqual(before);
});
