import {
  calibrateParts,
  compareParts,
  drawParts,
  hierarchy,
  predictParts,
  readPartsRecord,
  updateParts,
  writePartsRecord,
} from "isoflop";
import { describe, expect, test } from "vitest";
import { quantiseTriangle, readTriangle } from "../../../src/cost/calibration/record/quantised.ts";
import { Random } from "../../../src/numerics/random/Random.ts";
import { type Labels, machine, simulated } from "./simulated.ts";

const rows = simulated(200, 21);
const calibration = calibrateParts(machine, rows);

/** Linear, as every row has one part; layouts are within models, so that both are eliminated. */
const linear = hierarchy<Labels>({
  parts: [{ name: "all", median: 1, deviation: 0.5 }],
  kinds: [{ name: "time", noise: 0.1 }],
  effects: machine.effects.filter(({ name }) => name !== "first").map(({ parts: _, ...effect }) => effect),
});
const linearRows = simulated(300, 5).map((row) => ({ ...row, kind: "time", parts: [1] }));

describe("rows of one's own", () => {
  test.each([
    ["of keys that are known", (labels: Labels) => labels],
    [
      "of keys that are new",
      (labels: Labels) => ({ ...labels, engine: "own", layout: `own ${labels.layout}` }),
    ],
  ])("%s move a linear calibration to where all rows together are", (_, relabel) => {
    const own = linearRows.slice(0, 6).map((row) => ({ ...row, labels: relabel(row.labels) }));
    const rest = linearRows.slice(6);
    const before = calibrateParts(linear, rest, { tails: Infinity, factors: "none" });
    const updated = updateParts(before, own);
    const all = calibrateParts(linear, [...own, ...rest], {
      tails: Infinity,
      factors: "none",
      iterations: 1,
    });
    const fit = all.fit!;
    fit.spreads = before.fit!.spreads;
    fit.noise = before.fit!.noise;
    fit.step(fit.precisions());
    const together = {
      ...before,
      columns: fit.columns,
      posterior: fit.posterior(fit.step(fit.precisions())),
    };
    for (const query of [...own, ...rest.slice(0, 60)]) {
      const expected = predictParts(together, query);
      const given = predictParts(updated, query);
      expect(given.logMean).toBeCloseTo(expected.logMean, 8);
      expect(given.levelDeviation).toBeCloseTo(expected.levelDeviation, 8);
    }
    expect(updated.nRows).toBe(300);
  });

  test("of two halves, one after the other, say what all of them say", () => {
    const own = linearRows.slice(0, 6).map((row) => ({ ...row, labels: { ...row.labels, engine: "own" } }));
    const before = calibrateParts(linear, linearRows.slice(6), { tails: Infinity, factors: "none" });
    const once = updateParts(before, own);
    const twice = updateParts(updateParts(before, own.slice(0, 2)), own.slice(2));
    for (const query of own) {
      expect(predictParts(twice, query).logMean).toBeCloseTo(predictParts(once, query).logMean, 8);
      expect(predictParts(twice, query).deviation).toBeCloseTo(predictParts(once, query).deviation, 8);
    }
  });

  const slow = (n: number) =>
    simulated(n, 33).map((row) => ({
      ...row,
      labels: { engine: "own", accelerator: "a1", model: "m1", layout: "" },
      kind: "tpot",
      value:
        1.4 *
        predictParts(calibration, {
          ...row,
          kind: "tpot",
          labels: { ...row.labels, engine: "own", accelerator: "a1", model: "m1", layout: "" },
        }).value,
    }));

  test("teach an engine that no row had: the error falls, the interval narrows", () => {
    const [query, ...own] = slow(6);
    const errors = [calibration, updateParts(calibration, own)].map((one) => {
      const { logMean, deviation } = predictParts(one, query!);
      return { error: Math.abs(Math.log(query!.value) - logMean), deviation };
    });
    expect(errors[1]!.error).toBeLessThan(errors[0]!.error / 3);
    expect(errors[1]!.deviation).toBeLessThan(errors[0]!.deviation);
  });

  test("are new until there are five", () => {
    const own = slow(5);
    expect(predictParts(updateParts(calibration, own.slice(0, 4)), own[4]!).novelty).toEqual(["engine"]);
    expect(predictParts(updateParts(calibration, own), own[4]!).novelty).toEqual([]);
  });

  test("that are far from the others are named, and count little", () => {
    const own = slow(8);
    const spoilt = own.map((row, i) => (i === 2 ? { ...row, value: row.value / 30 } : row));
    const [clean, robust] = [own, spoilt].map((given) => updateParts(calibration, given));
    expect(clean!.outliers).toEqual([]);
    expect(robust!.outliers.map(({ row }) => row)).toEqual([2]);
    const away = predictParts(robust!, own[7]!).logMean - predictParts(clean!, own[7]!).logMean;
    expect(Math.abs(away)).toBeLessThan(0.1);
  });

  test("are refused with their place where they are none", () => {
    const own = slow(5);
    const withValue = (value: number) => own.map((row, i) => (i === 3 ? { ...row, value } : row));
    expect(() => updateParts(calibration, withValue(0))).toThrow(
      /row 3\.value must be a finite number > 0, got 0/,
    );
    expect(() => updateParts(calibration, withValue(Number.NaN))).toThrow(/row 3\.value .* got NaN/);
    expect(() => updateParts(calibration, [])).toThrow("updateParts needs a row or more, got none");
    expect(() => updateParts(calibration, own[0] as never)).toThrow(/needs an array of records/);
  });
});

