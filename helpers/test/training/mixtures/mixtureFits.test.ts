import {
  additiveMixture,
  bimix,
  boostedTrees,
  dirichletShares,
  exponentialMixture,
  fit,
  fitResponses,
  fittedMixture,
  jointMixture,
  mixtureRegression,
  mixtureResamples,
  mixtureScores,
  mixtureSlopes,
  optimalMixture,
  ownShareMixture,
  predict,
  rankCorrelation,
  renormaliseShares,
  simplexGrid,
  simulatedMixture,
  squared,
  straighteningFloor,
  withParameters,
} from "isoflop";
import { regmixRuns } from "isoflop-datasets";
import { describe, expect, it } from "vitest";
import { Random } from "../../../src/numerics/random/Random.ts";
import { featureBins } from "../../../src/training/mixtures/trees/featureBins.ts";

const three = ["web", "code", "books"] as const;

describe("exponentialMixture", () => {
  const truth = { c: 1.7, k: 0.6, t_web: -1.4, t_code: 0.9 };
  const runs = dirichletShares({ web: 1, code: 1, books: 1 }, { count: 24, seed: 4 }).map((shares) => ({
    ...shares,
    loss: predict(exponentialMixture(three), truth, shares),
  }));

  it("recovers its constants from 24 mixtures without noise, and calls them identified", () => {
    const found = fit(exponentialMixture(three), runs, { loss: squared(), residual: "raw" });
    expect(found.status).toBe("converged");
    for (const [name, value] of Object.entries(truth)) {
      expect(found.parameters[name as "c"]).toBeCloseTo(value, 6);
    }
    expect(mixtureSlopes(three, found.parameters).books).toBeCloseTo(0.5, 6);
  });

  it("says the same as the published form with any constant added to all t and taken out of k", () => {
    for (const shift of [-3, 0.4, 7]) {
      const [web, code, books] = [-1.4 + shift, 0.9 + shift, 0.5 + shift];
      const k = 0.6 * Math.exp(-shift);
      for (const run of runs) {
        const published = 1.7 + k * Math.exp(web * run.web + code * run.code + books * run.books);
        expect(run.loss).toBeCloseTo(published, 12);
      }
    }
  });

  it("does not care in which order the sources are given", () => {
    const turned = fit(exponentialMixture(["books", "web", "code"]), runs, {
      loss: squared(),
      residual: "raw",
    });
    const slopes = mixtureSlopes(["books", "web", "code"], turned.parameters);
    expect(slopes.web).toBeCloseTo(-1.4, 6);
    expect(slopes.books).toBeCloseTo(0.5, 6);
    expect(turned.parameters.k).toBeCloseTo(0.6, 6);
  });

  it("is a line in the shares after ln(L - c)", () => {
    const c = straighteningFloor(
      runs.map((run) => -1.4 * run.web + 0.9 * run.code + 0.5 * run.books),
      runs.map((run) => run.loss),
      4000,
    );
    expect(c).toBeCloseTo(1.7, 2);
    expect(() => straighteningFloor([1], [2])).toThrow("three or more pairs");
  });

  it("is fitted to several targets at once, each with its own constants", () => {
    const vector = runs.map(({ loss, ...shares }) => ({ ...shares, english: loss, python: 5 - loss }));
    const joint = fitResponses(exponentialMixture(three), vector, {
      responses: ["english"],
      shared: [],
      loss: squared(),
      residual: "raw",
    });
    const response = fittedMixture(three, joint);
    expect(response.targets).toEqual(["english"]);
    expect(mixtureScores(response, vector).english!.meanAbsoluteError).toBeLessThan(1e-6);
    expect(() => mixtureSlopes(three, { t_web: 1 })).toThrow("t_code must be a finite number");
    expect(() => exponentialMixture(["web"])).toThrow("two or more different names");
    expect(() => exponentialMixture(["web", "loss"])).toThrow("a source called loss");
  });
});

