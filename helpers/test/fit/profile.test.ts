import { readFileSync } from "node:fs";
import { brokenPowerLaw, chinchilla, fit, huber, logCosh, predict, squared } from "isoflop";
import { describe, expect, test } from "vitest";
import { objectiveOf } from "../../src/fit/objective/objectiveOf.ts";
import { curvatureAt } from "../../src/fit/uncertainty/curvature.ts";
import { measureOf } from "../../src/fit/uncertainty/Measure.ts";
import { ConstrainedMinimum } from "../../src/fit/uncertainty/profile/ConstrainedMinimum.ts";
import { startPool } from "../../src/fit/uncertainty/profile/startPool.ts";
import { studentTQuantile } from "../../src/numerics/distributions/studentT.ts";
import { Random } from "../../src/numerics/random/Random.ts";

interface Oracle {
  readonly point: [number, number];
  readonly sets: {
    readonly delta: number;
    readonly free: number;
    readonly runs: [number, number, number][];
    readonly held: { quantity: string; target: number; objective: number }[];
  }[];
}
const oracle: Oracle = JSON.parse(readFileSync(new URL("profileOracle.json", import.meta.url), "utf8"));
const point = { nParams: oracle.point[0], nTokens: oracle.point[1] };
type Parameters = Record<"E" | "A" | "B" | "alpha" | "beta", number>;
const quantities: Record<string, (p: Parameters) => number> = {
  alpha: ({ alpha }) => alpha,
  E: ({ E }) => E,
  ratio: ({ alpha, beta }) => beta / (alpha + beta),
  predicted: (p) => predict(chinchilla, p, point),
};
const fits = oracle.sets.map(({ runs, delta }) =>
  fit(
    chinchilla,
    runs.map(([nParams, nTokens, loss]) => ({ nParams, nTokens, loss })),
    { loss: delta === 0 ? squared() : huber(delta) },
  ),
);

test("the constrained minimum is not above scipy's best of 24 starts, whatever is held", () => {
  let compared = 0;
  oracle.sets.forEach(({ held, free }, k) => {
    const law = fits[k]!;
    expect(law.objective / free - 1).toBeLessThanOrEqual(1e-7);
    const objective = objectiveOf(law);
    const { z } = law.minimum;
    for (const { quantity, target, objective: theirs } of held) {
      const constrained = new ConstrainedMinimum(objective, z, curvatureAt(objective, z), (spread) => [
        measureOf(objective, quantities[quantity]!, spread),
      ]);
      const ours = constrained.lowest([target], [z, ...startPool(objective, law, constrained)]);
      expect(ours.value / theirs - 1, `set ${k}, ${quantity} = ${target}`).toBeLessThanOrEqual(1e-7);
      expect(constrained.measures[0]!.value(ours.z) / target).toBeCloseTo(1, 5);
      compared++;
    }
  });
  expect(oracle.sets.length).toBeGreaterThanOrEqual(30);
  expect(compared).toBeGreaterThan(200);
});

test("the ends of an interval are where scipy's minimum is as high as the level allows", () => {
  // Between two values that scipy held, its profile is monotone: the end lies on the side that its roots say.
  oracle.sets.forEach(({ held }, k) => {
    const law = fits[k]!;
    const { dispersion, freedom } = curvatureAt(objectiveOf(law), law.minimum.z);
    // A third of what was held: each is a whole profile.
    for (const { quantity, target, objective } of held.filter((_, i) => (i + k) % 3 === 0)) {
      const root = Math.sqrt((2 * Math.max(0, objective - law.objective)) / dispersion);
      const level = 1 - 2 * tail(root, freedom);
      if (!(level > 0.2 && level < 0.9999)) continue;
      const { interval, estimate, closes } = law.profile(quantities[quantity]!, { level });
      const side = target < estimate ? 0 : 1;
      expect(closes[side], `set ${k}, ${quantity} = ${target}`).toBe(true);
      const miss = Math.abs(interval[side]! - target) / Math.abs(target - estimate);
      // The end may lie further out where our minimum is lower than scipy's, not further in.
      const outwards = (interval[side]! - target) * (side === 0 ? -1 : 1);
      expect(outwards < 0 ? miss : 0, `set ${k}, ${quantity} = ${target}`).toBeLessThan(1e-3);
    }
  });
});

