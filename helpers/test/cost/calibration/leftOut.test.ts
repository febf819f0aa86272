import fc from "fast-check";
import {
  calibrateParts,
  hierarchy,
  leaveOut,
  predictParts,
  readPartsRecord,
  writePartsRecord,
} from "isoflop";
import { describe, expect, test } from "vitest";
import { type AwayRow, endsByKind, endsOf } from "../../../src/cost/calibration/leftOut/intervalFactors.ts";
import { leaveOutUnits } from "../../../src/cost/calibration/leftOut/leaveOutUnits.ts";
import { PartsFit } from "../../../src/cost/calibration/PartsFit.ts";
import { Random } from "../../../src/numerics/random/Random.ts";
import { type Labels, machine, simulated } from "./simulated.ts";

const rows = simulated(160, 11);
const calibration = calibrateParts(machine, rows, { factors: "none" });
const model = ({ model: own }: Labels) => own;

describe("a group that is left out", () => {
  test("is predicted as by a fit that never had its rows", () => {
    const left = leaveOut(calibration, model, { linearisations: 8 }).filter(({ group }) => group === "m3");
    const others = rows.filter(({ labels }) => labels.model !== "m3");
    const weights = calibration.fit!.weights.filter((_, i) => rows[i]!.labels.model !== "m3");
    const fit = new PartsFit(calibration.fit!.columns, others);
    fit.spreads = calibration.fit!.spreads;
    fit.noise = calibration.fit!.noise;
    fit.weights.set(weights);
    let equations = fit.step(fit.precisions());
    for (let k = 0; k < 8; k++) equations = fit.step(fit.precisions());
    const alone = { ...calibration, posterior: fit.posterior(equations) };
    expect(left.length).toBeGreaterThan(1);
    for (const { row, logMean, deviation } of left) {
      const expected = predictParts(alone, rows[row]!);
      expect(logMean).toBeCloseTo(expected.logMean, 7);
      expect(deviation).toBeCloseTo(expected.deviation, 7);
    }
  });

  test("has the spread of its effect in its deviation", () => {
    const spread = Math.hypot(calibration.spreads.model!, calibration.spreads.layout!);
    for (const row of leaveOut(calibration, model)) expect(row.levelDeviation).toBeGreaterThan(spread);
  });

  test("leaves the calibration as it was", () => {
    const before = predictParts(calibration, rows[0]!);
    leaveOut(calibration, model);
    const after = predictParts(calibration, rows[0]!);
    expect(after.logMean).toBe(before.logMean);
    expect(after.deviation).toBeCloseTo(before.deviation, 12);
  });

  test("is none where the key is empty", () => {
    expect(leaveOut(calibration, () => "")).toEqual([]);
    const some = leaveOut(calibration, (labels) => (labels.model === "m1" ? "m1" : ""));
    expect(some.map(({ row }) => row)).toEqual(
      rows.flatMap(({ labels }, i) => (labels.model === "m1" ? [i] : [])),
    );
  });

  test("is judged by factors of the other groups", () => {
    const left = leaveOut(calibration, model, { intervals: true });
    const own = left.find(({ group }) => group === "m5")!;
    const others = left
      .filter(({ group }) => group !== "m5")
      .map(({ row, away, group }) => ({ away, group, kind: rows[row]!.kind, stratum: "" }));
    expect(own.ends).toEqual(endsByKind(others)[rows[own.row]!.kind]);
  });

  test("may have its spreads worked out without it", () => {
    const some = (labels: Labels) => (labels.engine === "e1" ? "e1" : "");
    const kept = leaveOut(calibration, some);
    const refitted = leaveOut(calibration, some, { spreads: "refitted" });
    expect(refitted.map(({ row }) => row)).toEqual(kept.map(({ row }) => row));
    expect(refitted[0]!.deviation).not.toBe(kept[0]!.deviation);
    expect(refitted[0]!.logMean).toBeCloseTo(kept[0]!.logMean, 0);
  });

  test("needs the rows", () => {
    const read = readPartsRecord(machine, writePartsRecord(calibration));
    expect(() => leaveOut(read, model)).toThrow(/needs a calibration with its rows/);
    expect(() => leaveOut(calibration, model, { spreads: "some" } as never)).toThrow(
      /kept or refitted, got some/,
    );
    expect(() => leaveOut(calibration, model, { linearisations: 0 })).toThrow(/linearisations/);
  });
});

