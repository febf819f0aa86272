import fc from "fast-check";
import { chinchilla, computeOptimal, decidingRun, designRuns, discover, withParameters } from "isoflop";
import { describe, expect, test } from "vitest";
import { chooseRuns, leftAfter } from "../../src/discover/design/chooseRuns.ts";
import { covarianceAt } from "../../src/discover/design/covarianceAt.ts";
import { discrepancyAt } from "../../src/discover/design/discrepancyAt.ts";
import { rowsOf } from "../../src/discover/fit/DiscoverData.ts";
import { fitCandidate } from "../../src/discover/fit/fitCandidate.ts";
import { predictWith } from "../../src/discover/fit/predict.ts";
import { predictionVariance } from "../../src/discover/fit/predictionVariance.ts";
import type { Candidate } from "../../src/discover/grammar/Candidate.ts";
import { choleskyInverse } from "../../src/numerics/linear/cholesky.ts";
import { Random } from "../../src/numerics/random/Random.ts";
import { dataOf } from "./dataOf.ts";

const sizes = [1e7, 3e7, 1e8, 3e8];
const tokens = [5e8, 2e9, 8e9, 2e10];
const truth = (N: number, D: number) => 1.7 + 406 * N ** -0.34 + 411 * D ** -0.28;
const flops = ({ N, D }: Readonly<Record<string, number | string>>) => 6 * Number(N) * Number(D);
const twoPowers: Candidate = {
  floor: true,
  terms: [0, 1].map((v) => ({ kind: "power", features: [{ kind: "line", v }] })),
};

function noisyRows(set: number, noise: number) {
  const random = new Random(31, set);
  const run = (N: number, D: number) => ({ N, D, loss: truth(N, D) * (1 + noise * random.normal()) });
  return { run, random, rows: sizes.flatMap((N) => tokens.map((D) => run(N, D))) };
}

