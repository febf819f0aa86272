import { describe, expect, test } from "vitest";
import { kvCache } from "../../../src/cost/arithmetic/kvCache.ts";
import { weightBytes } from "../../../src/cost/arithmetic/weightBytes.ts";
import {
  servingCacheBytes,
  servingWeightBytes,
} from "../../../src/cost/decide/configurations/servingBytes.ts";
import { instanceDevices, servingLayouts } from "../../../src/cost/decide/configurations/servingLayouts.ts";
import {
  accelerators,
  calibratedDifference,
  type EngineEstimate,
  type Estimated,
  independentDifference,
  modelNamed,
  type ServingQuestion,
  type ServingScenario,
  type StepClock,
  searchServing,
  servingObjectives,
  simulatedPercentiles,
} from "../../../src/index.ts";

const llama8 = modelNamed("Llama-3.1-8B");
const llama70 = modelNamed("Llama-3.1-70B");
const deepseek = modelNamed("DeepSeek-V3");
const h100 = accelerators["h100-sxm-80gb"];
const h200 = accelerators["h200-sxm-141gb"];

const within = (value: number, by = 1.5): Estimated => ({
  value,
  interval80: [value / by, value * by],
  interval95: [value / by ** 1.53, value * by ** 1.53],
});

/** Step time a + b c / tp for c requests an instance, so that every answer is known in closed form. */
function closedForm(spread = 1.5): (scenario: ServingScenario) => EngineEstimate {
  return ({ serve, prefill, load }) => {
    const requests = load.kind === "closed" ? load.concurrency / serve.instances : 8;
    const tpot =
      0.01 / Math.sqrt(serve.layout.tensorParallel) + (1e-4 * requests) / serve.layout.tensorParallel;
    const devices =
      serve.instances * instanceDevices(serve.layout) +
      (prefill ? prefill.instances * instanceDevices(prefill.layout) : 0);
    const tokens = load.kind === "open" ? load.requestsPerS * 128 : (requests * serve.instances) / tpot;
    return {
      ttftS: within(0.2 / serve.layout.tensorParallel, spread),
      tpotS: within(tpot, spread),
      tokensPerS: within(tokens, spread),
      devices,
      decoding: requests,
      inDistribution: true,
      calibratedOn: "closed form",
      assumptions: ["closed form"],
    };
  };
}

const question = (more: Partial<ServingQuestion> = {}): ServingQuestion => ({
  offers: [{ accelerator: "h100-sxm", devices: 8, usdPerHour: 2 }],
  promptTokens: 1024,
  outputTokens: 128,
  estimator: closedForm(),
  ...more,
});

