import fc from "fast-check";
import {
  calibrateServing,
  engineClock,
  estimateEngine,
  impossibleRow,
  predictParts,
  publishedServing,
  readServingRow,
  type ServingScenario,
  servingLabels,
  servingObservations,
  servingParts,
  type TrainingRow,
} from "isoflop";
import { describe, expect, test } from "vitest";
import { partAt } from "../../../src/cost/engine/parts/partNames.ts";

const row = {
  model: "Llama-3.1-70B",
  hardware: "h100_sxm",
  precision: "fp8",
  engine: "vllm",
  parallel: "tp4",
  load: "closed loop, concurrency",
  batch: 32,
  isl: 1024,
  osl: 1024,
};

const scenarioOf = (given: TrainingRow = {}): ServingScenario => {
  const scenario = readServingRow({ ...row, ...given });
  if ("why" in scenario) throw new Error(scenario.why);
  return scenario;
};

describe("tokens a second", () => {
  const open = (requestsPerS: number, given: TrainingRow = {}) =>
    estimateEngine({ ...scenarioOf(given), load: { kind: "open", requestsPerS } }).tokensPerS;

  test.each([1, 16, 1024])("arrivals that can be served are served: their tokens, of %d each", (osl) => {
    const { tokensPerS } = estimateEngine(scenarioOf({ osl }));
    for (const share of [0.001, 0.05, 0.3]) {
      const rate = (share * tokensPerS.interval95[0]) / osl;
      expect(open(rate, { osl }).value / (rate * osl)).toBeCloseTo(1, 9);
    }
  });

  test("an overloaded engine gives as much however many more arrive", () => {
    const [some, more] = [open(100), open(1e5)] as const;
    expect(some.value).toBeLessThan(100 * 1024);
    expect(more.value / some.value).toBeCloseTo(1, 6);
    expect(some.interval95[0]).toBeLessThan(some.value);
    expect(some.interval95[1]).toBeGreaterThan(some.value);
  });

  test("prefill apart that is too narrow holds the arrivals back", () => {
    const { serve } = scenarioOf();
    const split = { ...scenarioOf({ isl: 32_768, osl: 2 }), prefill: serve };
    const { tokensPerS, assumptions } = estimateEngine({
      ...split,
      load: { kind: "open", requestsPerS: 50 },
    });
    expect(assumptions.join()).toMatch(/prompts alone ask for/);
    expect(tokensPerS.value).toBeLessThan(50);
  });

  test("a batch that begins together gives its tokens in the time that it takes, the first among them", () => {
    for (const osl of [1, 2, 3, 64]) {
      const { tokensPerS, ttftS, tpotS } = estimateEngine({
        ...scenarioOf({ isl: 1, osl }),
        load: { kind: "static", batch: 32 },
      });
      expect(tokensPerS.value * (ttftS.value + (osl - 1) * tpotS.value)).toBeCloseTo(32 * osl, 6);
    }
  });
});

