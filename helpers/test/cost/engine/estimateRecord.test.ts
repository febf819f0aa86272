import fc from "fast-check";
import { estimateRecord } from "isoflop";
import { expect, test } from "vitest";

const around = (value: number, factor80 = 1.25, factor95 = 2) => ({
  value,
  interval80: [value / factor80, value * factor80] as const,
  interval95: [value / factor95, value * factor95] as const,
});

test("errors, bias, coverage and width of a group by hand", () => {
  const rows = [
    { group: "a", measured: 10, estimated: around(10) }, // exact
    { group: "a", measured: 10, estimated: around(12) }, // in 80 %
    { group: "a", measured: 10, estimated: around(6) }, // in 95 % only
    { group: "a", measured: 10, estimated: around(40) }, // in neither
    { group: "b", measured: 2, estimated: around(1) },
  ];
  const [a, b, all] = estimateRecord(rows);
  expect(a).toEqual({
    group: "a",
    rows: 4,
    meanError: expect.closeTo((0 + 0.2 + 0.4 + 3) / 4, 12),
    medianError: expect.closeTo(0.3, 12),
    medianRatio: expect.closeTo(1.1, 12),
    covered80: 0.5,
    covered95: 0.75,
    width80: expect.closeTo(1.25 ** 2, 12),
  });
  expect([b!.covered80, b!.covered95]).toEqual([0, 1]);
  expect([all!.group, all!.rows, all!.covered80]).toEqual(["all", 5, 0.4]);
});

test("all rows together weigh each row once, and the unit does not matter", () => {
  const row = fc.record({
    group: fc.constantFrom("a", "b", "c"),
    measured: fc.double({ min: 0.1, max: 10, noNaN: true }),
    estimated: fc.double({ min: 0.1, max: 10, noNaN: true }).map((value) => around(value)),
  });
  fc.assert(
    fc.property(fc.array(row, { minLength: 1, maxLength: 30 }), (rows) => {
      const record = estimateRecord(rows);
      const all = record.at(-1)!;
      const groups = record.slice(0, -1);
      expect(groups.reduce((sum, one) => sum + one.rows, 0)).toBe(rows.length);
      for (const field of ["covered80", "covered95", "meanError"] as const) {
        const weighed = groups.reduce((sum, one) => sum + one.rows * one[field], 0) / rows.length;
        expect(weighed).toBeCloseTo(all[field], 9);
      }
      // Powers of two scale doubles exactly.
      const scaled = rows.map((one) => ({
        ...one,
        measured: 4 * one.measured,
        estimated: around(4 * one.estimated.value),
      }));
      expect(estimateRecord(scaled)).toEqual(record);
    }),
  );
});

test("no rows, and what was not measured, are refused", () => {
  expect(() => estimateRecord([])).toThrow("one row or more");
  for (const measured of [0, -1, Number.NaN]) {
    expect(() => estimateRecord([{ group: "a", measured, estimated: around(1) }])).toThrow(
      "measured of row 0",
    );
  }
  expect(() => estimateRecord(undefined as never)).toThrow("needs an array of records");
});
