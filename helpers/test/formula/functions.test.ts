import fc from "fast-check";
import { fit, type Law, squared } from "isoflop";
import { defineLaw } from "isoflop/formula";
import { afterEach, describe, expect, test, vi } from "vitest";

afterEach(() => vi.unstubAllGlobals());

/** Value and gradient of a law at one point; `x` holds the variables' own values. */
function at(law: Law, theta: readonly number[], point: readonly number[]) {
  const x = law.variables.map(({ domain }, v) =>
    Float64Array.of(domain === "positive" ? Math.log(point[v]!) : point[v]!),
  );
  const value = new Float64Array(1);
  const gradient = new Float64Array(theta.length);
  law.evaluate(Float64Array.from(theta), x, 1, value, gradient);
  return { value: value[0]!, gradient: [...gradient] };
}

/** The slope towards one side, by Richardson's extrapolation of one-sided differences. */
function sided(law: Law, theta: readonly number[], point: readonly number[], j: number, side: 1 | -1) {
  const f = (h: number) => at(law, theta.with(j, theta[j]! + side * h), point).value;
  const h = 1e-4;
  return (side * (-3 * f(0) + 4 * f(h) - f(2 * h))) / (2 * h);
}

/** JavaScript's own value of each function, beside the formula. */
const functions: [string, (p: number, x: number) => number][] = [
  ["exp(p*x)", (p, x) => Math.exp(p * x)],
  ["log(p + x)", (p, x) => Math.log(p + x)],
  ["log(p + x, 3)", (p, x) => Math.log(p + x) / Math.log(3)],
  ["log10(p*x)", (p, x) => Math.log10(p * x)],
  ["log2(p*x)", (p, x) => Math.log2(p * x)],
  ["log1p(p*x)", (p, x) => Math.log1p(p * x)],
  ["expm1(p*x)", (p, x) => Math.expm1(p * x)],
  ["sqrt(p + x)", (p, x) => Math.sqrt(p + x)],
  ["cbrt(p - x)", (p, x) => Math.cbrt(p - x)],
  ["pow(p, x)", (p, x) => p ** x],
  ["square(p - x)", (p, x) => (p - x) ** 2],
  ["cube(p - x)", (p, x) => (p - x) ** 3],
  ["abs(p - x)", (p, x) => Math.abs(p - x)],
  ["p*sign(x - 1)", (p, x) => p * Math.sign(x - 1)],
  ["p*floor(3*x)", (p, x) => p * Math.floor(3 * x)],
  ["p*ceil(3*x)", (p, x) => p * Math.ceil(3 * x)],
  ["p*round(3*x)", (p, x) => p * Math.round(3 * x)],
  ["sin(p*x)", (p, x) => Math.sin(p * x)],
  ["cos(p*x)", (p, x) => Math.cos(p * x)],
  ["tan(p*x/3)", (p, x) => Math.tan((p * x) / 3)],
  ["asin(p*x/9)", (p, x) => Math.asin((p * x) / 9)],
  ["acos(p*x/9)", (p, x) => Math.acos((p * x) / 9)],
  ["atan(p*x)", (p, x) => Math.atan(p * x)],
  ["sinh(p*x)", (p, x) => Math.sinh(p * x)],
  ["cosh(p*x)", (p, x) => Math.cosh(p * x)],
  ["tanh(p*x)", (p, x) => Math.tanh(p * x)],
  ["asinh(p*x)", (p, x) => Math.asinh(p * x)],
  ["acosh(1 + p*x)", (p, x) => Math.acosh(1 + p * x)],
  ["atanh(p*x/9)", (p, x) => Math.atanh((p * x) / 9)],
  ["min(p*x, 2, x + 1)", (p, x) => Math.min(p * x, 2, x + 1)],
  ["max(p*x, 2, x + 1)", (p, x) => Math.max(p * x, 2, x + 1)],
  ["x > 1 ? p*x : p^2", (p, x) => (x > 1 ? p * x : p ** 2)],
  ["p*(x <= 1.3)", (p, x) => (x <= 1.3 ? p : 0)],
  ["p*(1 < x < 2)", (p, x) => (1 < x && x < 2 ? p : 0)],
  ["p*(x < 1 or x >= 2)", (p, x) => (x < 1 || x >= 2 ? p : 0)],
  ["p*(x > 1 and not (x > 2))", (p, x) => (x > 1 && !(x > 2) ? p : 0)],
  ["p*(x > 1 xor x > 2)", (p, x) => (x > 1 !== x > 2 ? p : 0)],
  ["p*(x == 1.5) + p*(x != 1.5)*2", (p, x) => (x === 1.5 ? p : 2 * p)],
];

