import fc from "fast-check";
import { chinchilla, fit, fitGroups, huber, jupyterDisplay, l1, powerLaw, squared } from "isoflop";
import { defineLaw } from "isoflop/formula";
import { describe, expect, test } from "vitest";
import { choleskyInverse } from "../../src/numerics/linear/cholesky.ts";
import { Random } from "../../src/numerics/random/Random.ts";
import oracle from "./groupsOracle.json" with { type: "json" };

const saturating = defineLaw("loss = L + B/(S + D^beta)", { variables: { D: "D" } });
const rowsOf = ({ rows }: { rows: (string | number)[][] }) =>
  rows.map(([group, D, loss]) => ({ group: group as string, D: D as number, loss: loss as number }));
const options = { group: "group", loss: squared() } as const;

/** Runs of power laws with one exponent. */
function powerRuns(groups: number, noise: number, seed = 1) {
  const random = new Random(seed, groups);
  return Array.from({ length: groups }, (_, g) =>
    Array.from({ length: 8 }, (_unused, k) => {
      const nParams = 1e6 * 4 ** k;
      const loss = (1.5 + 0.1 * g + (40 + 5 * g) / nParams ** 0.28) * (1 + noise * random.normal());
      return { family: `f${g}`, nParams, loss };
    }),
  ).flat();
}

describe("joint fits against scipy's least squares over all parameters at once", () => {
  test("five groups: objective, shared and own parameters, standard errors", () => {
    const { five } = oracle;
    const found = fitGroups(saturating, rowsOf(five), { ...options, shared: ["beta"] });
    expect(found.status).toBe("converged");
    expect(found.objective / five.objective - 1).toBeLessThan(1e-9);
    expect(found.shared.beta / five.beta).toBeCloseTo(1, 5);
    expect(found.parameters("g0").L / five.first.L).toBeCloseTo(1, 4);
    const { standardErrors } = found.covariance();
    // scipy's are of Gauss and Newton; ours allow for the law's own bend.
    expect(standardErrors.shared.beta / five.seBeta).toBeCloseTo(1, 1);
    expect(standardErrors.groups.g0!.L / five.first.seL).toBeCloseTo(1, 1);
  });

  test("forty-two groups, 127 parameters", () => {
    const found = fitGroups(saturating, rowsOf(oracle.fortyTwo), { ...options, shared: ["beta"] });
    expect(found.objective / oracle.fortyTwo.objective - 1).toBeLessThan(1e-9);
    expect(found.freeParameters).toBe(127);
    expect(found.shared.beta / oracle.fortyTwo.beta).toBeCloseTo(1, 5);
  });

  test("several shared parameters, an amplitude among them", () => {
    const { twoTerms } = oracle;
    const runs = twoTerms.rows.map(([group, nParams, nTokens, loss]) => ({ group, nParams, nTokens, loss }));
    const found = fitGroups(chinchilla, runs as never, { ...options, shared: ["alpha", "beta", "B"] });
    expect(found.objective / twoTerms.objective - 1).toBeLessThan(1e-9);
    expect(found.shared.alpha / twoTerms.alpha).toBeCloseTo(1, 4);
    expect(found.shared.B / twoTerms.B).toBeCloseTo(1, 3);
    twoTerms.E.forEach((E, g) => {
      expect(found.parameters(`g${g}`).E / E).toBeCloseTo(1, 4);
    });
    expect(found.covariance().standardErrors.shared.beta / twoTerms.seBeta).toBeCloseTo(1, 1);
  });
});