describe("scenarios that were put together by hand", () => {
  const mixture = () => scenarioOf({ model: "DeepSeek-R1", hardware: "b200", parallel: "tp8" });
  const layout = { ...scenarioOf().serve.layout };

  test.each<[string, () => object, RegExp]>([
    ["no scenario", () => null as never, /scenario must be one of readServingRow or alike.* got null/],
    [
      "a field that is nearly one",
      () => ({ chunkToken: 4 }),
      /no field chunkToken; did you mean chunkTokens/,
    ],
    ["no instances", () => ({ serve: undefined }), /the options of serve must be an object/],
    ["no layout", () => ({ serve: { instances: 1 } }), /the options of serve.layout must be an object/],
    [
      "a degree that is missing",
      () => ({ serve: { instances: 1, layout: { tensorParallel: 4 } } }),
      /serve.pipelineParallel must be a whole number >= 1, got undefined/,
    ],
    [
      "more devices than heads",
      () => ({ serve: { instances: 1, layout: { ...layout, tensorParallel: 128 } } }),
      /TP128 is more than the 64 heads/,
    ],
    [
      "more stages than layers",
      () => ({ serve: { instances: 1, layout: { ...layout, pipelineParallel: 81 } } }),
      /PP81 is more than the 80 layers/,
    ],
    [
      "experts on one of eight devices",
      () => ({
        ...mixture(),
        serve: { instances: 1, layout: { ...layout, tensorParallel: 8, expertTensorParallel: 1 } },
      }),
      /expertParallel · expertTensorParallel must be the 8 devices of tensorParallel · attentionDataParallel, got 1/,
    ],
    ["a text for a share", () => ({ prefixHitShare: "0.5" }), /prefixHitShare must lie in \[0, 1\)/],
    [
      "a text for an acceptance",
      () => ({ draft: { tokens: 3, acceptance: "0.7" } }),
      /draft.acceptance must lie/,
    ],
    [
      "an option of drafts that is none",
      () => ({ draft: { tokens: 3, acceptance: 0.7, depth: 2 } }),
      /no option depth/,
    ],
    [
      "more requests than can be counted",
      () => ({ load: { kind: "static", batch: 1e300 } }),
      /batch must be 9007199254740991 at most/,
    ],
    [
      "a data sheet without rates",
      () => ({ accelerator: { ...scenarioOf().accelerator, peakFlopsPerS: {} } }),
      /accelerator.peakFlopsPerS\[16\] must be > 0, got undefined/,
    ],
    ["no assumptions", () => ({ assumptions: undefined }), /assumptions must be a list, got undefined/],
  ])("%s is refused by name", (_, given, why) => {
    const change = given();
    const scenario = change === null ? change : { ...scenarioOf(), ...change };
    for (const call of [estimateEngine, engineClock, servingParts]) {
      expect(() => call(scenario as unknown as ServingScenario)).toThrow(why);
    }
  });

  test("misspelt options, calibrations that are none and rows that are none are refused by name", () => {
    const options = (given: object) => given as never;
    expect(() => estimateEngine(scenarioOf(), options({ calibraton: 1 }))).toThrow(
      /did you mean calibration/,
    );
    expect(() => engineClock(scenarioOf(), options({ off: "serve" }))).toThrow(/no option off/);
    expect(() => engineClock(scenarioOf(), options({ of: "decode" }))).toThrow(/of must be/);
    expect(() => estimateEngine(scenarioOf(), options({ calibration: {} }))).toThrow(
      /a calibration of engines must be one of publishedServing or calibrateServing/,
    );
    expect(() => calibrateServing([], options({ strat: "none" }))).toThrow(/did you mean start/);
    expect(() => calibrateServing([], options({ start: "publishd" }))).toThrow(/got the text "publishd"/);
    expect(() => calibrateServing(null as never)).toThrow(/calibrateServing needs an array of records/);
    expect(() => calibrateServing([null as never])).toThrow(
      /row 1: a row must be an object of cells by column/,
    );
  });
});

describe("rows to calibrate on", () => {
  const times = (batch: number, ttft: number, tpot: number, given: TrainingRow = {}): TrainingRow[] => [
    { ...row, batch, measurement: "mine", unit: "ms", quantity: "ttft", value: ttft, ...given },
    { ...row, batch, measurement: "mine", unit: "ms", quantity: "tpot", value: tpot, ...given },
  ];
  const sweep = [1, 2, 4, 8, 16].flatMap((batch) => times(batch, 100 + batch, 12 + batch / 8));

  test("a sweep may go by one name: a run that stands there twice costs its copy alone, and says so", () => {
    const { observations, refused } = servingObservations([...sweep, ...times(4, 104, 12.5)]);
    expect(observations.map((one) => one.row)).toEqual(sweep.map((_, i) => i));
    expect(refused).toEqual([{ row: 11, why: "both times as in row 6: the same run, printed twice" }]);
  });

  test("in whichever order rows stand, an impossible run costs itself alone", () => {
    const [first, second] = times(64, 1, 0.001);
    const order = [
      ...sweep.filter((_, i) => i % 2 === 0),
      first!,
      ...sweep.filter((_, i) => i % 2 === 1),
      second!,
    ];
    const { observations, refused } = servingObservations(order);
    expect(refused.map(({ row, why }) => [row, /no machine as described can do this/.test(why)])).toEqual([
      [11, true],
    ]);
    expect(observations.length).toBe(10);
  });
});

