import {
  bootstrapRStar,
  dataConstrained,
  fit,
  fitRStar,
  huber,
  muennighoff2023,
  muennighoffRefit,
  predict,
  rStarReplicates,
} from "isoflop";
import { muennighoffRuns } from "isoflop-datasets";
import { describe, expect, test } from "vitest";

const runs = muennighoffRuns();
const { E, A, B, alpha, beta } = muennighoff2023.parameters;
const fixed = { E, A, B, alpha, beta };

describe("fitRStar", () => {
  test("recovers both R* from runs without noise", () => {
    for (const [rStarTokens, rStarParams] of [
      [3, 8],
      [15.4, 5.3],
      [95, 1.7],
    ] as const) {
      const clean = runs.map((run) => ({
        ...run,
        loss: predict(dataConstrained, { ...fixed, rStarTokens, rStarParams }, run),
      }));
      const found = fitRStar(clean).parameters;
      expect(found.rStarTokens / rStarTokens).toBeCloseTo(1, 4);
      expect(found.rStarParams / rStarParams).toBeCloseTo(1, 4);
    }
  });

  test("on the public runs its minimum is lower than the published pair, which is a minimum too", () => {
    const lowest = fitRStar(runs);
    expect(lowest.objective).toBeCloseTo(0.01580466, 8);
    expect(lowest.parameters.rStarTokens).toBeCloseTo(95.37, 2);
    expect(lowest.parameters.rStarParams).toBeCloseTo(1.706, 3);
    const local = fit(dataConstrained, runs, { loss: huber(1e-3), fixed, start: muennighoff2023.parameters });
    expect(local.objective).toBeCloseTo(0.01582593, 8);
    expect(local.parameters.rStarTokens).toBeCloseTo(15.37, 2);
  });

  test("no pair of a fine grid has a lower objective", () => {
    const { objective } = fitRStar(runs);
    const at = (rStarTokens: number, rStarParams: number) => {
      const residuals = runs.map((run) =>
        Math.log(predict(dataConstrained, { ...fixed, rStarTokens, rStarParams }, run) / run.loss),
      );
      const size = (r: number) => (Math.abs(r) < 1e-3 ? r ** 2 / 2 : 1e-3 * (Math.abs(r) - 5e-4));
      return residuals.reduce((sum, r) => sum + size(r), 0);
    };
    for (let i = 0; i <= 30; i++) {
      for (let k = 0; k <= 16; k++) {
        expect(at(10 ** (6 * (i / 30)), 10 ** (-1 + 3 * (k / 16)))).toBeGreaterThanOrEqual(objective);
      }
    }
  });

  test("the committed refit is what the runs give", () => {
    const { rStarTokens, rStarParams } = fitRStar(runs).parameters;
    expect(Number(rStarTokens.toPrecision(4))).toBe(muennighoffRefit.parameters.rStarTokens);
    expect(Number(rStarParams.toPrecision(4))).toBe(muennighoffRefit.parameters.rStarParams);
  });

  test("refused: no runs, unknown options", () => {
    expect(() => fitRStar([])).toThrow("fitRStar");
    expect(() => fitRStar(runs, { delta: 1 } as never)).toThrow("has no option delta");
    expect(() => fitRStar([{ ...runs[0]!, uniqueTokens: 0 }])).toThrow("uniqueTokens");
  });
});

describe("rStarReplicates", () => {
  test("the first twelve are what bootstrapRStar gives for their seed", () => {
    const again = bootstrapRStar(runs, { resamples: 12, seed: 1 });
    for (const [k, { rStarTokens, rStarParams }] of again.entries()) {
      expect(Number(rStarTokens.toPrecision(4))).toBe(rStarReplicates[k]!.rStarTokens);
      expect(Number(rStarParams.toPrecision(4))).toBe(rStarReplicates[k]!.rStarParams);
    }
  });

  test("the published pair lies well within them, and many see no decay at all", () => {
    const below = rStarReplicates.filter(({ rStarTokens }) => rStarTokens < 15.387756).length;
    expect(below / rStarReplicates.length).toBeGreaterThan(0.1);
    expect(rStarReplicates.filter(({ rStarTokens }) => rStarTokens === 1e6).length).toBeGreaterThan(20);
  });
});
