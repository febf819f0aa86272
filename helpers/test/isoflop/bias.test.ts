import {
  allocate,
  approach2,
  correctParabolas,
  isoflopParabolas,
  parabolaVertexShift,
  simulateSweep,
} from "isoflop";
import { approach2Bias } from "isoflop-datasets";
import { describe, expect, test } from "vitest";

const offsets = { baseline: () => 1, offset_3x: () => 3, drift_to_3x: (i: number) => 3 ** (i / 4) };
const budgets = [1e17, 1e18, 1e19, 1e20, 1e21];

type Setup = Pick<
  ReturnType<typeof approach2Bias>[number],
  "config" | "surface" | "alpha" | "beta" | "gridHalfWidth"
>;

function setUp({ config, surface, alpha, beta, gridHalfWidth }: Setup) {
  const [A, B] = surface === "symmetric" ? [400, 400] : [406.4, 410.7];
  const law = {
    predict: (run: { nParams: number; nTokens: number }) =>
      1.69 + A / run.nParams ** alpha + B / run.nTokens ** beta,
  };
  const runs = simulateSweep(law, {
    budgets,
    nPoints: 15,
    halfWidth: gridHalfWidth,
    offset: offsets[config],
  });
  const G = ((alpha * A) / (beta * B)) ** (1 / (alpha + beta));
  const trueTokens = (flops: number) => (flops / 6) ** (alpha / (alpha + beta)) / G;
  return { law, runs, trueTokens };
}

describe("the bias of approach 2's parabolas (Czech et al. 2026)", () => {
  test.each(approach2Bias())(
    "$config, $surface, ±$gridHalfWidth×: the printed $errorPercent % comes out to the printed digit",
    (row) => {
      const { runs, trueTokens } = setUp(row);
      const extrapolated = allocate(approach2(runs, { resamples: 0 }), 1e24).nTokens;
      const percent = (extrapolated / trueTokens(1e24) - 1) * 100;
      const digits = String(row.errorPercent).split(".")[1]?.length ?? 0;
      expect(Number(percent.toFixed(digits)) + 0).toBe(row.errorPercent);
    },
  );

  test.each(approach2Bias())(
    "$config, $surface, ±$gridHalfWidth×: the correction takes the whole bias away",
    (row) => {
      const { law, runs, trueTokens } = setUp(row);
      const corrected = correctParabolas(isoflopParabolas(runs), law);
      expect(allocate(corrected, 1e24).nTokens / trueTokens(1e24)).toBeCloseTo(1, 6);
    },
  );

  test("leaves the exponent alone and moves the intercept when the sweep is centred", () => {
    const chinchilla = { config: "baseline", surface: "chinchilla", alpha: 0.34, beta: 0.28 } as const;
    const asymmetric = { config: "baseline", surface: "asymmetric", alpha: 0.465, beta: 0.155 } as const;
    const fitted = (setup: Omit<Setup, "gridHalfWidth">) =>
      approach2(setUp({ ...setup, gridHalfWidth: 16 }).runs, { resamples: 0 });
    expect(fitted(chinchilla).b).toBeCloseTo(0.548387, 6);
    expect(Math.log10(fitted(chinchilla).kTokens)).toBeCloseTo(-0.578092, 6);
    expect(Math.log10(fitted(asymmetric).kTokens)).toBeCloseTo(-1.459957, 6);
  });
});

describe("parabolaVertexShift", () => {
  test.each([
    [2, 0.33],
    [4, 1.32],
    [8, 2.99],
    [16, 5.37],
  ])("at Chinchilla's exponents a sweep of ±%d× overstates N by %d %%", (halfWidth, percent) => {
    const shift = parabolaVertexShift({ alpha: 0.34, beta: 0.28, halfWidth, nPoints: 15 });
    expect(Number((shift * 100).toFixed(2))).toBe(percent);
  });

  test("is what a parabola through the law's losses does", () => {
    const { runs, trueTokens } = setUp({
      config: "baseline",
      surface: "asymmetric",
      alpha: 0.465,
      beta: 0.155,
      gridHalfWidth: 8,
    });
    const shift = parabolaVertexShift({ alpha: 0.465, beta: 0.155, halfWidth: 8, nPoints: 15 });
    for (const one of isoflopParabolas(runs)) {
      expect(trueTokens(one.flops) / one.nTokens! - 1).toBeCloseTo(shift, 6);
    }
  });

  test("changes to its mirror image when the exponents change places", () => {
    const one = parabolaVertexShift({ alpha: 0.4, beta: 0.2, halfWidth: 8, nPoints: 9 });
    const other = parabolaVertexShift({ alpha: 0.2, beta: 0.4, halfWidth: 8, nPoints: 9 });
    expect((1 + one) * (1 + other)).toBeCloseTo(1, 12);
  });

  test.each([
    [{ alpha: 0, beta: 0.3, halfWidth: 4, nPoints: 9 }, "alpha must be > 0, got 0"],
    [{ alpha: 0.3, beta: 0.3, halfWidth: 1, nPoints: 9 }, "halfWidth must be > 1, got 1"],
    [{ alpha: 0.3, beta: 0.3, halfWidth: 4, nPoints: 2 }, "nPoints must be an integer >= 3, got 2"],
  ])("refuses %o", (options, message) => {
    expect(() => parabolaVertexShift(options)).toThrow(message);
  });
});
