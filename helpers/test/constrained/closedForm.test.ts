import fc from "fast-check";
import { fitConstrained, powerLaw, squared } from "isoflop";
import { describe, expect, test } from "vitest";
import { Random } from "../../src/numerics/random/Random.ts";
import { line } from "../fit/lineLaw.ts";

type Point = { x: number; y: number };
type Half = { a: number; b: number; limit: number };

/** The least squares of a line under `a_k a + b_k b <= limit_k`: the best point that obeys all, over every set that bears. */
function solved(points: readonly Point[], halves: readonly Half[]) {
  const mean = (f: (point: Point) => number) => points.reduce((sum, point) => sum + f(point), 0);
  const [n, sx, sxx] = [points.length, mean(({ x }) => x), mean(({ x }) => x * x)];
  const [sy, sxy] = [mean(({ y }) => y), mean(({ x, y }) => x * y)];
  const value = (a: number, b: number) => mean(({ x, y }) => (a + b * x - y) ** 2);
  const det = n * sxx - sx * sx;
  const free = { a: (sxx * sy - sx * sxy) / det, b: (n * sxy - sx * sy) / det };
  // On a line: one step from the free minimum along the inverse of the normal equations.
  const onOne = ({ a, b, limit }: Half) => {
    const [va, vb] = [(sxx * a - sx * b) / det, (n * b - sx * a) / det];
    const multiplier = (a * free.a + b * free.b - limit) / (a * va + b * vb);
    return { a: free.a - multiplier * va, b: free.b - multiplier * vb };
  };
  const corner = (p: Half, q: Half) => {
    const d = p.a * q.b - p.b * q.a;
    return { a: (p.limit * q.b - p.b * q.limit) / d, b: (p.a * q.limit - p.limit * q.a) / d };
  };
  const candidates = [free, ...halves.map(onOne), corner(halves[0]!, halves[1]!)];
  const obeys = ({ a, b }: { a: number; b: number }) =>
    halves.every((half) => half.a * a + half.b * b <= half.limit + 1e-9);
  const best = candidates.filter(obeys).sort((p, q) => value(p.a, p.b) - value(q.a, q.b))[0]!;
  return { ...best, value: value(best.a, best.b), free };
}

const text = ({ a, b, limit }: Half) => `${a}*a ${b < 0 ? "-" : "+"} ${Math.abs(b)}*b <= ${limit}`;

describe("least squares of a line under two inequalities are the closed form's", () => {
  test("wherever they lie, with the gradient as the multipliers' sum", () => {
    const part = fc.integer({ min: -8, max: 8 }).map((k) => (k === 0 ? 1 : k) / 4);
    fc.assert(
      fc.property(part, part, part, part, fc.integer({ min: 1, max: 1e6 }), (a1, b1, a2, b2, seed) => {
        fc.pre(Math.abs(a1 * b2 - a2 * b1) > 0.1);
        const random = new Random(seed, 0);
        const points = Array.from({ length: 8 }, (_, x) => ({
          x: x - 3,
          y: 1 + 0.5 * x + 0.3 * random.normal(),
        }));
        const around = (a: number, b: number) =>
          Math.round((a * 1.5 + b * 0.5 + random.normal()) * 1e6) / 1e6;
        const halves = [
          { a: a1, b: b1, limit: around(a1, b1) },
          { a: a2, b: b2, limit: around(a2, b2) },
        ];
        const truth = solved(points, halves);
        const ours = fitConstrained(line, points, {
          constraints: halves.map(text),
          loss: squared(),
          residual: "raw",
        });
        expect(ours.parameters.a).toBeCloseTo(truth.a, 5);
        expect(ours.parameters.b).toBeCloseTo(truth.b, 5);
        expect(ours.objective / truth.value).toBeCloseTo(1, 6);
        const residuals = ours.residuals();
        const slope = points.reduce(
          (sum, { x }, i) => [sum[0]! + 2 * residuals[i]!, sum[1]! + 2 * residuals[i]! * x],
          [0, 0],
        );
        const pull = (of: "a" | "b") =>
          halves.reduce((sum, half) => sum + ours.multipliers[text(half)]! * half[of], 0);
        expect(slope[0]! + pull("a")).toBeCloseTo(0, 3);
        expect(slope[1]! + pull("b")).toBeCloseTo(0, 3);
        for (const half of halves) {
          const excess = half.a * ours.parameters.a + half.b * ours.parameters.b - half.limit;
          expect(excess).toBeLessThan(1e-8);
          // A constraint that pulls is met with equality.
          if (excess < -1e-5) expect(ours.multipliers[text(half)]).toBeCloseTo(0, 5);
        }
      }),
      { seed: 3, numRuns: 60 },
    );
  });

  test.each([1e-12, 1e-6, 1e6, 1e12])("in any unit of the response: %s", (unit) => {
    const points = [0, 1, 2, 3, 4, 5].map((x) => ({ x, y: (1 + 0.5 * x + (x % 2) / 9) * unit }));
    const ours = fitConstrained(line, points, {
      constraints: [`a + b <= ${1.2 * unit}`],
      loss: squared(),
      residual: "raw",
    });
    const truth = solved(
      points.map(({ x, y }) => ({ x, y: y / unit })),
      [
        { a: 1, b: 1, limit: 1.2 },
        { a: 1, b: 0, limit: 1e9 },
      ],
    );
    expect(ours.status).toBe("at-bound");
    expect(ours.parameters.a / unit).toBeCloseTo(truth.a, 6);
    expect(ours.objective / unit ** 2 / truth.value).toBeCloseTo(1, 6);
  });
});

