import { spawnSync } from "node:child_process";
import fc from "fast-check";
import { builtInLaws, type Fit, type Law, withParameters } from "isoflop";
import { lawFromFormula } from "isoflop/formula";
import katex from "katex";
import { describe, expect, test } from "vitest";
import { emitLaw } from "../../../src/answers/fit/emit/emitLaw.ts";

type Predict = (...values: number[]) => number;

/** A place inside a law's usual ranges, as if a fit had ended there. */
function fitted(law: Law): Fit {
  const parameters = Object.fromEntries(
    law.parameters.map(({ name, start: [low, high], scale }, j) => {
      const share = 0.3 + 0.05 * j;
      return [
        name,
        scale === "log" && low > 0 ? Math.min(low * (high / low) ** share, 1e6) : low + (high - low) * share,
      ];
    }),
  );
  return { ...withParameters(law, parameters), status: "converged", reason: "a minimum" } as unknown as Fit;
}

/** Variables that are no counts, at three points. */
const sizes: Readonly<Record<string, (k: number) => number>> = {
  loss: (k) => 2 + 0.3 * k,
  taskLoss: (k) => 0.5 + 0.4 * k,
  pc1: (k) => 0.3 * k - 0.4,
  pc2: (k) => 0.1 - 0.1 * k,
  pc3: (k) => 0.05 * k,
};

function pointsOf(law: Law): Record<string, number>[] {
  return [1, 2, 3].map((k) =>
    Object.fromEntries(
      law.variables.map(({ name, unit }, v) => {
        const share = unit === "share of the tokens" ? 0.1 * k * (1 + v) : undefined;
        return [name, sizes[name]?.(k) ?? share ?? 10 ** (3 * k) * (1.3 + v)];
      }),
    ),
  );
}

const formulas: [string, string[]][] = [
  ["L = lambda + A/N^alpha - (-B)/D^beta", ["nParams", "nTokens", "loss"]],
  ["L = E + A*(N/1e9)^-a*exp(-b*log10(D)) + c*abs(log(N) - log(D))", ["nParams", "nTokens", "loss"]],
  ["L = E + A*(D > 1e6 ? D^-a : 1e6^-a) + B*max(N, D)^-b", ["nParams", "nTokens", "loss"]],
  ["L = E - (A - (B - a)) + A/(N/(D*2))^a + sqrt(B)*log2(D)/2/3", ["nParams", "nTokens", "loss"]],
  ["y = E + A*(x < 5) + B*x^2^0.5 - -a*x", ["x", "y"]],
];
type Given = { formula: string; columns: Readonly<Record<string, string>> };
const laws: [string, Law, Given | undefined][] = [
  ...builtInLaws.map((law): [string, Law, undefined] => [law.name, law as Law, undefined]),
  ...formulas.map(([text, fields]): [string, Law, Given] => {
    const { law, columns } = lawFromFormula(text, fields);
    return [text, law, { formula: text.slice(text.indexOf("=") + 1), columns }];
  }),
];

