import fc from "fast-check";
import { bootstrapVisionRatio, fitVisionTokens, linearFit, optimalVisionTokens, visionError } from "isoflop";
import { vlmTokenScaling } from "isoflop-datasets";
import { describe, expect, test } from "vitest";

const runs = (group: "visual_reasoning" | "ocr") =>
  vlmTokenScaling().flatMap(({ taskGroup, nParams, visualTokens, meanError }) =>
    taskGroup === group && meanError !== undefined ? [{ nParams, visualTokens, error: meanError }] : [],
  );

describe("on the published errors", () => {
  test("with no floor A is .5908, alpha .0709, beta .0151, R2 .992 and the ratio 4.70", () => {
    const law = fitVisionTokens(runs("visual_reasoning"));
    expect([law.A, law.alpha, law.beta].map((x) => x.toFixed(4))).toEqual(["0.5908", "0.0709", "0.0151"]);
    expect(law.r2.toFixed(3)).toBe("0.992");
    expect((law.alpha / law.beta).toFixed(2)).toBe("4.70");
  });

  test("a floor moves the exponents and not their ratio", () => {
    const ratios = [-10, -1, 0, 0.1, 0.2].map((floor) => {
      const law = fitVisionTokens(runs("visual_reasoning"), { floor });
      return law.alpha / law.beta;
    });
    expect(Math.max(...ratios) - Math.min(...ratios)).toBeLessThan(0.15);
    expect(fitVisionTokens(runs("visual_reasoning"), { floor: -10 }).alpha).toBeLessThan(0.005);
  });

  test("the printed exponents are at best A .553, D .036, with a sum of squares of 4.37e-4", () => {
    const law = { A: 1, alpha: 0.077, beta: 0.015, D: 0 };
    const points = runs("visual_reasoning");
    const line = linearFit(
      points.map((run) => visionError(law, run)),
      points.map((run) => run.error),
    );
    const best = { ...law, A: line.slope, D: line.intercept };
    const squares = points.reduce((sum, run) => sum + (run.error - visionError(best, run)) ** 2, 0);
    expect([best.A.toFixed(3), best.D.toFixed(3), squares.toExponential(2)]).toEqual([
      "0.553",
      "0.036",
      "4.37e-4",
    ]);
  });

  test("resampled runs leave the ratio between about 4.2 and 5.1", () => {
    const [low, high] = bootstrapVisionRatio(runs("visual_reasoning"), { replicates: 500, seed: 1 });
    expect(Math.abs(low - 4.2)).toBeLessThan(0.15);
    // 5.1 with a log-log fit, 5.2 with ours on the error itself.
    expect(Math.abs(high - 5.15)).toBeLessThan(0.15);
  });

  test("on OCR the exponents change places: .027 and .039 over 27 points", () => {
    const points = runs("ocr");
    const law = fitVisionTokens(points);
    expect(points).toHaveLength(27);
    expect([law.alpha.toFixed(3), law.beta.toFixed(3), (law.alpha / law.beta).toFixed(2)]).toEqual([
      "0.027",
      "0.039",
      "0.70",
    ]);
    expect(optimalVisionTokens(law, { textTokens: 50 })).toBe(576);
  });

  test("at 50 text tokens the published exponents want 12.1 visual tokens, ours 13.5", () => {
    expect(optimalVisionTokens({ alpha: 0.077, beta: 0.015 }, { textTokens: 50 }).toFixed(1)).toBe("12.1");
    expect(
      optimalVisionTokens(fitVisionTokens(runs("visual_reasoning")), { textTokens: 50 }).toFixed(1),
    ).toBe("13.5");
  });
});

test("V* equals a grid search at fixed FLOPs, for any exponents and text", () => {
  const exponent = fc.double({ min: 0.005, max: 0.3, noNaN: true });
  fc.assert(
    fc.property(exponent, exponent, fc.nat(400), (alpha, beta, textTokens) => {
      fc.pre(Math.abs(alpha - beta) > 0.002);
      const law = { A: 0.6, alpha, beta, D: 0.03 };
      const error = (visualTokens: number) =>
        visionError(law, { nParams: 1e13 / (textTokens + visualTokens), visualTokens });
      const best = optimalVisionTokens(law, { textTokens });
      const grid = Array.from({ length: 1001 }, (_, i) => error(576 ** (i / 1000)));
      expect(error(best)).toBeLessThanOrEqual(Math.min(...grid) + 1e-12);
    }),
    { seed: 5, numRuns: 100 },
  );
});

test("one visual token is best without text where size matters more", () => {
  expect(optimalVisionTokens({ alpha: 0.08, beta: 0.02 }, { textTokens: 0 })).toBe(1);
});

test("noiseless runs give back the law, and runs that do not vary are refused", () => {
  const law = { A: 0.6, alpha: 0.07, beta: 0.02, D: 0.05 };
  const made = [0.5e9, 2e9, 7e9].flatMap((nParams) =>
    [1, 36, 576].map((visualTokens) => ({
      nParams,
      visualTokens,
      error: visionError(law, { nParams, visualTokens }),
    })),
  );
  const fitted = fitVisionTokens(made, { floor: 0.05 });
  expect(fitted.alpha).toBeCloseTo(0.07, 12);
  expect(fitted.beta).toBeCloseTo(0.02, 12);
  expect(fitted.sumOfSquares).toBeLessThan(1e-28);
  expect(() =>
    fitVisionTokens(made.filter((run) => run.visualTokens === 36).concat(made.slice(1, 2))),
  ).toThrow("both vary");
  expect(() => fitVisionTokens(made, { floor: 0.9 })).toThrow("lower the floor");
});