describe("the search of serving configurations", () => {
  test("is the best of all: a scan by hand of every layout and concurrency finds no better", () => {
    const formats = [{ format: "fp8", bits: { weights: 8, activations: 8, kv: 8 } }];
    const found = searchServing(
      llama70,
      question({ choices: { serving: ["aggregated"], formats }, keep: 1e6 }),
    );
    let best = 0;
    let count = 0;
    for (const layout of servingLayouts(llama70, { accelerator: h100, devices: 8 })) {
      const bits = { weights: 8, activations: 8, kv: 8 };
      const cache = servingCacheBytes(llama70, { promptTokens: 1024, outputTokens: 128 });
      for (const requests of found.ranking.map(({ estimate }) => estimate.decoding)) {
        const bytes = servingWeightBytes(llama70, layout, bits) + cache(layout, bits, requests);
        if (bytes > 0.9 * h100.memoryBytes) continue;
        count++;
        const { tensorParallel: tp } = layout;
        best = Math.max(best, requests / (0.01 / Math.sqrt(tp) + (1e-4 * requests) / tp) / tp);
      }
    }
    expect(count).toBeGreaterThan(10);
    expect(found.best.tokensPerSPerDevice.value).toBeCloseTo(best, 6);
  });

  test("gives back only what fits, with degrees that divide, on no more devices than there are", () => {
    for (const model of [llama8, llama70, deepseek]) {
      const offers = [{ accelerator: h200, devices: 16 }];
      const { ranking } = searchServing(model, question({ offers, keep: 1e6 }));
      for (const { scenario, bytesPerDevice, devices, idleDevices } of ranking) {
        expect(bytesPerDevice).toBeLessThanOrEqual(0.9 * h200.memoryBytes);
        expect(devices + idleDevices).toBe(16);
        for (const set of [scenario.serve, ...(scenario.prefill ? [scenario.prefill] : [])]) {
          const {
            tensorParallel: tp,
            attentionDataParallel: adp,
            expertParallel,
            expertTensorParallel,
          } = set.layout;
          if (model === deepseek) expect(expertParallel * expertTensorParallel).toBe(tp * adp);
          expect([64, 32, 128][[llama70, llama8, deepseek].indexOf(model)]! % tp).toBe(0);
        }
      }
    }
  });

  test.each(servingObjectives)("ranks by %s, and limits only take away", (objective) => {
    const asked = question({ objective, carbonIntensity: 0.3, keep: 1e6 });
    const all = searchServing(llama8, asked);
    const costs = all.ranking.map((one) => {
      const by = one[objective as "joulesPerToken"] ?? one.estimate[objective as "tpotS"];
      return objective.startsWith("tokens") ? 1 / by.value : by.value;
    });
    expect([...costs].sort((a, b) => a - b)).toEqual(costs);
    for (const [i, { ratio }] of all.ranking.entries()) expect(ratio).toBeCloseTo(costs[i]! / costs[0]!, 9);
    const limited = searchServing(llama8, { ...asked, limits: { tpotS: 0.011, ttftS: 0.15 } });
    expect(limited.withinLimits).toBeLessThan(all.withinLimits);
    const passing = all.ranking.filter(
      ({ estimate }) => estimate.tpotS.value <= 0.011 && estimate.ttftS.value <= 0.15,
    );
    expect(limited.ranking.map(({ estimate }) => estimate)).toEqual(passing.map(({ estimate }) => estimate));
  });

  test("no member of a front is beaten in both by anything that fits", () => {
    const { ranking, speedFront, costFront } = searchServing(llama70, question({ keep: 1e6 }));
    const beaten = (
      front: typeof ranking,
      x: (one: (typeof ranking)[number]) => number,
      y: (one: (typeof ranking)[number]) => number,
    ) =>
      front.filter((a) => ranking.some((b) => x(b) <= x(a) && y(b) <= y(a) && (x(b) < x(a) || y(b) < y(a))));
    const tpot = (one: (typeof ranking)[number]) => one.estimate.tpotS.value;
    expect(beaten(speedFront, tpot, (one) => -one.tokensPerSPerDevice.value)).toEqual([]);
    expect(
      beaten(
        costFront,
        (one) => one.requestS.value,
        (one) => one.usdPerMillionTokens!.value,
      ),
    ).toEqual([]);
    expect(speedFront.length).toBeGreaterThan(3);
  });

  test("marks as not distinguishable what the joint interval of the difference does not separate", () => {
    const wide = searchServing(llama8, question({ keep: 1e6 }));
    const sure = searchServing(llama8, question({ keep: 1e6, estimator: closedForm(1 + 1e-9) }));
    expect(wide.tied).toBeGreaterThan(sure.tied);
    for (const { ratioInterval, notDistinguishable } of wide.ranking) {
      expect(notDistinguishable).toBe(ratioInterval[0] <= 1);
    }
    // Errors that both have alike cancel: a joint interval separates what the independent one does not.
    const joint = searchServing(
      llama8,
      question({
        keep: 1e6,
        differenceInterval: (a, b, quantity) => {
          const log = Math.log(a.estimate[quantity].value / b.estimate[quantity].value);
          return [log - 1e-9, log + 1e-9];
        },
      }),
    );
    expect(joint.tied).toBe(sure.tied);
  });

  test("the calibrated joint interval turns round with the two, holds its middle, and is never wider than that of independent errors", () => {
    const found = searchServing(llama70, {
      ...question({ choices: { formats: ["fp8"], concurrency: [16, 32] }, keep: 1e6 }),
      estimator: undefined,
    });
    const joint = calibratedDifference();
    const [best, ...others] = found.ranking;
    expect(others.length).toBeGreaterThan(5);
    for (const quantity of ["ttftS", "tpotS", "tokensPerS"] as const) {
      for (const one of others.slice(0, 6)) {
        const [low, high] = joint(one, best!, quantity);
        const [back, forth] = joint(best!, one, quantity);
        expect(low).toBeCloseTo(-forth, 9);
        expect(high).toBeCloseTo(-back, 9);
        const middle = Math.log(one.estimate[quantity].value / best!.estimate[quantity].value);
        expect(low).toBeLessThan(middle);
        expect(high).toBeGreaterThan(middle);
        const [wideLow, wideHigh] = independentDifference(one, best!, quantity);
        expect(low).toBeGreaterThanOrEqual(wideLow);
        expect(high).toBeLessThanOrEqual(wideHigh);
      }
    }
    for (const { ratioInterval, notDistinguishable } of found.ranking) {
      if (!notDistinguishable) continue;
      expect(ratioInterval[0]).toBeLessThanOrEqual(1);
    }
  });

  test("prices: cost is devices · price / speed, and a range of prices widens it", () => {
    const one = searchServing(llama8, question({ objective: "usdPerMillionTokens" })).best;
    const { tokensPerS, devices } = one.estimate;
    expect(one.usdPerMillionTokens!.value).toBeCloseTo((devices * 2 * 1e6) / 3600 / tokensPerS.value, 9);
    expect(one.usdPerMillionTokens!.interval80[1] / one.usdPerMillionTokens!.value).toBeCloseTo(1.5, 9);
    const offers = [{ accelerator: h100, devices: 8, usdPerHour: [1, 4] as const }];
    const ranged = searchServing(llama8, question({ objective: "usdPerMillionTokens", offers })).best;
    const reach = Math.log(ranged.usdPerMillionTokens!.interval80[1] / ranged.usdPerMillionTokens!.value);
    expect(reach).toBeCloseTo(Math.hypot(Math.log(1.5), Math.log(2)), 9);
  });

  test("of two offers takes the cheaper for the same speed, and says that close prices tie", () => {
    const offers = [
      { accelerator: h100, devices: 8, usdPerHour: 2.2 },
      { accelerator: h200, devices: 8, usdPerHour: 2 },
    ];
    const choices = {
      concurrency: [64],
      tensorParallel: [2],
      serving: ["aggregated"],
      formats: ["fp8"],
    } as const;
    const found = searchServing(llama8, question({ offers, objective: "usdPerMillionTokens", choices }));
    expect(found.best.acceleratorKey).toBe("h200-sxm-141gb");
    expect(found.ranking[1]!.ratio).toBeCloseTo(1.1, 9);
    expect(found.ranking[1]!.notDistinguishable).toBe(true);
  });

  test("with a load given takes as few cards as keep up, and refuses a load that nothing does", () => {
    const load = { kind: "open", requestsPerS: 4 } as const;
    const found = searchServing(llama8, question({ load, objective: "usdPerMillionTokens" }));
    expect(found.best.devices).toBe(1);
    expect(found.best.estimate.tokensPerS.value).toBe(4 * 128);
    const slow = question({ load, estimator: (s) => ({ ...closedForm()(s), tpotS: within(100) }) });
    expect(() => searchServing(llama8, slow)).toThrow(/no configuration keeps up with the load/);
    // By the engine model: more cards for more load, and a load that is too much for all of them, whole or split.
    const real = (requestsPerS: number, serving: "aggregated" | "split") =>
      searchServing(llama70, {
        ...question({
          load: { kind: "open", requestsPerS },
          choices: { serving: [serving], formats: ["fp8"] },
        }),
        objective: "usdPerMillionTokens",
        estimator: undefined,
      });
    for (const serving of ["aggregated", "split"] as const) {
      expect(real(20, serving).best.devices).toBeGreaterThanOrEqual(real(1, serving).best.devices);
      expect(() => real(1e5, serving)).toThrow(/keeps up with the load/);
    }
  });

  test("limits at a percentile: by a factor of the mean, or simulated down the ranking until enough are found", () => {
    const at = 0.99;
    const factor = searchServing(llama8, question({ limits: { tpotS: 0.02, at, factor: 2 }, keep: 1e6 }));
    const mean = searchServing(llama8, question({ limits: { tpotS: 0.01 }, keep: 1e6 }));
    expect(factor.withinLimits).toBe(mean.withinLimits);
    let calls = 0;
    const percentiles = (scenario: ServingScenario, share: number) => {
      calls++;
      expect(share).toBe(0.99);
      const { ttftS, tpotS } = closedForm()(scenario);
      return { ttftS: 2 * ttftS.value, tpotS: 2 * tpotS.value };
    };
    const simulated = searchServing(llama8, question({ limits: { tpotS: 0.02, at, percentiles }, keep: 3 }));
    expect(simulated.ranking).toHaveLength(3);
    expect(simulated.best.estimate).toEqual(factor.best.estimate);
    expect(calls).toBeLessThanOrEqual(200);
  });

  test("percentiles by the simulator are above the mean where requests wait for each other, and the same seed gives them again", () => {
    const clock: StepClock = ({ promptTokens, decoding }) => 0.01 + 1e-5 * promptTokens + 1e-4 * decoding;
    const of = (seed: number) =>
      simulatedPercentiles({ requests: 300, seed, clockOf: () => clock, estimator: closedForm() });
    const limits = { tpotS: 0.03, at: 0.95, percentiles: of(1) };
    const load = { kind: "open", requestsPerS: 4 } as const;
    const found = searchServing(llama8, question({ load, limits, keep: 2 }));
    const { scenario, estimate } = found.best;
    const [median, tail] = [of(1)(scenario, 0.5), of(1)(scenario, 0.95)];
    expect(tail.tpotS).toBeGreaterThan(median.tpotS);
    expect(tail.ttftS).toBeGreaterThan(estimate.ttftS.value);
    expect(of(1)(scenario, 0.95)).toEqual(tail);
    expect(of(2)(scenario, 0.95)).not.toEqual(tail);
    expect(() => simulatedPercentiles({ requests: 0 })).toThrow(/requests must be a whole number >= 1/);
    expect(() => simulatedPercentiles({ request: 1 } as never)).toThrow(/did you mean requests/);
  });

  test("reports progress, up to all", () => {
    const seen: number[] = [];
    let all = 0;
    searchServing(
      deepseek,
      question({
        offers: [{ accelerator: h200, devices: 32 }],
        onProgress({ done, total }) {
          seen.push(done);
          all = total;
        },
      }),
    );
    expect(seen.length).toBeGreaterThan(3);
    expect(seen.at(-1)).toBe(all);
    expect(seen).toEqual([...seen].sort((a, b) => a - b));
  });

  test("names what binds: bytes where nothing fits, the nearest where limits are never met", () => {
    const one = [{ accelerator: h100, devices: 1 }];
    expect(() => searchServing(deepseek, question({ offers: one }))).toThrow(
      /nothing fits: the least is weights of \d+.* \(fp8, tp1 pp1 adp1 ep1\) of 72/,
    );
    const long = question({ offers: one, promptTokens: 2_000_000 });
    expect(() => searchServing(llama8, long)).toThrow(/of cache for one request of 2000000 \+ 128 tokens/);
    expect(() => searchServing(llama8, question({ limits: { tpotS: 1e-3, ttftS: 1 } }))).toThrow(
      /is within the limits on the average; the nearest has ttft .* and tpot .* \(limit 0.001 s\): .*; loosen the limit of tpot/,
    );
    const odd = question({ choices: { tensorParallel: [3] } });
    expect(() => searchServing(llama8, odd)).toThrow(/no layout on 8 devices divides/);
    const broken = question({ estimator: (s) => ({ ...closedForm()(s), tpotS: within(NaN) }) });
    expect(() => searchServing(llama8, broken)).toThrow(/estimator must give a tpotS > 0, got NaN for/);
    const failing = question({
      estimator: () => {
        throw new RangeError("no such engine");
      },
    });
    expect(() => searchServing(llama8, failing)).toThrow(/could be estimated: no such engine/);
  });

  test.each([
    ["no offers", { offers: [] }, /offers must be a list/],
    [
      "half a card",
      { offers: [{ accelerator: "h100-sxm", devices: 0.5 }] },
      /devices must be a whole number >= 1, got 0.5/,
    ],
    ["a prompt of NaN", { promptTokens: NaN }, /promptTokens must be a whole number/],
    ["a limit of 0", { limits: { tpotS: 0 } }, /limits.tpotS must be a number > 0, got 0/],
    ["a percentile without a way", { limits: { tpotS: 1, at: 0.99 } }, /needs percentiles/],
    ["a percentile in %", { limits: { tpotS: 1, at: 99, factor: 2 } }, /share in \(0, 1\), got 99/],
    ["a factor of a mean", { limits: { tpotS: 1, factor: 2 } }, /are for a share of requests/],
    ["an unknown objective", { objective: "euros" as never }, /objective must be/],
    ["carbon without a grid", { objective: "kgCo2ePerMillionTokens" as const }, /needs carbonIntensity/],
    ["grams", { carbonIntensity: 400 }, /divide grams by 1000/],
    ["an unknown format", { choices: { formats: ["fp7"] } }, /precision must be one of fp4/],
    [
      "both load and concurrency",
      { load: { kind: "closed", concurrency: 4 } as const, choices: { concurrency: [4] } },
      /give one/,
    ],
    ["a misspelt option", { limit: {} } as never, /no option limit; did you mean limits/],
    [
      "a misspelt option of the load",
      { load: { kind: "closed", concurrency: 4, stager: 1 } } as never,
      /load has no option stager/,
    ],
    ["a degree twice", { choices: { tensorParallel: [1, 1] } }, /must not hold a value twice, got 1,1/],
    ["a format twice", { choices: { formats: ["fp8", "fp8"] } }, /must not hold one twice/],
    [
      "two kinds of instances on one card",
      { offers: [{ accelerator: "h100-sxm", devices: 1 }], choices: { serving: ["split"] } } as never,
      /split serving needs two devices or more, got 1/,
    ],
  ] as const)("refuses %s", (_, more, message) => {
    expect(() => searchServing(llama8, question(more as Partial<ServingQuestion>))).toThrow(message);
  });

  test("a median below the mean is within a limit that the mean passes", () => {
    const percentiles = (scenario: ServingScenario) => {
      const { ttftS, tpotS } = closedForm()(scenario);
      return { ttftS: ttftS.value / 2, tpotS: tpotS.value / 2 };
    };
    const by = (limits: ServingQuestion["limits"]) =>
      searchServing(llama8, question({ limits: limits!, keep: 1, objective: "tpotS" }));
    const least = by({}).best.estimate.tpotS.value;
    expect(by({ tpotS: 0.7 * least, at: 0.5, percentiles }).withinLimits).toBe(1);
    // Where only means are known they are called so.
    expect(() => by({ tpotS: 0.1 * least, at: 0.95, percentiles })).toThrow(
      /0 of them simulated is within the limits on the average/,
    );
  });

  test("two offers of the same cards pay the same price, whatever it is", () => {
    const formats = [{ format: "fp8", bits: { weights: 8, activations: 8, kv: 8 } }];
    const choices = { formats, serving: ["aggregated"] as const, tensorParallel: [1], concurrency: [4, 8] };
    const usdPerHour = [1, 9] as const;
    const search = (offers: ServingQuestion["offers"]) =>
      searchServing(llama8, question({ offers, choices, objective: "usdPerMillionTokens" }));
    const spread = ({ ratioInterval: [low, high] }: { ratioInterval: readonly [number, number] }) =>
      high / low;
    const one = search([{ accelerator: "h100-sxm", devices: 2, usdPerHour }]);
    const two = search([
      { accelerator: "h100-sxm", devices: 2, usdPerHour },
      { accelerator: "h100-sxm", devices: 1, usdPerHour },
    ]);
    const other = two.ranking.find((found) => found.idleDevices === 0 && found.devices === 1)!;
    expect(spread(other)).toBeLessThanOrEqual(spread(one.ranking[1]!) * 1.0001);
  });
});