describe("the functions of a formula", () => {
  test.each(functions)("%s has JavaScript's value, and the slope of its differences", (body, expected) => {
    const law = defineLaw(`y = ${body}`, { variables: { x: "x" } }) as Law;
    for (const p of [0.4, 1.2, 2.3]) {
      for (const x of [0.31, 0.83, 1.5, 2.7]) {
        const { value, gradient } = at(law, [p], [x]);
        const wanted = expected(p, x);
        expect(value, `p ${p}, x ${x}`).toBeCloseTo(wanted, 11);
        const h = 1e-5;
        const near = [2 * h, h, -h, -2 * h].map((step) => expected(p + step, x));
        const slope = (8 * (near[1]! - near[2]!) - (near[0]! - near[3]!)) / (12 * h);
        expect(gradient[0]! - slope, `slope at p ${p}, x ${x}`).toBeCloseTo(0, 7);
      }
    }
  });

  test.each(functions)("%s is the same to the bit where no code may be made from text", (body) => {
    const compiled = defineLaw(`y = ${body}`, { variables: { x: "x" } }) as Law;
    vi.stubGlobal("Function", () => {
      throw new EvalError("Code generation from strings disallowed for this context");
    });
    const interpreted = defineLaw(`y = ${body}`, { variables: { x: "x" } }) as Law;
    vi.unstubAllGlobals();
    for (const [p, x] of [
      [0.4, 0.31],
      [1, 1],
      [2.3, 1.5],
    ] as const) {
      expect(at(interpreted, [p], [x])).toEqual(at(compiled, [p], [x]));
    }
  });
});

test.each([
  ["abs(p - x)", [1.5], [1.5]],
  ["min(p*x, x + 1)", [2], [1]],
  ["max(x + 1, p*x)", [2], [1]],
  ["max(p, x)*q", [1.5, 2], [1.5]],
  ["q*max(0, x - p)", [2, 1.5], [1.5]],
])("at its kink the slope of %s is that of one side", (body, theta, point) => {
  const law = defineLaw(`y = ${body}`, { variables: { x: { name: "x", domain: "real" } } }) as Law;
  const { gradient } = at(law, theta, point);
  gradient.forEach((slope, j) => {
    const [right, left] = [sided(law, theta, point, j, 1), sided(law, theta, point, j, -1)];
    expect(Math.min(Math.abs(slope - right), Math.abs(slope - left))).toBeLessThan(1e-6);
  });
});

describe("a branch that is not taken adds nothing, even where it has no value", () => {
  test.each([
    ["y = x > 1 ? p*log(x - 1)^q : r", [1, 0.5, 2], [0.5], 2, [0, 0, 1]],
    ["y = r + p*max(0, x - 3)^q", [2, 1, 0.5], [2], 2, [1, 0, 0]],
    ["y = (x > 1 ? sqrt(x - 1)*p : 0) + (x > 2 ? sqrt(x - 1)/p : 0) + q", [3, 1], [0.5], 1, [0, 1]],
    ["y = q + p*abs(x - 2)^r", [1, 3, 2], [2], 1, [1, 0, 0]],
    ["y = q + p*sqrt((x > k)*(x - k))", [1, 3, 2], [1], 1, [1, 0, 0]],
    ["y = q + p*(r*max(0, x - 2))^0.5", [1, 3, 2], [1], 1, [1, 0, 0]],
    ["y = q + p*cbrt(r*(x > 2))", [1, 3, 2], [1], 1, [1, 0, 0]],
    ["y = q + p*(r*(x - 1))^s", [1, 3, 2, 1], [1], 1, [1, 0, 0, 0]],
    ["y = q + p*(x - r)^s", [1, 3, 1, 1], [1], 1, [1, 0, -3, 0]],
  ])("%s", (formula, theta, point, value, gradient) => {
    const law = defineLaw(formula, { variables: { x: { name: "x", domain: "real" } } }) as Law;
    const order = law.parameters.map(({ name }) => name);
    expect(order).toHaveLength(theta.length);
    const found = at(law, theta, point);
    expect(found.value).toBeCloseTo(value, 12);
    expect(found.gradient.every(Number.isFinite)).toBe(true);
    expect(found.gradient.map((slope) => slope + 0)).toEqual(gradient);
  });
});

