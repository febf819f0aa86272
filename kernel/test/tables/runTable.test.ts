import { expect, test } from "vitest";
import { RunTable } from "../../src/tables/RunTable.ts";

const table = (fields: Record<string, number[]>) => {
  const n = Object.values(fields)[0]!.length;
  const columns = Object.entries({ ...fields, weight: new Array<number>(n).fill(1) });
  return new RunTable(new Map(columns.map(([name, values]) => [name, Float64Array.from(values)])));
};

const one = table({ n: [1, 2], loss: [3, 4] });
const other = table({ flops: [9], n: [5], loss: [6] });

test("tables behind each other keep the fields that each has", () => {
  const both = RunTable.joined([one, other]);
  expect(both.length).toBe(3);
  expect(both.records()).toEqual([
    { n: 1, loss: 3, weight: 1 },
    { n: 2, loss: 4, weight: 1 },
    { n: 5, loss: 6, weight: 1, flops: 9 },
  ]);
  expect(Object.keys(both.run(0))).not.toContain("flops");
  expect(both.column("other")).toBeUndefined();
});

test("some of the runs, in any order, other weights, and no more than asked for", () => {
  expect(one.pick([1, 0, 1]).records()).toEqual([one.run(1), one.run(0), one.run(1)]);
  expect(
    one
      .weighed(Float64Array.of(2, 3))
      .records()
      .map(({ weight }) => weight),
  ).toEqual([2, 3]);
  expect(one.thinned(2)).toBe(one);
  const many = table({ x: Array.from({ length: 10 }, (_, k) => k) });
  expect(
    many
      .thinned(4)
      .records()
      .map(({ x }) => x),
  ).toEqual([0, 2, 5, 7]);
});

test("a field may be called anything", () => {
  for (const field of ["__proto__", "constructor", '"', "a b", "0"]) {
    const columns = [[field, Float64Array.of(7)] as const, ["weight", Float64Array.of(1)] as const];
    const run = new RunTable(new Map(columns)).run(0);
    expect(Object.hasOwn(run, field)).toBe(true);
    expect(Object.getOwnPropertyDescriptor(run, field)!.value).toBe(7);
  }
});