describe("bytes of an instance", () => {
  test("with tensor parallelism alone are weightBytes and kvCache", () => {
    const bits = { weights: 8, activations: 8, kv: 8 };
    for (const tensorParallel of [1, 2, 4, 8]) {
      const layout = {
        tensorParallel,
        pipelineParallel: 1,
        attentionDataParallel: 1,
        expertParallel: 1,
        expertTensorParallel: tensorParallel,
      };
      expect(servingWeightBytes(llama70, layout, bits)).toBeCloseTo(
        weightBytes(llama70, { bits: 8, tensorParallel }),
        0,
      );
      const cache = servingCacheBytes(llama70, { promptTokens: 100, outputTokens: 10 })(layout, bits, 1);
      expect(cache).toBe(kvCache(llama70, { tokens: 110, bits: 8, tensorParallel }).bytesPerDevice);
    }
  });

  test("key-value heads are copied beyond their number: 16 devices hold as much cache each as eight", () => {
    const bits = { weights: 8, activations: 8, kv: 8 };
    const cache = servingCacheBytes(llama70, { promptTokens: 100, outputTokens: 10 });
    const layout = (tensorParallel: number) => ({
      tensorParallel,
      pipelineParallel: 1,
      attentionDataParallel: 1,
      expertParallel: 1,
      expertTensorParallel: tensorParallel,
    });
    expect(cache(layout(16), bits, 4)).toBe(cache(layout(8), bits, 4));
  });

  test("experts are divided over all devices of an instance, attention is copied for each group", () => {
    const bits = { weights: 8, activations: 8, kv: 8 };
    const of = (tensorParallel: number, attentionDataParallel: number, expertParallel: number) =>
      servingWeightBytes(
        deepseek,
        {
          tensorParallel,
          attentionDataParallel,
          pipelineParallel: 1,
          expertParallel,
          expertTensorParallel: (tensorParallel * attentionDataParallel) / expertParallel,
        },
        bits,
      );
    expect(of(8, 1, 1)).toBe(of(8, 1, 8));
    expect(of(1, 8, 8)).toBeGreaterThan(of(8, 1, 8));
    expect(of(1, 8, 8)).toBeLessThan(of(1, 1, 1) / 4);
  });
});
