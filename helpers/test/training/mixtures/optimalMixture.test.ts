import {
  dirichletShares,
  fittedMixture,
  mixtureDraws,
  mixtureIntervals,
  optimalMixture,
  renormaliseShares,
  separablePowerLaw,
  simplexGrid,
  withParameters,
} from "isoflop";
import { describe, expect, it } from "vitest";
import { Random } from "../../../src/numerics/random/Random.ts";
import { projectToSimplex } from "../../../src/training/mixtures/projectToSimplex.ts";

/** A sum of exponentials of lines, as Ye's law has it: convex. */
function exponential(k: number, targets: number, seed: number) {
  const random = new Random(seed, 7);
  const constants = Array.from({ length: targets }, () => ({
    c: 1 + random.uniform(),
    k: 0.2 + 2 * random.uniform(),
    t: Array.from({ length: k }, () => 4 * random.uniform() - 3),
  }));
  return {
    sources: Array.from({ length: k }, (_, i) => `s${i}`),
    targets: constants.map((_, i) => `t${i}`),
    losses: (shares: Readonly<Float64Array>) =>
      constants.map((one) => one.c + one.k * Math.exp(one.t.reduce((sum, t, i) => sum + t * shares[i]!, 0))),
  };
}

const sumOf = (shares: Readonly<Record<string, number>>) =>
  Object.values(shares).reduce((sum, share) => sum + share, 0);

