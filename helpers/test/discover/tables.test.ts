import { type DiscoverRow, discover } from "isoflop";
import { describe, expect, test } from "vitest";
import { Random } from "../../src/numerics/random/Random.ts";

const sizes = [1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 1024, 2048].map((k) => k * 1e7);
const noise = new Random(7, 1);
const lossAt = (n: number, d: number) => 1.7 + (n / 1e8) ** -0.34 + (d / 1e10) ** -0.28;

describe("rows that follow a law exactly", () => {
  test.each<[string, (n: number) => number, number]>([
    ["a power", (n) => (n / 1e8) ** -0.3, 2],
    ["a power above a floor", (n) => 1.8 + (n / 1e8) ** -0.3, 3],
    ["a logarithm", (n) => 3 - 0.1 * Math.log(n), 2],
    ["a power, in tiny units", (n) => 1e-12 * (n / 1e8) ** -0.3, 2],
  ])("%s has its own number of parameters, and a note", (_, curve, parameters) => {
    const rows = sizes.map((n) => ({ n, loss: curve(n) }));
    const { set, notes, predictions } = discover(rows, { response: "loss", points: [{ n: 1e12 }] });
    expect(set[0]!.parameters).toBe(parameters);
    expect(notes.join()).toContain("to the last digits");
    expect(notes.join()).not.toContain("noise grows");
    expect(predictions.loss![0]!.prediction / curve(1e12)).toBeCloseTo(1, 6);
  });
});

describe("points", () => {
  const counts = Array.from({ length: 14 }, (_, i) => ({
    k: i + 1,
    shift: i % 4,
    loss: 2 + 0.5 / (1 + 2 * Math.log(i + 1)) + (i % 4) ** 2 / 10 + 0.001 * noise.normal(),
  }));

  test("below where a late start or a slow count has a value are predicted by other laws", () => {
    const points = [
      { k: 0.5, shift: -3 },
      { k: 30, shift: 0 },
    ];
    const { predictions, notes } = discover(counts, { response: "loss", points });
    expect(notes.join()).toContain("laws that have no value at a point are left out");
    for (const { prediction, lo95, hi95 } of predictions.loss!) {
      expect([prediction, lo95, hi95].every(Number.isFinite)).toBe(true);
    }
  });

  test("that leave the rows' line, or a column's one value, say so; none are no error", () => {
    const rows = sizes.map((n) => ({
      n,
      d: 20 * n,
      seed: 1,
      loss: lossAt(n, 20 * n) + 0.003 * noise.normal(),
    }));
    const points = [
      { n: 1e12, d: 2e13, seed: 1 },
      { n: 1e12, d: 2e12, seed: 1 },
      { n: 1e12, d: 2.001e13, seed: 2 },
      { n: 1e12 },
    ];
    const notes = discover(rows, { response: "loss", points }).predictions.loss!.map(({ note }) => note);
    expect(notes.map((note) => /\bd is not as in the rows/.test(note))).toEqual([false, true, false, false]);
    expect(notes.map((note) => /seed is not as in the rows/.test(note))).toEqual([false, false, true, false]);
    expect(discover(rows, { response: "loss", points: [] }).predictions).toEqual({ loss: [] });
  });

  test("that the rows say nothing of have a note beside a wide interval", () => {
    const rows = [1e7, 1e9].flatMap((n) =>
      [1, 3, 9, 27, 81].map((k) => ({ n, d: k * 1e8, loss: lossAt(n, k * 1e8) + 0.003 * noise.normal() })),
    );
    const options = { response: "loss", points: [{ n: 1e8, d: 1e9 }] };
    const [one] = discover(rows, options).predictions.loss!;
    const range = Math.max(...rows.map(({ loss }) => loss)) - Math.min(...rows.map(({ loss }) => loss));
    const isWide = one!.hi95 - one!.prediction > Math.max(range, Math.abs(one!.prediction));
    expect(one!.note.includes("wider than all of theirs")).toBe(isWide);
  });
});

test("rows at two places tell two parameters, however many they are", () => {
  const rows = Array.from({ length: 12 }, (_, i) => ({
    n: i % 2 ? 1e8 : 1e7,
    loss: (i % 2 ? 2 : 3) + 0.01 * noise.normal(),
  }));
  const { law, set, predictions } = discover(rows, { response: "loss", points: [{ n: 3e7 }] });
  for (let k = 1; k < rows.length; k++) {
    const turned = [...rows.slice(k), ...rows.slice(0, k)];
    expect(discover(turned, { response: "loss" }).law).toBe(law);
  }
  expect(Math.max(...set.map(({ parameters }) => parameters))).toBe(2);
  expect(predictions.loss![0]!.lo95).toBeGreaterThan(2);
  expect(predictions.loss![0]!.hi95).toBeLessThan(3);
});

