import fc from "fast-check";
import { allocate, approach2, simulateSweep } from "isoflop";
import { isoflopsPublished } from "isoflop-datasets";
import { describe, expect, test } from "vitest";

const chinchillaRuns = isoflopsPublished()
  .filter((point) => point.experiment === "epochai_chinchilla__massivetext__chinchilla")
  .map((point) => ({ ...point, flops: point.flopsBudget }));

describe("approach 2", () => {
  test("gives Chinchilla's exponents a .4951 and b .5049 on the 123 published isoFLOP points", () => {
    const found = approach2(chinchillaRuns, { resamples: 0 });
    expect(chinchillaRuns).toHaveLength(123);
    expect(found.parabolas).toHaveLength(9);
    expect(found.a).toBeCloseTo(0.4951, 4);
    expect(found.b).toBeCloseTo(0.5049, 4);
  });

  test("says that the minimum of the 1e20 budget lies outside its runs", () => {
    const { warnings } = approach2(chinchillaRuns, { resamples: 0 });
    expect(warnings).toHaveLength(1);
    expect(warnings[0]).toMatch(/^1.00e\+20 FLOPs: the minimum lies below the smallest model/);
  });

  // An independent computation with numpy and 200 subsamples of 80 % gives a [.478, .507], b [.493, .522].
  test("the 10th to 90th percentile over subsamples of 80 % agrees with numpy's to .005", () => {
    const { intervals } = approach2(chinchillaRuns, { resamples: 1000 });
    expect(Math.abs(intervals!.a[0] - 0.478)).toBeLessThan(0.005);
    expect(Math.abs(intervals!.a[1] - 0.507)).toBeLessThan(0.005);
    expect(intervals!.b[0]).toBeCloseTo(1 - intervals!.a[1], 10);
    expect(intervals!.failed).toBe(0);
  });

  test("the same seed gives the same interval, another seed another", () => {
    const at = (seed: number) => approach2(chinchillaRuns, { resamples: 20, seed }).intervals!.a;
    expect(at(1)).toEqual(at(1));
    expect(at(1)).not.toEqual(at(2));
  });

  test("the order of the runs does not matter", () => {
    const reversed = [...chinchillaRuns].reverse();
    const options = { resamples: 0 };
    expect(approach2(reversed, options).a).toBeCloseTo(approach2(chinchillaRuns, options).a, 12);
  });

  test("finds the exponents of a symmetric law exactly, whatever its constants", () => {
    fc.assert(
      fc.property(
        fc.double({ min: 0.2, max: 0.6, noNaN: true }),
        fc.double({ min: 100, max: 1e3, noNaN: true }),
        fc.double({ min: 100, max: 1e3, noNaN: true }),
        (alpha, A, B) => {
          const law = {
            predict: (run: { nParams: number; nTokens: number }) =>
              1.7 + A / run.nParams ** alpha + B / run.nTokens ** alpha,
          };
          const budgets = [1e17, 1e19, 1e21];
          const runs = simulateSweep(law, { budgets, nPoints: 9, halfWidth: 4 });
          const found = approach2(runs, { resamples: 0 });
          expect(found.a).toBeCloseTo(0.5, 6);
          const best = (A / B) ** (1 / (2 * alpha)) * Math.sqrt(1e20 / 6);
          expect(allocate(found, 1e20).nParams / best).toBeCloseTo(1, 5);
        },
      ),
      { seed: 2, numRuns: 50 },
    );
  });

  test("one budget only is refused, with the way out", () => {
    const runs = chinchillaRuns.filter((run) => run.flops === 1e19);
    expect(() => approach2(runs)).toThrow(
      /two compute budgets or more, got 1 from the budgets 1e19; train more sizes/,
    );
  });

  test.each([0, -1, Number.NaN])("a budget of %d FLOPs is refused", (flops) => {
    const allocation = { a: 0.5, kParams: 1, b: 0.5, kTokens: 1 };
    expect(() => allocate(allocation, flops)).toThrow("flops must be a finite number > 0");
  });
});
