import { chinchilla, computeOptimal, fit, planTraining, predict, squared } from "isoflop";
import { describe, expect, test } from "vitest";
import { line } from "./lineLaw.ts";

const truth = { E: 1.8, A: 480, B: 2100, alpha: 0.35, beta: 0.37 };
const run = (nParams: number, nTokens: number, k: number) => ({
  nParams,
  nTokens,
  loss: predict(chinchilla, truth, { nParams, nTokens }) * (1 + 0.003 * Math.sin(9 * k)),
});
const tokens = [2e9, 4e9, 8e9, 2e10, 4e10, 8e10];
const cases = {
  "one model size": tokens.map((D, k) => run(2.15e9, D, k)),
  "fewer runs than parameters": tokens.slice(0, 4).map((D, k) => run(1e8 * (k + 1), D, k)),
  "one run again and again": Array.from({ length: 12 }, (_, k) => run(1e9, 2e10, k)),
};

for (const [name, runs] of Object.entries(cases)) {
  describe(`${name} gives no tight interval`, () => {
    const found = fit(chinchilla, runs);

    test("of any kind", async () => {
      expect(found.status).toBe("not-identified");
      const { standardErrors, interval, notes } = found.covariance();
      expect(Object.values(standardErrors)).toEqual(Array(5).fill(Infinity));
      expect(interval("alpha")).toEqual([-Infinity, Infinity]);
      expect(interval("A")).toEqual([0, Infinity]);
      expect(notes).toEqual([`not identified: ${found.reason}`]);
      const { interval: profiled, closes, notes: said } = found.profile("alpha");
      expect(profiled).toEqual([-Infinity, Infinity]);
      expect(closes).toEqual([false, false]);
      expect(said).toEqual(notes);
      expect(found.predictionInterval({ nParams: 1e9, nTokens: 1e10 })).toEqual([0, Infinity]);
      expect(found.predictionInterval({ nParams: 1e9, nTokens: 1e10 }, { kind: "new-run" })[1]).toBe(
        Infinity,
      );
      await expect(found.bootstrap({ resamples: 5 })).rejects.toThrow(
        "a bootstrap would only say how the search ends; the fit is not identified: ",
      );
    });

    test("and no plan", () => {
      const words = "the runs do not determine chinchilla, so nothing can be planned with it: ";
      expect(() => computeOptimal(found, { flops: 1e23 })).toThrow(words + found.reason);
      expect(() => planTraining({ law: found, budget: { flops: 1e23 } } as never)).toThrow();
    });
  });
}

test("a line through one x is as open, on raw residuals", () => {
  const found = fit(
    line,
    [1, 2, 3, 4].map((y) => ({ x: 1, y })),
    { loss: squared(), residual: "raw" },
  );
  expect(found.status).toBe("not-identified");
  expect(found.predictionInterval({ x: 3 })).toEqual([-Infinity, Infinity]);
});
