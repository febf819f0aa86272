import { describe, expect, test } from "vitest";
import { type SimulatedServing, simulateServing, steadyState } from "../../../src/index.ts";
import { Random } from "../../../src/numerics/random/Random.ts";

// One slot and one token make an engine a single server, whose queue is known in closed form.

/** Mean of a long run, and its standard error by the means of 40 parts of it. */
function meanOf(column: Float64Array): { mean: number; error: number } {
  const parts = 40;
  const size = Math.floor(column.length / parts);
  const means = Array.from({ length: parts }, (_, i) => {
    let sum = 0;
    for (const value of column.subarray(i * size, (i + 1) * size)) sum += value;
    return sum / size;
  });
  const mean = means.reduce((a, b) => a + b) / parts;
  const variance = means.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (parts - 1);
  return { mean, error: Math.sqrt(variance / parts) };
}

const requests = 40_000;

describe("queues with a closed form", () => {
  test.each([0.3, 0.7])("M/D/1 at load %d waits ρs/2(1 − ρ)", (rho) => {
    const serving = {
      clock: () => 2,
      load: { kind: "open" as const, requestsPerS: rho / 2 },
      lengths: { prompt: 1, output: 1 },
      policy: { maxRequests: 1 },
    };
    const wait = (rho * 2) / (2 * (1 - rho));
    const { mean, error } = meanOf(simulateServing({ ...serving, requests }).requests.queueS);
    expect(error).toBeLessThan(0.08 * wait);
    expect(Math.abs(mean - wait)).toBeLessThan(4 * error);
    expect(steadyState(serving).ttftS).toBeCloseTo(wait + 2, 12);
  });

  test("M/M/1: the time in the system is exponential of mean 1/(μ − λ)", () => {
    const random = new Random(5, 0);
    let now = 0;
    const trace = Array.from({ length: requests }, () => {
      now += -Math.log(1 - random.uniform()) / 0.6;
      const promptTokens = Math.max(1, Math.round(-1e6 * Math.log(1 - random.uniform())));
      return { arrivalS: now, promptTokens, outputTokens: 1 };
    });
    const run = simulateServing({
      clock: ({ promptTokens }) => 1e-6 * promptTokens,
      load: { kind: "trace", trace },
      policy: { kind: "whole", maxRequests: 1 },
    });
    const { mean, error } = meanOf(run.requests.e2eS);
    expect(error).toBeLessThan(0.08 * 2.5);
    expect(Math.abs(mean - 2.5)).toBeLessThan(4 * error);
    // Percentiles of an exponential are multiples of its mean; their errors are a few of those of the mean.
    expect(Math.abs(run.e2eS.p90 - 2.5 * Math.log(10))).toBeLessThan(4 * Math.log(10) * error);
    expect(run.busyShare).toBeCloseTo(0.6, 1);
  });

  test("where prompts are cheap requests do not hinder each other: M/D/∞ has λW of them at the same time", () => {
    const serving: SimulatedServing = {
      clock: () => 0.01,
      load: { kind: "open", requestsPerS: 20 },
      lengths: { prompt: 1, output: 101 },
      requests: 5_000,
      warmup: 100,
      cooldown: 100,
    };
    const run = simulateServing(serving);
    // Half a step until the next begins, unless the engine was idle, and 101 steps.
    expect(run.inSystem).toBeCloseTo(20 * 1.015, 0);
    expect(run.tpotS.mean).toBeCloseTo(0.01, 12);
  });

  test.each([
    [1, "Poisson"],
    [0.25, "in bursts"],
    [16, "evenly"],
  ])("burstiness %d: times between arrivals have the variance 1/burstiness (%s)", (burstiness) => {
    const { arrivalS } = simulateServing({
      clock: () => 1e-6,
      load: { kind: "open", requestsPerS: 4, burstiness },
      lengths: { prompt: 1, output: 1 },
      requests: 20_000,
    }).requests;
    const between = arrivalS.slice(1).map((at, i) => at - arrivalS[i]!);
    const mean = between.reduce((a, b) => a + b) / between.length;
    const square = between.reduce((sum, x) => sum + (x - mean) ** 2, 0) / between.length;
    // Within four standard errors of a mean of that many.
    expect(Math.abs(mean - 0.25)).toBeLessThan((4 * 0.25) / Math.sqrt(burstiness * between.length));
    expect((square / mean ** 2) * burstiness).toBeCloseTo(1, 1);
  });
});