describe("groups", () => {
  const groupOf = (name: string, rows: number) =>
    Array.from({ length: rows }, (_, i) => {
      const n = sizes[i % 8]!;
      const d = 1e9 * 3 ** (Math.floor(i / 8) + (i % 3));
      return { name, n, d, loss: lossAt(n, d) + name.length / 10 + 0.003 * noise.normal() };
    });
  const large = [...groupOf("a", 30), ...groupOf("bb", 24)];
  const options = { response: "loss", group: "name", scale: ["n", "d"] };

  test.each([
    ["beyond the rows", 1e11, 1e13],
    ["among the rows", 3e8, 5e9],
  ])("one of three rows does not take the law from the others, %s", (_, n, d) => {
    const at = { ...options, points: [{ name: "a", n, d }] };
    const without = discover(large, at);
    const found = discover([...large, ...groupOf("ccc", 3)], at);
    expect(found.set[0]!.parameters).toBe(without.set[0]!.parameters + 3);
    const [one, other] = [found, without].map(({ predictions }) => predictions.loss![0]!.prediction);
    expect(one! / other!).toBeCloseTo(1, 2);
  });

  test("one of a single row is told, with the way out", () => {
    const { notes } = discover([...large, ...groupOf("ccc", 1)], options);
    expect(notes.join()).toMatch(/group ccc has 1 row: .*leave it out/);
    expect(discover(large, options).notes.join()).not.toContain("group");
  });
});

describe("shares", () => {
  const given = (digits: number, more: (i: number) => DiscoverRow) =>
    Array.from({ length: 40 }, (_, i) => {
      const raw = [noise.uniform(), noise.uniform(), noise.uniform()];
      const total = raw.reduce((sum, one) => sum + one, 0);
      const [web, code, books] = raw.map((one) => Number(((0.9 * one) / total).toFixed(digits))) as [
        number,
        number,
        number,
      ];
      const loss = 2 + Math.exp(-web - 2 * code) + 0.002 * noise.normal();
      return { web, code, books, maths: 0.1, loss, ...more(i) };
    });

  test.each([2, 3, 15])(
    "are seen with %i digits, with one that never changes and beside other columns",
    (digits) => {
      const rows = given(digits, (i) => ({ dropout: (i % 3) / 10 }));
      const points = [{ web: 0.2, code: 0.3, books: 0.4, maths: 0.1, dropout: 0.1 }];
      const { law, predictions } = discover(rows, { response: "loss", points });
      expect(law).toMatch(/exp\(\(-p\d\)\*\(\(web/);
      expect(predictions.loss![0]!.prediction).toBeCloseTo(2 + Math.exp(-0.8), 2);
    },
  );
});

test("tables that have no law, or options that exclude each other, are told with a way out", () => {
  const rows = sizes.map((n, i) => ({
    n,
    k: i % 3,
    same: 4,
    loss: 2 + (n / 1e8) ** -0.3,
    copy: 2 + (n / 1e8) ** -0.3,
  }));
  const holes = rows.map((row, i) => (i === 3 ? { ...row, n: undefined } : row));
  expect(() => discover(rows, { response: "same" })).toThrow(/same is 4 in every row/);
  expect(() => discover(holes, { response: "loss" })).toThrow(
    /n must be a finite number, got undefined in row 3/,
  );
  expect(() => discover(rows, { response: [] })).toThrow(/response must name a column/);
  expect(() => discover(rows, { response: ["loss", "loss"] })).toThrow(/response names loss twice/);
  expect(() => discover(rows, { response: "loss", scale: ["loss"] })).toThrow(
    /response and scale both name loss/,
  );
  expect(() => discover(rows, { response: "loss", group: "loss" })).toThrow(
    /response and group both name loss/,
  );
  expect(() => discover(rows, { response: "loss", scale: ["n"], ignore: ["n"] })).toThrow(
    /ignore and scale both name n/,
  );
  expect(() => discover(rows, { response: "loss", points: [{ n: 1e9, k: Number.NaN }] })).toThrow(
    /k .* in point 0/,
  );
  expect(discover(rows, { response: "loss" }).notes).toContain("copy is loss in every row, and is left out");
  const texts = rows.map((row, i) => ({ ...row, who: i % 2 ? "a" : null, steps: BigInt(i) }));
  expect(discover(texts, { response: "loss" }).notes).toContain("who holds no numbers, and is left out");
});