test("units that are left out in closed form are those of the equations without them", () => {
  // One part, so that the model is linear.
  const spec = hierarchy<{ a: string; unit: string }>({
    parts: [{ name: "all", median: 1, deviation: 1 }],
    kinds: [{ name: "time", noise: 0.1 }],
    effects: [{ name: "a", key: ({ a }) => a, typical: 0.3 }],
  });
  const random = new Random(2, 0);
  const given = Array.from({ length: 40 }, (_, i) => ({
    labels: { a: `${i % 7}`, unit: `${i >> 1}` },
    kind: "time",
    parts: [1],
    value: Math.exp(0.2 * (i % 7) + 0.1 * random.normal()),
  }));
  const one = calibrateParts(spec, given);
  const fit = one.fit!;
  const before = fit.theta;
  const posterior = fit.posterior(fit.step(fit.precisions()));
  const away = leaveOutUnits(
    fit,
    posterior,
    fit.linearResiduals(before),
    given.map(({ labels }) => labels.unit),
    1.5,
  );
  leaveOut(one, ({ unit }) => unit).forEach((row, i) => {
    expect(away[i]!).toBeCloseTo(row.away, 6);
  });
});

describe("factors", () => {
  const normal = (n: number, groups: number, seed = 1, shift = 0): AwayRow[] => {
    const random = new Random(seed, 0);
    return Array.from({ length: n }, (_, i) => ({
      away: random.normal() + shift,
      group: `${i % groups}`,
      kind: "time",
      stratum: "",
    }));
  };

  test("of many separate rows are those of their distribution", () => {
    const { ends, effective } = endsOf(normal(20_000, 20_000));
    expect(ends.lower80).toBeCloseTo(1.2816, 1);
    expect(ends.upper95).toBeCloseTo(1.96, 1);
    expect(effective).toBeGreaterThan(15_000);
  });

  test("of n separate rows are the order statistics of split conformal prediction", () => {
    const away = [0.3, -0.1, 0.7, -0.9, 0.5, -1.1, 1.3, -1.5, 1.7];
    const given = away.map((value, i) => ({ away: value, group: `${i}`, kind: "time", stratum: "" }));
    // 0.8 (9 + 1) = the eighth of nine.
    expect(endsOf(given).ends.upper80).toBeCloseTo(1.5, 10);
    // 0.95 (9 + 1) is beyond the ninth, which stands for nine tenths: as far as a normal tail goes on.
    expect(endsOf(given).ends.upper95).toBeCloseTo((1.7 * 1.959964) / 1.644854, 5);
  });

  test("of rows that agree within groups rest on the groups, and are wider", () => {
    const random = new Random(4, 0);
    const groups = Array.from({ length: 8 }, () => Math.abs(random.normal()));
    const agreeing = Array.from({ length: 800 }, (_, i) => ({
      away: groups[i % 8]!,
      group: `${i % 8}`,
      kind: "time",
      stratum: "",
    }));
    const apart = agreeing.map((row, i) => ({ ...row, group: `${i}` }));
    expect(endsOf(agreeing).effective).toBeLessThan(12);
    expect(endsOf(agreeing).ends.upper95).toBeGreaterThan(endsOf(apart).ends.upper95);
  });

  test("differ by side only where chance cannot say so", () => {
    const even = endsOf(normal(500, 500)).ends;
    expect(even.lower80).toBe(even.upper80);
    const { lower80, upper80 } = endsOf(normal(2000, 2000, 1, 0.6)).ends;
    expect(upper80).toBeCloseTo(1.2816 + 0.6, 0);
    expect(lower80).toBeCloseTo(1.2816 - 0.6, 0);
  });

  test("of a kind lean on those of all rows, the less so the more rows it has", () => {
    const wide = (n: number, seed: number) =>
      normal(n, n, seed).map((row) => ({ ...row, away: 3 * row.away, kind: "wide" }));
    const few = endsByKind([...normal(2000, 2000), ...wide(20, 2)]);
    expect(few.wide).toEqual(few[""]);
    const some = endsByKind([...normal(2000, 2000), ...wide(40, 2)]);
    const many = endsByKind([...normal(2000, 2000), ...wide(4000, 2)]);
    expect(some.wide!.upper80).toBeGreaterThan(some[""]!.upper80);
    expect(many.wide!.upper80 / 3).toBeCloseTo(1.2816, 1);
  });

  test("are finite, and wider at 95 than at 80 %, whatever the rows", () => {
    fc.assert(
      fc.property(
        fc.array(
          fc.record({
            away: fc.double({ min: -30, max: 30, noNaN: true }),
            group: fc.constantFrom("a", "b", "c"),
            kind: fc.constantFrom("k", "l"),
            stratum: fc.constantFrom("", "s"),
          }),
          { minLength: 1, maxLength: 80 },
        ),
        (given) => {
          for (const { lower80, lower95, upper80, upper95 } of Object.values(endsByKind(given))) {
            expect(lower80).toBeGreaterThan(0);
            expect(lower95).toBeGreaterThanOrEqual(lower80 * 0.999);
            expect(upper95).toBeGreaterThanOrEqual(upper80 * 0.999);
            expect(Number.isFinite(upper95 + lower95)).toBe(true);
          }
        },
      ),
    );
  });

  test("never make what is new narrower than if it were known", () => {
    const table = endsByKind(normal(200, 200));
    const narrow = { lower80: 0.3, upper80: 0.3, lower95: 0.4, upper95: 0.4 };
    const given = { ...calibration, factors: { known: table, model: { "": narrow } } };
    const row = rows.find(({ labels }) => calibration.seen[0]!.get(labels.model)! >= 5)!;
    const known = predictParts(given, row);
    const other = predictParts(given, { ...row, labels: { ...row.labels, model: "other", layout: "" } });
    expect(other.novelty).toEqual(["model"]);
    expect(other.ends.upper80 * other.deviation).toBeGreaterThan(narrow.upper80 * other.deviation);
    expect(known.novelty).toEqual([]);
  });
});

