import { inspect } from "node:util";
import { discover, jupyterDisplay } from "isoflop";
import { expect, test } from "vitest";
import { Random } from "../../src/numerics/random/Random.ts";

const sizes = [1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 1024, 2048].map((k) => k * 1e6);
const within = (of: { readonly lo95: number; readonly hi95: number }, value: number) =>
  of.lo95 <= value && value <= of.hi95;

test("a dozen rows of one variable are enough, falling or rising, of any sign", () => {
  const noise = new Random(1, 1);
  const curves: ((n: number) => number)[] = [
    (n) => 1.8 + 4 * (n / 1e6) ** -0.3,
    (n) => 0.9 - 0.6 * (n / 1e6) ** -0.2,
    (n) => -3 + 2 * (n / 1e6) ** -0.25,
    (n) => 40 * (n / 1e6) ** -0.4,
  ];
  let covered = 0;
  for (const curve of curves) {
    for (let set = 0; set < 5; set++) {
      const rows = sizes.map((n) => ({ n, y: curve(n) * (1 + 0.003 * noise.normal()) }));
      const [one] = discover(rows, { response: "y", points: [{ n: 2e10 }] }).predictions.y!;
      if (within(one!, curve(2e10))) covered++;
      expect(Math.abs(one!.prediction / curve(2e10) - 1)).toBeLessThan(0.05);
      expect(one!.lo95).toBeLessThan(one!.lo80);
      expect(one!.hi95).toBeGreaterThan(one!.hi80);
    }
  }
  // Of 20 intervals of 95 %, three or more miss with a chance of 8 %, four or more with 1.6 %.
  expect(covered).toBeGreaterThanOrEqual(17);
});

test("points come back in their order, those of an unknown group with a note", () => {
  const rows = ["a", "b"].flatMap((corpus, g) =>
    sizes.slice(0, 8).map((n) => ({ corpus, n, loss: 2 + g + (1 + g) * (n / 1e6) ** -0.3 })),
  );
  const points = [
    { corpus: "b", n: 1e10 },
    { corpus: "c", n: 1e10 },
    { corpus: "a", n: 1e10 },
  ];
  const { predictions } = discover(rows, { response: "loss", group: "corpus", points });
  const [b, c, a] = predictions.loss!;
  const right = (g: number) => 2 + g + (1 + g) * 1e4 ** -0.3;
  expect(b!.prediction).toBeCloseTo(right(1), 3);
  expect(a!.prediction).toBeCloseTo(right(0), 3);
  expect(c!.prediction).toBeCloseTo((right(0) + right(1)) / 2, 3);
  expect(c!.note).toContain("no such group");
  expect(b!.note).not.toContain("no such group");
});

test("columns that say nothing new are left out, and zeros in others are read", () => {
  const rows = sizes.flatMap((n) =>
    [0, 0.1, 0.2].map((dropout) => ({
      n,
      flops: 6 * n,
      same: 1,
      dropout,
      loss: 2 + (n / 1e6) ** -0.3 + dropout,
    })),
  );
  const { notes, predictions } = discover(rows, { response: "loss", points: [{ n: 1e10, dropout: 0.1 }] });
  expect(notes.join("\n")).toMatch(/same is the same in every row/);
  expect(notes.join("\n")).toMatch(/flops follows from the other columns/);
  expect(predictions.loss![0]!.prediction).toBeCloseTo(2.1 + 1e4 ** -0.3, 2);
});

test("shares that sum to one, and several responses at once", () => {
  const noise = new Random(2, 2);
  const rows = Array.from({ length: 40 }, () => {
    const raw = [noise.uniform(), noise.uniform(), noise.uniform()];
    const total = raw.reduce((sum, one) => sum + one, 0);
    const [web, code, books] = raw.map((one) => one / total) as [number, number, number];
    return { web, code, books, first: 2 + Math.exp(-web - 2 * code), second: 3 + Math.exp(-3 * books) };
  });
  const points = [{ web: 0.2, code: 0.3, books: 0.5 }];
  const { predictions } = discover(rows, { response: ["first", "second"], points });
  expect(predictions.first![0]!.prediction).toBeCloseTo(2 + Math.exp(-0.8), 2);
  expect(predictions.second![0]!.prediction).toBeCloseTo(3 + Math.exp(-1.5), 2);
});

test("the same rows give the same bits", () => {
  const rows = sizes.map((n, k) => ({ n, loss: 2 + (n / 1e6) ** -0.3 + 0.001 * (k % 3) }));
  const options = { response: "loss", points: [{ n: 1e10 }] };
  expect(discover(rows, options)).toEqual(discover(rows, options));
});

test("bad input is told with value, domain and way out", () => {
  const rows = sizes.map((n) => ({ n, loss: 2 + (n / 1e6) ** -0.3 }));
  expect(() => discover(rows.slice(0, 3), { response: "loss" })).toThrow(/at least 6 rows, got 3/);
  expect(() => discover(rows, { response: "los" })).toThrow(/no column los; did you mean loss/);
  expect(() => discover(rows, { response: "loss", ignore: ["n"] })).toThrow(/no column varies/);
  expect(() => discover(rows, { response: "loss", maxParameters: 0 })).toThrow(/maxParameters/);
  expect(() => discover(rows, { response: "loss", points: [{ n: -1 }] })).toThrow(
    /n must be > 0.*-1.*point 0/,
  );
  expect(() => discover([...rows, { n: 1, loss: Number.NaN }], { response: "loss" })).toThrow(
    /loss must be a finite number, got NaN in row 12/,
  );
});

test("shows itself in a notebook and in a terminal as a table of its laws", () => {
  const rows = sizes.map((n, k) => ({ n, loss: 2 + (n / 1e6) ** -0.3 + 0.004 * ((k * 7) % 5) }));
  const found = discover(rows, { response: "loss" });
  const { "text/html": html, "text/plain": text } = found[jupyterDisplay]();
  expect(html).toContain("<table>");
  for (const { law } of found.set) expect(text).toContain(law);
  expect(inspect(found)).toBe(text);
});

test("along columns that it may only fall with, no law of the set rises, whatever the rows do", () => {
  const noise = new Random(5, 5);
  for (const slope of [0.4, -0.4]) {
    const rows = sizes.flatMap((n) =>
      [1, 2, 4, 8].map((p) => ({
        n,
        p,
        y: 3 + slope * Math.log(n / 1e6) * p ** 0.2 + 0.05 * noise.normal(),
      })),
    );
    const found = discover(rows, { response: "y", decreasing: ["n"] });
    const at = Array.from({ length: 40 }, (_, k) => ({ n: 1e5 * 2 ** k, p: 2 }));
    for (const values of found.predictEach(at).y!) {
      values.slice(1).forEach((value, k) => {
        expect(value).toBeLessThanOrEqual(values[k]! + 1e-9 * Math.abs(value));
      });
    }
  }
});
