import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type EngineStep, type SimulatedServing, simulateServing } from "../../../src/index.ts";

const lengths = fc.record({
  prompt: fc.oneof(
    fc.integer({ min: 1, max: 60 }),
    fc.record({
      tokens: fc.integer({ min: 1, max: 60 }),
      rangeRatio: fc.double({ min: 0, max: 1, noNaN: true }),
    }),
  ),
  output: fc.oneof(
    fc.integer({ min: 1, max: 30 }),
    fc.record({ mean: fc.integer({ min: 1, max: 20 }), sigma: fc.constant(0.7), most: fc.constant(60) }),
  ),
});
const load = fc.oneof(
  fc.record({ kind: fc.constant("closed" as const), concurrency: fc.integer({ min: 1, max: 12 }) }),
  fc.record({
    kind: fc.constant("open" as const),
    requestsPerS: fc.double({ min: 0.05, max: 2, noNaN: true }),
  }),
  fc.constant({ kind: "offline" as const }),
);
const policy = fc.record(
  {
    kind: fc.constantFrom("chunked" as const, "whole" as const, "prefillFirst" as const),
    maxTokens: fc.integer({ min: 40, max: 200 }),
    maxRequests: fc.integer({ min: 1, max: 8 }),
    kvTokens: fc.integer({ min: 192, max: 400 }),
    blockTokens: fc.constantFrom(1, 4, 16),
    admission: fc.constantFrom("optimistic" as const, "reserved" as const),
    prefixHitShare: fc.constantFrom(0, 0.4),
    speculation: fc.option(
      fc.record({ draftTokens: fc.integer({ min: 1, max: 3 }), acceptance: fc.constant(0.6) }),
      {
        nil: undefined,
      },
    ),
  },
  { requiredKeys: ["kind", "maxTokens", "maxRequests"] },
);
const serving = fc.record({
  load,
  lengths,
  policy,
  requests: fc.integer({ min: 1, max: 60 }),
  seed: fc.nat(1000),
  instances: fc.integer({ min: 1, max: 3 }),
  routing: fc.constantFrom("roundRobin" as const, "leastLoaded" as const),
});

const seconds = ({ promptTokens, decoding, cachedTokens }: EngineStep) =>
  0.5 + 0.01 * promptTokens + 0.03 * decoding + 1e-4 * cachedTokens;

function observed(given: Omit<SimulatedServing, "clock">) {
  const seen = { prompt: 0, decoding: 0, over: 0 };
  const { kind, maxTokens } = given.policy!;
  const clock = (step: EngineStep) => {
    seen.prompt += step.promptTokens;
    seen.decoding += step.decoding;
    if (kind === "chunked" && step.promptTokens + step.decoding > maxTokens!) seen.over++;
    return seconds(step);
  };
  return { run: simulateServing({ ...given, clock }), seen };
}

const sum = (values: Iterable<number>) => [...values].reduce((a, b) => a + b, 0);

