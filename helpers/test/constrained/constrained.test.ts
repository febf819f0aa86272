import fc from "fast-check";
import {
  chinchilla,
  computeOptimal,
  fit,
  fitConstrained,
  huber,
  jupyterDisplay,
  l1,
  powerLaw,
  squared,
} from "isoflop";
import { chinchillaFigure4 } from "isoflop-datasets";
import { describe, expect, test } from "vitest";
import { linearConstraints } from "../../src/fit/constrained/linearConstraints.ts";

const runs = chinchillaFigure4().filter((run) => !run.isOutlier);
const law = powerLaw("nTokens");
const few = [1e8, 3e8, 1e9, 3e9, 1e10, 1e11].map((nTokens, k) => ({
  nTokens,
  loss: (2 + 60 / nTokens ** 0.25) * (1 + [2, -1, -2, 2, 0, -1][k]! / 1e3),
}));

describe("a constraint that bears is met exactly, at the lowest objective there", () => {
  test.each([
    ["huber", huber(1e-3)],
    ["squares", squared()],
  ])("beta <= alpha is the fit with both tied, %s", (_, loss) => {
    const held = fitConstrained(chinchilla, runs, { constraints: ["beta <= alpha"], loss });
    const tied = fit(chinchilla, runs, { loss, tied: { beta: "alpha" } });
    expect(held.objective / tied.objective - 1).toBeLessThan(1e-7);
    expect(held.parameters.beta - held.parameters.alpha).toBeLessThan(1e-8);
    expect(held.active).toEqual(["beta <= alpha"]);
    expect(held.status).toBe("at-bound");
    expect(held.reason).toContain('"beta <= alpha" holds with equality');
  });

  test("a limited sum is the best of all ways to part it", () => {
    const held = fitConstrained(chinchilla, runs, { constraints: ["A + B <= 1500"], loss: squared() });
    expect(held.parameters.A + held.parameters.B).toBeLessThan(1500 * (1 + 1e-8));
    const parted = (A: number) =>
      fit(chinchilla, runs, { loss: squared(), fixed: { A, B: 1500 - A } }).objective;
    let [low, high] = [100, 1400];
    for (let k = 0; k < 50; k++) {
      const [a, b] = [low + 0.382 * (high - low), low + 0.618 * (high - low)];
      if (parted(a) < parted(b)) high = b;
      else low = a;
    }
    expect(held.objective / parted((low + high) / 2) - 1).toBeLessThan(1e-7);
  });

  test("its multiplier is what the objective gains by loosening it", () => {
    const at = (limit: number) =>
      fitConstrained(law, few, { constraints: [`alpha <= ${limit}`], loss: squared() });
    const slope = (at(0.2001).objective - at(0.1999).objective) / 2e-4;
    expect(at(0.2).multipliers["alpha <= 0.2"]! / -slope).toBeCloseTo(1, 3);
  });

  test("a limit of one parameter is a bound", () => {
    fc.assert(
      fc.property(fc.double({ min: 0.05, max: 0.5, noNaN: true }), (limit) => {
        const held = fitConstrained(law, few, { constraints: [`alpha <= ${limit}`], loss: squared() });
        const bounded = fit(law, few, { bounds: { alpha: [0, limit] }, loss: squared() });
        expect(held.objective / bounded.objective).toBeCloseTo(1, 7);
        expect(held.active.length > 0).toBe(bounded.status === "at-bound");
      }),
      { seed: 4, numRuns: 15 },
    );
  });

  test("several at once, of which one bears", () => {
    const constraints = ["alpha <= 0.2", "E >= 0.1", "A + 10*E <= 1e9"];
    const held = fitConstrained(law, few, { constraints, loss: squared() });
    expect(held.active).toEqual(["alpha <= 0.2"]);
    expect(held.multipliers["E >= 0.1"]).toBe(0);
  });
});

test("a constraint that does not bear leaves the fit as it is", () => {
  const free = fit(chinchilla, runs, { loss: huber(1e-3) });
  const held = fitConstrained(chinchilla, runs, {
    constraints: ["alpha <= beta", "E >= 1"],
    loss: huber(1e-3),
  });
  expect(held.objective / free.objective - 1).toBeLessThan(1e-9);
  expect(held.status).toBe("converged");
  expect(held.active).toEqual([]);
  expect(computeOptimal(held, { flops: 5.88e23 }).tokensPerParam).toBeCloseTo(17.91, 1);
});

test("a record, residuals and a display", () => {
  const held = fitConstrained(law, few, { constraints: ["alpha <= 0.2"], loss: squared() });
  expect(JSON.parse(JSON.stringify(held))).toMatchObject({
    format: "isoflop-constrained-fit",
    constraints: ["alpha <= 0.2"],
    active: ["alpha <= 0.2"],
    loss: "squared",
    residual: "log",
    multipliers: { "alpha <= 0.2": held.multipliers["alpha <= 0.2"] },
    status: "at-bound",
  });
  expect(held.residuals().reduce((sum, r) => sum + r * r, 0)).toBeCloseTo(held.objective, 9);
  expect(String(held[jupyterDisplay]()["text/plain"])).toContain("under alpha <= 0.2");
});

describe("constraints are read as they are meant", () => {
  const read = (text: string) => {
    const [one] = linearConstraints(chinchilla as never, [text]);
    return { coefficients: [...one!.coefficients].map((each) => each + 0), limit: one!.limit + 0 };
  };
  // E, A, B, alpha, beta
  test.each([
    ["alpha <= beta", [0, 0, 0, 1, -1], 0],
    ["alpha >= beta", [0, 0, 0, -1, 1], 0],
    ["A + 2*B <= 5e2", [0, 1, 2, 0, 0], 500],
    ["-0.5 E + .25 >= 1 - A", [0.5, -1, 0, 0, 0], -0.75],
    ["2 alpha - beta <= 1 + alpha", [0, 0, 0, 1, -1], 1],
    ["E>=1.5", [-1, 0, 0, 0, 0], -1.5],
  ])("%s", (text, coefficients, limit) => {
    expect(read(text)).toEqual({ coefficients, limit });
  });

  test.each<[unknown, RegExp]>([
    ["alpha < beta", /must have one <= or >=/],
    ["alpha <= beta <= 1", /must have one <= or >=/],
    ["alpha = beta", /must have one <= or >=/],
    ["alpha * beta <= 1", /cannot be read at "\* beta"/],
    ["alpha^2 <= 1", /cannot be read at "\^2"/],
    ["alhpa <= beta", /names alhpa; did you mean alpha\?/],
    ["1 <= 2", /says nothing of a parameter/],
    ["alpha <= alpha", /says nothing of a parameter/],
    ["<= 1", /cannot be read/],
    ["", /must have one/],
    [5, /a constraint must be text such as "alpha <= beta", got 5/],
  ])("%s is refused", (text, message) => {
    expect(() => linearConstraints(chinchilla as never, [text as string])).toThrow(message);
  });
});

test.each<[object, RegExp]>([
  [
    { constraints: ["alpha <= 0.1", "alpha >= 0.2"] },
    /no parameters were found that obey "alpha <= 0.1" and "alpha >= 0.2" together/,
  ],
  [{ constraints: "alpha <= 1" }, /constraints must be a list/],
  [{ constraints: [], loss: l1() }, /needs a loss without corners/],
  [{ constraint: [] }, /did you mean constraints\?/],
])("%j is refused", (options, message) => {
  expect(() => fitConstrained(law, few, options as never)).toThrow(message);
});
