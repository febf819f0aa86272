import fc from "fast-check";
import { fit, fitLikelihood, jupyterDisplay, powerLaw, squared } from "isoflop";
import { defineLaw } from "isoflop/formula";
import { describe, expect, test } from "vitest";
import { logNormalCdf } from "../../src/fit/likelihood/logNormalCdf.ts";
import { Random } from "../../src/numerics/random/Random.ts";
import oracle from "./likelihoodOracle.json" with { type: "json" };

const law = defineLaw("loss = E + A*(nParams/1e8)^(-alpha)");
const rows = (loss: number[]) =>
  oracle.N.map((nParams, i) => ({
    nParams,
    v: nParams / 1e8,
    loss: loss[i]!,
    se: oracle.se[i]!,
    diverged: oracle.diverged[i] === 1,
  }));

describe("against R", () => {
  test("noise that is a power of a variable: gnls with varPower", () => {
    const theirs = oracle.power;
    const ours = fitLikelihood(law, rows(oracle.grows), { noise: { power: "v" }, residual: "raw" });
    expect(ours.logLikelihood).toBeCloseTo(theirs.logLik[0]!, 7);
    expect(ours.power).toBeCloseTo(theirs.power[0]!, 5);
    expect(ours.sigma / theirs.sigma[0]!).toBeCloseTo(1, 5);
    expect(ours.parameters.E).toBeCloseTo(theirs.E[0]!, 6);
    expect(ours.parameters.alpha).toBeCloseTo(theirs.alpha[0]!, 6);
  });

  test("noise that is a power of the prediction: gnls comes near the maximum, which is a little higher", () => {
    const theirs = oracle.fitted;
    const ours = fitLikelihood(law, rows(oracle.grows), { noise: { power: "fitted" }, residual: "raw" });
    expect(ours.logLikelihood).toBeGreaterThanOrEqual(theirs.logLik[0]! - 1e-9);
    expect(ours.logLikelihood).toBeCloseTo(theirs.logLik[0]!, 2);
    expect(ours.power / theirs.power[0]!).toBeCloseTo(1, 2);
  });

  test("known noise: nls with weights, its standard errors without a scale", () => {
    const theirs = oracle.absolute;
    const ours = fitLikelihood(law, rows(oracle.known), { noise: { sigma: "se" }, residual: "raw" });
    expect(ours.parameters.E).toBeCloseTo(theirs.E[0]!, 8);
    expect(ours.parameters.A).toBeCloseTo(theirs.A[0]!, 8);
    // R's are of Gauss and Newton, ours of the likelihood's own curvature.
    expect(ours.standardErrors.E / theirs.seE[0]!).toBeCloseTo(1, 2);
    expect(ours.standardErrors.alpha / theirs.seAlpha[0]!).toBeCloseTo(1, 2);
    expect(ours.sigma).toBe(1);
  });

  test("censored runs: the likelihood written out with R's pnorm", () => {
    const theirs = oracle.tobit;
    const ours = fitLikelihood(law, rows(oracle.cens), { censored: "diverged", residual: "raw" });
    expect(ours.logLikelihood).toBeCloseTo(theirs.logLik[0]!, 7);
    expect(ours.sigma / theirs.sigma[0]!).toBeCloseTo(1, 5);
    expect(ours.parameters.A / theirs.A[0]!).toBeCloseTo(1, 5);
    expect(ours.censored).toBe(oracle.diverged.filter((each) => each === 1).length);
  });
});

const curve = (noise: (x: number, z: number) => number, seed: number, n = 40) => {
  const random = new Random(seed, n);
  return Array.from({ length: n }, (_, k) => {
    const nTokens = 1e7 * 1e4 ** (k / (n - 1));
    return { nTokens, loss: (1.8 + 100 / nTokens ** 0.27) * Math.exp(noise(nTokens, random.normal())) };
  });
};

test("constant noise is least squares: parameters, and sigma by the sum of squares", () => {
  const runs = curve((_, z) => 0.004 * z, 1);
  const ours = fitLikelihood(powerLaw("nTokens"), runs);
  const squares = fit(powerLaw("nTokens"), runs, { loss: squared() });
  expect(ours.parameters.alpha).toBeCloseTo(squares.parameters.alpha, 6);
  expect(ours.sigma ** 2 * 40).toBeCloseTo(squares.objective, 9);
  expect(ours.freeParameters).toBe(4);
});

test("known noise twice as large doubles the standard errors and leaves the parameters; scaled, it changes nothing", () => {
  const runs = curve((_, z) => 0.004 * z, 2).map((run, k) => ({ ...run, se: 0.002 + 0.001 * (k % 4) }));
  const of = (factor: number, scaled: boolean) =>
    fitLikelihood(powerLaw("nTokens"), runs, { noise: { sigma: (run) => factor * run.se, scaled } });
  const [one, two] = [of(1, false), of(2, false)];
  expect(two.parameters.alpha).toBeCloseTo(one.parameters.alpha, 7);
  expect(two.standardErrors.alpha / one.standardErrors.alpha).toBeCloseTo(2, 3);
  const [a, b] = [of(1, true), of(2, true)];
  expect(b.standardErrors.alpha / a.standardErrors.alpha).toBeCloseTo(1, 4);
  expect(b.sigma / a.sigma).toBeCloseTo(0.5, 6);
});

