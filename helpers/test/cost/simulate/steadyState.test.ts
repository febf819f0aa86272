import { describe, expect, test } from "vitest";
import {
  type EngineStep,
  type Length,
  type ServingPolicy,
  type SimulatedLoad,
  simulateServing,
  steadyState,
} from "../../../src/index.ts";

const affine = ({ promptTokens, promptPairs, decoding, cachedTokens }: EngineStep) =>
  0.008 + 2.5e-5 * promptTokens + 1e-9 * promptPairs + 3e-5 * decoding + 2e-8 * cachedTokens;
const roofline = ({ promptTokens, promptPairs, decoding, cachedTokens }: EngineStep) =>
  0.003 + Math.max(2e-5 * (promptTokens + decoding) + 1e-9 * promptPairs, 0.006 + 3e-8 * cachedTokens);

const spread = (tokens: number): Length => ({ tokens, rangeRatio: 0.5 });

describe("a static batch", () => {
  test.each([
    [1, 1, 1],
    [1, 100, 7],
    [8, 333, 50],
    [64, 2048, 129],
  ])("of %d is exactly the sum of its steps, simulated and not (%d, %d)", (batch, prompt, output) => {
    const serving = { clock: affine, load: { kind: "static" as const, batch }, lengths: { prompt, output } };
    const first = affine({
      promptTokens: batch * prompt,
      promptPairs: (batch * prompt * (prompt + 1)) / 2,
      decoding: 0,
      cachedTokens: 0,
    });
    // The clock is a line in the tokens held, from the prompt to one before the last.
    const held = batch * (prompt + (output - 2) / 2);
    const step = affine({ promptTokens: 0, promptPairs: 0, decoding: batch, cachedTokens: held });
    const run = simulateServing(serving);
    const steady = steadyState(serving);
    expect(run.requests.ttftS).toEqual(new Float64Array(batch).fill(first));
    expect(steady.ttftS).toBe(first);
    if (output > 1) {
      expect(run.tpotS.mean).toBeCloseTo(step, 12);
      expect(steady.tpotS).toBeCloseTo(step, 12);
    }
    expect(run.outputTokensPerS).toBeCloseTo((batch * output) / (first + (output - 1) * step), 6);
    expect(steady.outputTokensPerS).toBeCloseTo(run.outputTokensPerS, 6);
  });
});

describe("below 70 % load the closed form is within 10 % of the simulation", () => {
  const cases: [string, typeof affine, number, number, boolean, SimulatedLoad, ServingPolicy][] = [
    ["open, light", affine, 1024, 256, false, { kind: "open", requestsPerS: 4 }, {}],
    ["open, half", affine, 1024, 256, true, { kind: "open", requestsPerS: 15 }, {}],
    ["open, roofline", roofline, 128, 512, true, { kind: "open", requestsPerS: 40 }, {}],
    [
      "open, prompts cut",
      affine,
      8192,
      256,
      true,
      { kind: "open", requestsPerS: 1.5 },
      { maxTokens: 2048, maxRequests: 256 },
    ],
    [
      "open, prefill first",
      affine,
      1024,
      256,
      true,
      { kind: "open", requestsPerS: 15 },
      { kind: "prefillFirst" },
    ],
    ["open, slots scarce", affine, 512, 128, false, { kind: "open", requestsPerS: 4 }, { maxRequests: 8 }],
    [
      "open, half the prompt cached",
      affine,
      2048,
      128,
      false,
      { kind: "open", requestsPerS: 8 },
      { prefixHitShare: 0.5 },
    ],
    [
      "open, drafts",
      affine,
      512,
      256,
      false,
      { kind: "open", requestsPerS: 8 },
      { speculation: { draftTokens: 3, acceptance: 0.7 } },
    ],
    ["closed, one", affine, 1024, 128, false, { kind: "closed", concurrency: 1 }, {}],
    ["closed, lockstep", affine, 1024, 256, false, { kind: "closed", concurrency: 16 }, {}],
    [
      "closed, lockstep, prefill first",
      roofline,
      1024,
      128,
      false,
      { kind: "closed", concurrency: 16 },
      { kind: "prefillFirst" },
    ],
    ["closed, spread", affine, 1024, 256, true, { kind: "closed", concurrency: 24 }, {}],
    ["closed, spread, prompts cut", roofline, 8192, 512, true, { kind: "closed", concurrency: 16 }, {}],
  ];
  test.each(cases)("%s", (_, clock, prompt, output, spreads, load, policy) => {
    const lengths = spreads ? { prompt: spread(prompt), output: spread(output) } : { prompt, output };
    const steady = steadyState({ clock, load, lengths, policy });
    expect(steady.load).toBeGreaterThan(0);
    expect(steady.load).toBeLessThan(0.7);
    const requests = load.kind === "open" ? 3000 : 600;
    const run = simulateServing({ clock, load, lengths, policy, requests, warmup: 300, cooldown: 50 });
    expect(steady.tpotS / run.tpotS.mean).toBeGreaterThan(0.9);
    expect(steady.tpotS / run.tpotS.mean).toBeLessThan(1.1);
    expect(steady.ttftS / run.ttftS.mean).toBeGreaterThan(0.9);
    expect(steady.ttftS / run.ttftS.mean).toBeLessThan(1.1);
    expect(steady.requestsPerS / run.requestsPerS).toBeGreaterThan(0.9);
    expect(steady.requestsPerS / run.requestsPerS).toBeLessThan(1.1);
  });
});

