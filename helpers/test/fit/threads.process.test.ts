import threads from "node:worker_threads";
import { chinchillaFigure4 } from "isoflop-datasets";
import { afterEach, expect, test } from "vitest";
import { chinchilla, fit } from "../../dist/bundle/index.js";

// A thread's program is part of the build for Node only, so this test takes that.
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

const { Worker } = threads;
afterEach(() => {
  threads.Worker = Worker;
});

test("a bootstrap starts the threads it is asked for, and as many as there are chunks of work at most", async () => {
  let started = 0;
  threads.Worker = class extends Worker {
    constructor(...given: ConstructorParameters<typeof Worker>) {
      super(...given);
      started++;
    }
  };
  await full.bootstrap({ resamples: 150, threads: 3 });
  expect(started).toBe(3);
  await full.bootstrap({ resamples: 2, threads: 5 });
  expect(started).toBe(5);
});

test("where no thread comes up, one does all the work, to the same bit", async () => {
  const alone = await full.bootstrap({ resamples: 40, threads: 1 });
  threads.Worker = class extends Worker {
    constructor() {
      super("throw new Error('no thread today')", { eval: true });
    }
  };
  const seen: number[] = [];
  const onProgress = (done: number) => seen.push(done);
  const together = await full.bootstrap({ resamples: 40, threads: 2, onProgress });
  expect(together.samples).toEqual(alone.samples);
  expect(seen.at(-1)).toBe(40);
});

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
