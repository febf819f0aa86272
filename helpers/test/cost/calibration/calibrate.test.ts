import { calibrateParts, hierarchy, type PartsObservation, predictParts } from "isoflop";
import { describe, expect, test } from "vitest";
import { Columns } from "../../../src/cost/calibration/Columns.ts";
import { PartsFit } from "../../../src/cost/calibration/PartsFit.ts";
import { choleskyFactor, choleskySolve } from "../../../src/numerics/linear/cholesky.ts";
import { Random } from "../../../src/numerics/random/Random.ts";
import { type Labels, machine, simulated } from "./simulated.ts";

describe("the posterior of given spreads", () => {
  // As fixtures/denseGls.py prints them.
  const x = [3.008, 1.403, 0.583, 0.284, 0.15, 1.019, 0.445, 0.418, 0.801, 0.949, 0.103, 2.522, 0.132, 6.421];
  const y = [
    3.5911, 1.2178, 0.8723, 0.2858, 0.1845, 1.0523, 0.6183, 0.5747, 0.6101, 0.7897, 0.1142, 2.368, 0.0665,
    11.7919,
  ];
  const theta = [
    0.0721180403, 0.0768946501, -0.1185161044, 0.1524401531, -0.0184882573, -0.2461290007, 0.0618028463,
    -0.1217966617, 0.3095529921,
  ];
  const sd = [
    0.168418725, 0.1688902885, 0.1640072814, 0.1640965333, 0.1649152942, 0.1279887442, 0.1294398713,
    0.1279808168, 0.1396187236,
  ];
  const spec = hierarchy<{ a: string; b: string }>({
    parts: [
      { name: "first", median: 1.2, deviation: 0.5 },
      { name: "second", median: 0.8, deviation: 0.7 },
    ],
    kinds: [{ name: "time", noise: 0.1 }],
    effects: [
      { name: "a", key: ({ a }) => a, typical: 0.3 },
      { name: "b", key: ({ b }) => b, weight: () => 0.5, typical: 0.2 },
    ],
  });
  const rows = x.map((part, i) => ({
    labels: { a: `${i % 3}`, b: `${(i >> 1) % 4}` },
    kind: "time",
    parts: i % 2 ? [0, part] : [part, 0],
    value: y[i]!,
  }));

  test.each([9, 5])(
    "is that of dense generalised least squares, %i unknowns kept and the others eliminated",
    (dense) => {
      const columns = Columns.of(spec, rows);
      const fit = new PartsFit(new Columns(spec, columns.unknowns(), dense), rows);
      const posterior = fit.posterior(fit.step(fit.precisions()));
      const variances = posterior.variances();
      theta.forEach((value, c) => {
        expect(posterior.mean[c]!).toBeCloseTo(value, 9);
        expect(Math.sqrt(variances[c]!)).toBeCloseTo(sd[c]!, 9);
      });
      const slopes = Float64Array.of(1);
      const unit = (c: number) => posterior.reduce({ columns: Int32Array.of(c), slopes });
      expect(posterior.between(unit(0), unit(2))).toBeCloseTo(-0.025160818262912527, 10);
      expect(posterior.between(unit(1), unit(8))).toBeCloseTo(-0.003546668841206817, 10);
    },
  );
});

/** Penalised marginal likelihood of a linear model by the dense covariance of its rows: what the spreads shall minimise. */
function minusLogMarginal(
  fit: PartsFit<Labels>,
  spreads: number[],
  noise: number[],
  deviation: number,
): number {
  const n = fit.rows.length;
  const { effectOf, count } = fit.columns;
  const slopes = fit.rows.map((row) => {
    const own = new Float64Array(count);
    row.columns.forEach((c, s) => {
      own[c]! += row.slopes[s]!;
    });
    return own;
  });
  const rest = Float64Array.from(fit.rows, (row, i) => {
    let value = fit.logs[i]! - row.linearise(fit.theta);
    row.columns.forEach((c, s) => {
      value += row.slopes[s]! * (fit.theta[c]! - fit.priorMean[c]!);
    });
    return value;
  });
  const a = new Float64Array(n * n);
  for (let i = 0; i < n; i++) {
    for (let j = 0; j <= i; j++) {
      for (let c = 0; c < count; c++) {
        const e = effectOf[c]!;
        const variance = (e < 0 ? fit.columns.hierarchy.parts[c]!.deviation : spreads[e]!) ** 2;
        a[i * n + j]! += variance * slopes[i]![c]! * slopes[j]![c]!;
      }
    }
    a[i * n + i]! += noise[fit.noiseOf[i]!]! ** 2;
  }
  choleskyFactor(a, n);
  let value = 0;
  for (let i = 0; i < n; i++) value += Math.log(a[i * n + i]!);
  const solved = rest.slice();
  choleskySolve(a, n, solved);
  rest.forEach((r, i) => {
    value += (r * solved[i]!) / 2;
  });
  const { effects, kinds } = fit.columns.hierarchy;
  spreads.forEach((spread, e) => {
    value += (Math.log(spread / effects[e]!.typical) / deviation) ** 2 / 2;
  });
  noise.forEach((scale) => {
    value += (Math.log(scale / kinds[0]!.noise) / deviation) ** 2 / 2;
  });
  return value;
}

