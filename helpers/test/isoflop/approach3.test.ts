import {
  allocate,
  approach2,
  approach3,
  chinchillaAllocation,
  compareAllocations,
  computeOptimal,
  hoffmann2022,
  hoffmann2022Rounded,
  jupyterDisplay,
  l1,
  simulateSweep,
} from "isoflop";
import { chinchillaFigure4 } from "isoflop-datasets";
import { describe, expect, test } from "vitest";
import { minimiseOverSize } from "../../src/isoflop/minimiseOverSize.ts";

const runs = chinchillaFigure4().filter((run) => !run.isOutlier);

describe("approach 3", () => {
  test("gives a = .5139 on the 240 runs with Huber's loss, and a = .5126 in the L1 limit", async () => {
    const found = await approach3(runs, { bootstrap: false });
    expect(found.a).toBeCloseTo(0.5139, 4);
    expect(found.a + found.b).toBeCloseTo(1, 14);
    expect(found.warnings).toEqual([]);
    const limit = await approach3(runs, { bootstrap: false, loss: l1() });
    expect(limit.a).toBeCloseTo(0.5126, 4);
    expect(allocate(limit, 5.88e23).tokensPerParam).toBeCloseTo(18.33, 2);
  });

  // The published notebook's 10th and 90th percentile: .49135 and .54278.
  test("its 80 % interval for a is that of the published bootstrap", async () => {
    const { intervals } = await approach3(runs, { bootstrap: { resamples: 4000, seed: 42, threads: 1 } });
    expect(intervals!.a[0]).toBeCloseTo(0.49135, 4);
    expect(intervals!.a[1]).toBeCloseTo(0.54278, 4);
    expect(intervals!.b[0]).toBe(1 - intervals!.a[1]);
  });

  test("warns when the fit is not to be believed", async () => {
    const { warnings } = await approach3(runs.slice(0, 4), { bootstrap: false }).catch((error) => ({
      warnings: [String(error)],
    }));
    expect(warnings[0]).toMatch(/not-identified|at-bound|must be > 0/);
  });
});

describe("the closed-form allocation", () => {
  test.each([
    ["TeX source", hoffmann2022, 59.04],
    ["rounded", hoffmann2022Rounded, 92.83],
  ])(
    "of Hoffmann's constants (%s) is computeOptimal's and the numeric optimum's",
    (_, law, tokensPerParam) => {
      const split = allocate(chinchillaAllocation(law.parameters), 5.88e23);
      expect(split.tokensPerParam).toBeCloseTo(tokensPerParam, 2);
      expect(split.nParams / computeOptimal(law, { flops: 5.88e23 }).nParams).toBeCloseTo(1, 12);
      expect(split.nParams / minimiseOverSize((run) => law.predict(run), 5.88e23)).toBeCloseTo(1, 8);
    },
  );

  test("does not exist where a term does not fall", () => {
    expect(() => chinchillaAllocation({ A: 1, B: 1, alpha: 0, beta: 0.3 })).toThrow(
      "alpha must be > 0 for an optimum to exist, got 0",
    );
  });
});

test("approaches side by side: on a symmetric law they agree, and the table says so", async () => {
  const law = {
    predict: ({ nParams, nTokens }: { nParams: number; nTokens: number }) =>
      1.7 + 400 / nParams ** 0.31 + 400 / nTokens ** 0.31,
  };
  const sweep = simulateSweep(law, { budgets: [1e18, 1e19, 1e20, 1e21], nPoints: 9, halfWidth: 8 });
  const comparison = compareAllocations(
    {
      "approach 2": approach2(sweep, { resamples: 20 }),
      "approach 3": await approach3(sweep, { bootstrap: false }),
    },
    1e24,
  );
  expect(comparison.disagreement).toBeCloseTo(1, 3);
  expect(comparison.rows[1]!.tokensPerParam).toBeCloseTo(1, 3);
  const text = comparison[jupyterDisplay]()["text/plain"] as string;
  expect(text).toMatch(/^approach +a +80 % interval/);
  expect(text).toContain("0.5 … 0.5");
});
