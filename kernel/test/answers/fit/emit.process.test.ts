import { spawnSync } from "node:child_process";
import { builtInLaws, type Fit, type Law, withParameters } from "isoflop";
import { lawFromFormula } from "isoflop/formula";
import { describe, expect, test } from "vitest";
import { emitLaw } from "../../../src/answers/fit/emit/emitLaw.ts";

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

function pointsOf(law: Law): Record<string, number>[] {
  return [1, 2, 3].map((k) =>
    Object.fromEntries(
      law.variables.map(({ name }, v) => [name, name === "loss" ? 2 + 0.3 * k : 10 ** (3 * k) * (1.3 + v)]),
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
