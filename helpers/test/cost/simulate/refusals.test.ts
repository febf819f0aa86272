import { describe, expect, test } from "vitest";
import { type SimulatedServing, simulateServing, steadyState } from "../../../src/index.ts";

const fine: SimulatedServing = {
  clock: () => 1,
  load: { kind: "closed", concurrency: 2 },
  lengths: { prompt: 8, output: 4 },
};
const withPolicy = (policy: object) => ({ ...fine, policy });
const withLoad = (load: object) => ({ ...fine, load });

describe("what no engine can be asked is refused, with the way out", () => {
  test.each([
    [{ ...fine, clock: undefined }, "clock must be a function of a step"],
    [{ ...fine, clock: () => Number.NaN }, "the clock must give finite seconds >= 0, got NaN for the step"],
    [{ ...fine, clock: () => -1 }, "got -1 for the step"],
    [{ ...fine, load: undefined }, "load must be an object"],
    [withLoad({ kind: "opne" }), "load.kind must be closed or static or open or offline or trace"],
    [withLoad({ kind: "closed", concurrency: 1.5 }), "load.concurrency must be a whole number >= 1, got 1.5"],
    [
      withLoad({ kind: "closed", concurrency: 1, staggerS: -1 }),
      "load.staggerS must be a finite number >= 0",
    ],
    [withLoad({ kind: "closed", concurrency: 1, stagger: 1 }), "did you mean staggerS?"],
    [withLoad({ kind: "open", requestsPerS: 0 }), "load.requestsPerS must be"],
    [withLoad({ kind: "open", requestsPerS: 1, burstiness: 0 }), "load.burstiness must be"],
    [withLoad({ kind: "static", batch: 0 }), "load.batch must be a whole number >= 1, got 0"],
    [withLoad({ kind: "offline", requests: 3 }), "has no option requests"],
    [{ ...fine, lengths: undefined }, "lengths.prompt must be a length"],
    [{ ...fine, lengths: { prompt: 0, output: 4 } }, "lengths.prompt must be a whole number >= 1, got 0"],
    [
      { ...fine, lengths: { prompt: 8, output: { tokens: 4, rangeRatio: 1.1 } } },
      "lengths.output.rangeRatio must lie",
    ],
    [{ ...fine, lengths: { prompt: { mean: 4, sigma: 0 }, output: 4 } }, "lengths.prompt.sigma must be"],
    [{ ...fine, requests: 0 }, "requests must be a whole number >= 1"],
    [{ ...fine, instances: 0.5 }, "instances must be"],
    [{ ...fine, routing: "random" }, "routing must be roundRobin or leastLoaded"],
    [{ ...fine, seed: Number.NaN }, "seed must be a finite number"],
    [{ ...fine, limits: { ttft: 1 } }, "did you mean ttftS?"],
    [{ ...fine, limits: { ttftS: -1 } }, "limits.ttftS must be"],
    [{ ...fine, warmup: 15, cooldown: 5 }, "warmup + cooldown must leave some of the 20 requests, got 20"],
    [withPolicy({ kind: "eager" }), "policy.kind must be chunked or whole or prefillFirst"],
    [
      withPolicy({ maxTokens: 2, maxRequests: 4 }),
      "policy.maxTokens must hold a step of all requests, 4 tokens, got 2",
    ],
    [withPolicy({ kvTokens: -1 }), "policy.kvTokens must be"],
    [
      withPolicy({ kvTokens: 15 }),
      "request 0 needs 12 tokens of cache, more than policy.kvTokens 15 holds in blocks of 16",
    ],
    [
      withPolicy({ prefixHitShare: 50 }),
      "policy.prefixHitShare must lie between 0 and 1, got 50; divide percentages",
    ],
    [withPolicy({ speculation: { draftTokens: 0, acceptance: 0.5 } }), "speculation.draftTokens must be"],
    [withPolicy({ speculation: { draftTokens: 1, acceptance: 2 } }), "speculation.acceptance must lie"],
    [withPolicy({ maxNumSeqs: 3 }), "policy has no option maxNumSeqs"],
    [{ ...fine, prefill: { clock: 3 } }, "prefill.clock must be a function"],
    [
      { ...fine, prefill: { clock: () => 1, instances: 1, transfer: { bytesPerToken: 1, bytesPerS: 0 } } },
      "transfer.bytesPerS",
    ],
    [
      {
        ...fine,
        load: { kind: "trace", trace: [{ arrivalS: 0, promptTokens: 1, outputTokens: 1, hitToken: 5 }] },
      },
      "a request of a trace has no field hitToken; did you mean hitTokens?",
    ],
    [{ ...fine, load: { kind: "trace", trace: [] }, lengths: undefined }, "load.trace must hold requests"],
    [
      { ...fine, load: { kind: "trace", trace: [{ arrivalS: 0, promptTokens: 1, outputTokens: 1 }] } },
      "a trace has lengths of its own",
    ],
    [
      {
        ...fine,
        lengths: undefined,
        load: {
          kind: "trace",
          trace: [1, 0].map((arrivalS) => ({ arrivalS, promptTokens: 1, outputTokens: 1 })),
        },
      },
      "arrivalS must not be before 1, that of the row above, got 0 in row 1 of the trace",
    ],
    [
      { ...fine, lengths: undefined, load: { kind: "trace", trace: [null] } },
      "a request must be an object with arrivalS, promptTokens and outputTokens, got null in row 0 of the trace",
    ],
    [
      {
        ...fine,
        lengths: undefined,
        requests: 2,
        load: { kind: "trace", trace: [{ arrivalS: 0, promptTokens: 1, outputTokens: 1 }] },
      },
      "requests must be at most the 1 of the trace, got 2",
    ],
    // As 32 bits these would be 3 and less than none.
    [{ ...fine, lengths: { prompt: 8, output: 2 ** 32 + 3 } }, "outputTokens of request 0 must be at most"],
    [{ ...fine, lengths: { prompt: { mean: 1e12, sigma: 0.1 }, output: 4 } }, "promptTokens of request 0"],
    // Both went on for ever.
    [{ ...fine, clock: () => 1e308 }, "the clock must give finite seconds >= 0, got 1e+308"],
    [withLoad({ kind: "open", requestsPerS: 1e-308 }), "arrivals of the load must be finite seconds"],
    // Split instances with such a budget left requests without an end.
    [
      withPolicy({ maxTokens: 2, speculation: { draftTokens: 2, acceptance: 0.5 } }),
      "policy.maxTokens must hold a token and its draft, 3 tokens, got 2",
    ],
  ])("%#: %s", (serving, message) => {
    expect(() => simulateServing(serving as SimulatedServing)).toThrow(message);
  });

  test("a steady state of a trace, of drawn lengths in a static batch, and of an option that is none", () => {
    const { clock, lengths } = fine as Required<Pick<SimulatedServing, "clock" | "lengths">>;
    const trace = [{ arrivalS: 0, promptTokens: 1, outputTokens: 1 }];
    expect(() => steadyState({ clock, lengths, load: { kind: "trace", trace } })).toThrow(
      "a trace has no steady state",
    );
    const drawn = { prompt: 8, output: { tokens: 4, rangeRatio: 0.5 } };
    expect(() => steadyState({ clock, lengths: drawn, load: { kind: "static", batch: 2 } })).toThrow(
      "equal lengths",
    );
    for (const seconds of [NaN, -1, 0, Infinity, "1"]) {
      expect(() => steadyState({ clock: () => seconds as number, lengths, load: fine.load })).toThrow(
        `clock must give finite seconds > 0, got ${seconds}`,
      );
    }
    expect(() => steadyState({ clock, lengths, load: fine.load, policy: { kvTokens: 8 } })).toThrow(
      "policy.kvTokens must hold a request, 1 blocks of 16 tokens, got 8",
    );
    const bursts = { kind: "open", requestsPerS: 0.01, burstiness: 0.5 } as const;
    expect(() => steadyState({ clock, lengths, load: bursts })).toThrow(
      "load.burstiness must be 1, Poisson, in closed form, got 0.5",
    );
    expect(() => steadyState({ clock, lengths, load: fine.load, seed: 1 } as never)).toThrow(
      "has no option seed",
    );
  });
});