describe.each(laws)("%s as a function", (_, law, given) => {
  const fit = fitted(law);
  const points = pointsOf(law);
  const expected = points.map((point) => fit.predict(point as never));
  const provenance = { source: ["runs from\na file\u2028"], ...given };

  test("of JavaScript predicts what the fit does", async () => {
    const text = await emitLaw(fit, "js", provenance);
    const module = (await import(`data:text/javascript,${encodeURIComponent(text)}`)) as Record<
      string,
      (...values: number[]) => number
    >;
    const predict = Object.values(module)[0]!;
    for (const [k, point] of points.entries()) {
      const got = predict(...law.variables.map(({ name }) => point[name]!));
      expect(Math.abs(got - expected[k]!)).toBeLessThanOrEqual(1e-12 * Math.abs(expected[k]!));
    }
  });

  test("of Python predicts what the fit does", async () => {
    const text = await emitLaw(fit, "python", provenance);
    const calls = points.map((point) => law.variables.map(({ name }) => `${point[name]}`).join(", "));
    const name = /^def (\w+)\(/m.exec(text)![1];
    const program = `${text}\nfor point in [${calls.map((call) => `(${call},)`).join(", ")}]: print(repr(${name}(*point)))\n`;
    const { stdout, stderr } = spawnSync("python3", ["-"], { input: program, encoding: "utf8" });
    expect(stderr).toBe("");
    const got = stdout.trim().split("\n").map(Number);
    for (const [k, value] of got.entries()) {
      expect(Math.abs(value - expected[k]!)).toBeLessThanOrEqual(1e-12 * Math.abs(expected[k]!));
    }
    expect(got).toHaveLength(points.length);
  });

  test("of TeX has every brace closed, and numbers in place of parameters", async () => {
    const text = (await emitLaw(fit, "tex", provenance)).split("\n").at(-1)!;
    expect(text.startsWith("\\[ ") && text.endsWith(" \\]")).toBe(true);
    let depth = 0;
    for (const sign of text.replace(/\\[{}]/g, "")) depth += sign === "{" ? 1 : sign === "}" ? -1 : 0;
    expect(depth).toBe(0);
    expect(text).not.toMatch(/NaN|undefined|\be[+-]\d/);
  });
});

test("a broken power law has its value far from a sharp break, where a power on the way has none", async () => {
  const law = builtInLaws.find(({ name }) => name.startsWith("brokenPowerLaw"))! as Law;
  const sharp: Record<string, number> = { E: 1, A: 5, c0: 0.1, c1: 0.2, d1: 1e6, f1: 0.01 };
  const parameters = Object.fromEntries(law.parameters.map(({ name }) => [name, sharp[name] ?? 1]));
  const fit = { ...withParameters(law, parameters), status: "converged", reason: "" } as unknown as Fit;
  const text = await emitLaw(fit, "js", { source: [] });
  const module = (await import(`data:text/javascript,${encodeURIComponent(text)}`)) as Record<
    string,
    Predict
  >;
  const [{ name }] = law.variables as [{ name: string }];
  for (const x of [1, 1e6, 1e12]) {
    const expected = fit.predict({ [name]: x } as never);
    expect(Math.abs(Object.values(module)[0]!(x) / expected - 1)).toBeLessThan(1e-12);
  }
});

describe("random formulas", () => {
  const leaf = fc.constantFrom("x", "y", "a", "b", "c", "2", ".5", "1e-3", "3e2");
  const one =
    "exp abs log ln log10 log2 sqrt cbrt log1p expm1 tanh asinh atan sign floor ceil round square cube min";
  const { formula } = fc.letrec<{ formula: string }>((tie) => {
    const two = fc.tuple(tie("formula"), tie("formula"));
    return {
      formula: fc.oneof(
        { maxDepth: 4 },
        { arbitrary: leaf, weight: 6 },
        {
          arbitrary: fc
            .tuple(two, fc.constantFrom(..."+-*/^*+"))
            .map(([[p, q], sign]) => `${p} ${sign} ${q}`),
          weight: 5,
        },
        tie("formula").map((p) => `(${p})`),
        { arbitrary: tie("formula").map((p) => `-${p}`), weight: 2 },
        fc.tuple(fc.constantFrom(...one.split(" ")), tie("formula")).map(([name, p]) => `${name}(${p})`),
        fc.tuple(fc.constantFrom("min", "max", "pow"), two).map(([name, [p, q]]) => `${name}(${p}, ${q})`),
        tie("formula").map((p) => `log(${p}, 3)`),
        fc
          .tuple(two, fc.constantFrom("<", "<=", ">", ">=", "==", "!=", "and", "or", "xor"))
          .map(([[p, q], sign]) => `(${p} ${sign} ${q})`),
        tie("formula").map((p) => `not(${p})`),
        fc.tuple(two, two).map(([[p, q], [r, s]]) => `(${p} < ${q} ? ${r} : ${s})`),
        two.map(([p, q]) => `(0 < ${p} <= ${q})`),
      ),
    };
  });
  const points = [
    [2.5, 0.3],
    [7.25, 40.5],
    [0.01, 1.1],
  ] as const;
  /** Parameters that are large, small and below 0, as fits have them. */
  const values: Readonly<Record<string, number>> = { a: 8.8e13, b: 1.7, c: -0.04 };

  /** What can be said of each formula that has a law. */
  async function cases(seed: number, numRuns: number) {
    const found: { text: string; js: string; python: string; tex: string; expected: number[] }[] = [];
    for (const right of fc.sample(formula, { seed, numRuns })) {
      const text = `z = E0 + ${right} + 1e-300*(x + y)`;
      const fields = ["x", "y", "z"].map((name) => ({ name, domain: "real" as const }));
      let asked: ReturnType<typeof lawFromFormula>;
      try {
        asked = lawFromFormula(text, fields);
      } catch {
        continue; // divides by 0, or has no finite value anywhere
      }
      const { law, columns } = asked;
      const parameters = law.parameters.map(({ name, domain }) => [
        name,
        Math.max(values[name] ?? 1.5, domain[0]),
      ]);
      const fit = { ...withParameters(law, Object.fromEntries(parameters)), status: "converged", reason: "" };
      const provenance = { source: [], formula: text.slice(text.indexOf("=") + 1), columns };
      const emit = (language: "js" | "python" | "tex") =>
        emitLaw(fit as unknown as Fit, language, provenance);
      const order = law.variables.map(({ name }) => name);
      const expected = points.map(([x, y]) => fit.predict({ x, y } as never));
      found.push({
        text: `${right} (${order})`,
        js: `${await emit("js")}\n// ${order}`,
        python: await emit("python"),
        tex: await emit("tex"),
        expected,
      });
    }
    return found;
  }
  const isNear = (got: number, wanted: number) =>
    got === wanted || Math.abs(got - wanted) <= 1e-9 * Math.max(1, Math.abs(wanted));
  const argumentsOf = (text: string, [x, y]: readonly [number, number]) =>
    text.endsWith("(y,x)") ? [y, x] : [x, y];

  test("give in JavaScript what the fit predicts, and TeX that can be set", async () => {
    const found = await cases(7, 500);
    expect(found.length).toBeGreaterThan(300);
    for (const { text, js, tex, expected } of found) {
      const module = (await import(`data:text/javascript,${encodeURIComponent(js)}`)) as Record<
        string,
        Predict
      >;
      const predict = Object.values(module)[0]!;
      for (const [k, point] of points.entries()) {
        const wanted = expected[k]!;
        // What is no number has no order, and conditions about it may go either way.
        if (!Number.isFinite(wanted)) continue;
        const got = predict(...argumentsOf(text, point));
        if (!isNear(got, wanted)) expect({ text, point, got }).toEqual({ text, point, got: wanted });
      }
      katex.renderToString(tex.split("\n").at(-1)!.slice(2, -2), { displayMode: true, strict: "error" });
    }
  });

  test("and in Python, save where Python stops at a number that is none", async () => {
    const found = await cases(11, 500);
    const program = `
import json, sys
for text, points in json.load(sys.stdin):
    names = {}
    exec(text, names)
    out = []
    for point in points:
        try:
            out.append(float(names["z"](*point)))
        except (OverflowError, ValueError, ZeroDivisionError, TypeError):
            out.append(None)
    print(json.dumps(out))
`;
    const input = JSON.stringify(
      found.map(({ text, python }) => [python, points.map((point) => argumentsOf(text, point))]),
    );
    const { stdout, stderr } = spawnSync("python3", ["-c", program], { input, encoding: "utf8" });
    expect(stderr).toBe("");
    let compared = 0;
    let finite = 0;
    for (const [i, line] of stdout.trim().split("\n").entries()) {
      const { text, expected } = found[i]!;
      const got = JSON.parse(
        line.replaceAll("NaN", "null").replaceAll("-Infinity", "null").replaceAll("Infinity", "null"),
      );
      for (const [k, wanted] of expected.entries()) {
        if (!Number.isFinite(wanted)) continue;
        finite += 1;
        if (got[k] === null) continue;
        compared += 1;
        if (!isNear(got[k], wanted)) expect({ text, k, got: got[k] }).toEqual({ text, k, got: wanted });
      }
    }
    expect(finite).toBeGreaterThan(1000);
    expect(compared / finite).toBeGreaterThan(0.95);
  });
});