describe("what is shared lies between fits apart and one fit of all", () => {
  test("nothing shared: each group as fit has it, and the sum of the objectives", () => {
    const runs = powerRuns(4, 0.003);
    const found = fitGroups(powerLaw("nParams"), runs, { group: "family", shared: [], loss: squared() });
    let sum = 0;
    for (const name of found.groups) {
      const alone = fit(
        powerLaw("nParams"),
        runs.filter(({ family }) => family === name),
        { loss: squared() },
      );
      sum += alone.objective;
      for (const p of ["E", "A", "alpha"] as const) {
        expect(found.parameters(name)[p] / alone.parameters[p]).toBeCloseTo(1, 4);
      }
    }
    expect(found.objective / sum).toBeCloseTo(1, 9);
  });

  test("all shared: one fit of all runs, standard errors too", () => {
    const runs = powerRuns(3, 0.01);
    const found = fitGroups(powerLaw("nParams"), runs, {
      group: "family",
      shared: ["E", "A", "alpha"],
      loss: squared(),
    });
    const pooled = fit(powerLaw("nParams"), runs, { loss: squared() });
    expect(found.objective / pooled.objective).toBeCloseTo(1, 9);
    expect(found.freeParameters).toBe(3);
    for (const kind of ["hessian", "sandwich"] as const) {
      const ours = found.covariance({ kind }).standardErrors.shared;
      const theirs = pooled.covariance({ kind }).standardErrors;
      expect(ours.alpha / theirs.alpha).toBeCloseTo(1, 3);
      expect(ours.E / theirs.E).toBeCloseTo(1, 3);
    }
  });

  test("the more is shared the higher the objective; groups and rows in any order give the same", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 40 }), (seed) => {
        const runs = powerRuns(3, 0.005, seed);
        const of = (shared: ("E" | "A" | "alpha")[], data = runs) =>
          fitGroups(powerLaw("nParams"), data, { group: "family", shared, loss: squared() });
        const [none, one, two] = [of([]), of(["alpha"]), of(["alpha", "E"])];
        expect(none.objective).toBeLessThanOrEqual(one.objective * (1 + 1e-9));
        expect(one.objective).toBeLessThanOrEqual(two.objective * (1 + 1e-9));
        const turned = of(["alpha"], [...runs].reverse());
        expect(turned.objective / one.objective).toBeCloseTo(1, 8);
        expect(turned.groups).toEqual([...one.groups].reverse());
        expect([...turned.residuals()].reverse()[0]).toBeCloseTo(one.residuals()[0]!, 6);
      }),
      { seed: 2, numRuns: 8 },
    );
  });
});

describe("options of a fit hold for groups", () => {
  const runs = powerRuns(3, 0.003);
  const law = powerLaw("nParams");
  const base = { group: "family", shared: ["alpha"], loss: squared() } as const;

  test("fixed, own and shared", () => {
    const own = fitGroups(law, runs, { ...base, fixed: { E: 1.6 } });
    expect(own.groups.map((name) => own.parameters(name).E)).toEqual([1.6, 1.6, 1.6]);
    const shared = fitGroups(law, runs, { ...base, fixed: { alpha: 0.3 } });
    expect(shared.parameters("f1").alpha).toBe(0.3);
    expect(shared.freeParameters).toBe(6);
  });

  test("a bound on the shared parameter is kept, and the status says so", () => {
    const found = fitGroups(law, runs, { ...base, bounds: { alpha: [0.3, 1] } });
    expect(found.shared.alpha).toBe(0.3);
    expect(found.status).toBe("at-bound");
    expect(found.reason).toContain("the shared alpha");
  });

  test("a prior counts once for what is shared and in each group for what is not", () => {
    const strong = { mean: 0.4, sd: 1e-6 };
    expect(fitGroups(law, runs, { ...base, priors: { alpha: strong } }).shared.alpha).toBeCloseTo(0.4, 5);
    const weak = fitGroups(law, runs, { ...base, priors: { E: { mean: 1.6, sd: 1e-6 } } });
    for (const name of weak.groups) expect(weak.parameters(name).E).toBeCloseTo(1.6, 4);
  });

  test("weights of 0 leave runs out", () => {
    const odd = runs.map((run, k) => (k % 8 === 7 ? { ...run, loss: 9 } : run));
    const found = fitGroups(law, odd, { ...base, weights: (_, row) => (row % 8 === 7 ? 0 : 1) });
    const without = fitGroups(
      law,
      odd.filter((_, k) => k % 8 !== 7),
      base,
    );
    expect(found.objective / without.objective).toBeCloseTo(1, 8);
  });

  test("without a loss its scale follows the noise of all groups", () => {
    const { loss: _, ...rest } = base;
    const found = fitGroups(law, powerRuns(6, 0.01), rest);
    const scale = found.options.loss!.specification.scale!;
    expect(scale).toBeGreaterThan(0.006);
    expect(scale).toBeLessThan(0.03);
  });

  test("groups by a function, by number", () => {
    const found = fitGroups(law, runs, { ...base, group: (run) => Number(run.family.slice(1)) });
    expect(found.groups).toEqual(["0", "1", "2"]);
    expect(found.predict({ nParams: 1e9 }, 1)).toBeGreaterThan(1);
  });
});