describe("a quantity that is a parameter", () => {
  test("has the same interval computed as named, for every loss", () => {
    for (const loss of [squared(), huber(0.01), logCosh(0.005)]) {
      const [nParams, nTokens] = [
        [2e7, 1e8, 5e8, 2e9],
        [1e9, 4e9, 2e10, 1e11],
      ];
      const runs = nParams.flatMap((N, i) =>
        nTokens.map((D, j) => ({
          nParams: N,
          nTokens: D,
          loss: (1.8 + 480 / N ** 0.35 + 2100 / D ** 0.37) * Math.exp(0.01 * Math.sin(7 * i + 3 * j * j)),
        })),
      );
      const law = fit(chinchilla, runs, { loss });
      for (const name of ["E", "alpha", "beta", "A"] as const) {
        const named = law.profile(name).interval;
        const computed = law.profile((p) => p[name]).interval;
        expect(computed[0] / named[0], name).toBeCloseTo(1, 4);
        expect(computed[1] / named[1], name).toBeCloseTo(1, 4);
      }
    }
  });
});

test("an interval moves with what is added to a quantity, also across zero", () => {
  const law = fits.find(({ status }) => status === "converged")!;
  const { alpha } = law.parameters;
  const own = law.profile("alpha").interval;
  for (const shift of [0, 1e-6, 0.1, -0.1, 1].map((share) => share * (own[1] - own[0]))) {
    const { interval, closes } = law.profile((p) => p.alpha - alpha + shift);
    expect(closes).toEqual([true, true]);
    for (const side of [0, 1] as const) {
      const miss = interval[side]! - (own[side]! - alpha + shift);
      expect(Math.abs(miss), `shifted by ${shift}`).toBeLessThan(1e-4 * (own[1] - own[0]));
    }
  }
});

describe("a side that does not close", () => {
  const runs = [2e7, 1e8, 5e8, 2e9].flatMap((nParams, i) =>
    [1e9, 4e9, 2e10, 1e11].map((nTokens, j) => ({
      nParams,
      nTokens,
      loss: (480 / nParams ** 0.35 + 2100 / nTokens ** 0.37) * Math.exp(0.02 * Math.sin(5 * i + 3 * j * j)),
    })),
  );
  const law = fit(chinchilla, runs, { loss: squared() });

  test("ends at the parameter's bound, named or computed, and says so", () => {
    const named = law.profile("E");
    expect(named.interval[0]).toBe(0);
    expect(named.closes).toEqual([false, true]);
    expect(named.notes).toEqual(["open below: the limit of its domain or bounds, 0, is not rejected"]);
    const computed = law.profile(({ E }) => E);
    expect(computed.interval[0]).toBeCloseTo(0, 9);
    expect(computed.closes).toEqual([false, true]);
    expect(computed.notes).toEqual(["open below: the quantity cannot go further"]);
    expect(computed.interval[1] / named.interval[1]).toBeCloseTo(1, 4);
  });

  test("ends at a bound that the fit was given", () => {
    const bounded = fit(chinchilla, runs, { loss: squared(), bounds: { alpha: [0.34, 1] } });
    expect(bounded.profile("alpha").interval[0]).toBe(0.34);
    expect(bounded.profile("alpha").closes).toEqual([false, true]);
  });

  test("is infinite where no value is rejected", () => {
    const above = runs.map((run) => ({ ...run, loss: run.loss + 0.05 }));
    const [, high] = fit(chinchilla, above, { loss: squared() }).profile(({ E }) => 1 / E).interval;
    expect(high).toBe(Infinity);
  });

  test("the place of a break that the runs do not show may be anywhere, not between the ends of the numbers", () => {
    const random = new Random(9, 0);
    const straight = Array.from({ length: 12 }, (_, k) => {
      const nTokens = 1e7 * 1e5 ** (k / 11);
      return { nTokens, loss: (1 + 50 * nTokens ** -0.2) * Math.exp(0.01 * random.normal()) };
    });
    const broken = fit(brokenPowerLaw("nTokens", 1), straight, { loss: squared() });
    const { interval, closes, notes } = broken.profile("d1");
    expect(interval).toEqual([0, Infinity]);
    expect(closes).toEqual([false, false]);
    expect(notes.slice(0, 2)).toEqual([
      "open below: no value is rejected",
      "open above: no value is rejected",
    ]);
  });

  test("a quantity that no free parameter moves has no profile", () => {
    expect(() => law.profile(() => 3)).toThrow("does not depend on the free parameters");
    expect(() => law.profile((() => "3") as unknown as () => number)).toThrow("must be a number, got 3");
  });
});

/** Upper tail of Student's t, by its inverse. */
function tail(t: number, freedom: number): number {
  let [low, high] = [0, 0.5];
  for (let k = 0; k < 60; k++) {
    const middle = (low + high) / 2;
    if (studentTQuantile(1 - middle, freedom) > t) low = middle;
    else high = middle;
  }
  return low;
}