describe("a record", () => {
  const text = JSON.stringify(writePartsRecord(calibration));
  const read = readPartsRecord(machine, JSON.parse(text));

  test("predicts as the calibration does", () => {
    for (const query of rows) {
      const a = predictParts(calibration, query);
      const b = predictParts(read, query);
      expect(b.logMean).toBeCloseTo(a.logMean, 3);
      expect(b.levelDeviation / a.levelDeviation).toBeCloseTo(1, 2);
      expect(b.novelty).toEqual(a.novelty);
      expect(b.ends.upper95).toBeCloseTo(a.ends.upper95, 3);
    }
  });

  test("takes rows of one's own", () => {
    const own = rows
      .slice(0, 5)
      .map((row) => ({ ...row, labels: { ...row.labels, engine: "own", layout: "" } }));
    const [a, b] = [calibration, read].map((one) => predictParts(updateParts(one, own), own[2]!));
    expect(b!.logMean).toBeCloseTo(a!.logMean, 3);
    expect(b!.deviation / a!.deviation).toBeCloseTo(1, 2);
  });

  test("written again is nearly itself", () => {
    const again = writePartsRecord(read);
    expect(again.keys).toEqual(writePartsRecord(calibration).keys);
    expect(again.mean).toEqual(JSON.parse(text).mean);
  });

  test("keeps normal noise, which JSON cannot say", () => {
    const one = calibrateParts(machine, rows, { tails: Infinity, factors: "none" });
    expect(readPartsRecord(machine, JSON.parse(JSON.stringify(writePartsRecord(one)))).tails).toBe(Infinity);
  });

  test("of another hierarchy is refused", () => {
    const other = hierarchy({ ...pick(), effects: machine.effects.slice(1) });
    expect(() => readPartsRecord(other, JSON.parse(text))).toThrow(/other effects than the hierarchy/);
    expect(() => readPartsRecord(machine, {} as never)).toThrow(/other parts/);
    const cut = JSON.parse(text);
    cut.covariance.text = cut.covariance.text.slice(3);
    expect(() => readPartsRecord(machine, cut)).toThrow(/must have \d+ letters/);
  });

  test("quantised triangles are off by a 65534th of the largest of their row", () => {
    const random = new Random(3, 0);
    const q = 9;
    const matrix = Float64Array.from(
      { length: q * q },
      () => random.normal() * 10 ** (8 * random.uniform() - 4),
    );
    const back = readTriangle(quantiseTriangle(matrix, q));
    for (let i = 0; i < q; i++) {
      const row = matrix.subarray(i * q, i * q + i + 1);
      const largest = Math.max(...row.map(Math.abs));
      row.forEach((value, j) => {
        expect(Math.abs(back[i * q + j]! - value)).toBeLessThanOrEqual((largest / 65534) * 1.0001);
      });
    }
  });
});