describe("standard errors are those of the objective's own curvature", () => {
  const runs = powerRuns(3, 0.01);
  const law = powerLaw("nParams");
  /** All parameters of a joint fit of three groups as one vector, ln A where the search has it. */
  const unpack = (v: readonly number[], g: number) => ({
    E: v[2 * g]!,
    A: Math.exp(v[2 * g + 1]!),
    alpha: v[6]!,
  });
  const sum = (v: readonly number[], weight = (_: { nParams: number }) => 1) =>
    runs.reduce((total, run) => {
      const { E, A, alpha } = unpack(v, Number(run.family.slice(1)));
      return total + weight(run) * Math.log((E + A * run.nParams ** -alpha) / run.loss) ** 2;
    }, 0);

  test.each([
    ["alike", undefined],
    ["weighed", ({ nParams }: { nParams: number }) => (nParams < 1e7 ? 0 : nParams > 1e9 ? 3 : 1)],
  ] as const)("runs %s: against second differences of the sum of squares", (_, weights) => {
    const found = fitGroups(law, runs, {
      group: "family",
      shared: ["alpha"],
      loss: squared(),
      ...(weights && { weights }),
    });
    const at = ["f0", "f1", "f2"].flatMap((name) => {
      const { E, A } = found.parameters(name);
      return [E, Math.log(A)];
    });
    at.push(found.shared.alpha);
    const moved = (...steps: [number, number][]) => {
      const v = [...at];
      for (const [k, h] of steps) v[k]! += h;
      return sum(v, weights);
    };
    const h = at.map((each, k) => (k % 2 === 0 ? 1e-4 * each : 3e-4));
    const hessian = at.map((_unused, a) =>
      at.map(
        (_other, b) =>
          (moved([a, h[a]!], [b, h[b]!]) -
            moved([a, h[a]!], [b, -h[b]!]) -
            moved([a, -h[a]!], [b, h[b]!]) +
            moved([a, -h[a]!], [b, -h[b]!])) /
          (4 * h[a]! * h[b]!),
      ),
    );
    const used = runs.filter((run) => (weights?.(run) ?? 1) > 0).length;
    const variance = (2 * sum(at, weights)) / (used - 7);
    const inverse = choleskyInverse(Float64Array.from(hessian.flat()), 7)!;
    const error = (k: number) => Math.sqrt(variance * inverse[k * 7 + k]!);
    const { standardErrors, freedom } = found.covariance();
    expect(freedom).toBe(used - 7);
    expect(standardErrors.shared.alpha / error(6)).toBeCloseTo(1, 3);
    expect(standardErrors.groups.f1!.E / error(2)).toBeCloseTo(1, 3);
    expect(standardErrors.groups.f2!.A / found.parameters("f2").A / error(5)).toBeCloseTo(1, 3);
  });

  test("a shared parameter on its bound scatters no more, and the others as with it held", () => {
    const base = { group: "family", shared: ["alpha"], loss: squared() } as const;
    const bound = fitGroups(law, runs, { ...base, bounds: { alpha: [0.35, 1] } });
    const held = fitGroups(law, runs, { ...base, fixed: { alpha: 0.35 } });
    expect(bound.shared.alpha).toBe(0.35);
    for (const kind of ["hessian", "sandwich"] as const) {
      const [ours, theirs] = [bound.covariance({ kind }), held.covariance({ kind })];
      expect(ours.standardErrors.shared.alpha).toBe(0);
      expect(ours.notes).toEqual([
        "the shared alpha lies on a bound: the errors of the others hold with it there",
      ]);
      expect(theirs.notes).toEqual([]);
      // The bound's parameter is still counted as one that was sought.
      const freedom = theirs.freedom / ours.freedom;
      const ratio = ours.standardErrors.groups.f1!.E / theirs.standardErrors.groups.f1!.E;
      expect(ratio / Math.sqrt(freedom)).toBeCloseTo(1, 4);
    }
  });
});