describe("the laws of Shukor, Ge and He", () => {
  const additive = {
    E: 1.2,
    A: 400,
    B: 500,
    alpha: 0.34,
    beta: 0.3,
    C_web: 3,
    C_code: 2,
    C_books: 1,
    gamma_web: 0.5,
    gamma_code: 0.6,
    gamma_books: 0.4,
  };

  it("additive: the best mixture is the same at every size and number of tokens", () => {
    const response = fittedMixture(three, withParameters(additiveMixture(three), additive));
    const small = optimalMixture(response, { nParams: 1e8, nTokens: 1e9 });
    const large = optimalMixture(response, { nParams: 1e11, nTokens: 1e13 });
    for (const source of three) expect(small.shares[source]).toBeCloseTo(large.shares[source], 5);
    expect(large.value).toBeLessThan(small.value);
  });

  it("additive: with everything on one source it is Chinchilla's law with a higher floor", () => {
    const law = withParameters(additiveMixture(three), additive);
    const run = { nParams: 1e9, nTokens: 1e11 };
    expect(law.predict({ web: 1, code: 0, books: 0, ...run })).toBeCloseTo(
      1.2 + 1 / 3 + 400 / 1e9 ** 0.34 + 500 / 1e11 ** 0.3,
      12,
    );
  });

  it("joint: with equal weights it is the additive law, with others its best mixture moves", () => {
    const same = Object.fromEntries(
      three.flatMap((one) => [
        [`CA_${one}`, 400],
        [`CB_${one}`, 500],
      ]),
    );
    const { E, alpha, beta, A, B, ...mixture } = additive;
    const base = { E, alpha, beta, gammaA: 1, gammaB: 1, ...mixture };
    const equal = withParameters(jointMixture(three), { ...base, ...same } as never);
    const point = { web: 0.5, code: 0.3, books: 0.2, nParams: 1e9, nTokens: 1e10 };
    expect(equal.predict(point)).toBeCloseTo(
      predict(additiveMixture(three), { E, alpha, beta, A, B, ...mixture }, point),
      12,
    );
    const moving = withParameters(jointMixture(three), { ...base, ...same, CB_code: 5000 } as never);
    const response = fittedMixture(three, moving);
    const at = (nTokens: number) => optimalMixture(response, { nParams: 1e9, nTokens }).shares.code;
    expect(at(1e13) - at(1e9)).toBeGreaterThan(0.005);
  });

  it("additive: refits of three sources without noise give the constants and foretell other runs", () => {
    const mixtures = simplexGrid(three, 5, 0.2).concat(
      dirichletShares({ web: 2, code: 2, books: 2 }, { count: 12 }),
    );
    const runs = mixtures.flatMap((shares) =>
      [1e8, 1e9, 1e10].flatMap((nParams) =>
        [2e9, 2e10, 2e11].map((nTokens) => {
          const point = { ...shares, nParams, nTokens };
          return { ...point, loss: predict(additiveMixture(three), additive, point) };
        }),
      ),
    );
    const found = fit(additiveMixture(three), runs, { loss: squared() });
    expect(found.parameters.gamma_books).toBeCloseTo(0.4, 3);
    const far = { web: 0.6, code: 0.25, books: 0.15, nParams: 7e10, nTokens: 2e12 };
    expect(found.predict(far) / predict(additiveMixture(three), additive, far)).toBeCloseTo(1, 4);
  });

  it("BiMix: a factor in front is absorbed by B and C", () => {
    const law = withParameters(bimix("web"), { B: 6, C: 4, alpha: 0.1, beta: 0.3 });
    const published = (A: number) => (A / 0.2 ** 0.1) * (6 / A / 1e4 ** 0.3 + 4 / A);
    expect(law.predict({ web: 0.2, nSteps: 1e4 })).toBeCloseTo(published(3), 12);
  });

  it("own share: with one gamma the best shares are as the closed form has them", () => {
    const gamma = 0.06;
    const laws = [1.5, 2.2, 1.9].map((E) => ({ E, A: 400, B: 500, alpha: 0.34, beta: 0.3, gamma }));
    const run = { nParams: 1e9, nTokens: 1e11 };
    const bracket = laws.map((one) => one.E + 400 / 1e9 ** 0.34 + 500 / 1e11 ** 0.3);
    const response = {
      sources: three,
      targets: three,
      losses: (h: Readonly<Float64Array>) =>
        three.map((one, i) =>
          withParameters(ownShareMixture(one), laws[i]!).predict({ [one]: h[i]!, ...run } as never),
        ),
    };
    const found = optimalMixture(response, { lower: { web: 1e-3, code: 1e-3, books: 1e-3 } });
    const exact = renormaliseShares(
      Object.fromEntries(three.map((one, i) => [one, bracket[i]! ** (1 / (1 + gamma))])),
    );
    for (const one of three) expect(found.shares[one]).toBeCloseTo(exact[one]!, 5);
  });
});

