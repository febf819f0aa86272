import {
  asymmetric,
  besiroglu2024,
  chinchilla,
  compareFits,
  fit,
  hoffmann2022,
  hoffmann2022Rounded,
  huber,
  informationCriteria,
  jupyterDisplay,
  l1,
  likelihoodRatioTest,
  logCosh,
  logLikelihood,
  runsForWidth,
  squared,
  waldTest,
} from "isoflop";
import { chinchillaFigure4 } from "isoflop-datasets";
import { describe, expect, test } from "vitest";
import { lossNormaliser } from "../../src/judgement/lossNormaliser.ts";

const all = chinchillaFigure4();
const runs = all.filter((run) => !run.isOutlier);

describe("the normaliser of a loss is the integral of exp(−loss)", () => {
  test.each([
    ["squared", squared(), Math.log(Math.PI) / 2],
    ["l1", l1(), Math.log(2)],
    // ∫ sech z dz = π
    ["logCosh(1)", logCosh(1), Math.log(Math.PI)],
    // ∫ sech⁴(z/2) dz = 2 · 4/3
    ["logCosh(2)", logCosh(2), Math.log(8 / 3)],
    ["asymmetric l1", asymmetric(l1(), { over: 4 }), Math.log(1.25)],
  ])("%s", (_, loss, expected) => {
    expect(lossNormaliser(loss)).toBeCloseTo(expected, 9);
  });

  test("huber: closed form equals the sum over a fine grid", () => {
    for (const delta of [0.1, 1, 3]) {
      let sum = 0;
      const h = 1e-3;
      for (let z = -400; z < 400; z += h) {
        const u = Math.abs(z);
        sum += h * Math.exp(u <= delta ? -(u * u) / 2 : -delta * (u - delta / 2));
      }
      expect(lossNormaliser(huber(delta))).toBeCloseTo(Math.log(sum), 6);
    }
  });
});

describe("log-likelihood", () => {
  const residuals = runs.map((run) => Math.log(hoffmann2022.predict(run) / run.loss));

  test("under a squared loss is the Gaussian's at its best variance", () => {
    const variance = residuals.reduce((sum, r) => sum + r * r, 0) / runs.length;
    const gaussian = -(runs.length / 2) * (Math.log(2 * Math.PI * variance) + 1);
    expect(logLikelihood(hoffmann2022, runs, { loss: squared() }).logLikelihood).toBeCloseTo(gaussian, 8);
  });

  test("under l1 is Laplace's at its best scale", () => {
    const b = residuals.reduce((sum, r) => sum + Math.abs(r), 0) / runs.length;
    const laplace = -runs.length * (Math.log(2 * b) + 1);
    const found = logLikelihood(hoffmann2022, runs, { loss: l1() });
    expect(found.logLikelihood).toBeCloseTo(laplace, 8);
    expect(found.scale).toBeCloseTo(b, 12);
  });

  test.each([
    ["rounded constants", hoffmann2022Rounded, 562.25, 531.89],
    ["constants of the TeX source", hoffmann2022, 837.78, 714.43],
    ["their own refit, on the runs it was made for", undefined, 879.77, undefined],
  ])("Besiroglu et al. 2024 print it for Hoffmann's %s", (_, constants, without, withOutliers) => {
    const law = constants ?? fit(chinchilla, runs, { loss: l1() });
    expect(Number(logLikelihood(law, runs).logLikelihood.toFixed(2))).toBe(without);
    if (withOutliers) expect(Number(logLikelihood(law, all).logLikelihood.toFixed(2))).toBe(withOutliers);
  });

  test("of the refit with all 245 runs comes within .01 of the printed 757.80", () => {
    const law = fit(chinchilla, runs, { loss: l1() });
    expect(Math.abs(logLikelihood(law, all).logLikelihood - 757.8)).toBeLessThan(0.01);
  });
});

describe("likelihood-ratio test", () => {
  const refit = fit(chinchilla, runs, { loss: l1() });

  test("gives the printed ratio of 84.00 and p of 1.2e-16 for Hoffmann's constants", () => {
    const ratio = likelihoodRatioTest(hoffmann2022, refit, runs, { degreesOfFreedom: 5 });
    expect(Math.abs(ratio.statistic - 84)).toBeLessThan(0.01);
    expect(ratio.pValue.toExponential(1)).toBe("1.2e-16");
  });

  test("refuses a full fit that is no maximum of this likelihood", () => {
    const options = { degreesOfFreedom: 1 };
    expect(() => likelihoodRatioTest(refit, hoffmann2022, runs, options)).toThrow(
      /fit it with the same loss/,
    );
    expect(() => likelihoodRatioTest(refit, refit, runs, { degreesOfFreedom: 0 })).toThrow(RangeError);
  });

  test("rarely rejects a true restriction: over 200 synthetic sets p is uniform to within chance", () => {
    // Linear in two parameters after fixing the exponents, so that Wilks' theorem holds well at n = 40.
    let below = 0;
    for (let k = 0; k < 200; k++) {
      const noisy = runs.slice(0, 40).map((run, i) => ({
        ...run,
        loss: besiroglu2024.predict(run) * Math.exp(0.005 * gaussian(k * 1000 + i)),
      }));
      const fixed = { A: 482.01, alpha: 0.3478, beta: 0.3658 };
      const full = fit(chinchilla, noisy, { loss: squared(), fixed });
      const { pValue } = likelihoodRatioTest(besiroglu2024, full, noisy, {
        loss: squared(),
        degreesOfFreedom: 2,
      });
      if (pValue < 0.1) below++;
    }
    // 20 expected, standard deviation 4.2; small samples reject a little too often.
    expect(below).toBeGreaterThan(8);
    expect(below).toBeLessThan(36);
  });
});