test("a record has valid numbers, a display a row a group", () => {
  const runs = powerRuns(3, 0.003);
  const found = fitGroups(powerLaw("nParams"), runs, {
    group: "family",
    shared: ["alpha"],
    loss: huber(1e-3),
  });
  const record = JSON.parse(JSON.stringify(found));
  expect(record).toMatchObject({
    format: "isoflop-group-fit",
    group: "family",
    loss: "huber(0.001)",
    status: "converged",
  });
  expect(Object.keys(record.groups)).toEqual(["f0", "f1", "f2"]);
  expect(record.groups.f2.parameters.E).toBe(found.parameters("f2").E);
  const text = String(found[jupyterDisplay]()["text/plain"]);
  expect(text.split("\n")[0]).toContain("shared: alpha = ");
  expect(text).toMatch(/f2 +1\.69/);
  expect(text).not.toContain("undefined");
});

describe("what cannot be fitted is refused or said", () => {
  const runs = powerRuns(3, 0.003);
  const law = powerLaw("nParams");
  test.each<[string, object, RegExp]>([
    ["no group", { shared: ["alpha"] }, /group must be the name of a field/],
    [
      "a field that no run has",
      { group: "famly", shared: [] },
      /group famly must be text or a number, got undefined in row 0/,
    ],
    [
      "an unknown parameter",
      { group: "family", shared: ["beta"] },
      /no parameter is called beta; there are E, A, alpha/,
    ],
    [
      'a group that is 0 here and "0" there',
      { group: (_: unknown, row: number) => (row % 2 ? "0" : 0), shared: [] },
      /a group must be text in every row or a number in every row, got "0" in row 1 and 0 before/,
    ],
    ["shared as text", { group: "family", shared: "alpha" }, /shared must be a list/],
    ["a misspelt option", { group: "family", shares: ["alpha"] }, /did you mean shared\?/],
    ["corners", { group: "family", shared: [], loss: l1() }, /needs a loss without corners, got l1/],
    ["a loss by its name", { group: "family", shared: [], loss: "squared" }, /loss must be a loss such as/],
    [
      "a bound that is no interval",
      { group: "family", shared: [], bounds: { E: 1 } },
      /bounds.E must be \[low/,
    ],
    [
      "nothing where parameters are named",
      { group: "family", shared: [], fixed: null },
      /fixed must be an obj/,
    ],
    [
      "a prior on an unknown scale",
      { group: "family", shared: [], priors: { E: { mean: 1, sd: 1, scale: "ln" } } },
      /priors.E.scale must be "linear" or "log"/,
    ],
    ["half a tie", { group: "family", shared: ["alpha"], tied: { A: "alpha" } }, /share both or neither/],
  ])("%s", (_, given, message) => {
    expect(() => fitGroups(law, runs, { ...given } as never)).toThrow(message);
  });

  test("a group with too few runs is named", () => {
    const found = fitGroups(law, [...runs, { family: "tiny", nParams: 1e8, loss: 2 }], {
      group: "family",
      shared: ["alpha"],
      loss: squared(),
    });
    expect(found.status).toBe("not-identified");
    expect(found.reason).toContain("tiny has 1 runs for 2 parameters of its own");
  });

  test("fewer runs than parameters of all groups together", () => {
    const pairs = runs.filter((_, k) => k % 8 === 0 || k % 8 === 7);
    const found = fitGroups(law, pairs, { group: "family", shared: ["alpha"], loss: squared() });
    expect(found.status).toBe("not-identified");
    expect(found.reason).toContain("6 runs cannot determine 7 parameters");
  });

  test("a group whose runs never vary is named", () => {
    const still = Array.from({ length: 5 }, (_, k) => ({ family: "still", nParams: 1e8, loss: 2 + k / 1e3 }));
    const found = fitGroups(law, [...runs, ...still], {
      group: "family",
      shared: ["alpha"],
      loss: squared(),
    });
    expect(found.status).toBe("not-identified");
    expect(found.reason).toContain("still");
  });

  test("a prediction needs a group that there is", () => {
    const found = fitGroups(law, runs, { group: "family", shared: ["alpha"], loss: squared() });
    expect(() => found.predict({ nParams: 1e9 }, "f9")).toThrow(/no group is called f9; did you mean f\d\?/);
    expect(() => (found.predict as (point: object) => number)({ nParams: 1e9 })).toThrow("needs a group");
    expect(() => found.covariance().interval("E")).toThrow("E has a value in each group");
    expect(found.covariance().interval("alpha")[0]).toBeLessThan(found.shared.alpha);
    expect(() => found.covariance().interval("alpha", undefined, 95)).toThrow(
      /level must be between 0 and 1/,
    );
  });
});
