import fc from "fast-check";
import { chinchilla, chinchillaEqualExponents, fit, huber, logCosh, predict, squared } from "isoflop";
import { describe, expect, test } from "vitest";

const share = fc.double({ min: 0, max: 1, noNaN: true });
const between = (low: number, high: number) => share.map((s) => low * (high / low) ** s);

/** A sweep of 60 runs around random constants, with 0.5 % of noise. */
const sweep = fc
  .record({
    parameters: fc.record({
      E: between(1.2, 2.2),
      A: between(200, 800),
      B: between(300, 3000),
      alpha: between(0.28, 0.4),
      beta: between(0.28, 0.4),
    }),
    noise: fc.array(fc.double({ min: -1, max: 1, noNaN: true }), { minLength: 60, maxLength: 60 }),
  })
  .map(({ parameters, noise }) =>
    noise.map((u, k) => {
      const nParams = 1e7 * 1000 ** ((k % 10) / 9);
      const nTokens = 5e8 * 1000 ** (Math.floor(k / 10) / 5);
      const loss = predict(chinchilla, parameters, { nParams, nTokens }) * (1 + 0.005 * u);
      return { nParams, nTokens, loss };
    }),
  );

const losses = [huber(1e-3), squared(), logCosh(3e-3)];
const settings = { seed: 11, numRuns: 15 };

describe.each(losses.map((loss) => [loss.label, loss] as const))("with %s", (_, loss) => {
  test("the order of the runs does not matter", () => {
    fc.assert(
      fc.property(sweep, fc.integer({ min: 1, max: 59 }), (runs, turn) => {
        const turned = [...runs.slice(turn), ...runs.slice(0, turn)].reverse();
        const [a, b] = [fit(chinchilla, runs, { loss }), fit(chinchilla, turned, { loss })];
        expect(b.objective / a.objective).toBeCloseTo(1, 8);
        expect(b.parameters.alpha).toBeCloseTo(a.parameters.alpha, 4);
      }),
      settings,
    );
  });

  test("counting in millions and billions changes A and B by their units, and nothing else", () => {
    fc.assert(
      fc.property(sweep, (runs) => {
        const small = runs.map((run) => ({ ...run, nParams: run.nParams / 1e6, nTokens: run.nTokens / 1e9 }));
        const [a, b] = [fit(chinchilla, runs, { loss }), fit(chinchilla, small, { loss })];
        expect(b.objective / a.objective).toBeCloseTo(1, 7);
        expect(b.parameters.alpha).toBeCloseTo(a.parameters.alpha, 4);
        expect(b.parameters.E).toBeCloseTo(a.parameters.E, 4);
        const point = { nParams: 1e10, nTokens: 1e12 };
        expect(b.predict({ nParams: 1e4, nTokens: 1e3 })).toBeCloseTo(a.predict(point), 5);
      }),
      settings,
    );
  });

  test("a weight of two is the run twice, a weight of zero is no run", () => {
    fc.assert(
      fc.property(sweep, (runs) => {
        const weighted = fit(chinchilla, runs, { loss, weights: runs.map((_, i) => [1, 2, 0][i % 3]!) });
        const repeated = fit(
          chinchilla,
          runs.flatMap((run, i) => [[run], [run, run], []][i % 3]!),
          { loss },
        );
        expect(weighted.objective / repeated.objective).toBeCloseTo(1, 8);
      }),
      settings,
    );
  });

  test("no other parameters nearby are better", () => {
    fc.assert(
      fc.property(
        sweep,
        fc.array(fc.double({ min: -1, max: 1, noNaN: true }), { minLength: 5, maxLength: 5 }),
        (runs, move) => {
          const best = fit(chinchilla, runs, { loss });
          const names = ["E", "A", "B", "alpha", "beta"] as const;
          const moved = Object.fromEntries(
            names.map((name, j) => [name, best.parameters[name] * (1 + 1e-3 * move[j]!)]),
          ) as typeof best.parameters;
          const there = fit(chinchilla, runs, { loss, fixed: moved });
          expect(there.objective).toBeGreaterThanOrEqual(best.objective * (1 - 1e-10));
        },
      ),
      settings,
    );
  });
});

test("tying beta to alpha is the law with equal exponents", () => {
  fc.assert(
    fc.property(sweep, (runs) => {
      const tied = fit(chinchilla, runs, { loss: squared(), tied: { beta: "alpha" } });
      const equal = fit(chinchillaEqualExponents, runs, { loss: squared() });
      expect(tied.parameters.alpha).toBe(tied.parameters.beta);
      expect(tied.objective / equal.objective).toBeCloseTo(1, 8);
      expect(tied.freeParameters).toBe(4);
    }),
    settings,
  );
});

test("a sharp prior wins over the runs, a vague one does not", () => {
  fc.assert(
    fc.property(sweep, (runs) => {
      const free = fit(chinchilla, runs, { loss: squared() });
      const sharp = fit(chinchilla, runs, { loss: squared(), priors: { alpha: { mean: 0.5, sd: 1e-7 } } });
      const vague = fit(chinchilla, runs, {
        loss: squared(),
        priors: { A: { mean: 6, sd: 1e4, scale: "log" } },
      });
      expect(sharp.parameters.alpha).toBeCloseTo(0.5, 5);
      expect(vague.parameters.alpha).toBeCloseTo(free.parameters.alpha, 4);
    }),
    settings,
  );
});

test("with few runs the fit is as good as the best of many random starts", () => {
  fc.assert(
    fc.property(sweep, fc.integer({ min: 0, max: 9 }), (runs, offset) => {
      const few = runs.filter((_, k) => (k + offset) % 5 === 0);
      const found = fit(chinchilla, few);
      for (let k = 0; k < 12; k++) {
        const start = {
          E: 0.5 + 0.15 * k,
          A: 50 * 2 ** (k % 6),
          B: 5000 / 2 ** (k % 5),
          alpha: 0.1 + 0.06 * (k % 7),
          beta: 0.6 - 0.05 * k,
        };
        expect(found.objective).toBeLessThanOrEqual(fit(chinchilla, few, { start }).objective * (1 + 1e-7));
      }
    }),
    { seed: 11, numRuns: 12 },
  );
});