/** A fixed table-free Gaussian of an integer: the sum of twelve fractions of a Weyl sequence. */
function gaussian(i: number): number {
  let sum = -6;
  for (let k = 1; k <= 12; k++) {
    const h = Math.sin((i + 1) * 12.9898 + k * 78.233) * 43758.5453;
    sum += h - Math.floor(h);
  }
  return sum;
}

describe("information criteria", () => {
  test("follow from the log-likelihood, counting the noise's scale as a parameter", () => {
    const found = informationCriteria(fit(chinchilla, runs, { loss: squared(), tied: { beta: "alpha" } }));
    const { logLikelihood: l, k, n } = found;
    expect([k, n]).toEqual([5, 240]);
    expect(found.aic).toBeCloseTo(10 - 2 * l, 10);
    expect(found.aicc).toBeCloseTo(10 - 2 * l + 60 / 234, 10);
    expect(found.bic).toBeCloseTo(5 * Math.log(240) - 2 * l, 10);
  });

  test("AICc is infinite where the parameters use up the runs", () => {
    const few = [...runs].filter((_, i) => i % 40 === 0);
    expect(informationCriteria(fit(chinchilla, few, { loss: squared() })).aicc).toBe(
      Number.POSITIVE_INFINITY,
    );
  });

  test("fits side by side: weights add to 1, the best comes first, the table shows itself", () => {
    const comparison = compareFits({
      tied: fit(chinchilla, runs, { loss: squared(), tied: { beta: "alpha" } }),
      free: fit(chinchilla, runs, { loss: squared() }),
    });
    expect(comparison.rows.map((row) => row.name)).toEqual(["free", "tied"]);
    expect(comparison.rows[0]!.deltaAicc).toBe(0);
    expect(comparison.rows.reduce((sum, row) => sum + row.weight, 0)).toBeCloseTo(1, 12);
    expect(comparison[jupyterDisplay]()["text/plain"]).toMatch(/^law +parameters/);
  });

  test("fits with different losses or runs are not compared", () => {
    const one = fit(chinchilla, runs, { loss: squared() });
    expect(() => compareFits({ one, other: fit(chinchilla, runs) })).toThrow(
      /"one" and "other" do not fit the same/,
    );
    const fewer = fit(chinchilla, runs.slice(1), { loss: squared() });
    expect(() => compareFits({ one, fewer })).toThrow(TypeError);
  });
});

describe("Wald test", () => {
  // Besiroglu et al. print 238.40, with a bootstrap whose optimiser stopped early in 85 of 4,000 resamples.
  test("comes within 1 % of the printed chi-squared of 238.40 for Hoffmann's constants", async () => {
    const replicates = await fit(chinchilla, runs, { loss: huber(1e-3) }).bootstrap({
      resamples: 4000,
      seed: 42,
      threads: 1,
    });
    const { statistic, degreesOfFreedom } = waldTest({
      estimate: fit(chinchilla, runs, { loss: l1() }).parameters,
      samples: replicates.samples,
      hypothesis: hoffmann2022.parameters,
      logarithms: ["A", "B", "E"],
    });
    expect(Math.abs(statistic / 238.4 - 1)).toBeLessThan(0.01);
    expect(degreesOfFreedom).toBe(5);
    const [low, high] = replicates.interval(({ alpha, beta }) => beta / (alpha + beta), 0.8);
    expect(Math.abs(runsForWidth(240, high - low, 0.001) / 634_773 - 1)).toBeLessThan(0.01);
  });

  test("is 0 for the estimate itself", () => {
    const samples = { p: Float64Array.of(1, 2, 4), q: Float64Array.of(1, 0, 3) };
    const estimate = { p: 2, q: 1 };
    expect(waldTest({ estimate, samples, hypothesis: estimate }).statistic).toBe(0);
  });

  test("refuses a singular covariance and a logarithm that does not exist", () => {
    const samples = { p: Float64Array.of(1, 2, 3), q: Float64Array.of(2, 4, 6) };
    const estimate = { p: 1, q: 1 };
    expect(() => waldTest({ estimate, samples, hypothesis: estimate })).toThrow(/singular/);
    const negative = { p: -1, q: 1 };
    expect(() => waldTest({ estimate, samples, hypothesis: negative, logarithms: ["p"] })).toThrow(
      "p must be > 0 to be compared by its logarithm, got -1",
    );
  });
});

test.each([
  [0, 1, 1],
  [1, -1, 1],
  [1, 1, Number.NaN],
])("runsForWidth(%d, %d, %d) is refused", (n, width, wanted) => {
  expect(() => runsForWidth(n, width, wanted)).toThrow(RangeError);
});
