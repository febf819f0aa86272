import fc from "fast-check";
import {
  chinchilla,
  computeOptimal,
  fit,
  kaplanParamsTokens,
  type Law,
  loadFit,
  powerLaw,
  predict,
  squared,
} from "isoflop";
import { defineLaw } from "isoflop/formula";
import { chinchillaFigure4 } from "isoflop-datasets";
import { describe, expect, test } from "vitest";

const runs = chinchillaFigure4().filter((run) => !run.isOutlier);

/** Value and gradient of a law at one point. */
function at(law: Law, theta: readonly number[], point: readonly number[]) {
  const x = law.variables.map(({ domain }, v) =>
    Float64Array.of(domain === "positive" ? Math.log(point[v]!) : point[v]!),
  );
  const value = new Float64Array(1);
  const gradient = new Float64Array(theta.length);
  law.evaluate(Float64Array.from(theta), x, 1, value, gradient);
  return { value: value[0]!, gradient };
}

describe("a law written as text", () => {
  test("Chinchilla's formula fits like the built-in law, from a search of its own", () => {
    const written = fit(defineLaw("L = E + A/N^alpha + B/D^beta"), runs);
    const builtIn = fit(chinchilla, runs);
    expect(written.status).toBe("converged");
    expect(written.objective / builtIn.objective).toBeCloseTo(1, 10);
    for (const name of ["E", "A", "B", "alpha", "beta"] as const) {
      expect(written.parameters[name]! / builtIn.parameters[name]).toBeCloseTo(1, 5);
    }
  });

  test("Kaplan's nested formula does too, although nothing in it is linear", () => {
    const law = defineLaw("L = ((Nc/N)^(aN/aD) + Dc/D)^aD");
    expect(law.linear).toEqual([]);
    const written = fit(law, runs, { loss: squared() });
    const builtIn = fit(kaplanParamsTokens, runs, { loss: squared() });
    expect(written.objective / builtIn.objective).toBeCloseTo(1, 8);
  });

  test("knows which parameters are linear, given which others", () => {
    expect(defineLaw("L = E + A/N^alpha + B/D^beta").linear).toEqual([
      { parameter: "E", given: [] },
      { parameter: "A", given: ["alpha"] },
      { parameter: "B", given: ["beta"] },
    ]);
    // Only one of two factors can be linear at a time.
    expect(defineLaw("L = A*B/N^alpha").linear).toEqual([{ parameter: "A", given: ["alpha", "B"] }]);
    // A term without any linear parameter is left over: the projection would miss it.
    expect(defineLaw("L = E + (N/k)^alpha").linear).toEqual([]);
  });

  test("has TeX, and takes part in allocation", () => {
    const law = defineLaw("L = E + A/N^alpha + B/D^beta");
    expect(law.tex.replace(/\s/g, "")).toBe("L=E+\\frac{A}{{N}^{\\alpha}}+\\frac{B}{{D}^{\\beta}}");
    const best = computeOptimal(fit(law, runs) as never, { flops: 5.88e23 });
    expect(
      best.tokensPerParam / computeOptimal(fit(chinchilla, runs), { flops: 5.88e23 }).tokensPerParam,
    ).toBeCloseTo(1, 4);
  });

  test("reads other fields, real variables and another response when told", () => {
    const law = defineLaw("err = eps - k*exp(-gamma*loss)", {
      variables: { loss: { name: "c4Loss", unit: "nats per token", domain: "real" } },
      response: { name: "error", unit: "share" },
      parameters: { gamma: { start: [0.1, 3], description: "steepness" } },
    });
    expect(law.response).toMatchObject({ name: "error", unit: "share" });
    expect(law.variables[0]).toMatchObject({ name: "c4Loss", domain: "real" });
    expect(law.parameters.find(({ name }) => name === "gamma")).toMatchObject({
      start: [0.1, 3],
      description: "steepness",
    });
    expect(predict(law, { eps: 0.85, k: 2, gamma: 0.7 }, { c4Loss: 3 })).toBeCloseTo(
      0.85 - 2 * Math.exp(-2.1),
      14,
    );
  });

  test("names that mathjs knows as numbers are parameters like any other", () => {
    const law = defineLaw("L = 3.141592653589793*i + tau/N^exp(1) + ln(exp(1))");
    expect(law.parameters.map(({ name }) => name)).toEqual(["i", "tau"]);
    const { value, gradient } = at(law, [2, 5], [3]);
    expect(value).toBeCloseTo(2 * Math.PI + 5 / 3 ** Math.E + 1, 12);
    expect([...gradient]).toEqual([expect.closeTo(Math.PI, 12), expect.closeTo(1 / 3 ** Math.E, 12)]);
  });

  test("implicit products, unary signs, powers of powers and logarithms mean what they mean in mathematics", () => {
    const cases: [string, (a: number, N: number) => number][] = [
      ["L = 2 a N", (a, N) => 2 * a * N],
      ["L = -a^2 + 3 N", (a, N) => -(a ** 2) + 3 * N],
      ["L = a^N^0.5", (a, N) => a ** (N ** 0.5)],
      ["L = a*log10(N) + log2(N) - sqrt(a)", (a, N) => a * Math.log10(N) + Math.log2(N) - Math.sqrt(a)],
      ["L = N/a/2 - 1e-3", (a, N) => N / a / 2 - 1e-3],
      ["L = (N^a)^2 + (a+N)^2", (a, N) => N ** (a ** 1) * N ** a + (a + N) ** 2],
    ];
    for (const [formula, expected] of cases) {
      expect(at(defineLaw(formula), [1.7], [2.3]).value, formula).toBeCloseTo(expected(1.7, 2.3), 10);
    }
  });
});