const runs = [1e8, 3e8, 1e9, 3e9, 1e10, 1e11].map((nTokens, k) => ({
  nTokens,
  loss: (2 + 60 / nTokens ** 0.25) * (1 + [2, -1, -2, 2, 0, -1][k]! / 1e3),
}));
const law = powerLaw("nTokens");

test("a limit of one parameter is kept to the last digit, as a bound is", () => {
  for (let limit = 0.05; limit < 0.25; limit += 0.013) {
    const found = fitConstrained(law, runs, { constraints: [`2*alpha <= ${2 * limit}`], loss: squared() });
    expect(found.parameters.alpha).toBeLessThanOrEqual(limit);
    expect(found.active).toEqual([`2*alpha <= ${2 * limit}`]);
  }
  for (const limit of [100, 137, 250.7]) {
    const found = fitConstrained(law, runs, { constraints: [`A >= ${limit}`], loss: squared() });
    expect(found.parameters.A).toBeGreaterThanOrEqual(limit);
    expect(found.parameters.A / limit).toBeCloseTo(1, 8);
  }
});

test("a constraint said twice counts once", () => {
  const once = fitConstrained(law, runs, { constraints: ["alpha <= 0.2"], loss: squared() });
  const twice = fitConstrained(law, runs, {
    constraints: ["alpha <= 0.2", " alpha <= 0.2"],
    loss: squared(),
  });
  expect(twice.constraints).toEqual(["alpha <= 0.2"]);
  expect(twice.multipliers["alpha <= 0.2"]! / once.multipliers["alpha <= 0.2"]!).toBeCloseTo(1, 6);
});

test("the order of the runs changes nothing", () => {
  const given = { constraints: ["A + 20*E <= 90"], loss: squared() };
  const [one, other] = [runs, [...runs].reverse()].map((rows) => fitConstrained(law, rows, given));
  expect(other!.objective / one!.objective).toBeCloseTo(1, 7);
  expect(other!.parameters.alpha).toBeCloseTo(one!.parameters.alpha, 7);
});

test.each<[string, object, RegExp]>([
  ["a number too large", { constraints: ["alpha <= 1e999"] }, /has no finite limit/],
  ["against a held value", { constraints: ["alpha <= 0.1"], fixed: { alpha: 0.3 } }, /no parameters .* obey/],
  ["against the domain", { constraints: ["E <= -1"] }, /no parameters were found that obey "E <= -1"/],
  ["a start", { constraints: [], start: { E: 1, A: 1, alpha: 1 } }, /fitConstrained has no option start/],
])("%s is refused", (_, options, message) => {
  expect(() => fitConstrained(law, runs, { loss: squared(), ...options } as never)).toThrow(message);
});
