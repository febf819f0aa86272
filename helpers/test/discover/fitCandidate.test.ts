import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { fitCandidate } from "../../src/discover/fit/fitCandidate.ts";
import type { Candidate } from "../../src/discover/grammar/Candidate.ts";
import { Random } from "../../src/numerics/random/Random.ts";
import { dataOf } from "./dataOf.ts";

// Written by oracle.py beside it: scipy's best of 40 starts from near the truth, on the same doubles.
const oracle: {
  readonly N: readonly number[];
  readonly D: readonly number[];
  readonly laws: Readonly<Record<string, { readonly y: number[]; readonly value: number }>>;
} = JSON.parse(readFileSync(new URL("oracle.json", import.meta.url), "utf8"));

const line = (v: number) => ({ kind: "line", v }) as const;
const candidates: Readonly<Record<string, Candidate>> = {
  sum: {
    floor: true,
    terms: [
      { kind: "power", features: [line(0)] },
      { kind: "power", features: [line(1)] },
    ],
  },
  product: { floor: true, terms: [{ kind: "power", features: [line(0), line(1)] }] },
  offset: { floor: true, terms: [{ kind: "power", features: [{ kind: "offset", v: 1 }] }] },
};

test.each(Object.keys(candidates))("the minimum of %s is scipy's", (name) => {
  const { y, value } = oracle.laws[name]!;
  const fit = fitCandidate(candidates[name]!, dataOf({ N: oracle.N, D: oracle.D }, y));
  expect(fit.value / value - 1).toBeLessThan(1e-8);
  expect(fit.value / value - 1).toBeGreaterThan(-1e-8);
});

test("exponents of exact rows are found to the ninth digit", () => {
  const y = oracle.N.map((n, i) => 1.7 + (n / 1e8) ** -0.34 + (oracle.D[i]! / 1e10) ** -0.28);
  const fit = fitCandidate(candidates.sum!, dataOf({ N: oracle.N, D: oracle.D }, y));
  expect(fit.theta[0]).toBeCloseTo(-0.34, 9);
  expect(fit.theta[1]).toBeCloseTo(-0.28, 9);
});

test("a law that falls along a column has amplitudes >= 0 there, whatever the rows say", () => {
  const y = oracle.N.map((n) => 3 - (n / 1e8) ** -0.3);
  const data = dataOf({ N: oracle.N }, y);
  const candidate: Candidate = { floor: true, terms: [{ kind: "power", features: [line(0)] }] };
  expect(fitCandidate(candidate, data).amplitudes.get(0)![0]).toBeLessThan(0);
  const held = fitCandidate(candidate, data, { decreasing: new Set([0]) });
  expect(held.amplitudes.get(0)![0]).toBeGreaterThanOrEqual(0);
});

test("the same rows give the same bits", () => {
  const { y } = oracle.laws.sum!;
  const [first, second] = [0, 1].map(() =>
    fitCandidate(candidates.sum!, dataOf({ N: oracle.N, D: oracle.D }, y)),
  );
  expect(second).toEqual(first);
});

test("groups share exponents and have amplitudes of their own", () => {
  const groups = oracle.N.map((_, i) => i % 3);
  const y = oracle.N.map((n, i) => groups[i]! + 1 + (2 + groups[i]!) * n ** -0.1);
  const order = groups.map((_, i) => i).sort((a, b) => groups[a]! - groups[b]! || a - b);
  const sorted = (of: readonly number[]) => order.map((i) => of[i]!);
  const data = dataOf({ N: sorted(oracle.N) }, sorted(y), [0, 20, 40, 60]);
  const fit = fitCandidate({ floor: true, terms: [{ kind: "power", features: [line(0)] }] }, data);
  expect(fit.theta[0]).toBeCloseTo(-0.1, 6);
  for (const [group, own] of fit.amplitudes) expect(own[1]).toBeCloseTo(group + 1, 5);
});

test("the lowest valley is found whichever column comes first", () => {
  // An exponent of two levels trades with one far from those of scales.
  const both: Candidate = {
    floor: false,
    terms: [
      { kind: "power", features: [line(0)] },
      { kind: "power", features: [line(1)] },
    ],
  };
  for (let seed = 0; seed < 30; seed++) {
    const random = new Random(seed, 3);
    const share = Array.from({ length: 94 }, () => random.uniform());
    const level = share.map(() => (random.uniform() < 0.5 ? 1 : 10));
    const y = share.map((x, i) => -(2 + 0.3 * x ** 2 + level[i]! ** -0.3) * (1 + 0.002 * random.normal()));
    const [one, other] = [dataOf({ share, level }, y), dataOf({ level, share }, y)].map(
      (data) => fitCandidate(both, data).value,
    );
    expect(one! / other!).toBeCloseTo(1, 6);
  }
});

test("what the rows do not tell is known: a floor, and an exponent of two levels", () => {
  const level = oracle.N.map((_, i) => (i % 2 ? 1 : 10));
  const y = level.map((x, i) => 3 + x ** -0.2 + 0.01 * ((i * 0.618) % 1));
  const fit = (floor: boolean, x: number[]) =>
    fitCandidate({ floor, terms: [{ kind: "power", features: [line(0)] }] }, dataOf({ x }, y)).isTold;
  expect(fit(true, level)).toBe(false);
  expect(fit(false, level)).toBe(true);
  expect(
    fit(
      true,
      level.map((x, i) => (i % 3 ? x : 100)),
    ),
  ).toBe(true);
});
