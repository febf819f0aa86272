import {
  bootstrapRStar,
  dataConstrained,
  fit,
  fitRStar,
  huber,
  muennighoff2023,
  muennighoffRefit,
  predict,
  profileRStar,
  rStarHoldOut,
  rStarReplicates,
  rStarReplicatesRefit,
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

  test("in millions of parameters and billions of tokens a fit of all seven predicts the same losses", () => {
    const scaled = runs.map((run) => ({
      ...run,
      nParams: run.nParams / 1e6,
      nTokens: run.nTokens / 1e9,
      uniqueTokens: run.uniqueTokens / 1e9,
    }));
    const [counts, units] = [runs, scaled].map((rows) => fitRStar(rows, { fresh: "refit" }));
    expect(units!.objective / counts!.objective).toBeCloseTo(1, 9);
    expect(units!.parameters.rStarTokens / counts!.parameters.rStarTokens).toBeCloseTo(1, 5);
    for (const [k, run] of scaled.entries()) {
      expect(units!.predict(run) / counts!.predict(runs[k]!)).toBeCloseTo(1, 6);
    }
  });

  test("refused: no runs, unknown options, a law of fresh data that is none", () => {
    for (const fresh of [null, {}, 1, { parameters: { ...fixed, E: Number.NaN } }]) {
      expect(() => fitRStar(runs, { fresh: fresh as never })).toThrow("E of the law of fresh data must be");
      expect(() => profileRStar(runs, [15], { fresh: fresh as never })).toThrow("E of the law of fresh data");
    }
    expect(() => fitRStar(runs, { fresh: { parameters: { ...fixed, B: -1 } } })).toThrow("B of the law");
    expect(() => profileRStar(runs, 15 as never)).toThrow("needs a list of R_D*, such as [15, 95]");
    expect(() => fitRStar([])).toThrow("at least one run");
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

describe("with all seven constants fitted", () => {
  const refit = fitRStar(runs, { fresh: "refit" });

  test("the objective falls to less than half, and R_D* lies between the two minima of the held fit", () => {
    expect(refit.objective).toBeLessThan(0.5 * fitRStar(runs).objective);
    expect(refit.parameters.rStarTokens).toBeCloseTo(25.61, 1);
  });

  test("the first six committed pairs are what bootstrapRStar gives for their seed", () => {
    const again = bootstrapRStar(runs, { resamples: 6, seed: 1, fresh: "refit" });
    for (const [k, { rStarTokens, rStarParams }] of again.entries()) {
      expect(rStarTokens / rStarReplicatesRefit[k]!.rStarTokens).toBeCloseTo(1, 3);
      expect(rStarParams / rStarReplicatesRefit[k]!.rStarParams).toBeCloseTo(1, 3);
    }
  });

  test("R_D* is bounded on both sides", () => {
    const values = rStarReplicatesRefit.map(({ rStarTokens }) => rStarTokens);
    expect(Math.min(...values)).toBeGreaterThan(15.4);
    expect(Math.max(...values)).toBeLessThan(1e3);
  });
});

describe("rStarHoldOut", () => {
  const isLarge = (run: { nParams: number; nTokens: number }) => 6 * run.nParams * run.nTokens > 1e20;

  test("on runs without noise it predicts the large ones from the small ones", () => {
    const clean = runs.map((run) => ({ ...run, loss: muennighoff2023.predict(run) }));
    const check = rStarHoldOut(clean, isLarge, { resamples: 5 });
    expect(check.meanAbsoluteError).toBeLessThan(1e-6);
    expect(check.heldOut.length).toBe(runs.filter(isLarge).length);
  });

  test("on the public runs the published law of fresh data is too low for the large ones, all of them", () => {
    const held = rStarHoldOut(runs, isLarge, { resamples: 10 });
    const refit = rStarHoldOut(runs, isLarge, { resamples: 10, fresh: "refit" });
    expect(held.meanError).toBeCloseTo(-0.0837, 3);
    expect(held.meanAbsoluteError).toBeCloseTo(-held.meanError, 6);
    expect(refit.meanAbsoluteError).toBeLessThan(held.meanAbsoluteError);
  });

  test("refused: what is no function of a run, a threshold that leaves no run on one side", () => {
    expect(() => rStarHoldOut(runs, 1e20 as never)).toThrow("such as (run) => run.nParams > 1e9");
    expect(() => rStarHoldOut(runs, () => false)).toThrow("182 to fit and 0 to predict; move the threshold");
  });
});

test("profileRStar is lowest at the fit's R_D*, and hardly higher from 12 to 10,000", () => {
  const points = profileRStar(runs, [12, 15.387756, 40, 95.37, 1e3, 1e4]);
  const expected = [0.015855, 0.015826, 0.015812, 0.015805, 0.015878, 0.015917];
  for (const [k, { objective }] of points.entries()) expect(objective).toBeCloseTo(expected[k]!, 6);
});
