import { expect, test } from "vitest";
import { Random } from "../../../src/numerics/random/Random.ts";

test("the same seed and stream give the same numbers, another stream others", () => {
  const first = (seed: number, stream: number) => {
    const random = new Random(seed, stream);
    return Array.from({ length: 5 }, () => random.uniform());
  };
  expect(first(42, 3)).toEqual(first(42, 3));
  expect(first(42, 3)).not.toEqual(first(42, 4));
  expect(first(42, 3)).not.toEqual(first(43, 3));
});

test("the numbers are uniform on [0, 1): mean 1/2, variance 1/12, across streams too", () => {
  const values = Array.from({ length: 2000 }, (_, stream) => {
    const random = new Random(7, stream);
    return Array.from({ length: 5 }, () => random.uniform());
  }).flat();
  const mean = values.reduce((sum, x) => sum + x, 0) / values.length;
  const variance = values.reduce((sum, x) => sum + (x - mean) ** 2, 0) / values.length;
  // Four standard errors of each at 10,000 draws.
  expect(Math.abs(mean - 0.5)).toBeLessThan(0.0116);
  expect(Math.abs(variance - 1 / 12)).toBeLessThan(0.003);
  expect(Math.min(...values)).toBeGreaterThanOrEqual(0);
  expect(Math.max(...values)).toBeLessThan(1);
});

test("a shuffle keeps the items and puts each at each place equally often", () => {
  const items = ["a", "b", "c", "d"];
  const places = new Map(items.map((item) => [item, [0, 0, 0, 0]]));
  for (let stream = 0; stream < 4000; stream++) {
    const shuffled = [...items];
    new Random(3, stream).shuffle(shuffled);
    expect([...shuffled].sort()).toEqual(items);
    for (const [place, item] of shuffled.entries()) places.get(item)![place]!++;
  }
  // Four standard errors of 1000 in 4000.
  for (const counts of places.values()) for (const n of counts) expect(Math.abs(n - 1000)).toBeLessThan(110);
});
