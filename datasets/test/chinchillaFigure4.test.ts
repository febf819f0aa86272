import { chinchillaFigure4 } from "isoflop-datasets";
import { expect, test } from "vitest";

test("the outliers of figure 4 are its five largest losses, and its tokens are flops / 6 N", () => {
  const runs = chinchillaFigure4();
  const worst = [...runs].sort((p, q) => q.loss - p.loss).slice(0, 5);
  expect(runs.filter((run) => run.isOutlier)).toHaveLength(5);
  expect(worst.every((run) => run.isOutlier)).toBe(true);
  for (const run of runs) expect(run.nTokens / (run.flops / (6 * run.nParams))).toBeCloseTo(1, 12);
});