test("a novelty that comes with another leaves the interval to it", () => {
  const spec = (within?: readonly string[]) =>
    hierarchy<{ layout: string; model: string }>({
      parts: [{ name: "compute", median: 1, deviation: 1 }],
      kinds: [{ name: "tpot", noise: 0.05 }],
      effects: [
        { name: "layout", key: ({ layout }) => layout, typical: 0.2 },
        { name: "model", key: ({ model }) => model, typical: 0.05 },
      ],
      novelties: [
        { name: "layout", key: ({ layout }) => layout, ...(within && { within }) },
        { name: "model", key: ({ model }) => model },
      ],
    });
  const rows = Array.from({ length: 120 }, (_, i) => ({
    labels: { layout: `${i % 24}`, model: `${i % 6}` },
    kind: "tpot",
    parts: [1 + (i % 7)],
    value: (1 + (i % 7)) * (1 + 0.3 * Math.sin(i % 24)) * (1 + 0.02 * Math.cos(i)),
  }));
  const query = { labels: { layout: "new", model: "new" }, kind: "tpot", parts: [3] };
  const [apart, together] = [undefined, ["model"]].map((within) =>
    predictParts(calibrateParts(spec(within), rows), query),
  );
  expect(together!.novelty).toEqual(["layout", "model"]);
  const width = ({ ends }: typeof together & object) => ends.lower80 + ends.upper80;
  expect(width(together!)).toBeLessThanOrEqual(width(apart!));
  expect(() => spec(["colour"])).toThrow(/novelty layout has no novelty colour; there are layout, model/);
});