describe("optimalMixture", () => {
  it("is nowhere above the best point of a grid, and no further from it than the grid is coarse", () => {
    for (let seed = 0; seed < 20; seed++) {
      const response = exponential(3, 4, seed);
      const found = optimalMixture(response);
      const grid = simplexGrid(response.sources, 60).map((shares) => {
        const losses = response.losses(Float64Array.from(response.sources, (one) => shares[one]!));
        return { shares, value: losses.reduce((sum, one) => sum + one / 4, 0) };
      });
      const best = grid.reduce((a, b) => (b.value < a.value ? b : a));
      expect(found.converged).toBe(true);
      expect(found.value).toBeLessThanOrEqual(best.value + 1e-12);
      expect(sumOf(found.shares)).toBeCloseTo(1, 12);
      for (const one of response.sources) {
        expect(Math.abs(found.shares[one]! - best.shares[one]!)).toBeLessThan(3 / 60);
      }
    }
  });

  it("satisfies the conditions of a minimum in five sources with bounds", () => {
    for (let seed = 0; seed < 20; seed++) {
      const response = exponential(5, 3, seed);
      const upper = { s0: 0.3, s1: 0.25 };
      const lower = { s2: 0.05 };
      const found = optimalMixture(response, { lower, upper });
      const x = Float64Array.from(response.sources, (one) => found.shares[one]!);
      const value = (shares: Float64Array) => response.losses(shares).reduce((sum, one) => sum + one / 3, 0);
      // Moving a little from any source to any other, within the bounds, lowers nothing.
      for (let from = 0; from < 5; from++) {
        for (let to = 0; to < 5; to++) {
          const y = Float64Array.from(x);
          const by = 1e-4;
          y[from]! -= by;
          y[to]! += by;
          const low = from === 2 ? 0.05 : 0;
          const high = [0.3, 0.25][to] ?? 1;
          if (from === to || y[from]! < low || y[to]! > high) continue;
          expect(value(y)).toBeGreaterThan(found.value - 1e-12);
        }
      }
    }
  });

  it("finds p_i ~ (w_i c_i)^(1/(1+g)) for sum w_i c_i p_i^-g", () => {
    const [w, c, g] = [[0.5, 0.3, 0.2], [1.5, 2, 1], 0.15] as const;
    const response = {
      sources: ["a", "b", "c"] as const,
      targets: ["a", "b", "c"] as const,
      losses: (p: Readonly<Float64Array>) => c.map((one, i) => one * p[i]! ** -g),
    };
    const exact = renormaliseShares(
      Object.fromEntries(["a", "b", "c"].map((name, i) => [name, (w[i]! * c[i]!) ** (1 / (1 + g))])),
    );
    const found = optimalMixture(response, { weights: { a: 0.5, b: 0.3, c: 0.2 } });
    for (const name of ["a", "b", "c"] as const) expect(found.shares[name]).toBeCloseTo(exact[name]!, 6);
    expect(found.atBound).toEqual([]);
  });

  it("leaves a source at the share its supply allows, and says so", () => {
    const response = exponential(3, 3, 4);
    const free = optimalMixture(response);
    const [richest] = Object.entries(free.shares).sort((a, b) => b[1] - a[1])[0]!;
    const limit = { nTokens: 1e11, supply: { [richest]: 1e9 }, maxEpochs: 4 };
    const found = optimalMixture(response, limit);
    expect(found.shares[richest]).toBeCloseTo(0.04, 12);
    expect(found.epochs[richest]).toBeCloseTo(4, 9);
    expect(found.atBound).toContain(richest);
    expect(found.value).toBeGreaterThan(free.value);
  });

  it("asks the response at effective shares where repetition has a law, as a grid does", () => {
    const rStar = 15;
    const worth = (unique: number, tokens: number) =>
      unique + unique * rStar * (1 - Math.exp(-(tokens / unique - 1) / rStar));
    const law = withParameters(separablePowerLaw(["nTokens"]), { E: 1, A_nTokens: 300, alpha_nTokens: 0.3 });
    const response = {
      sources: ["web", "code"] as const,
      losses: ([web, code]: Readonly<Float64Array>, run: { nTokens?: number }) =>
        law.predict({ nTokens: run.nTokens! }) + 0.5 * Math.exp(-3 * code!) + 0.2 * Math.exp(-3 * web!),
    };
    const question = { nTokens: 1e11, supply: { code: 1e9 }, effectiveTokens: worth };
    const found = optimalMixture(response, question);
    const value = (code: number) => {
      const own = code * 1e11 > 1e9 ? worth(1e9, code * 1e11) : code * 1e11;
      const nTokens = (1 - code) * 1e11 + own;
      return response.losses(Float64Array.of(1 - own / nTokens, own / nTokens), { nTokens });
    };
    const grid = Array.from({ length: 10001 }, (_, i) => i / 10000);
    const best = grid.reduce((a, b) => (value(b) < value(a) ? b : a));
    expect(found.shares.code).toBeCloseTo(best, 3);
    expect(found.effectiveTokens).toBeLessThan(1e11);
    expect(optimalMixture(response, { ...question, maxEpochs: 4 }).shares.code).toBeCloseTo(0.04, 12);
  });

  it("gives one source everything, and follows a linear response into a corner", () => {
    expect(optimalMixture({ sources: ["only"], losses: () => 2 }).shares).toEqual({ only: 1 });
    const linear = {
      sources: ["a", "b", "c"],
      losses: (x: Readonly<Float64Array>) => x[0]! + 2 * x[1]! + 3 * x[2]!,
    };
    const { shares, atBound } = optimalMixture(linear);
    expect(shares).toEqual({ a: 1, b: 0, c: 0 });
    expect(atBound).toEqual(["a", "b", "c"]);
  });

  it("does not depend on the unit of tokens or on the scale of the weights", () => {
    const response = exponential(3, 2, 9);
    const one = optimalMixture(response, { nTokens: 100, supply: { s1: 10 }, weights: { t0: 1, t1: 3 } });
    const other = optimalMixture(response, {
      nTokens: 1e11,
      supply: { s1: 1e10 },
      weights: { t0: 0.1, t1: 0.3 },
    });
    for (const name of response.sources) expect(one.shares[name]).toBeCloseTo(other.shares[name]!, 7);
  });

  it("refuses bounds, weights and supplies that leave no mixture, saying what to do", () => {
    const response = exponential(2, 2, 1);
    const asked = (options: object) => () => optimalMixture(response, options);
    expect(asked({ upper: { s0: 0.2, s1: 0.3 } })).toThrow(
      "fill 50.0 % of the run at most; raise some of the upper",
    );
    expect(asked({ lower: { s0: 0.7, s1: 0.6 } })).toThrow("lower bounds sum to 1.2999");
    expect(asked({ upper: { s9: 0.2 } })).toThrow("upper names no source s9; did you mean s");
    expect(asked({ weights: { t0: 0 } })).toThrow("the weights are all 0");
    expect(asked({ weights: { t7: 1 } })).toThrow("weights name no target t7");
    expect(asked({ supply: { s0: 1e9 } })).toThrow("nTokens must be a number > 0, got undefined");
    expect(asked({ supply: { s0: 1e9, s1: 1e9 }, nTokens: 4e9 })).toThrow("allow more epochs");
    expect(asked({ supply: { s0: -1 }, nTokens: 4e9 })).toThrow(
      "the supply of s0 must be a finite number >= 0",
    );
    expect(asked({ supply: { s0: 1 }, nTokens: 4e9, maxEpochs: 0 })).toThrow(
      "maxEpochs of all sources must be > 0",
    );
    expect(asked({ uper: {} })).toThrow("did you mean upper");
    expect(asked({ nTokens: -1 })).toThrow("nTokens must be a number > 0");
    expect(() => optimalMixture({ sources: ["a", "b"], losses: () => Number.NaN })).toThrow("not finite");
  });
});

describe("fittedMixture", () => {
  it("reads shares by name, and size and tokens from the run", () => {
    const law = withParameters(separablePowerLaw(["web", "code", "nTokens"]), {
      E: 1,
      A_web: 0.2,
      A_code: 0.1,
      A_nTokens: 400,
      alpha_web: 0.3,
      alpha_code: 0.3,
      alpha_nTokens: 0.3,
    });
    const response = fittedMixture(["web", "code"], { english: law, python: law });
    const { shares, losses } = optimalMixture(response, { nTokens: 1e10, weights: { python: 1 } });
    expect(losses.python).toBeCloseTo(law.predict({ ...shares, nTokens: 1e10 }), 12);
    expect(() => optimalMixture(response)).toThrow("reads nTokens, got none");
    expect(() => fittedMixture(["web", "wiki"], law)).toThrow("does not read wiki");
  });
});

