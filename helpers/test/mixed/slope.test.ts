import fc from "fast-check";
import { expect, test } from "vitest";
import { groupRows } from "../../src/fit/mixed/groupRows.ts";
import { LinearMixed } from "../../src/fit/mixed/linearMixed.ts";
import { Random } from "../../src/numerics/random/Random.ts";

const [p, r] = [3, 2];
/** Which columns of X are those of Z. */
const slots = [2, 0];

function groupsOf(seed: number) {
  const random = new Random(seed, 0);
  const rows = [2, 3, 5, 4].map((n) => ({
    x: Float64Array.from({ length: n * p }, (_, k) => (k % p === 0 ? 1 : random.normal())),
    y: Float64Array.from({ length: n }, () => random.normal()),
  }));
  return { rows, sums: rows.map(({ x, y }) => groupRows(x, y, slots)) };
}

const entries = fc.tuple(
  fc.constantFrom(0, 0.4, 1, 3),
  fc.constantFrom(-1, 0, 0.7),
  fc.constantFrom(0, 0.2, 2),
  fc.integer({ min: 1, max: 1e6 }),
  fc.boolean(),
);

test("the deviance's slope is its finite difference, with spreads of 0 among them", () => {
  fc.assert(
    fc.property(entries, ([a, b, c, seed, restricted]) => {
      const { sums } = groupsOf(seed);
      const model = new LinearMixed(sums, { n: 14, p, r, restricted });
      const factor = Float64Array.of(a, 0, b, c);
      const slope = new Float64Array(r * r);
      model.deviance(factor);
      model.slope(slope);
      for (const k of [0, 2, 3]) {
        const value = (h: number) => {
          const moved = factor.slice();
          moved[k]! += h;
          return model.deviance(moved);
        };
        const h = 1e-3;
        const found = (8 * (value(h) - value(-h)) - (value(2 * h) - value(-2 * h))) / (12 * h);
        expect(Math.abs(slope[k]! - found) / Math.max(1, Math.abs(found))).toBeLessThan(1e-6);
      }
    }),
    { seed: 5, numRuns: 60 },
  );
});

test("the deviance is -2 ln of the multivariate normal density, written out", () => {
  fc.assert(
    fc.property(entries, ([a, b, c, seed, restricted]) => {
      const { rows, sums } = groupsOf(seed);
      const solution = new LinearMixed(sums, { n: 14, p, r, restricted }).solution(
        Float64Array.of(a, 0, b, c),
      )!;
      const { sigma, fixed } = solution;
      let total = 0;
      const information = Array.from({ length: p }, () => new Float64Array(p));
      for (const { x, y } of rows) {
        const n = y.length;
        // V = sigma^2 (I + Z L L' Z'), S = L L'.
        const s = [a * a, a * b, a * b, b * b + c * c];
        const z = (i: number, k: number) => x[i * p + slots[k]!]!;
        const v = Array.from({ length: n }, (_, i) =>
          Float64Array.from({ length: n }, (_unused, j) => {
            let sum = i === j ? 1 : 0;
            for (let k = 0; k < r; k++) for (let l = 0; l < r; l++) sum += z(i, k) * s[k * r + l]! * z(j, l);
            return sigma ** 2 * sum;
          }),
        );
        const left = y.map(
          (value, i) => value - fixed.reduce((sum, beta, k) => sum + beta * x[i * p + k]!, 0),
        );
        const columns = [left, ...[0, 1, 2].map((k) => y.map((_, i) => x[i * p + k]!))];
        const { logDeterminant, solved } = gauss(v, columns);
        const dot = (one: Float64Array, other: Float64Array) =>
          one.reduce((sum, each, i) => sum + each * other[i]!, 0);
        total += n * Math.log(2 * Math.PI) + logDeterminant + dot(left, solved[0]!);
        for (let k = 0; k < p; k++)
          for (let l = 0; l < p; l++) information[k]![l]! += dot(columns[k + 1]!, solved[l + 1]!);
      }
      if (restricted) total += gauss(information, []).logDeterminant - p * Math.log(2 * Math.PI);
      expect(solution.deviance).toBeCloseTo(total, 8);
    }),
    { seed: 6, numRuns: 40 },
  );
});

/** Solves by elimination with the largest pivot. */
function gauss(matrix: readonly Float64Array[], columns: readonly Float64Array[]) {
  const n = matrix.length;
  const rows = matrix.map((row, i) => [...row, ...columns.map((column) => column[i]!)]);
  let logDeterminant = 0;
  for (let k = 0; k < n; k++) {
    const at = rows
      .map((row, i) => (i < k ? -1 : Math.abs(row[k]!)))
      .reduce((best, size, i, all) => (size > all[best]! ? i : best), k);
    [rows[k], rows[at]] = [rows[at]!, rows[k]!];
    logDeterminant += Math.log(Math.abs(rows[k]![k]!));
    for (let i = 0; i < n; i++) {
      if (i === k) continue;
      const share = rows[i]![k]! / rows[k]![k]!;
      for (let j = k; j < rows[i]!.length; j++) rows[i]![j]! -= share * rows[k]![j]!;
    }
  }
  const solved = columns.map((_, c) => Float64Array.from(rows, (row, i) => row[n + c]! / row[i]!));
  return { logDeterminant, solved };
}