describe("what runs leave open", () => {
  const { rows } = noisyRows(1, 0.01);
  const column = (name: "N" | "D" | "loss", of = rows) => of.map((row) => row[name]);
  const dataFrom = (of: typeof rows) => {
    const [N, D] = [column("N", of), column("D", of)];
    // The references of coordinates stay those of all rows.
    const all = dataOf({ N: column("N"), D: column("D") }, column("loss"));
    return { ...dataOf({ N, D }, column("loss", of)), points: pointsAt(all.points, N, D) };
  };
  const pointsAt = (
    like: ReturnType<typeof dataOf>["points"],
    N: readonly number[],
    D: readonly number[],
  ) => ({
    n: N.length,
    coordinates: like.coordinates,
    x: [Float64Array.from(N), Float64Array.from(D)],
    u: [N, D].map((one, v) => Float64Array.from(one, (x) => Math.log(x / like.coordinates[v]!.reference))),
  });
  const none = new Set<number>();

  test("is the delta method's covariance, of two groups as of one", () => {
    const random = new Random(5, 5);
    const groups = [0, 12, 28];
    const N = Array.from({ length: 28 }, () => 1e7 * 2 ** (6 * random.uniform()));
    const D = Array.from({ length: 28 }, () => 1e9 * 2 ** (6 * random.uniform()));
    const y = N.map((n, i) => (i < 12 ? 1 : 1.4) * truth(n, D[i]!) + 0.01 * random.normal());
    const data = dataOf({ N, D }, y, groups);
    const fit = fitCandidate(twoPowers, data);
    const points = pointsAt(data.points, [1e9, 2e7, 5e9], [1e11, 3e9, 1e10]);
    // All eight parameters at once, with the derivatives written out: those of amplitudes and floor stand a group apart.
    const [p, q] = fit.theta as unknown as [number, number];
    const derivatives = ({ u }: typeof points, i: number, group: number) => {
      const [n, d] = [u[0]![i]!, u[1]![i]!];
      const [a, b] = fit.amplitudes.get(group)! as unknown as [number, number];
      const own = [Math.exp(p * n), Math.exp(q * d), 1];
      const apart = group === 0 ? [...own, 0, 0, 0] : [0, 0, 0, ...own];
      return [...apart, a * n * Math.exp(p * n), b * d * Math.exp(q * d)];
    };
    const information = new Float64Array(64);
    for (let i = 0; i < 28; i++) {
      const own = derivatives(data.points, i, i < 12 ? 0 : 1);
      for (let k = 0; k < 8; k++) for (let l = 0; l < 8; l++) information[k * 8 + l]! += own[k]! * own[l]!;
    }
    const inverse = choleskyInverse(information, 8)!;
    for (const group of [0, 1]) {
      const covariance = covarianceAt(fit, data, points, group, none);
      const variance = predictionVariance(fit, data, points, () => group, none);
      for (const i of [0, 1, 2]) {
        expect(variance[i]! / covariance[i * 4]!).toBeCloseTo(1, 12);
        for (const j of [0, 1, 2]) {
          const [at, to] = [derivatives(points, i, group), derivatives(points, j, group)];
          const expected = at.reduce(
            (sum, x, k) => sum + to.reduce((rest, y, l) => rest + x * inverse[k * 8 + l]! * y, 0),
            0,
          );
          const size = Math.sqrt(variance[i]! * variance[j]!);
          expect(Math.abs(covariance[i * 3 + j]! - expected) / size).toBeLessThan(1e-6);
        }
      }
    }
  });

  test("after a run is what is left with its row among the rows", () => {
    const data = dataFrom(rows);
    const fit = fitCandidate(twoPowers, data);
    const target = pointsAt(data.points, [3e9], [6e10]);
    for (const [N, D] of [
      [1e9, 2e9],
      [2e8, 5e10],
      [1e7, 5e8],
    ] as const) {
      const covariance = covarianceAt(fit, data, pointsAt(data.points, [N, 3e9], [D, 6e10]), 0, none);
      const responses = [{ covariance, noise: new Float64Array(2).fill(1) }];
      const left = leftAfter({ responses, cost: new Float64Array(1) }, [0]);
      const more = dataFrom([...rows, { N, D, loss: truth(N, D) }]);
      const after = predictionVariance(fit, more, target, () => 0, none)[0]!;
      const before = predictionVariance(fit, data, target, () => 0, none)[0]!;
      expect(left / (after / before)).toBeCloseTo(1, 6);
      expect(left).toBeLessThan(1);
    }
  });

  test("rows of the table are runs like others: without one of them it is what its own run gives back", () => {
    const data = dataFrom(rows);
    const fit = fitCandidate(twoPowers, data);
    const { N, D } = rows[5]!;
    const without = rowsOf(data, (i) => i !== 5);
    const points = pointsAt(data.points, [N, 3e9], [D, 6e10]);
    const covariance = covarianceAt(fit, without, points, 0, none);
    const noise = new Float64Array(2).fill(1);
    const left = leftAfter({ responses: [{ covariance, noise }], cost: new Float64Array(1) }, [0]);
    const whole = predictionVariance(fit, data, points, () => 0, none)[1]!;
    expect((left * covariance[3]!) / whole).toBeCloseTo(1, 6);
  });
});

test("a law beside the set may be off by a run's noise far from the rows, and by less among them", () => {
  const at = (u: readonly number[]) => ({ n: u.length, coordinates: [], x: [], u: [Float64Array.from(u)] });
  const [near, far, farther] = [0.5, 2, 40];
  const covariance = discrepancyAt(at([0, 1]), at([near, far, farther]));
  // Two rows, in closed form: K + I = [[2, 1/e], [1/e, 2]].
  const [a, b] = [2, Math.exp(-1)];
  const told = (x: number, y: number) => {
    const [x0, x1, y0, y1] = [x, x - 1, y, y - 1].map((d) => Math.exp(-Math.abs(d))) as [
      number,
      number,
      number,
      number,
    ];
    return (a * (x0 * y0 + x1 * y1) - b * (x0 * y1 + x1 * y0)) / (a * a - b * b);
  };
  expect(covariance[0]).toBeCloseTo(1 - told(near, near), 12);
  expect(covariance[1]).toBeCloseTo(Math.exp(near - far) - told(near, far), 12);
  expect(covariance[4]).toBeCloseTo(1 - told(far, far), 12);
  expect(covariance[8]).toBeCloseTo(1, 12);
  expect(covariance[0]).toBeLessThan(covariance[4]!);
});

