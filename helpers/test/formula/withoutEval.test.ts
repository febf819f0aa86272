import { fit, huber } from "isoflop";
import { defineLaw } from "isoflop/formula";
import { chinchillaFigure4 } from "isoflop-datasets";
import { afterEach, expect, test, vi } from "vitest";

// Pages with a content security policy, extensions and workers at the edge make no code from text.

afterEach(() => vi.unstubAllGlobals());

function withoutEval<T>(action: () => T): T {
  const forbidden = vi.fn(() => {
    throw new EvalError("Code generation from strings disallowed for this context");
  });
  vi.stubGlobal("Function", forbidden);
  const result = action();
  vi.unstubAllGlobals();
  expect(forbidden).toHaveBeenCalled();
  return result;
}

test.each([
  "L = E + A/N^alpha",
  "loss = E + A/nParams^alpha + B/nTokens^beta",
  "L = a*log(N)^2 + b*sqrt(D)/N - c",
  "L = exp(a - b*N^2) + 3*c",
  "L = a^b^N + log10(D*c) - log2(N)",
  "L = (a*N + b*D)^(c/3) + 2^a + N",
])("%s gives the same values and derivatives to the bit", (formula) => {
  const names = /nTokens/.test(formula) ? ["nParams", "nTokens"] : ["N", "D"];
  const laws = [defineLaw(formula), withoutEval(() => defineLaw(formula))].map((law) => {
    const n = 7;
    const p = law.parameters.length;
    const x = law.variables.map(({ name, domain }) =>
      Float64Array.from({ length: n }, (_, i) => {
        const value = 1.5 + i * (names.indexOf(name) + 1);
        return domain === "positive" ? Math.log(value) : value;
      }),
    );
    const value = new Float64Array(n);
    const jacobian = new Float64Array(n * p);
    law.evaluate(
      Float64Array.from({ length: p }, (_, j) => 0.3 + 0.17 * j),
      x,
      n,
      value,
      jacobian,
    );
    return { value, jacobian };
  });
  expect(laws[0]!.value.some(Number.isFinite)).toBe(true);
  expect(laws[1]).toEqual(laws[0]);
});

test("a fit of it is the same fit", () => {
  const runs = chinchillaFigure4().filter((run) => !run.isOutlier);
  const formula = "loss = E + A/nParams^alpha + B/nTokens^beta";
  const [free, bound] = [defineLaw(formula), withoutEval(() => defineLaw(formula))].map((law) =>
    fit(law, runs, { loss: huber(1e-3) }),
  );
  expect(bound!.parameters).toEqual(free!.parameters);
  expect(bound!.objective).toBe(free!.objective);
});