test("the gradient of random formulas is the finite difference, to 1e-6", () => {
  const leaf = fc.oneof(fc.constantFrom("p", "q", "r", "N", "D"), fc.constantFrom("2", "0.5", "3"));
  const { node } = fc.letrec<{ node: string }>((tie) => ({
    node: fc.oneof(
      { maxDepth: 4, withCrossShrink: true },
      leaf,
      fc
        .tuple(tie("node"), fc.constantFrom("+", "*", "/"), tie("node"))
        .map(([a, op, b]) => `(${a}${op}${b})`),
      fc.tuple(tie("node"), fc.constantFrom("p", "q", "0.5", "2")).map(([a, b]) => `(${a})^${b}`),
      tie("node").map((a) => `exp(-(${a})/9)`),
      tie("node").map((a) => `log(1+${a})`),
      tie("node").map((a) => `sqrt(${a})`),
    ),
  }));
  fc.assert(
    fc.property(
      node,
      fc.array(fc.double({ min: 0.3, max: 1.5, noNaN: true }), { minLength: 5, maxLength: 5 }),
      (body, numbers) => {
        const law = defineLaw(`L = p*N + ${body}`);
        const theta = numbers.slice(0, law.parameters.length);
        const point = [numbers[3]!, numbers[4]!];
        const { value, gradient } = at(law, theta, point);
        fc.pre(Number.isFinite(value) && Math.abs(value) < 1e4);
        theta.forEach((parameter, j) => {
          const h = 1e-4;
          const shifted = (step: number) =>
            at(law, theta.map((t, k) => (k === j ? parameter + step : t)), point).value; // biome-ignore format: one thought
          const slope = (8 * (shifted(h) - shifted(-h)) - (shifted(2 * h) - shifted(-2 * h))) / (12 * h);
          const scale = Math.max(1, Math.abs(slope), Math.abs(value));
          expect(Math.abs(gradient[j]! - slope) / scale).toBeLessThan(1e-6);
        });
      },
    ),
    { seed: 5, numRuns: 300 },
  );
});

describe("nothing of the text is evaluated as code", () => {
  test.each([
    "L = globalThis.harm(N)",
    "L = harm(N) + A",
    'L = A + "harm"',
    "L = A*N; harm()",
    "L = A[1] + N",
    "L = {a: N}.a + A",
    "f(N) = A*N",
    "L = A*N, harm()",
    "L = import(N) + A",
    "L = A + gamma(N)",
    "L = A + N | 2",
    "L = N > 2 ? harm() : 1",
    "L = A*N!",
    "L = A*N'",
    "L = [A, N]",
    "L = 1:N + A",
    "L = A mod N",
    "L = A + N to cm",
    "L = A = N",
    "L = log(N, A, D)",
    "L = A + Infinity^N*constructor.constructor(N)",
    "L.x = A + N",
    "N + A",
    "L = A +",
    "L = A*`N`",
    "",
  ])("%s is refused, in words", (formula) => {
    let harmed = false;
    Object.assign(globalThis, {
      harm: () => {
        harmed = true;
      },
    });
    try {
      expect(() => defineLaw(formula)).toThrow(RangeError);
      expect(harmed).toBe(false);
    } finally {
      Reflect.deleteProperty(globalThis, "harm");
    }
  });

  test("names that mean something to JavaScript are only names", () => {
    const law = defineLaw("L = constructor + process/N^window");
    expect(law.parameters.map(({ name }) => name)).toEqual(["constructor", "process", "window"]);
    expect(at(law, [1, 4, 0.5], [4]).value).toBe(3);
    expect(law.evaluate.toString()).not.toMatch(/constructor|process|window/);
  });
});