test("a comparison holds at the number itself, although kernels get the logarithm of a variable", () => {
  const numbers = fc.double({ min: 1e-3, max: 1e30, noNaN: true });
  fc.assert(
    fc.property(numbers, (x) => {
      const holds = (condition: string) =>
        at(defineLaw(`L = A*(${condition})`, { variables: { x: "x" } }) as Law, [1], [x]).value;
      expect([">=", "<=", "==", ">", "<", "!="].map((sign) => holds(`x ${sign} ${x}`))).toEqual([
        1, 1, 1, 0, 0, 0,
      ]);
      expect([">=", ">", "!="].map((sign) => holds(`x ${sign} ${x * 0.999}`))).toEqual([1, 1, 1]);
      expect(holds(`floor(x/${x}*7)`)).toBe(7);
    }),
    { seed: 3, numRuns: 60 },
  );
});

test("a comparison with what is beyond all numbers is JavaScript's", () => {
  const ends = [-Infinity, -1, 0, 1e300, Infinity, NaN];
  const signs: Record<string, (x: number, y: number) => boolean> = {
    "<": (x, y) => x < y,
    "<=": (x, y) => x <= y,
    ">": (x, y) => x > y,
    ">=": (x, y) => x >= y,
    "==": (x, y) => x === y,
    // What is no number is neither equal nor unequal.
    "!=": (x, y) => x !== y && !Number.isNaN(x) && !Number.isNaN(y),
  };
  for (const [sign, holds] of Object.entries(signs)) {
    const law = defineLaw(`L = A*(x ${sign} y)`, {
      variables: { x: { name: "x", domain: "real" }, y: { name: "y", domain: "real" } },
    }) as Law;
    const order = law.variables.map(({ name }) => name);
    for (const x of ends)
      for (const y of ends) {
        const got = at(law, [1], order[0] === "x" ? [x, y] : [y, x]).value;
        expect({ x, sign, y, got }).toEqual({ x, sign, y, got: holds(x, y) ? 1 : 0 });
      }
  }
});

