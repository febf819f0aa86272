import { adaptiveHuber, fit, fitGroups, logCosh, powerLaw, squared } from "isoflop";
import { describe, expect, test } from "vitest";
import { Random } from "../../src/numerics/random/Random.ts";

const law = powerLaw("nParams");
const random = new Random(12, 0);
const runs = [0, 1, 2, 3].flatMap((g) =>
  Array.from({ length: 8 }, (_, k) => {
    const nParams = 1e6 * 5 ** k;
    return {
      family: `f${g}`,
      nParams,
      loss: (1.7 + 0.1 * g + 80 / nParams ** 0.3) * Math.exp(0.004 * random.normal()),
    };
  }),
);

describe.each([
  ["log", "the usual loss", undefined],
  ["raw", "the usual loss", undefined],
  ["raw", "squares", squared()],
] as const)("a joint fit of %s residuals with %s does not hang on", (residual, _, loss) => {
  const given = { group: "family", shared: ["alpha"], residual, ...(loss && { loss }) } as const;
  const found = fitGroups(law, runs, given);
  const error = found.covariance().standardErrors.shared.alpha;

  test.each([
    [1e-12, 1],
    [1e12, 1],
    [1, 1e-8],
    [1, 1e8],
  ])("the units of loss and size: %s and %s", (ofLoss, ofSize) => {
    const other = fitGroups(
      law,
      runs.map((run) => ({ ...run, loss: run.loss * ofLoss, nParams: run.nParams * ofSize })),
      given,
    );
    expect(other.status).toBe("converged");
    expect(other.shared.alpha).toBeCloseTo(found.shared.alpha, 6);
    expect(other.parameters("f2").E / ofLoss).toBeCloseTo(found.parameters("f2").E, 5);
    expect(other.covariance().standardErrors.shared.alpha / error).toBeCloseTo(1, 4);
  });

  test("a factor of the weights, and runs of weight 0", () => {
    const heavy = fitGroups(law, runs, { ...given, weights: () => 1e6 });
    expect(heavy.shared.alpha).toBeCloseTo(found.shared.alpha, 6);
    const odd = [...runs, ...runs.map((run) => ({ ...run, loss: 9 * run.loss }))];
    const without = fitGroups(law, odd, { ...given, weights: (_run, row) => Number(row < runs.length) });
    expect(without.shared.alpha).toBeCloseTo(found.shared.alpha, 6);
    expect(without.options.loss!.label).toBe(found.options.loss!.label);
    expect(without.covariance().standardErrors.shared.alpha / error).toBeCloseTo(1, 4);
  });
});

test.each([
  ["none", undefined],
  ["adaptive", adaptiveHuber({ sigmas: 2 })],
  ["fixed", logCosh(0.01)],
])("with everything shared it is one fit of all runs, the loss's scale too: %s", (_, loss) => {
  const given = loss && { loss };
  const joint = fitGroups(law, runs, { group: "family", shared: ["E", "A", "alpha"], ...given });
  const whole = fit(law, runs, { ...given });
  expect(joint.options.loss!.label).toBe(whole.options.loss!.label);
  expect(joint.objective / whole.objective).toBeCloseTo(1, 8);
  expect(joint.shared.alpha).toBeCloseTo(whole.parameters.alpha, 6);
});
