import { type DiscoverRow, discover } from "isoflop";
import { expect, test } from "vitest";
import { Random } from "../../src/numerics/random/Random.ts";

const sizes = [1, 2, 4, 8, 16].map((k) => k * 1e7);
const tokens = [1, 3, 9, 27, 81].map((k) => k * 1e8);
const beyond = { n: 1e10, d: 1e11 };
const within = { n: 3e7, d: 2e9 };

/** Rows whose top three levels, held out, leave two: one curve of each variable is then as good as another. */
const gridOf = (seed: number) => {
  const noise = new Random(seed, 4);
  return sizes.flatMap((n) =>
    tokens.map((d) => ({
      n,
      d,
      loss: (1.7 + (n / 1e8) ** -0.34 + (d / 1e10) ** -0.28) * (1 + 0.003 * noise.normal()),
    })),
  );
};

const found = (rows: readonly DiscoverRow[], at: DiscoverRow, scale = ["n", "d"]) =>
  discover(rows, { response: "loss", scale, points: [at] });

test.each([
  [1, beyond],
  [2, beyond],
  [3, beyond],
  [4, beyond],
  [5, within],
  [6, within],
])("what is found hangs neither on the order of rows and columns nor on units: table %i", (seed, point) => {
  const rows = gridOf(seed);
  const as = found(rows, point);
  const [one] = as.predictions.loss!;
  const reversed = found([...rows].reverse(), point);
  const scaled = found(
    rows.map(({ n, d, loss }) => ({ n: n * 7e12, d: d / 3e9, loss: loss * 1e-9 })),
    { n: point.n * 7e12, d: point.d / 3e9 },
  );
  const columns = found(
    rows.map(({ n, d, loss }) => ({ loss, d, n })),
    point,
    ["d", "n"],
  );
  // The largest laws of the set have minima that are nearly alike: which one is found may hang on the order of columns.
  expect(columns.set[0]!.parameters).toBe(as.set[0]!.parameters);
  expect(columns.predictions.loss![0]!.prediction / one!.prediction).toBeCloseTo(1, 6);
  for (const [other, unit] of [
    [reversed, 1],
    [scaled, 1e-9],
  ] as const) {
    expect(other.set.map(({ parameters }) => parameters)).toEqual(as.set.map(({ parameters }) => parameters));
    for (const [k, { error, bic }] of as.set.entries()) {
      expect(other.set[k]!.error / error).toBeCloseTo(1, 2);
      expect(other.set[k]!.bic - other.set[0]!.bic).toBeCloseTo(bic - as.set[0]!.bic, 3);
    }
    const [own] = other.predictions.loss!;
    expect(own!.prediction / unit / one!.prediction).toBeCloseTo(1, 6);
    expect((own!.hi95 - own!.lo95) / unit / (one!.hi95 - one!.lo95)).toBeCloseTo(1, 2);
  }
});