test("the gradient of random formulas with branches is the finite difference, away from kinks", () => {
  const leaf = fc.oneof(fc.constantFrom("p", "q", "x"), fc.constantFrom("2", "0.5"));
  const { node } = fc.letrec<{ node: string }>((tie) => ({
    node: fc.oneof(
      { maxDepth: 4, withCrossShrink: true },
      leaf,
      fc
        .tuple(tie("node"), fc.constantFrom("+", "-", "*"), tie("node"))
        .map(([a, op, b]) => `(${a}${op}${b})`),
      fc
        .tuple(fc.constantFrom("min", "max"), tie("node"), tie("node"))
        .map(([fn, a, b]) => `${fn}(${a},${b})`),
      fc.tuple(tie("node"), tie("node"), tie("node")).map(([a, b, c]) => `(${a} > 0.7 ? ${b} : ${c})`),
      fc.tuple(fc.constantFrom("abs", "tanh", "atan", "cbrt"), tie("node")).map(([fn, a]) => `${fn}(${a})`),
    ),
  }));
  let compared = 0;
  fc.assert(
    fc.property(
      node,
      fc.array(fc.double({ min: 0.3, max: 1.5, noNaN: true }), { minLength: 3, maxLength: 3 }),
      (body, [p, q, x]) => {
        const law = defineLaw(`y = 3*p*x + 7*q + ${body}`, { variables: { x: "x" } }) as Law;
        const theta = [p!, q!];
        const { value, gradient } = at(law, theta, [x!]);
        fc.pre(Number.isFinite(value) && Math.abs(value) < 1e4);
        theta.forEach((_, j) => {
          const [right, left] = [sided(law, theta, [x!], j, 1), sided(law, theta, [x!], j, -1)];
          // A kink or a jump lies within the step: no one slope to compare with.
          if (!(Math.abs(right - left) < 1e-5 * Math.max(1, Math.abs(right)))) return;
          compared++;
          expect(Math.abs(gradient[j]! - (right + left) / 2) / Math.max(1, Math.abs(right))).toBeLessThan(
            1e-5,
          );
        });
      },
    ),
    { seed: 5, numRuns: 400 },
  );
  expect(compared).toBeGreaterThan(600);
});

test("a hinge is fitted: where it bends, and its slopes on both sides", () => {
  const runs = Array.from({ length: 40 }, (_, k) => {
    const x = k / 4 + 0.1;
    return { x, y: 2 + 0.5 * x + 1.5 * Math.max(0, x - 4) };
  });
  const law = defineLaw("y = a + b*x + c*max(0, x - k)", {
    variables: { x: "x" },
    parameters: { k: { start: [1, 9], scale: "linear" } },
  });
  const found = fit(law, runs, { loss: squared(), residual: "raw" });
  expect(found.parameters.k).toBeCloseTo(4, 6);
  expect(found.parameters.b).toBeCloseTo(0.5, 6);
  expect(found.parameters.c).toBeCloseTo(1.5, 6);
});

test.each([
  ["y = a*x + (x > p)", /changes with p only in jumps/],
  ["y = x > a", /changes with a only in jumps/],
  ["y = a*min()", /min takes 1 or more arguments in a formula, got 0/],
  ["y = a*pow(x)", /pow takes 2 arguments in a formula, got 1/],
  ["y = a*log(x, 2, 3)", /log takes 1 or 2 arguments in a formula, got 3/],
  ["y = a*x*log(1, 1)", /divides by 0/],
  ["y = a*x + acosh(0)", /acosh\(0\) in the formula is not a finite number/],
  ["y = a mod x", /the operator mod is not among those/],
  ["y = a*if(x > 1, 1, 2)", /if\(…\) is not among the functions/],
])("%s is refused with the reason", (formula, message) => {
  expect(() => defineLaw(formula, { variables: { x: "x" } })).toThrow(message);
});

test.each([
  ["L = min(A, N, 2)", "L = \\min\\left(A, N, 2\\right)"],
  ["L = A*abs(N - b)", "L = A \\cdot \\left|N - b\\right|"],
  [
    "L = A*log(N, 3) + b*log1p(N)",
    "L = A \\cdot \\log_{3}\\left(N\\right) + b \\cdot \\ln\\left(1 + N\\right)",
  ],
  [
    "L = N > 2 and A < N ? (A) : b",
    "L = \\begin{cases} A & \\text{if } N > 2 \\land A < N \\\\ b & \\text{otherwise} \\end{cases}",
  ],
  ["L = A*(1 <= N < 9)", "L = A \\cdot \\left[1 \\le N < 9\\right]"],
  [
    "L = A*(N > 1) + b*not (N == 3)",
    "L = A \\cdot \\left[N > 1\\right] + b \\cdot \\left[\\lnot \\left(N = 3\\right)\\right]",
  ],
  ["L = A*tanh(N) + atan(b)", "L = A \\cdot \\tanh\\left(N\\right) + \\arctan\\left(b\\right)"],
])("the TeX of %s", (formula, tex) => {
  expect(defineLaw(formula).tex).toBe(tex);
});