const pick = () => ({ parts: machine.parts, kinds: machine.kinds, novelties: machine.novelties! });

describe("two predictions", () => {
  const query = (part: number, engine = "new") => ({
    labels: { engine, accelerator: "a2", model: "m4", layout: "" },
    kind: "tpot",
    parts: [part, part, part],
  });

  test("on one new engine are told apart better than their levels say", () => {
    const level = predictParts(calibration, query(1)).levelDeviation;
    const same = compareParts(calibration, query(1), query(1.1));
    const other = compareParts(calibration, query(1), query(1.1, "newer"));
    expect(same.ratio).toBeCloseTo(1 / 1.1, 10);
    expect(same.deviation).toBeLessThan(1e-6);
    expect(same.isDistinguishable).toBe(true);
    // Each has an engine of its own.
    expect(other.deviation).toBeCloseTo(Math.SQRT2 * calibration.spreads.engine!, 6);
    expect(other.deviation).toBeLessThan(Math.SQRT2 * level);
    expect(other.isDistinguishable).toBe(false);
  });

  test("compare the other way round by the inverse", () => {
    const a = compareParts(calibration, query(1), query(2, "e1"));
    const b = compareParts(calibration, query(2, "e1"), query(1));
    expect(b.ratio).toBeCloseTo(1 / a.ratio, 10);
    expect(b.interval80[0]).toBeCloseTo(1 / a.interval80[1], 10);
  });

  test("draw together: deviation of the ratio, deviation of the level, share in the interval", () => {
    const queries = [query(1, "e1"), { ...query(2, "e2"), parts: [1, 5, 0.1] }, rows[3]!];
    const draws = drawParts(calibration, queries, { draws: 4000, noise: true, seed: 7 });
    const inside = draws.filter((draw) => {
      const [low, high] = predictParts(calibration, queries[2]!).interval80;
      return draw[2]! >= low && draw[2]! <= high;
    });
    // Standard error 0.6 %.
    expect(Math.abs(inside.length / 4000 - 0.8)).toBeLessThan(0.025);
    const levels = drawParts(calibration, queries, { draws: 4000, seed: 7 });
    const stretch = predictParts(calibration, queries[0]!).ends.upper80 / 1.2816;
    const logs = levels.map((draw) => Math.log(draw[0]! / draw[1]!));
    const mean = logs.reduce((sum, log) => sum + log, 0) / logs.length;
    const spread = Math.sqrt(logs.reduce((sum, log) => sum + (log - mean) ** 2, 0) / logs.length);
    expect(spread / stretch / compareParts(calibration, queries[0]!, queries[1]!).deviation).toBeCloseTo(
      1,
      1,
    );
  });

  test("draw the same for the same seed, and refuse what is no query", () => {
    const queries = [query(1), query(2)];
    expect(drawParts(calibration, queries, { draws: 3 })).toEqual(
      drawParts(calibration, queries, { draws: 3 }),
    );
    expect(drawParts(calibration, queries, { draws: 3, seed: 2 })).not.toEqual(
      drawParts(calibration, queries, { draws: 3 }),
    );
    expect(() => drawParts(calibration, queries, { draws: 0 })).toThrow(
      /draws must be a whole number >= 1, got 0/,
    );
    expect(() => drawParts(calibration, [query(-1)])).toThrow(/query 0\.parts\[0\]/);
    expect(() => predictParts(calibration, { ...query(1), kind: "x" })).toThrow(
      /kind must be ttft or tpot, got x/,
    );
    expect(() => compareParts(calibration, query(1), query(0))).toThrow(/second\.parts must add up/);
  });
});
