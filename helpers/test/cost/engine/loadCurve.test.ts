import fc from "fast-check";
import { accelerators, type EngineEstimate, loadCurve, modelNamed, type ServingScenario } from "isoflop";
import { expect, test } from "vitest";

const scenario: ServingScenario = {
  model: modelNamed("Llama-3.1-8B"),
  modelKey: "Llama-3.1-8B",
  accelerator: accelerators["h100-sxm-80gb"],
  acceleratorKey: "h100-sxm-80gb",
  bits: { weights: 8, activations: 8, kv: 8 },
  format: "fp8",
  engine: "vllm",
  release: "",
  serve: {
    instances: 1,
    layout: {
      tensorParallel: 1,
      pipelineParallel: 1,
      attentionDataParallel: 1,
      expertParallel: 1,
      expertTensorParallel: 1,
    },
  },
  load: { kind: "closed", concurrency: 1 },
  promptTokens: 1024,
  outputTokens: 1024,
  assumptions: [],
};

const around = (value: number) => ({
  value,
  interval80: [0.8 * value, 1.3 * value] as const,
  interval95: [0.5 * value, 2 * value] as const,
});

/** Tokens a second in proportion to the load, on so many devices. */
const made =
  (devices: number, seen: ServingScenario[] = []) =>
  (given: ServingScenario): EngineEstimate => {
    seen.push(given);
    const load = given.load.kind === "closed" ? given.load.concurrency : Number.NaN;
    return {
      ttftS: around(0.1),
      tpotS: around(0.01),
      tokensPerS: around(100 * load),
      devices,
      decoding: load,
      inDistribution: true,
      calibratedOn: "a test",
      assumptions: [],
    };
  };

test("cost is devices · rent/3600/tokens a second · 10⁶, a device's share the tokens over the devices", () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 1000 }),
      fc.integer({ min: 1, max: 64 }),
      fc.double({ min: 0.01, max: 100, noNaN: true }),
      (concurrency, devices, usdPerHour) => {
        const [point] = loadCurve(scenario, {
          concurrencies: [concurrency],
          usdPerHour,
          estimate: made(devices),
        });
        const tokens = 100 * concurrency;
        const dollars = ((devices * usdPerHour) / 3600 / tokens) * 1e6;
        expect(point!.tokensPerSPerDevice.value).toBeCloseTo(tokens / devices, 8);
        expect(point!.usdPerMillionTokens!.value / dollars).toBeCloseTo(1, 10);
      },
    ),
  );
});

test("the interval of the cost is that of the throughput with its ends exchanged", () => {
  const [{ usdPerMillionTokens: cost }] = loadCurve(scenario, {
    concurrencies: [4],
    usdPerHour: 3.6,
    estimate: made(1),
  }) as [ReturnType<typeof loadCurve>[0]];
  const unit = (3.6 / 3600 / 400) * 1e6;
  expect(cost!.interval80.map((end) => end / unit)).toEqual(
    [1 / 1.3, 1 / 0.8].map((x) => expect.closeTo(x, 10)),
  );
  expect(cost!.interval95.map((end) => end / unit)).toEqual([0.5, 2].map((x) => expect.closeTo(x, 10)));
});

test("a throughput that may be nothing costs without bound", () => {
  const estimate = (given: ServingScenario): EngineEstimate => ({
    ...made(1)(given),
    tokensPerS: { value: 10, interval80: [1, 20], interval95: [0, 30] },
  });
  const [point] = loadCurve(scenario, { concurrencies: [1], usdPerHour: 1, estimate });
  expect(point!.usdPerMillionTokens!.interval95[1]).toBe(Infinity);
});

test("each load is asked for as a closed one, in the order given, and nothing costs without a rent", () => {
  const seen: ServingScenario[] = [];
  const open = { ...scenario, load: { kind: "open", requestsPerS: 3 } } as const;
  const points = loadCurve(open, { concurrencies: [8, 1], estimate: made(2, seen) });
  expect(points.map(({ concurrency }) => concurrency)).toEqual([8, 1]);
  expect(seen.map(({ load }) => load)).toEqual(
    [8, 1].map((concurrency) => ({ kind: "closed", concurrency })),
  );
  expect(points[0]).not.toHaveProperty("usdPerMillionTokens");
});

test("no load, half a request, a rent of nothing and a misspelt option are refused by name", () => {
  const estimate = made(1);
  expect(() => loadCurve(scenario, { concurrencies: [] })).toThrow("one concurrency or more");
  expect(() => loadCurve(scenario, { concurrencies: [1.5], estimate })).toThrow("concurrency must be");
  expect(() => loadCurve(scenario, { concurrencies: [Number.NaN], estimate })).toThrow("concurrency must be");
  for (const usdPerHour of [0, -1, Number.NaN]) {
    expect(() => loadCurve(scenario, { concurrencies: [1], usdPerHour, estimate })).toThrow(
      "usdPerHour must be",
    );
  }
  expect(() => loadCurve(scenario, { concurrencies: [1], price: 2 } as never)).toThrow("price");
});
