// Twelve laws of the grammar, with columns and constants as published ones have them.

const count = (name, low, high, isScale = true) => ({
  name,
  draw(where, random) {
    if (where === "beyond" && isScale) return 10 * high;
    return 2 ** Math.round(Math.log2(low * (high / low) ** random.uniform()));
  },
});
const N = count("N", 2 ** 24, 2 ** 30);
const D = count("D", 2 ** 29, 2 ** 36);
const P = count("P", 1, 16, false);
// Of the tokens of a run at most all are different.
const unique = {
  name: "U",
  draw: (_, random, { D }) => Math.min(D, 2 ** (30 + Math.floor(4 * random.uniform()))),
};
const n = ({ N }) => N / 2 ** 27;
const d = ({ D }) => D / 2 ** 33;

const line = (v) => ({ kind: "line", v });
const power = (...features) => ({ kind: "power", features });
const law = (name, columns, truth, terms, floor = true) => ({
  name,
  columns,
  truth,
  candidate: (indexOf) => ({ floor, terms: terms(indexOf) }),
});

export const trueLaws = [
  law(
    "floor and a power",
    [N],
    (r) => 1.8 + 0.9 * n(r) ** -0.34,
    (v) => [power(line(v("N")))],
  ),
  law(
    "a power",
    [N],
    (r) => 2.5 * n(r) ** -0.08,
    (v) => [power(line(v("N")))],
    false,
  ),
  law(
    "two powers",
    [N, D],
    (r) => 1.7 + 0.6 * n(r) ** -0.34 + 0.5 * d(r) ** -0.28,
    (v) => [power(line(v("N"))), power(line(v("D")))],
  ),
  law(
    "a product",
    [N, D],
    (r) => 1.5 + 1.1 * n(r) ** -0.2 * d(r) ** -0.15,
    (v) => [power(line(v("N")), line(v("D")))],
  ),
  law(
    "a product without floor",
    [N, D],
    (r) => 2.7 * n(r) ** -0.07 * d(r) ** -0.05,
    (v) => [power(line(v("N")), line(v("D")))],
    false,
  ),
  law(
    "a late start",
    [D],
    (r) => 1.2 + 1.4 * (d(r) + 0.5) ** -0.5,
    (v) => [power({ kind: "offset", v: v("D") })],
  ),
  law(
    "streams that help slowly",
    [N, P],
    (r) => 1.1 + 0.9 * n(r) ** -0.3 * (1 + 0.3 * Math.log(r.P)) ** -0.3,
    (v) => [power(line(v("N")), { kind: "slow", v: v("P") })],
  ),
  law(
    "a saturating count",
    [N, P],
    (r) => 1.3 + 1.2 * n(r) ** -0.25 * (r.P / (1 + r.P / 6)) ** -0.2,
    (v) => [power(line(v("N")), { kind: "saturating", v: v("P") })],
  ),
  law(
    "an exponent that drifts",
    [N, P],
    (r) => 2.6 * n(r) ** (-0.1 + 0.015 * Math.log(r.P)) * r.P ** -0.06,
    (v) => [
      power(line(v("N")), line(v("P")), {
        kind: "product",
        a: Math.min(v("N"), v("P")),
        b: Math.max(v("N"), v("P")),
      }),
    ],
    false,
  ),
  law(
    "logarithms",
    [N, D],
    (r) => 3 - 0.11 * Math.log(n(r)) - 0.08 * Math.log(d(r)),
    (v) => [
      { kind: "monomial", of: [v("N")] },
      { kind: "monomial", of: [v("D")] },
    ],
  ),
  law(
    "three terms",
    [N, D, P],
    (r) => 1.5 + 0.5 * n(r) ** -0.35 + 0.4 * d(r) ** -0.3 + 0.3 * r.P ** -0.5,
    (v) => [power(line(v("N"))), power(line(v("D"))), power(line(v("P")))],
  ),
  law(
    "repeated data",
    [N, D, unique],
    (r) => {
      const over = Math.max(0, r.D / r.U - 1);
      const worth = (r.U / 2 ** 33) * (1 + 15 * (1 - Math.exp(-over / 15)));
      return 1.7 + 0.5 * n(r) ** -0.34 + 0.5 * worth ** -0.3;
    },
    (v) => [power(line(v("N"))), power({ kind: "repeated", total: v("D"), unique: v("U") })],
  ),
];
