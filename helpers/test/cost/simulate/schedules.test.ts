import { describe, expect, test } from "vitest";
import {
  type EngineStep,
  type ServingPolicy,
  type SimulatedServing,
  simulateServing,
} from "../../../src/index.ts";

/** Every step takes a second; what was computed is written down as [prompt tokens, pairs, decoding, cached tokens]. */
function recorded(serving: Omit<SimulatedServing, "clock">) {
  const steps: number[][] = [];
  const clock = (step: EngineStep) => {
    steps.push([step.promptTokens, step.promptPairs, step.decoding, step.cachedTokens]);
    return 1;
  };
  return { steps, run: simulateServing({ ...serving, clock }) };
}

const three = (policy: ServingPolicy) =>
  recorded({
    load: { kind: "offline" },
    requests: 3,
    lengths: { prompt: 6, output: 3 },
    policy: { maxRequests: 8, ...policy },
  });

describe("schedules worked by hand, step by step", () => {
  test("chunked: decoding goes first, a prompt is cut where the budget ends and goes on before others begin", () => {
    const { steps, run } = three({ kind: "chunked", maxTokens: 10 });
    expect(steps).toEqual([
      [10, 21 + 10, 0, 0],
      [2 + 6, 2 * 4 + 3 + 21, 1, 6],
      [0, 0, 3, 7 + 6 + 6],
      [0, 0, 2, 7 + 7],
    ]);
    expect([...run.requests.ttftS]).toEqual([1, 2, 2]);
    expect([...run.requests.e2eS]).toEqual([3, 4, 4]);
    expect([...run.requests.queueS]).toEqual([0, 0, 1]);
  });

  test("whole: a prompt joins a step in which it fits uncut", () => {
    const { steps, run } = three({ kind: "whole", maxTokens: 10 });
    expect(steps).toEqual([
      [6, 21, 0, 0],
      [6, 21, 1, 6],
      [6, 21, 2, 7 + 6],
      [0, 0, 2, 7 + 6],
      [0, 0, 1, 7],
    ]);
    expect([...run.requests.e2eS]).toEqual([3, 4, 5]);
  });

  test("prefillFirst: decoding waits until no prompt does", () => {
    const { steps, run } = three({ kind: "prefillFirst", maxTokens: 10 });
    expect(steps).toEqual([
      [6, 21, 0, 0],
      [6, 21, 0, 0],
      [6, 21, 0, 0],
      [0, 0, 3, 18],
      [0, 0, 3, 21],
    ]);
    expect([...run.requests.ttftS]).toEqual([1, 2, 3]);
    // The gaps are 3, 1; 2, 1; 1, 1.
    expect(run.itlS.mean).toBe(9 / 6);
    expect([run.itlS.p50, run.itlS.p99]).toEqual([1, 2]);
    expect([...run.requests.tpotS]).toEqual([2, 1.5, 1]);
  });

  test("a whole prompt that is longer than the budget gets a step of its own", () => {
    const { steps } = three({ kind: "whole", maxTokens: 4, maxRequests: 2 });
    expect(steps.map(([tokens]) => tokens)).toEqual([6, 6, 0, 6, 0, 0]);
  });

  test("optimistic: when the cache is full the latest is thrown out, and computed anew with what it has written", () => {
    const { steps, run } = recorded({
      load: { kind: "offline" },
      requests: 2,
      lengths: { prompt: 4, output: 4 },
      policy: { kvTokens: 10, blockTokens: 1 },
    });
    expect(steps).toEqual([
      [8, 20, 0, 0],
      [0, 0, 2, 8],
      [0, 0, 1, 5],
      [0, 0, 1, 6],
      [6, 21, 0, 0],
      [0, 0, 1, 6],
    ]);
    expect([...run.requests.e2eS]).toEqual([4, 6]);
    expect([...run.requests.preemptions]).toEqual([0, 1]);
    expect(run.mostKvTokens).toBe(10);
    // The gap of the one thrown out is from second 2 to 5.
    expect(run.itlS.mean * 6).toBe(1 + 1 + 1 + 1 + 3 + 1);
  });

  test("reserved: a request begins only where all its tokens fit, and none is thrown out", () => {
    const { steps, run } = recorded({
      load: { kind: "offline" },
      requests: 2,
      lengths: { prompt: 4, output: 4 },
      policy: { kvTokens: 10, blockTokens: 1, admission: "reserved" },
    });
    expect(steps.map(([tokens, , decoding]) => [tokens, decoding])).toEqual(
      [0, 1].flatMap(() => [
        [4, 0],
        [0, 1],
        [0, 1],
        [0, 1],
      ]),
    );
    expect([...run.requests.queueS]).toEqual([0, 4]);
  });

  test("blocks: what is not full counts as full", () => {
    const policy = { kvTokens: 32, blockTokens: 16 };
    const { run } = recorded({
      load: { kind: "offline" },
      requests: 2,
      lengths: { prompt: 17, output: 2 },
      policy,
    });
    // 17 tokens take both blocks, though 15 of their places are free.
    expect([...run.requests.queueS]).toEqual([0, 2]);
    expect(run.mostKvTokens).toBe(32);
  });

  test("prefix: whole blocks of the share are in the cache, and are seen but not computed", () => {
    const { steps } = recorded({
      load: { kind: "offline" },
      requests: 1,
      lengths: { prompt: 40, output: 2 },
      policy: { prefixHitShare: 0.5 },
    });
    expect(steps).toEqual([
      [24, 24 * 16 + 300, 0, 0],
      [0, 0, 1, 40],
    ]);
  });

  test("prefix: the last token of a prompt is always computed", () => {
    const lengths = { prompt: 32, output: 1 };
    const policy = { prefixHitShare: 1 };
    const { steps } = recorded({ load: { kind: "offline" }, requests: 1, lengths, policy });
    expect(steps).toEqual([[1, 32, 0, 0]]);
  });

  test("speculation: a draft of which all is kept gives 1 + draftTokens a step, and as many are computed", () => {
    const speculating = (acceptance: number) =>
      recorded({
        load: { kind: "offline" },
        requests: 1,
        lengths: { prompt: 5, output: 7 },
        policy: { speculation: { draftTokens: 2, acceptance } },
      }).steps.slice(1);
    expect(speculating(1)).toEqual([
      [0, 0, 3, 5],
      [0, 0, 3, 8],
    ]);
    expect(speculating(0)).toEqual(Array.from({ length: 6 }, (_, i) => [0, 0, 3, 5 + i]));
  });

  test("split: the cache travels, the first token is there with it, and decoding goes on elsewhere", () => {
    const steps: number[][] = [];
    const run = simulateServing({
      clock: (step) => steps.push([step.decoding, step.cachedTokens]) && 1,
      load: { kind: "offline" },
      requests: 2,
      lengths: { prompt: 10, output: 3 },
      prefill: {
        clock: ({ promptTokens }) => promptTokens / 10,
        instances: 1,
        policy: { maxTokens: 10, maxRequests: 1 },
        transfer: { bytesPerToken: 2, bytesPerS: 20, latencyS: 0.5 },
      },
    });
    // Prompts end at 1 and 2 s, their caches come at 2.5 and 3.5 s, and the second joins as the first step of the other ends.
    expect([...run.requests.ttftS]).toEqual([2.5, 3.5]);
    expect(steps).toEqual([
      [1, 10],
      [2, 21],
      [1, 11],
    ]);
    expect([...run.requests.e2eS]).toEqual([4.5, 5.5]);
    expect([...run.requests.instance]).toEqual([1, 1]);
  });

  test("a closed loop begins the next request as one ends, in the very next step", () => {
    const { run } = recorded({
      load: { kind: "closed", concurrency: 2 },
      requests: 4,
      lengths: { prompt: 3, output: 3 },
    });
    expect([...run.requests.arrivalS]).toEqual([0, 0, 3, 3]);
    expect([...run.requests.ttftS]).toEqual([1, 1, 1, 1]);
  });

  test("a staggered closed loop begins so many seconds apart", () => {
    const { run } = recorded({
      load: { kind: "closed", concurrency: 2, staggerS: 1.5 },
      requests: 2,
      lengths: { prompt: 3, output: 3 },
    });
    // Who comes in the middle of a step waits for its end.
    expect([...run.requests.queueS]).toEqual([0, 0.5]);
  });

  test("instances in turn, or by the fewest requests", () => {
    const trace = [9, 1, 1, 1].map((outputTokens, i) => ({ arrivalS: 2 * i, promptTokens: 1, outputTokens }));
    const places = (routing: "roundRobin" | "leastLoaded") => [
      ...recorded({ load: { kind: "trace", trace }, instances: 2, routing }).run.requests.instance,
    ];
    expect(places("roundRobin")).toEqual([0, 1, 0, 1]);
    expect(places("leastLoaded")).toEqual([0, 1, 1, 1]);
  });

  test("goodput: requests that keep every limit", () => {
    const { run } = recorded({
      load: { kind: "offline" },
      requests: 3,
      lengths: { prompt: 6, output: 3 },
      policy: { kind: "prefillFirst", maxTokens: 10, maxRequests: 8 },
      limits: { ttftS: 2, tpotS: 1.5 },
    });
    expect(run.goodShare).toBe(1 / 3);
    expect(run.goodRequestsPerS).toBe(1 / 5);
  });

  test("warm-up and cool-down are left out of means, rates and gaps", () => {
    const { run } = recorded({
      load: { kind: "closed", concurrency: 1 },
      requests: 5,
      lengths: { prompt: 1, output: 2 },
      warmup: 2,
      cooldown: 1,
    });
    expect([run.counted, run.spanS, run.requestsPerS, run.outputTokensPerS, run.steps]).toEqual([
      2, 4, 0.5, 1, 4,
    ]);
  });
});