test.each([
  ["L = E + A", "has no variable; it has the names E, A"],
  ["L = N/D", "has no parameter to fit"],
  ["L = A*gamma(N)", "gamma(…) is not among the functions a formula may use: exp, log, sqrt"],
  ["L = A*N^", 'the formula "L = A*N^" cannot be read'],
  ["A*N", '"A*N" is not one equation such as'],
])("%s: %s", (formula, message) => {
  expect(() => defineLaw(formula)).toThrow(message);
});

test("options that name what the formula has not are refused", () => {
  expect(() => defineLaw("L = A/N^a", { parameters: { b: {} } })).toThrow("has no parameter b; it has A, a");
  expect(() => defineLaw("L = A/N^a", { variables: { M: "m" } })).toThrow(
    "the formula has no M; it has A, N, a",
  );
});

describe("a formula cannot cost more than a moment", () => {
  const nested = (fn: string, n: number) => `L = ${`${fn}(`.repeat(n)}a*N${")".repeat(n)}`;
  const names = (n: number) => Array.from({ length: n }, (_, i) => `p${i}`);
  test.each<[string, string]>([
    ["functions inside functions", nested("sqrt", 98)],
    ["exponentials inside exponentials", `L = ${"exp(-".repeat(98)}a*N${")".repeat(98)}`],
    ["logarithms of sums", `L = ${"log(1+".repeat(90)}a*N${")".repeat(90)}`],
    ["squares of squares", `L = ${"(".repeat(98)}a+N${")^2".repeat(98)}`],
    ["products in products", `L = ${"(".repeat(98)}a*N${")*b".repeat(98)}`],
    ["fractions of fractions", `L = N/${names(100).join("/N/")}`],
    ["a sum of 900 terms", `L = a*N${"+a".repeat(900)}`],
    ["a tower of powers", `L = a^N${"^b".repeat(900)}`],
    ["1,900 signs", `L = ${"-".repeat(1900)}a*N`],
    ["900 factors", `L = N${" a".repeat(900)}`],
  ])("%s: what it compiles to grows with its length, not beyond", (_, formula) => {
    const law = defineLaw(formula);
    // The statements of the kernel and the TeX are the work: a blow-up would show here, whatever the machine.
    expect(String(law.evaluate).length).toBeLessThan(200 * formula.length);
    expect(law.tex.length).toBeLessThan(20 * formula.length);
  });

  test.each([
    ["nesting", nested("sqrt", 101), /nests parentheses 101 deep; at most 100/],
    ["parameters", `L = N+${names(101).join("+")}`, /has 101 parameters; at most 100/],
    ["characters", `L = a*N${" ".repeat(2000)}`, /at most 2000 characters/],
  ])("beyond a limit of %s it is refused with the limit", (_, formula, message) => {
    expect(() => defineLaw(formula)).toThrow(message);
  });
});

test.each([
  ["L = E + A/0 + N", /divides by 0/],
  ["L = E*N + A/(1-1)", /divides by 0/],
  ["L = a*N + 0*(1/0)", /divides by 0/],
  ["L = E + A/(N-N)", /no finite value/],
  ["L = E + A/(2*N - N - N)^alpha", /no finite value/],
  ["L = A*log(N - 2*N)", /no finite value/],
  [`L = ${"exp(".repeat(90)}A*N${")".repeat(90)}`, /no finite value/],
  ["L = A/(N^0 - 1)", /divides by 0/],
  ["__proto__ = E + A/N", /__proto__ cannot be a name/],
  ["L = a*N + log(-1)", /log\(-1\) in the formula is not a finite number/],
  ["L = a*N + sqrt(-2)*b", /sqrt\(-2\) in the formula is not a finite number/],
  ["L = a*N + 0^(-1)", /0 \^ -1 in the formula is not a finite number/],
  ["L = E + L/N", /has L \(loss\) on both sides/],
])("what can never have a value is refused: %s", (formula, message) => {
  expect(() => defineLaw(formula)).toThrow(message);
});

test("what the response is called cannot be a variable, under whatever name", () => {
  expect(() => defineLaw("L = a*x", { variables: { x: "loss" } })).toThrow("on both sides");
});

test.each(["e", "pi"])("%s is refused as a parameter's name, with the reason", (name) => {
  expect(() => defineLaw("L = E + A/N^a", { parameters: { [name]: { start: [0, 1] } } } as never)).toThrow(
    new RegExp(`^${name} is the number [23]\\.\\d+, not a parameter; give it another name`),
  );
});

describe("names that objects have by themselves are ordinary names", () => {
  const sizes = Array.from({ length: 12 }, (_, k) => 10 ** (7 + k / 3));

  test.each(["constructor", "toString", "hasOwnProperty", "valueOf", "isPrototypeOf", "tau", "i"])(
    "%s as a parameter: fit, bounds, fixed, priors, start, record",
    async (name) => {
      const law = defineLaw(`L = E + ${name}/N^alpha`) as Law;
      const data = sizes.map((nParams) => ({ nParams, loss: 2 + 300 / nParams ** 0.3 }));
      const free = fit(law, data as never, { loss: squared() });
      expect(free.parameters[name]! / 300).toBeCloseTo(1, 4);
      expect(Object.keys(free.covariance().standardErrors)).toContain(name);
      const held = fit(law, data as never, { fixed: { [name]: 250 }, loss: squared() });
      expect(held.parameters[name]).toBe(250);
      const bounded = fit(law, data as never, { bounds: { [name]: [10, 200] }, loss: squared() });
      expect(bounded.parameters[name]).toBeCloseTo(200, 9);
      const record = JSON.parse(JSON.stringify(free));
      expect(loadFit(record, { law }).parameters[name]).toBe(free.parameters[name]);
      expect((await free.bootstrap({ resamples: 4, threads: 1 })).samples[name]).toHaveLength(4);
    },
  );

  test.each(["constructor", "toString", "hasOwnProperty"])("%s as a variable", (name) => {
    const law = powerLaw(name);
    expect(law.variables[0]).toMatchObject({ name, domain: "positive" });
    const data = sizes.map((x) => ({ [name]: x, loss: 2 + 300 / x ** 0.3 }));
    expect(fit(law, data as never, { loss: squared() }).parameters.alpha).toBeCloseTo(0.3, 4);
    expect(() => fit(law, [{ loss: 1 }] as never)).toThrow(`${name} must be > 0`);
  });

  test("__proto__ is refused", () => {
    expect(() => defineLaw("L = __proto__*N")).toThrow("__proto__ cannot be a name in a formula");
  });
});

test.each([
  ["L = E + A/N^alpha", "L = E + \\frac{A}{{N}^{\\alpha}}"],
  [
    "loss = A1*(Nc/N)^(aN/aD) + 2.5e-3",
    "\\mathrm{loss} = A_{1} \\cdot {\\left(\\frac{\\mathrm{Nc}}{N}\\right)}^{\\frac{a_{N}}{a_{D}}} + 0.0025",
  ],
  [
    "L = sqrt(a)*exp(-N/k) + ln(N) + log10(N) + log2(D)",
    "L = \\sqrt{a} \\cdot \\exp\\left(\\frac{- N}{k}\\right) + \\ln\\left(N\\right) + \\log_{10}\\left(N\\right) + \\log_{2}\\left(D\\right)",
  ],
  ["L = 1e-12*N + irreducible_part", "L = 1 \\cdot 10^{-12} \\cdot N + \\mathrm{irreducible\\_part}"],
])("the TeX of %s", (formula, tex) => {
  expect(defineLaw(formula).tex).toBe(tex);
});

test.each(["e", "pi"].flatMap((name) => [
  `${name} = E + A/N^alpha`,
  `L = ${name} + A/N^alpha`,
  `L = E + ${name}/N^alpha`,
  `L = E + A/N^${name}`,
  `L = E + A*N*ln(${name})`,
  `L = E + A*(N+${name})^alpha`,
  `L = 2 ${name} N A`,
  `L = A*N - ${name}`,
  `L = A*N + 0*${name}`,
]))("%s: a name that may be a number is refused, with what to write", (formula) => {
  expect(() => defineLaw(formula)).toThrow(
    /^(e is the number 2\.7\d+|pi is the number 3\.14\d+), not a parameter; give it another name, or write (exp\(1\)|3\.14\d+) for the number$/,
  );
}); // biome-ignore format: a table

test.each([
  "L = A/N + B*0", "L = A/N + 0*B", "L = A/N + B^0", "L = A/N + 1^B", "L = A/N + 0/B", "L = A/N + (B-B)", "L = A/N + B - B", "L = A/N - A/N",
  "L = A*N + B*(2-2)", "L = A*N + D*0", "L = A*N + B*C*0", "L = A*N^(B*0)",
])("%s: what drops out is refused", (formula) => {
  expect(() => defineLaw(formula)).toThrow(/drops? out of|no parameter to fit/);
}); // biome-ignore format: a table

test.each([["[", "]"], ["{a:", "}"], ["(", ")"], ["[(", ")]"], ["{a:[", "]}"], ["sqrt(", ")"], ["A[", "]"]])(
  "%s… nested 5 to 900 deep is refused in words", (open, close) => {
    for (const depth of [5, 60, 101, 300, 900]) {
      for (const end of [close.repeat(depth), ""]) {
        const formula = `L = N*${open.repeat(depth)}A${end}`.slice(0, 2000);
        try {
          defineLaw(formula);
          expect(depth).toBeLessThan(101);
        } catch (error) {
          expect(error).toBeInstanceOf(RangeError);
          expect((error as Error).message).not.toMatch(/call stack|undefined|is not a function/);
        }
      }
    }
  },
); // biome-ignore format: a table

test.each<[string, unknown, RegExp]>([
  ["options", [], /the options must be an object/], ["options", { parameter: {} }, /may not have parameter; did you mean parameters\? There are name/],
  ["name", { name: 5 }, /name must be text, got 5/], ["source", { source: {} }, /source must be text, got an object/],
  ["parameters", { parameters: [] }, /parameters must be an object/], ["parameters", { parameters: { A: 5 } }, /parameters\.A must be an object, got 5/],
  ["parameters", { parameters: { A: null } }, /parameters\.A must be an object, got null/],
  ["parameters", { parameters: { A: { low: 1 } } }, /parameters\.A may not have low/],
  ["domain", { parameters: { A: { domain: 5 } } }, /parameters\.A\.domain must be a pair/], ["domain", { parameters: { A: { domain: [2, 1] } } }, /low <= high, got \[2,1\]/],
  ["domain", { parameters: { A: { domain: ["0", 1] } } }, /domain must be a pair of numbers/], ["domain", { parameters: { A: { domain: [NaN, 1] } } }, /domain must be a pair/],
  ["domain", { parameters: { A: { domain: [-1, 1], scale: "log" } } }, /begin at 0 or above/],
  ["start", { parameters: { A: { start: [1] } } }, /start must be a pair/], ["start", { parameters: { A: { start: [0, Infinity] } } }, /both finite/],
  ["scale", { parameters: { A: { scale: "ln" } } }, /scale must be linear or log, got ln/], ["unit", { parameters: { A: { unit: 1 } } }, /unit must be text/],
  ["variables", { variables: "N" }, /variables must be an object, got N/], ["variables", { variables: { N: 5 } }, /variables\.N must be the name of a field, got 5/],
  ["variables", { variables: { N: {} } }, /variables\.N\.name must be the name of a field/], ["variables", { variables: { N: { name: "n", domain: "any" } } }, /domain must be positive or real/],
  ["response", { response: 5 }, /response must be the name of a field/], ["response", { response: { name: "" } }, /response\.name must be the name of a field/],
])("an option of another form is refused: %s %j", (_, options, message) => {
  expect(() => defineLaw("L = E + A/N^alpha", options as never)).toThrow(message);
}); // biome-ignore format: a table

test.each(["N^", "a^", "2^", "a^N^", "a^2^", "1.1^", "b^-", "N^a^b+", "a^(-1)^"])(
  "a formula of 2000 characters of %s is read or refused, in a small multiple of the time of 1000",
  (part) => {
    const cost = (characters: number) => {
      const formula = `L = A/${part.repeat(Math.floor((characters - 10) / part.length))}b`
        .slice(0, characters)
        .replace(/\W+$/, "");
      const times = [1, 2, 3, 4, 5].map(() => {
        const begin = process.cpuUsage();
        try {
          defineLaw(formula);
        } catch (error) {
          expect(error).toBeInstanceOf(RangeError);
          expect((error as Error).message).not.toContain("call stack");
        }
        const { user, system } = process.cpuUsage(begin);
        return user + system;
      });
      return Math.min(...times);
    };
    // Cubes would be 8 times; what doubles with a character would never end. A millisecond is a clock's tick or two.
    expect(cost(2000)).toBeLessThan(30 * Math.max(cost(1000), 1000));
  },
);