test("spreads are where the penalised marginal likelihood is largest", () => {
  const { fit } = calibrateParts(machine, simulated(90, 3), { tails: Infinity, factors: "none" });
  const spreads = [...fit!.spreads];
  const noise = [...fit!.noise];
  const at = (j: number, by: number) =>
    minusLogMarginal(
      fit!,
      spreads.map((value, e) => (e === j ? value * Math.exp(by) : value)),
      noise.map((value, g) => (g + spreads.length === j ? value * Math.exp(by) : value)),
      0.7,
    );
  for (let j = 0; j < spreads.length + noise.length; j++) {
    const slope = (at(j, 1e-3) - at(j, -1e-3)) / 2e-3;
    const curvature = (at(j, 0.05) + at(j, -0.05) - 2 * at(j, 0)) / 0.05 ** 2;
    // How far the minimum along this spread is: a hundredth is what the search stops at.
    expect(Math.abs(slope / curvature)).toBeLessThan(0.02);
  }
});

test("balanced groups: spreads are those of the analysis of variance, and groups shrink by the closed form", () => {
  const random = new Random(5, 0);
  const [groups, each] = [12, 6];
  const spec = hierarchy<{ group: string }>({
    parts: [{ name: "all", median: 1, deviation: 50 }],
    kinds: [{ name: "time", noise: 0.1 }],
    effects: [{ name: "group", key: ({ group }) => group, typical: 0.2 }],
  });
  const rows = Array.from({ length: groups }, (_, g) => {
    const own = 0.3 * random.normal();
    return Array.from({ length: each }, () => ({
      labels: { group: `${g}` },
      kind: "time",
      parts: [1],
      value: Math.exp(1 + own + 0.1 * random.normal()),
    }));
  }).flat();
  const calibration = calibrateParts(spec, rows, { tails: Infinity, spreadDeviation: 1e3, iterations: 60 });
  const logs = rows.map(({ value }) => Math.log(value));
  const mean = (values: number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
  const means = Array.from({ length: groups }, (_, g) => mean(logs.slice(g * each, (g + 1) * each)));
  const grand = mean(means);
  const between = (each * means.reduce((sum, m) => sum + (m - grand) ** 2, 0)) / (groups - 1);
  const within =
    logs.reduce((sum, log, i) => sum + (log - means[Math.floor(i / each)]!) ** 2, 0) / (groups * (each - 1));
  expect(calibration.noise.time! ** 2 / within).toBeCloseTo(1, 2);
  expect((each * calibration.spreads.group! ** 2) / (between - within)).toBeCloseTo(1, 1);
  const [s, e] = [calibration.spreads.group! ** 2, calibration.noise.time! ** 2];
  means.forEach((own, g) => {
    const { logMean } = predictParts(calibration, { labels: { group: `${g}` }, kind: "time", parts: [1] });
    expect(logMean).toBeCloseTo(grand + (s / (s + e / each)) * (own - grand), 5);
  });
  const unseen = predictParts(calibration, { labels: { group: "other" }, kind: "time", parts: [1] });
  expect(unseen.logMean).toBeCloseTo(grand, 5);
  // Spread of a new group, noise, and what is not known of the mean.
  expect(unseen.deviation ** 2).toBeCloseTo(s + e + (s + e / each) / groups, 5);
});

test("a row that is ten times too slow is named, and moves the constants by little", () => {
  const rows = simulated(200, 8);
  const clean = calibrateParts(machine, rows, { factors: "none" });
  const spoilt = rows.map((row, i) => (i === 77 ? { ...row, value: 10 * row.value } : row));
  const robust = calibrateParts(machine, spoilt, { factors: "none" });
  const normal = calibrateParts(machine, spoilt, { factors: "none", tails: Infinity });
  expect(clean.outliers).toEqual([]);
  expect(robust.outliers.map(({ row }) => row)).toEqual([77]);
  const moved = (one: typeof clean) =>
    Math.max(
      ...one.constants.map(
        ({ value, deviation }, k) => Math.abs(Math.log(value / clean.constants[k]!.value)) / deviation,
      ),
    );
  expect(moved(robust)).toBeLessThan(0.5);
  expect(moved(robust)).toBeLessThan(moved(normal));
  expect(robust.noise.tpot!).toBeLessThan(normal.noise.tpot! / 2);
});

test("the order of rows does not matter", () => {
  const rows = simulated(120, 4);
  const [one, other] = [rows, [...rows].reverse()].map((given) => calibrateParts(machine, given));
  for (const query of rows.slice(0, 10)) {
    const a = predictParts(one!, query);
    const b = predictParts(other!, query);
    expect(b.logMean).toBeCloseTo(a.logMean, 6);
    expect(b.interval95[1] / a.interval95[1]).toBeCloseTo(1, 5);
  }
});

test("the second prediction with the same labels is the first", () => {
  const calibration = calibrateParts(machine, simulated(120, 4), { factors: "none" });
  const [query] = simulated(1, 4);
  const predictions = [1, 2, 3].map(() => predictParts(calibration, query!));
  expect(predictions[1]!.deviation).toBeCloseTo(predictions[0]!.deviation, 12);
  expect(predictions[2]).toEqual(predictions[1]);
});

describe("refused is", () => {
  const rows = simulated(20, 1);
  const withRow = (change: object) => [...rows, { ...rows[0]!, ...change }] as PartsObservation<Labels>[];
  test.each<[object, RegExp]>([
    [{ value: 0 }, /row 20\.value must be a finite number > 0, got 0/],
    [{ value: -3 }, /row 20\.value must be a finite number > 0, got -3/],
    [{ value: Number.NaN }, /row 20\.value .* got NaN/],
    [{ value: "7" }, /row 20\.value/],
    [{ kind: "speed" }, /row 20\.kind must be ttft or tpot, got speed/],
    [{ parts: [1, 2] }, /row 20\.parts must be 3 numbers .* got 2/],
    [{ parts: [1, -1, 1] }, /row 20\.parts\[1\] \(memory\) must be a finite number >= 0, got -1/],
    [{ parts: [0, 0, 0] }, /row 20\.parts must add up to more than 0/],
    [{ labels: null }, /row 20\.labels must be an object/],
  ])("a row with %o", (change, message) => {
    expect(() => calibrateParts(machine, withRow(change))).toThrow(message);
  });

  test("no rows, no list, options that are none", () => {
    expect(() => calibrateParts(machine, [])).toThrow("calibrateParts needs a row or more, got none");
    expect(() => calibrateParts(machine, {} as never)).toThrow(/needs an array of records/);
    expect(() => calibrateParts(machine, rows, { tail: 3 } as never)).toThrow(
      /no option tail; did you mean tails/,
    );
    expect(() => calibrateParts(machine, rows, { tails: 2 })).toThrow(/tails must be > 2, got 2/);
    expect(() => calibrateParts(machine, rows, { spreadDeviation: 0 })).toThrow(/spreadDeviation/);
    expect(() => calibrateParts(machine, rows, { iterations: 1.5 })).toThrow(/iterations/);
  });

  test("a hierarchy with a name twice, or parts that are not there", () => {
    const spec = { parts: [...machine.parts], kinds: [...machine.kinds], effects: [...machine.effects] };
    expect(() => hierarchy({ ...spec, parts: [...spec.parts, spec.parts[0]!] })).toThrow(
      "two of part compute",
    );
    expect(() => hierarchy({ ...spec, parts: [] })).toThrow(/a part and a kind or more, got 0 and 2/);
    expect(() =>
      hierarchy({ ...spec, effects: [{ name: "x", key: () => "", parts: ["disk"], typical: 0.1 }] }),
    ).toThrow("effect x has no part disk; there are compute, memory, launch");
    expect(() => hierarchy({ ...spec, effects: [{ name: "x", key: () => "", typical: 0 }] })).toThrow(
      /typical spread/,
    );
    expect(() => hierarchy({ ...spec, kind: [] } as never)).toThrow(/no option kind/);
  });
});