describe("whatever the load and the policy", () => {
  test("every request ends, its times are in order, and every token is computed once", () => {
    fc.assert(
      fc.property(serving, (given) => {
        const { run, seen } = observed(given);
        const { arrivalS, queueS, ttftS, e2eS, promptTokens, outputTokens, preemptions } = run.requests;
        const n = arrivalS.length;
        expect(n).toBe(given.requests);
        for (let i = 0; i < n; i++) {
          expect(queueS[i]).toBeGreaterThanOrEqual(0);
          expect(ttftS[i]).toBeGreaterThan(queueS[i]!);
          expect(e2eS[i]).toBeGreaterThanOrEqual(ttftS[i]!);
        }
        expect(seen.over).toBe(0);
        expect(run.outputTokensPerS * run.spanS).toBeCloseTo(sum(outputTokens), 6);
        const { prefixHitShare = 0, blockTokens = 16, speculation } = given.policy;
        const hit = (tokens: number) =>
          Math.min(tokens - 1, Math.floor((prefixHitShare * tokens) / blockTokens) * blockTokens);
        const prompts = sum(promptTokens) - sum([...promptTokens].map(hit));
        if (sum(preemptions) > 0) {
          expect(seen.prompt).toBeGreaterThan(prompts);
          expect(given.policy.admission ?? "optimistic").toBe("optimistic");
        } else {
          expect(seen.prompt).toBe(prompts);
          if (!speculation) expect(seen.decoding).toBe(sum(outputTokens) - n);
        }
        // All gaps of a request reach from its first token to its last; drafts come together.
        const gaps = sum(e2eS) - sum(ttftS);
        if (!speculation && sum(outputTokens) > n) {
          expect(run.itlS.mean * (sum(outputTokens) - n)).toBeCloseTo(gaps, 6);
        }
        expect(run.mostKvTokens).toBeLessThanOrEqual(given.policy.kvTokens ?? Infinity);
        expect(run.mostDecoding).toBeLessThanOrEqual(given.policy.maxRequests);
      }),
      { numRuns: 150 },
    );
  });

  test("L = λW, and the course over time adds up to the same", () => {
    fc.assert(
      fc.property(serving, (given) => {
        const { run } = observed(given);
        expect(run.inSystem).toBeCloseTo(run.requestsPerS * run.e2eS.mean, 8);
        // Those that wait, integrated, are the queue; all of it before the first computation where none is thrown out.
        const { widthS, waiting } = run.course;
        if (run.preemptions === 0) expect(sum(waiting) * widthS).toBeCloseTo(sum(run.requests.queueS), 6);
      }),
      { numRuns: 60 },
    );
  });

  test("first come, first served: where one instance throws nobody out, requests begin in their order", () => {
    fc.assert(
      fc.property(serving, (given) => {
        const { run } = observed({ ...given, instances: 1 });
        if (run.preemptions > 0) return;
        const { arrivalS, queueS } = run.requests;
        for (let i = 1; i < arrivalS.length; i++) {
          expect(arrivalS[i]! + queueS[i]!).toBeGreaterThanOrEqual(arrivalS[i - 1]! + queueS[i - 1]! - 1e-9);
        }
      }),
      { numRuns: 60 },
    );
  });

  test("the same seed gives the same run, another seed another", () => {
    const given = {
      clock: seconds,
      load: { kind: "open" as const, requestsPerS: 0.5, burstiness: 0.5 },
      lengths: { prompt: { tokens: 50, rangeRatio: 0.5 }, output: { mean: 20, sigma: 0.5 } },
      policy: { speculation: { draftTokens: 2, acceptance: 0.7 } },
      requests: 50,
    };
    const run = (seed: number) => simulateServing({ ...given, seed });
    expect(run(4)).toEqual(run(4));
    expect(run(4).e2eS.mean).not.toBe(run(5).e2eS.mean);
  });

  test("split instances keep every token too", () => {
    fc.assert(
      fc.property(serving, fc.integer({ min: 1, max: 3 }), (given, instances) => {
        let prompts = 0;
        let decoding = 0;
        const run = simulateServing({
          ...given,
          clock: (step) => {
            decoding += step.decoding;
            return seconds(step);
          },
          prefill: {
            clock: (step) => {
              prompts += step.promptTokens;
              return seconds(step);
            },
            instances,
            policy: { maxTokens: 100, maxRequests: 50, prefixHitShare: 0.4, blockTokens: 4 },
            transfer: { bytesPerToken: 1, bytesPerS: 100, latencyS: 0.1 },
          },
        });
        const { promptTokens, outputTokens, ttftS, queueS, e2eS } = run.requests;
        const hits = (tokens: number) => Math.min(tokens - 1, Math.floor((0.4 * tokens) / 4) * 4);
        expect(prompts).toBe(sum(promptTokens) - sum([...promptTokens].map(hits)));
        if (run.preemptions === 0 && !given.policy.speculation)
          expect(decoding).toBe(sum(outputTokens) - ttftS.length);
        for (let i = 0; i < ttftS.length; i++) {
          expect(ttftS[i]! - queueS[i]!).toBeGreaterThan(0.1 + promptTokens[i]! / 100);
          expect(e2eS[i]).toBeGreaterThanOrEqual(ttftS[i]!);
        }
        expect(run.inSystem).toBeCloseTo(run.requestsPerS * run.e2eS.mean, 8);
      }),
      { numRuns: 60 },
    );
  });
});

test("an instance computes for no more than its time, though a step still runs when counting ends", () => {
  const trace = [
    { arrivalS: 0, promptTokens: 1, outputTokens: 20 },
    { arrivalS: 0, promptTokens: 1000, outputTokens: 1 },
  ];
  const clock = ({ promptTokens }: EngineStep) => Math.max(1, promptTokens);
  const run = simulateServing({ clock, load: { kind: "trace", trace }, instances: 2, cooldown: 1 });
  expect(run.spanS).toBe(20);
  expect(run.busyShare).toBe(1);
});
