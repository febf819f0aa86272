import { besiroglu2024, chinchilla, fit, fitNotes, huber, type Loss, l1, powerLaw, squared } from "isoflop";
import { defineLaw } from "isoflop/formula";
import { chinchillaFigure4 } from "isoflop-datasets";
import { describe, expect, test } from "vitest";
import { splitByColumn } from "../../src/judgement/notes/splitByColumn.ts";
import { twoGroups } from "../../src/judgement/notes/twoGroups.ts";
import { Random } from "../../src/numerics/random/Random.ts";

const runs = chinchillaFigure4()
  .filter((run) => !run.isOutlier)
  .map(({ nParams, nTokens, flops, loss }) => ({ nParams, nTokens, flops, loss }));
const isOdd = (k: number) => k % 2 === 1;
const mixed = runs.map((run, k) => ({ ...run, loss: run.loss * (isOdd(k) ? 1.2 : 1) }));
const corpora = runs.map((_, k) => (isOdd(k) ? "pile" : "c4"));
const losses: Record<string, Loss> = { huber: huber(1e-3), squared: squared(), l1: l1() };
const codes = (...args: Parameters<typeof fitNotes>) => fitNotes(...args).map((note) => note.code);

describe.each(Object.keys(losses))("under %s", (name) => {
  const loss = losses[name]!;

  test("a good fit has no note, whatever columns of texts there are", () => {
    const columns = { corpora, name: runs.map((_, k) => `run ${k}`), one: runs.map(() => "same") };
    expect(fitNotes(fit(chinchilla, runs, { loss }), { columns })).toEqual([]);
  });

  test("two corpora in one column are told by the column that names them", () => {
    const columns = { id: runs.map((_, k) => `${k}`), third: runs.map((_, k) => `${k % 3}`), corpora };
    const notes = fitNotes(fit(chinchilla, mixed, { loss }), { columns });
    const split = notes.find((note) => note.code === "split-by-column");
    expect(split?.text).toMatch(/^residuals differ by corpora, .* for pile to .* for c4\)/);
    expect(notes.map((note) => note.code)).toContain("large-residuals");
  });

  test("and by the two heaps of residuals where no column does", () => {
    expect(codes(fit(chinchilla, mixed, { loss }))).toContain("two-groups");
  });

  test("a law of nothing explains little", () => {
    const shuffled = runs.map((run, k) => ({ ...run, loss: runs[(k * 101) % runs.length]!.loss }));
    expect(codes(fit(powerLaw("flops"), shuffled, { loss }))).toContain("explains-little");
  });
});

describe.each([...Object.keys(losses), "default"])("of 60 runs under %s", (name) => {
  const loss = losses[name];
  const sweep = (seed: number, apart: number) => {
    const random = new Random(seed, 60);
    return Array.from({ length: 60 }, (_, k) => {
      const point = { nParams: 2e7 * 500 ** ((k % 10) / 9), nTokens: 1e9 * 300 ** (Math.floor(k / 10) / 5) };
      const kind = random.uniform() < 0.5 ? 1 + apart : 1;
      return {
        ...point,
        loss: besiroglu2024.predict(point) * kind * Math.exp(0.005 * random.normal()),
      };
    });
  };
  const told = (apart: number) =>
    Array.from({ length: 10 }, (_, seed) =>
      codes(fit(chinchilla, sweep(seed, apart), { ...(loss && { loss }) })),
    );

  test("corpora that are 5 % apart fall into heaps, though the law bends and medians run through one of them", () => {
    expect(told(0.05).filter((found) => found.includes("two-groups")).length).toBe(10);
  });

  test("runs of one kind have no note", () => {
    expect(told(0).flat()).toEqual([]);
  });
});

test("an optimum with other parameters as good is flat, though its status is converged", () => {
  const law = defineLaw("L = E + A/N^alpha + B/N^beta");
  const two = Array.from({ length: 40 }, (_, k) => {
    const nParams = 10 ** (6 + k / 8);
    return {
      nParams,
      loss: (1.5 + 40 / nParams ** 0.2 + 9e5 / nParams ** 0.9) * (1 + 1e-3 * Math.sin(k * 9)),
    };
  });
  const found = fit(law, two, { loss: squared() });
  expect(found.status).toBe("converged");
  expect(codes(found)).toContain("flat-optimum");
});

test("a term that the runs do not pay for is named with its parameters", () => {
  const bare = runs.map((run, k) => ({
    ...run,
    loss: (1.8 + 480 / run.nParams ** 0.35) * (1 + 0.003 * Math.sin(k * 12.9898)),
  }));
  const found = fit(chinchilla, bare, { loss: squared() });
  const text = fitNotes(found).find((note) => note.code === "term-not-seen")?.text;
  expect(text).toMatch(/without the term of B .*: B and beta say nothing/);
});

test("a column must have one text a run", () => {
  expect(() => fitNotes(fit(chinchilla, runs), { columns: { x: ["a"] } })).toThrow(
    "column x must have one text a run (240), got 1",
  );
});

describe("the tests behind the notes", () => {
  test("Kruskal and Wallis of two groups that do not overlap: H = 12 / (n (n + 1)) sum R²/m - 3 (n + 1)", () => {
    const values = Float64Array.from({ length: 24 }, (_, k) => k);
    const texts = Array.from(values, (_, k) => (k < 12 ? "a" : "b"));
    const statistic = (12 / (24 * 25)) * (78 ** 2 / 12 + 222 ** 2 / 12) - 3 * 25;
    const split = splitByColumn(values, { side: texts });
    expect(split!.share).toBeCloseTo(statistic / 23, 12);
    expect(split!.low).toEqual({ value: "a", mean: 5.5 });
    expect(split!.high).toEqual({ value: "b", mean: 17.5 });
  });

  test("ties share a rank, so the order of equal values does not matter", () => {
    const values = Float64Array.from({ length: 30 }, (_, k) => (k < 15 ? 1 : 2));
    const forward = splitByColumn(values, { x: Array.from(values, (v) => `${v}`) });
    const backward = splitByColumn(values.slice().reverse(), {
      x: Array.from(values, (v) => `${v}`).reverse(),
    });
    expect(forward!.share).toBe(backward!.share);
  });

  test("groups of one or two runs show nothing", () => {
    const values = Float64Array.from({ length: 20 }, (_, k) => k);
    expect(splitByColumn(values, { pairs: Array.from(values, (_, k) => `${k >> 1}`) })).toBeUndefined();
  });

  test.each([
    ["one heap", (k: number) => Math.sin(k * 7.1), false],
    ["two heaps", (k: number) => (isOdd(k) ? 10 : 0) + Math.sin(k * 7.1), true],
    ["outliers, not a heap", (k: number) => (k % 20 === 0 ? 50 : Math.sin(k * 7.1)), false],
    ["all the same", () => 1, false],
  ])("two groups: %s", (_, value, found) => {
    const values = Float64Array.from({ length: 100 }, (_, k) => value(k));
    expect(twoGroups(values) !== undefined).toBe(found);
  });
});
