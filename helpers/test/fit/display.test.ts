import { inspect } from "node:util";
import { chinchilla, fit, huber, jupyterDisplay } from "isoflop";
import { chinchillaFigure4 } from "isoflop-datasets";
import { expect, test } from "vitest";

const found = fit(
  chinchilla,
  chinchillaFigure4().filter((run) => !run.isOutlier),
  { loss: huber(1e-3) },
);

test("a fit shows its parameters with units and its status, not the arrays behind it", () => {
  const text = inspect(found);
  expect(text).toMatch(
    /^chinchilla, 240 runs, huber\(0\.001\) on log residuals: objective 0\.00101827, converged/,
  );
  expect(text).toContain("0.347311");
  expect(text.length).toBeLessThan(1000);
  expect(found[jupyterDisplay]()["text/html"]).toContain('<td style="text-align: right">2143.42</td>');
});

test("a bootstrap shows standard errors and intervals, and saves what it was made from", async () => {
  const replicates = await found.bootstrap({ resamples: 20, seed: 8 });
  expect(inspect(replicates)).toContain("20 replicates, pairs, seed 8");
  const saved = JSON.parse(JSON.stringify(replicates));
  expect(saved.dataHash).toBe(found.dataHash);
  expect(saved.samples.A).toEqual(Array.from(replicates.samples.A));
  expect(saved.intervals95.A).toEqual(replicates.interval("A", 0.95));
});