/** Covariances L L' of random L, with noise and costs. */
const choices = fc
  .record({
    n: fc.integer({ min: 2, max: 9 }),
    seed: fc.integer({ min: 1, max: 1e6 }),
    most: fc.integer({ min: 1, max: 4 }),
    budget: fc.double({ min: 0.5, max: 6, noNaN: true }),
  })
  .map(({ n, seed, most, budget }) => {
    const random = new Random(seed, 7);
    const root = Array.from({ length: n + 1 }, () => Array.from({ length: 3 }, () => random.normal()));
    const product = (i: number, j: number) => root[i]!.reduce((sum, a, k) => sum + a * root[j]![k]!, 0);
    const covariance = Float64Array.from({ length: (n + 1) ** 2 }, (_, k) =>
      product(Math.floor(k / (n + 1)), k % (n + 1)),
    );
    const noise = Float64Array.from({ length: n + 1 }, () => 0.1 + random.uniform());
    const cost = Float64Array.from({ length: n }, () => 0.3 + 2 * random.uniform());
    return { choice: { responses: [{ covariance, noise }], cost }, n, most, budget };
  });

const subsets = (n: number, most: number): number[][] =>
  Array.from({ length: 2 ** n }, (_, bits) =>
    Array.from({ length: n }, (_, i) => i).filter((i) => (bits >> i) & 1),
  ).filter((one) => one.length <= most);

test("runs are within budget and number, no exchange of one betters them, and a single one is the best there is", () => {
  fc.assert(
    fc.property(choices, ({ choice, n, most, budget }) => {
      const costOf = (runs: readonly number[]) => runs.reduce((sum, i) => sum + choice.cost[i]!, 0);
      const runs = chooseRuns(choice, budget, most, []);
      const left = leftAfter(choice, runs);
      expect(costOf(runs)).toBeLessThanOrEqual(budget + 1e-12);
      expect(new Set(runs).size).toBe(runs.length);
      expect(runs.length).toBeLessThanOrEqual(most);
      const all = subsets(n, most).filter((one) => costOf(one) <= budget);
      const near = all.filter((one) => one.filter((i) => !runs.includes(i)).length <= 1);
      for (const one of near.filter((own) => runs.filter((i) => !own.includes(i)).length <= 1)) {
        expect(left).toBeLessThanOrEqual(leftAfter(choice, one) + 2e-6);
      }
      const single = chooseRuns(choice, budget, 1, []);
      const best = Math.min(1, ...all.filter((one) => one.length === 1).map((one) => leftAfter(choice, one)));
      expect(leftAfter(choice, single)).toBeCloseTo(best, 5);
    }),
    { numRuns: 60, seed: 12 },
  );
});

test("without a target it lies at ten times the dearest row, where the law found calls the split best", () => {
  const rows = sizes.flatMap((N) => tokens.map((D) => ({ N, D, loss: truth(N, D) })));
  const found = discover(rows, { response: "loss", scale: ["N", "D"], maxParameters: 5 });
  const { target, targetFrom } = designRuns(found, { budget: 1e20, cost: flops });
  const parameters = { E: 1.7, A: 406, B: 411, alpha: 0.34, beta: 0.28 };
  const best = computeOptimal(withParameters(chinchilla, parameters), { flops: 10 * 6 * 3e8 * 2e10 });
  // Two digits are told.
  expect(target).toEqual({ N: Number(best.nParams.toPrecision(2)), D: Number(best.nTokens.toPrecision(2)) });
  expect(targetFrom).toMatch(/10 times the dearest row, split as the law found calls best/);
  const [one] = [designRuns(found, { budget: 1e20, cost: ({ N }) => Number(N) }).target];
  expect(one!.N).toBe(3e9);
});