describe("mixtureRegression", () => {
  it("gives each source the loss of a mixture of it alone, with and without an intercept", () => {
    const runs = dirichletShares({ web: 1, code: 1, books: 1 }, { count: 12, seed: 2 }).map((shares) => {
      // As published shares are: rounded, so that they do not quite sum to 1.
      const rounded = Object.fromEntries(three.map((one) => [one, Math.round(shares[one] * 1000) / 1000]));
      return { ...(rounded as typeof shares), loss: 2 * shares.web + 3 * shares.code + 4 * shares.books };
    });
    for (const intercept of [false, true]) {
      const found = mixtureRegression(runs, { sources: three, targets: ["loss"], intercept });
      expect(found.coefficients.loss.web).toBeCloseTo(2, 1);
      expect(found.coefficients.loss.books).toBeCloseTo(4, 1);
    }
    expect(() => mixtureRegression(runs.slice(0, 2), { sources: three, targets: ["loss"] })).toThrow(
      "2 runs do not determine 3 coefficients",
    );
  });
});

describe("boostedTrees", () => {
  it("bins as LightGBM does: zeros apart, three runs or more in each bin, ends half-way", () => {
    const values = [0, 0, 0, 0.1, 0.1, 0.1, 0.2, 0.3, 0.3, 0.4, 0.4, 0.4];
    expect([...featureBins(values)].map((end) => Math.fround(end))).toEqual(
      [1e-35, 0.15, 0.35, Infinity].map(Math.fround),
    );
  });

  it("grows and stops as LightGBM 4.7.0 does on RegMix's runs", () => {
    const all = regmixRuns();
    const sources = Object.keys(all[0]!).filter((key) => key.startsWith("share")) as "shareArxiv"[];
    const [train, judged] = ["train", "test"].map((role) => {
      const runs = all.filter((run) => run.role === role && run.modelSize === "1M");
      return { x: runs.map((run) => sources.map((one) => run[one])), y: runs.map((run) => run.lossArxiv) };
    }) as [{ x: number[][]; y: number[] }, { x: number[][]; y: number[] }];
    const trees = boostedTrees(train.x, train.y, { stopOn: judged });
    // LGBMRegressor(num_iterations=1000, learning_rate=0.01), early_stopping(3) on l1 and l2: best_iteration_, predict.
    expect(trees.trees).toBe(333);
    expect(trees.predict(judged.x[0]!)).toBeCloseTo(4.40034, 6);
    expect(trees.predict(judged.x[1]!)).toBeCloseTo(4.576413, 6);
  });

  it("stops on the given runs, and follows a step function that a line cannot", () => {
    const random = new Random(3, 0);
    const rows = Array.from({ length: 300 }, () => [random.uniform(), random.uniform()]);
    const y = rows.map(([a, b]) => (a! > 0.5 === b! > 0.5 ? 1 : 2) + 0.05 * random.normal());
    const trees = boostedTrees(rows.slice(0, 200), y.slice(0, 200), {
      rate: 0.1,
      stopOn: { x: rows.slice(200), y: y.slice(200) },
    });
    expect(trees.trees).toBeLessThan(1000);
    expect(Math.abs(trees.predict([0.9, 0.9]) - 1)).toBeLessThan(0.15);
    expect(Math.abs(trees.predict([0.1, 0.9]) - 2)).toBeLessThan(0.15);
    expect(() => boostedTrees([[1]], [1])).toThrow("must be 40 or more");
    expect(() =>
      boostedTrees(
        rows.map(() => [-1]),
        y,
      ),
    ).toThrow("row 0 must hold 1 finite features >= 0");
  });
});