describe("parts of the times of a scenario", () => {
  test("a cache that is too small for all requests has the others wait for a place", () => {
    const few = servingParts(scenarioOf({ batch: 32 }));
    const many = servingParts(scenarioOf({ batch: 4096 }));
    // Of 32 in the system one in sixty or so is at its prompt.
    expect(few.decoding).toBeLessThan(32);
    expect(few.decoding).toBeGreaterThan(31);
    expect(many.decoding).toBeCloseTo(many.capacity, 9);
    expect(many.decoding).toBeLessThan(4096);
    expect(many.notes.join()).toMatch(/the cache holds \d+ of 4096 requests/);
    // Who is at the end of the line waits for all those before: about requests waiting over requests served, times a request.
    const wait = many.ttft[partAt("admission")]!;
    const [tpot] = [many.tpot.reduce((sum, x) => sum + x, 0)];
    expect(wait).toBeGreaterThan(((4096 - many.decoding) / many.decoding) * 1024 * tpot);
  });

  test("prompts that wait at instances which only prefill share passes: a queue of short ones costs less than one by one", () => {
    const split = {
      parallel: "prefill 1x(tp4) decode 3x(tp4)",
      mode: "disagg",
      batch: 512,
      isl: 512,
      osl: 64,
    };
    const queue = (given: TrainingRow) => servingParts(scenarioOf(given)).ttft[partAt("prefillQueue")]!;
    const alone = (given: TrainingRow) => {
      const { model, ...rest } = scenarioOf({ ...given, batch: 1 });
      return servingParts({ model, ...rest }).ttft[partAt("promptFlops")]!;
    };
    expect(queue(split)).toBeGreaterThan(0);
    // 512 prompts of 512 tokens need the products of 512 prompts, and sixteen share what a pass costs besides.
    expect(queue(split)).toBeGreaterThan(100 * alone(split));
    expect(queue({ ...split, isl: 8192 }) / 16).toBeLessThan(2 * queue(split));
  });

  test("at an open load as many decode as arrive in the time that one takes", () => {
    const { decoding, tpot } = servingParts({ ...scenarioOf(), load: { kind: "open", requestsPerS: 0.5 } });
    const constants = new Float64Array(tpot.length).fill(1);
    const least = tpot.reduce((sum, x, k) => sum + x * constants[k]!, 0);
    // With constants of 1 or more a request takes at least the ideal time.
    expect(decoding).toBeGreaterThan(0.5 * 1024 * least * 0.5);
    expect(decoding).toBeLessThan(0.5 * 1024 * least * 5);
  });

  test("an overload is said", () => {
    const { notes } = servingParts({ ...scenarioOf(), load: { kind: "open", requestsPerS: 1e4 } });
    expect(notes.join()).toMatch(/overloaded: 10000 requests\/s are more than can be served/);
  });

  test("a batch that begins together waits for nobody's prompt while it decodes", () => {
    const parts = (kind: "closed" | "static") =>
      servingParts({
        ...scenarioOf(),
        load: kind === "closed" ? { kind, concurrency: 32 } : { kind, batch: 32 },
      }).tpot.reduce((sum, x) => sum + x, 0);
    expect(parts("static")).toBeLessThan(parts("closed"));
  });

  test("instances share the requests: twice the requests on twice the instances take as long", () => {
    const one = servingParts(scenarioOf());
    const { layout } = scenarioOf().serve;
    const two = servingParts({
      ...scenarioOf({ batch: 64 }),
      serve: { instances: 2, layout },
    });
    expect([...two.tpot]).toEqual([...one.tpot]);
    expect([...two.ttft]).toEqual([...one.ttft]);
  });

  test.each([
    [{ promptTokens: 0 }, /promptTokens must be .* got 0/],
    [{ outputTokens: 1.5 }, /outputTokens must be .* got 1.5/],
    [{ load: { kind: "closed", concurrency: Number.NaN } }, /concurrency must be .* got NaN/],
    [
      { load: { kind: "sometimes" } },
      /load.kind must be "closed", "static", "open" or "offline", got the text "sometimes"/,
    ],
    [{ bits: { weights: -4, activations: 8, kv: 8 } }, /bits.weights must be .* got -4/],
    [{ serve: { instances: 0, layout: {} } }, /serve.instances must be .* got 0/],
    [{ model: undefined }, /scenario must be one of readServingRow/],
  ])("%j is refused by name", (given, message) => {
    expect(() => servingParts({ ...scenarioOf(), ...given } as ServingScenario)).toThrow(message);
  });
});

describe("an estimate", () => {
  test("has intervals about its values, the wider one about the narrower", () => {
    for (const { value, interval80, interval95 } of [estimateEngine(scenarioOf())].flatMap((one) => [
      one.ttftS,
      one.tpotS,
      one.tokensPerS,
    ])) {
      const order = [interval95[0], interval80[0], value, interval80[1], interval95[1]];
      expect(order).toEqual([...order].sort((a, b) => a - b));
    }
  });

  test("of a machine that was not measured is said to be so, and is wider", () => {
    const known = estimateEngine(scenarioOf());
    const other = estimateEngine(scenarioOf({ hardware: "mi300x", engine: "someserver" }));
    expect(known.inDistribution).toBe(true);
    expect(other.inDistribution).toBe(false);
    expect(other.assumptions.join()).toMatch(
      /not among what was calibrated on: this .*accelerator, generation, engine/,
    );
    const width = ({ tpotS: { interval80 } }: typeof known) => interval80[1] / interval80[0];
    expect(width(other)).toBeGreaterThan(width(known));
  });

  test("says that weights do not fit", () => {
    expect(estimateEngine(scenarioOf({ parallel: "tp1", precision: "bf16" })).assumptions.join()).toMatch(
      /does not fit: weights take 1\d\d GB of each device, which has 86/,
    );
  });

  test("gives finite times > 0 for any model, machine and load that can be read", () => {
    fc.assert(
      fc.property(
        fc.constantFrom(
          "Llama-3.1-8B",
          "DeepSeek-V3",
          "gpt-oss-120b",
          "Qwen3-30B-A3B",
          "GLM-5",
          "Mixtral-8x7B",
        ),
        fc.constantFrom("h100_sxm", "b200_sxm", "mi300x", "l40s", "gb200", "a100-sxm-80gb"),
        fc.integer({ min: 1, max: 5000 }),
        fc.integer({ min: 1, max: 200_000 }),
        fc.integer({ min: 1, max: 50_000 }),
        (model, hardware, batch, isl, osl) => {
          const { ttftS, tpotS, tokensPerS } = estimateEngine(
            scenarioOf({ model, hardware, batch, isl, osl }),
          );
          for (const { value, interval95 } of [ttftS, tpotS, tokensPerS]) {
            for (const x of [value, ...interval95]) expect(x > 0 && Number.isFinite(x)).toBe(true);
          }
        },
      ),
      { numRuns: 100 },
    );
  });
});