describe("the simplex", () => {
  it("is projected to where no other point of a fine grid is nearer", () => {
    const random = new Random(5, 0);
    for (let trial = 0; trial < 30; trial++) {
      const y = Array.from({ length: 3 }, () => 3 * random.normal());
      const lower = Float64Array.of(0, 0.1, 0);
      const upper = Float64Array.of(0.6, 1, 0.5);
      const x = projectToSimplex(y, lower, upper);
      const distance = (point: ArrayLike<number>) =>
        y.reduce((sum, one, i) => sum + (one - point[i]!) ** 2, 0);
      const inside = simplexGrid(["a", "b", "c"], 50)
        .map(({ a, b, c }) => [a, b, c])
        .filter((p) => p.every((share, i) => share >= lower[i]! && share <= upper[i]!));
      expect(x[0]! + x[1]! + x[2]!).toBeCloseTo(1, 12);
      for (const point of inside) expect(distance(x)).toBeLessThan(distance(point) + 1e-12);
    }
  });

  it("is drawn from with the means and variances of the Dirichlet distribution", () => {
    const concentration = { a: 0.2, b: 0.5, c: 2 };
    const draws = dirichletShares(concentration, { count: 20000, seed: 3 });
    const total = 2.7;
    for (const [name, alpha] of Object.entries(concentration)) {
      const values = draws.map((one) => one[name as "a"]);
      const mean = values.reduce((sum, one) => sum + one, 0) / values.length;
      const square = values.reduce((sum, one) => sum + (one - mean) ** 2, 0) / values.length;
      const share = alpha / total;
      expect(mean).toBeCloseTo(share, 2);
      expect(square).toBeCloseTo((share * (1 - share)) / (total + 1), 2);
    }
    const [tiny] = dirichletShares({ a: 1e-4, b: 1e-4 }, { count: 1 });
    expect(tiny!.a + tiny!.b).toBe(1);
    expect(dirichletShares({ a: 1, b: 2 }, { count: 2, seed: 1 })).toEqual(
      dirichletShares({ a: 1, b: 2 }, { count: 2, seed: 1 }),
    );
    expect(() => dirichletShares({ a: 0 }, { count: 1 })).toThrow(
      "the concentration of a must be a number > 0",
    );
  });

  it("has as many grid points as there are ways to place the steps", () => {
    expect(simplexGrid(["a", "b", "c", "d"], 6)).toHaveLength(84);
    expect(() => simplexGrid(["a"], 0.5)).toThrow("steps must be a whole number");
    expect(() => renormaliseShares({ a: -1 })).toThrow("the share of a must be a finite number >= 0");
    expect(() => renormaliseShares({ a: 0 })).toThrow("must be a finite number > 0");
  });
});

describe("mixtureIntervals", () => {
  it("covers the best share of the true response, and counts draws at a bound", () => {
    const random = new Random(11, 0);
    const runs = Array.from({ length: 60 }, () => {
      const web = random.uniform();
      return { web, loss: (web - 0.7) ** 2 + 0.01 * random.normal() };
    });
    const draws = mixtureDraws(
      runs,
      (some) => {
        // Least squares of loss on (1, web, web^2), by three sums: enough for a test.
        const rows = some.map(({ web, loss }) => [1, web, web * web, loss] as const);
        const moment = (i: number, j: number) => rows.reduce((sum, row) => sum + row[i]! * row[j]!, 0);
        const m = [0, 1, 2].map((i) => [0, 1, 2].map((j) => moment(i, j)).concat(moment(i, 3)));
        for (let p = 0; p < 3; p++) {
          for (let r = 0; r < 3; r++) {
            if (r === p) continue;
            const factor = m[r]![p]! / m[p]![p]!;
            m[r] = m[r]!.map((one, col) => one - factor * m[p]![col]!);
          }
        }
        const [a, b, c] = m.map((row, i) => row[3]! / row[i]!) as [number, number, number];
        return {
          sources: ["web", "code"] as const,
          losses: ([web]: Readonly<Float64Array>) => a + b * web! + c * web! ** 2,
        };
      },
      { resamples: 100, seed: 2 },
    );
    const found = mixtureIntervals(draws);
    expect(found.shares.web[0]).toBeLessThan(0.7);
    expect(found.shares.web[1]).toBeGreaterThan(0.7);
    expect(found.atBound.web).toBe(0);
    expect(mixtureIntervals(draws, { upper: { web: 0.5 } }).atBound.web).toBe(1);
    expect(() => mixtureIntervals([])).toThrow("intervals need responses");
  });
});