describe("scores and resamples", () => {
  it("rank with ties as the mean of their ranks", () => {
    // By hand: ranks 1, 2.5, 2.5, 4 and 1, 3, 2, 4.
    expect(rankCorrelation([1, 2, 2, 3], [1, 7, 5, 9])).toBeCloseTo(4.5 / Math.sqrt(4.5 * 5), 12);
    expect(rankCorrelation([1, 2, 3], [3, 2, 1])).toBe(-1);
    expect(rankCorrelation([1, 1], [1, 2])).toBeNaN();
    expect(() => rankCorrelation([1], [1])).toThrow("2 or more");
    expect(() => rankCorrelation([1, Number.NaN], [1, 2])).toThrow("value 1 must be a number");
  });

  it("count pairs in the right order, half for those that the response calls equal", () => {
    const runs = [0.1, 0.4, 0.6, 0.9].map((web) => ({ web, code: 1 - web, loss: 3 - web }));
    const step = {
      sources: ["web", "code"],
      losses: ([web]: Readonly<Float64Array>) => (web! < 0.5 ? 3 : 2),
    };
    expect(mixtureScores(step, runs).loss.pairAccuracy).toBeCloseTo((4 + 2 * 0.5) / 6, 12);
    expect(() => mixtureScores(step, [{ web: 0.5, loss: 1 }])).toThrow("code must be a finite number");
  });

  it("give the same spread for the same seed, and refuse parts that leave nothing to judge", () => {
    const runs = dirichletShares({ web: 1, code: 1, books: 1 }, { count: 30, seed: 5 }).map((shares) => ({
      ...shares,
      loss: 2 + shares.web ** 2,
    }));
    const fitter = (some: typeof runs) => mixtureRegression(some, { sources: three, targets: ["loss"] });
    const one = mixtureResamples(runs, fitter, { size: 15, seed: 2 });
    expect(mixtureResamples(runs, fitter, { size: 15, seed: 2 })).toEqual(one);
    expect(one.loss.rankCorrelation.mean).toBeGreaterThan(0.9);
    expect(() => mixtureResamples(runs, fitter, { size: 29 })).toThrow("size must be at most 28");
  });

  it("simulate as RegMix does: near the prior where the response is flat, at its minimum where it is not", () => {
    const prior = { web: 6, code: 3, books: 1 };
    const flat = simulatedMixture({ sources: three, losses: () => 1 }, { prior, draws: 5000, best: 5000 });
    expect(flat.shares.web).toBeCloseTo(0.6, 1);
    const bowl = simulatedMixture(
      { sources: three, losses: ([web, code]) => (web! - 0.2) ** 2 + (code! - 0.5) ** 2 },
      { prior, concentration: 3, draws: 20000, best: 20 },
    );
    expect(bowl.shares.code).toBeCloseTo(0.5, 1);
    expect(() =>
      simulatedMixture({ sources: three, losses: () => 1 }, { prior: { ...prior, web: 0 } }),
    ).toThrow("the prior of web must be a number > 0");
  });
});