describe("the clock of an engine", () => {
  test("gives the time per token of the estimate for its mean step", () => {
    const scenario = { ...scenarioOf(), load: { kind: "static", batch: 32 } } as const;
    const labels = servingLabels(scenario);
    const { tpot } = servingParts(scenario);
    const clock = engineClock(scenario);
    const cached = 32 * (1024 + 1024 / 2);
    const step = clock({ promptTokens: 0, promptPairs: 0, decoding: 32, cachedTokens: cached });
    expect(step).toBeCloseTo(
      predictParts(publishedServing(), { labels, kind: "tpot", parts: tpot }).value,
      9,
    );
  });

  test("of an idle step is 0, and a prompt beside requests costs less than both apart", () => {
    const clock = engineClock(scenarioOf());
    const idle = { promptTokens: 0, promptPairs: 0, decoding: 0, cachedTokens: 0 };
    expect(clock(idle)).toBe(0);
    const prompt = { promptTokens: 512, promptPairs: 512 * 256 };
    const tokens = { decoding: 16, cachedTokens: 16 * 1000 };
    expect(clock({ ...prompt, ...tokens })).toBeLessThan(
      clock({ ...idle, ...prompt }) + clock({ ...idle, ...tokens }),
    );
  });

  test("of prefill is refused where there is none", () => {
    expect(() => engineClock(scenarioOf(), { of: "prefill" })).toThrow(/the scenario has no such instances/);
  });
});

describe("own rows", () => {
  const mine = { ...row, engine: "myengine 1", hardware: "a100-sxm-80gb", precision: "bf16" };
  const measured = [1, 2, 4, 8, 16, 32].map((batch) => {
    const scenario = readServingRow({ ...mine, batch });
    if ("why" in scenario) throw new Error(scenario.why);
    // A stack that is 1.7 times as slow as is said of it.
    return {
      ...mine,
      batch,
      quantity: "tpot",
      unit: "ms",
      value: 1700 * estimateEngine(scenario).tpotS.value,
    };
  });

  test("five of a new stack move the estimate most of the way, and narrow it", () => {
    const own = calibrateServing(measured.slice(0, 5));
    const scenario = readServingRow({ ...mine, batch: 32 }) as ServingScenario;
    const [before, after] = [estimateEngine(scenario), estimateEngine(scenario, { calibration: own })];
    const moved = after.tpotS.value / before.tpotS.value;
    expect(moved).toBeGreaterThan(1.4);
    expect(moved).toBeLessThan(1.75);
    const width = ({ tpotS: { interval80 } }: typeof before) => interval80[1] / interval80[0];
    expect(width(after)).toBeLessThan(width(before));
  });

  test("rows that cannot be calibrated on are named", () => {
    const { observations, refused } = servingObservations([
      { ...measured[0]!, value: -3 },
      { ...measured[0]!, quantity: "tpot p99" },
      { ...measured[0]!, quantity: "colour" },
      { ...measured[0]!, model: "nobody/knows" },
    ]);
    expect(observations).toHaveLength(0);
    expect(refused.map(({ row: at }) => at)).toEqual([0, 1, 2, 3]);
    expect(() => calibrateServing([{ ...measured[0]!, value: Number.NaN }])).toThrow(
      /no row can be calibrated on; row 1: value must be > 0, got "NaN"/,
    );
  });

  test("a run that no machine can have done is refused with the reason, as times in another unit are", () => {
    const run = { ...row, measurement: "x", unit: "ms" };
    const { observations, refused } = servingObservations([
      { ...run, quantity: "ttft", value: 0.06 },
      { ...run, quantity: "tpot", value: 0.012 },
    ]);
    expect(observations).toHaveLength(0);
    expect(refused[0]?.why).toMatch(/no machine as described can do this: .* % of the peak of 4 H100/);
    expect(
      impossibleRow({ ...scenarioOf(), speculative: false }, { ttftS: 0.2, tpotS: 0.02 }),
    ).toBeUndefined();
  });
});