test("over 40 simulations the power of the noise comes out, and known noise gives intervals that cover", () => {
  let power = 0;
  let covered = 0;
  for (let seed = 1; seed <= 40; seed++) {
    const runs = curve((x, z) => 0.01 * (x / 1e9) ** -0.15 * z, seed, 60);
    power +=
      fitLikelihood(powerLaw("nTokens"), runs, { noise: { power: (run) => run.nTokens / 1e9 } }).power / 40;
    const known = fitLikelihood(powerLaw("nTokens"), runs, {
      noise: { sigma: (run) => 0.01 * (run.nTokens / 1e9) ** -0.15 },
    });
    const [low, high] = known.interval("alpha");
    if (low <= 0.27 && 0.27 <= high) covered++;
  }
  // The mean's standard error is .006.
  expect(power).toBeGreaterThan(-0.17);
  expect(power).toBeLessThan(-0.13);
  expect(covered).toBeGreaterThanOrEqual(35);
});

test("censored runs left in at their value pull the law down; told, they do not", () => {
  let [naive, told] = [0, 0];
  for (let seed = 1; seed <= 20; seed++) {
    const runs = curve((_, z) => 0.03 * z, seed, 60).map((run) => ({
      ...run,
      stopped: run.loss > 2.5,
      loss: Math.min(run.loss, 2.5),
    }));
    naive += fitLikelihood(powerLaw("nTokens"), runs).predict({ nTokens: 1e7 }) / 20;
    told += fitLikelihood(powerLaw("nTokens"), runs, { censored: "stopped" }).predict({ nTokens: 1e7 }) / 20;
  }
  const truth = 1.8 + 100 / 1e7 ** 0.27;
  expect(naive / truth).toBeLessThan(0.92);
  expect(Math.abs(told / truth - 1)).toBeLessThan(0.05);
});

test("ln Phi and its slope agree with each other on both sides of the switch, and with the tail's series", () => {
  fc.assert(
    fc.property(fc.double({ min: -37, max: 3, noNaN: true }), (u) => {
      const h = 1e-5 * Math.max(1, Math.abs(u));
      const slope = (logNormalCdf(u + h).value - logNormalCdf(u - h).value) / (2 * h);
      expect(logNormalCdf(u).slope / slope).toBeCloseTo(1, 5);
    }),
    { seed: 1, numRuns: 200 },
  );
  // scipy.special.log_ndtr
  expect(logNormalCdf(-3).value).toBeCloseTo(-6.607726221510342, 12);
  expect(logNormalCdf(-20).value).toBeCloseTo(-203.91715537109727, 10);
  expect(logNormalCdf(-300).value).toBeCloseTo(-45006.62273211866, 6);
});

test("a record and a display say what was assumed", () => {
  const runs = curve((_, z) => 0.004 * z, 3);
  const found = fitLikelihood(powerLaw("nTokens"), runs, { noise: { power: "nTokens" } });
  expect(JSON.parse(JSON.stringify(found))).toMatchObject({
    format: "isoflop-likelihood-fit",
    noise: "power",
    residual: "log",
    freedom: 37,
    status: "converged",
  });
  expect(String(found[jupyterDisplay]()["text/plain"])).toMatch(
    /power noise on log residuals: sigma \S+, power /,
  );
});

describe("what cannot be used is refused", () => {
  const runs = curve((_, z) => 0.004 * z, 4).map((run, k) => ({
    ...run,
    se: k === 3 ? 0 : 0.01,
    flag: k === 5 ? "yes" : false,
  }));
  const of = (options: object) => () => fitLikelihood(powerLaw("nTokens"), runs, options as never);
  test.each<[object, RegExp]>([
    [{ noise: { sigma: "se" } }, /se \(sigma\) must be a finite number > 0, got 0 in row 3/],
    [{ noise: { sigma: "sd" } }, /sd \(sigma\) must be a finite number > 0, got undefined in row 0/],
    [{ noise: "poisson" }, /noise must be "constant", \{ sigma \} or \{ power \}, got the text "poisson"/],
    [{ noise: { sigma: "se", scale: true } }, /did you mean scaled\?/],
    [{ noise: { power: "se" } }, /se \(the noise's power\) must be a finite number > 0, got 0 in row 3/],
    [{ censored: "flag" }, /flag \(censored\) must be true or false, got the text "yes" in row 5/],
    [{ censored: () => true }, /at least 4 runs whose response is known, got 0/],
    [{ weights: [] }, /fitLikelihood has no option weights/],
  ])("%j", (options, message) => {
    expect(of(options)).toThrow(message);
  });
});