describe("load", () => {
  const lengths = { prompt: 512, output: 64 };
  const policy = { maxRequests: 16 };

  test("is the share of what an engine serves that is never short of requests", () => {
    const full = simulateServing({
      clock: affine,
      load: { kind: "closed", concurrency: 200 },
      lengths: { prompt: spread(512), output: spread(64) },
      policy,
      requests: 3000,
      warmup: 500,
      cooldown: 300,
    });
    const { requestsPerS, load } = steadyState({ clock: affine, load: { kind: "offline" }, lengths, policy });
    expect(load).toBeGreaterThan(0.9);
    expect(requestsPerS / full.requestsPerS).toBeGreaterThan(0.95);
    expect(requestsPerS / full.requestsPerS).toBeLessThan(1.05);
  });

  test("of 1 and above waits without end, and that is said", () => {
    const { load, ttftS, requestsPerS } = steadyState({
      clock: affine,
      load: { kind: "open", requestsPerS: 50 },
      lengths,
      policy,
    });
    expect(load).toBeGreaterThan(1);
    expect(ttftS).toBe(Infinity);
    // What is served is no more than an engine that is never short of requests serves.
    expect(load * requestsPerS).toBeCloseTo(50, 9);
  });

  test("rises with what comes, and so do the times", () => {
    let before = steadyState({ clock: affine, load: { kind: "open", requestsPerS: 0.1 }, lengths });
    for (let requestsPerS = 0.5; requestsPerS < 20; requestsPerS += 0.5) {
      const now = steadyState({ clock: affine, load: { kind: "open", requestsPerS }, lengths });
      expect(now.load).toBeGreaterThan(before.load);
      expect(now.tpotS).toBeGreaterThan(before.tpotS);
      expect(now.ttftS).toBeGreaterThan(before.ttftS * 0.999);
      before = now;
    }
  });

  test("of next to nothing leaves a request alone, whatever the rate", () => {
    const alone = simulateServing({ clock: affine, load: { kind: "offline" }, requests: 1, lengths });
    for (const requestsPerS of [1e-3, 1e-9, 1e-200]) {
      const { ttftS, tpotS } = steadyState({ clock: affine, load: { kind: "open", requestsPerS }, lengths });
      expect(ttftS).toBeCloseTo(alone.ttftS.mean, 4);
      expect(tpotS).toBeCloseTo(alone.tpotS.mean, 4);
    }
  });

  test("of instances that divide a closed loop unevenly is each with its own share", () => {
    const of = (concurrency: number, instances: number) =>
      steadyState({ clock: affine, load: { kind: "closed", concurrency }, lengths, instances });
    const [two, three] = [of(2, 1), of(3, 1)];
    expect(of(5, 2).requestsPerS).toBeCloseTo(two.requestsPerS + three.requestsPerS, 10);
    // Instances beyond the requests serve nobody.
    expect(of(2, 4).tpotS).toBe(of(1, 1).tpotS);
  });

  test("is shared by instances", () => {
    const one = steadyState({ clock: affine, load: { kind: "open", requestsPerS: 3 }, lengths });
    const four = steadyState({
      clock: affine,
      load: { kind: "open", requestsPerS: 12 },
      lengths,
      instances: 4,
    });
    expect(four).toEqual({
      ...one,
      requestsPerS: 4 * one.requestsPerS,
      outputTokensPerS: 4 * one.outputTokensPerS,
    });
  });
});