test("the runs narrow the real error at the target more than others of the same cost, and as much as they promise", () => {
  const sets = 40;
  const errors = { before: 0, designed: 0, random: 0, single: 0 };
  let promised = 0;
  for (let set = 0; set < sets; set++) {
    const { run, random, rows } = noisyRows(set, 0.005);
    const found = discover(rows, { response: "loss", scale: ["N", "D"], maxParameters: 5 });
    const target = { N: 2e9, D: 4e10 };
    const budget = 6e19;
    const { runs, candidates, alternatives, left } = designRuns(found, { budget, cost: flops, target });
    const offWith = (settings: readonly Readonly<Record<string, number | string>>[]) => {
      const made = [...rows, ...settings.map(({ N, D }) => run(Number(N), Number(D)))];
      const columns = { N: [...made.map(({ N }) => N), 2e9], D: [...made.map(({ D }) => D), 4e10] };
      const all = dataOf(columns, [...made.map(({ loss }) => loss), 0]);
      const data = rowsOf(all, (i) => i < made.length);
      const predicted = predictWith(fitCandidate(twoPowers, data), all.points, () => 0).at(-1)!;
      return (predicted / truth(2e9, 4e10) - 1) ** 2 / sets;
    };
    const drawn: (typeof candidates)[number][] = [];
    let rest = budget;
    for (let tries = 0; tries < 1000 && drawn.length < 6; tries++) {
      const one = candidates[random.below(candidates.length)]!;
      if (one.cost > rest) continue;
      drawn.push(one);
      rest -= one.cost;
    }
    errors.before += offWith([]);
    errors.designed += offWith(runs.map((one) => one.run));
    errors.random += offWith(drawn.map((one) => one.run));
    errors.single += offWith(alternatives[0]!.runs);
    promised += left.law / sets;
  }
  // The logarithm of a root mean square of k errors has a standard error of √(1/2k), that of a ratio √(1/k) at most.
  const narrowed = Math.sqrt(errors.designed / errors.before);
  expect(Math.abs(Math.log(narrowed / promised))).toBeLessThan(3 * Math.sqrt(1 / sets));
  expect(errors.designed).toBeLessThan(errors.random);
  expect(errors.designed).toBeLessThan(errors.single);
});

test("the run that would decide is one at which the laws differ, and the cheapest of those that tell", () => {
  const rows = sizes.map((n) => ({ n, loss: 2 + (n / 1e7) ** -0.3 }));
  const curved = [...rows, ...[2e7, 5e7, 2e8, 6e8].map((n) => ({ n, loss: 2 + (n / 1e7) ** -0.3 }))];
  const noise = new Random(3, 3);
  const found = discover(
    curved.map(({ n, loss }) => ({ n, loss: loss + 0.02 * noise.normal() })),
    { response: "loss" },
  );
  expect(found.decided).toBe(false);
  const deciding = decidingRun(found, { cost: ({ n }) => Number(n) })!;
  const values = found.predictEach([deciding.run]).loss!.map(([value]) => value!);
  expect(Math.max(...values) - Math.min(...values)).toBeGreaterThan(0);
  expect(deciding.disagreement).toBeGreaterThan(0);
  expect(Number(deciding.run.n)).toBeLessThanOrEqual(6e9);
  expect(deciding.cost).toBe(deciding.run.n);
});

test("of data that are repeated no more are different than there are", () => {
  const rows = [1e9, 4e9].flatMap((U) =>
    [1, 1, 4, 16].flatMap((times, k) =>
      [1e8, 1e9].map((N) => ({ N, D: U * times, U, loss: truth(N, U * times ** 0.8) + 0.001 * k })),
    ),
  );
  const found = discover(rows, { response: "loss", scale: ["N", "D"], maxParameters: 4 });
  const { candidates } = designRuns(found, {
    budget: 1e20,
    cost: flops,
    target: { N: 3e9, D: 1e11, U: 4e9 },
  });
  expect(candidates.some(({ run }) => Number(run.D) < 4e9)).toBe(true);
  for (const { run } of candidates) expect(Number(run.U)).toBe(Math.min(4e9, Number(run.D)));
});

test("what cannot be designed is told with value and way out", () => {
  const { rows } = noisyRows(2, 0.003);
  const found = discover(rows, { response: "loss", maxParameters: 4 });
  const cost = flops;
  expect(() => designRuns(found, { budget: 0, cost })).toThrow(/budget must be a number > 0, got 0/);
  expect(() => designRuns(found, { budget: 1e3, cost })).toThrow(
    /1000 pays no run: the cheapest costs 30000000000000000/,
  );
  expect(() => designRuns(found, { budget: 1e20, cost: () => -1 })).toThrow(/cost of N=.*got -1/);
  expect(() => designRuns(found, { budget: 1e20, cost, target: { N: 1e9 } })).toThrow(
    /the points have no column D/,
  );
  expect(() => designRuns({ ...found } as typeof found, { budget: 1e20, cost })).toThrow(/not for a copy/);
});
