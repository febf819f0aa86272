import {
  accelerators,
  countParams,
  estimateEngine,
  hasExperts,
  jupyterDisplay,
  modelNamed,
  readServingRow,
  servingEstimator,
  servingOf,
  servingPanel,
  servingRows,
  servingSays,
  widgetMimeType,
} from "isoflop";
import { expect, test } from "vitest";

const models = { "Llama-3.1-8B": modelNamed("Llama-3.1-8B"), "gpt-oss-120b": modelNamed("gpt-oss-120b") };
const options = {
  models,
  accelerators: ["b200-sxm-180gb", "h800-sxm-80gb"],
  caption: "What does a <token> cost?",
} as const;

test("what the panel hands over gives the same estimate as the helper", () => {
  const { widget, point } = servingPanel({ ...options, start: { model: "gpt-oss-120b", tensorParallel: 2 } });
  const handed = JSON.parse(JSON.stringify(widget));
  const scenario = servingOf(handed, handed.start);
  expect(countParams(scenario.model)).toEqual(countParams(models["gpt-oss-120b"]));
  expect(servingEstimator(handed)(scenario)).toEqual(point.estimate);
  // The whole calibration says the same, to the digits that a record keeps.
  const whole = estimateEngine(scenario);
  for (const name of ["ttftS", "tpotS", "tokensPerS"] as const) {
    expect(point.estimate[name].value / whole[name].value).toBeCloseTo(1, 4);
    expect(point.estimate[name].interval95[1] / whole[name].interval95[1]).toBeCloseTo(1, 3);
  }
  expect(point.estimate.inDistribution).toBe(whole.inDistribution);
});

test("experts are dealt out whole or split, and a dense model has none to deal out", () => {
  const { widget } = servingPanel(options);
  const layout = (model: string, experts: "whole" | "split") =>
    servingOf(widget, { ...widget.start, model, experts, tensorParallel: 4 }).serve.layout;
  expect(layout("gpt-oss-120b", "whole")).toMatchObject({ expertParallel: 4, expertTensorParallel: 1 });
  expect(layout("gpt-oss-120b", "split")).toMatchObject({ expertParallel: 1, expertTensorParallel: 4 });
  expect(layout("Llama-3.1-8B", "whole")).toMatchObject({ expertParallel: 1, expertTensorParallel: 4 });
  expect([hasExperts(widget, "gpt-oss-120b"), hasExperts(widget, "Llama-3.1-8B")]).toEqual([true, false]);
});

test("it starts at the lowest rent of the catalogue, at 1 where there is no offer, or as told", () => {
  const rent = (start: object) => servingPanel({ ...options, start }).widget.start.usdPerHour;
  expect(rent({})).toBe(accelerators["b200-sxm-180gb"].usdPerHour!.low);
  expect(rent({ accelerator: "h800-sxm-80gb" })).toBe(1);
  expect(rent({ usdPerHour: 3 })).toBe(3);
});

test("it shows itself as data for the report and as a table for everyone else", () => {
  const { point, ...panel } = servingPanel(options);
  const bundle = panel[jupyterDisplay]();
  expect(bundle[widgetMimeType]).toMatchObject({ widget: "serving", caption: options.caption });
  expect(bundle["text/html"]).toContain("What does a &lt;token&gt; cost?");
  const table = (bundle["text/html"] as string).match(/<table>.*<\/table>/s)![0];
  for (const { name, value, text80, text95 } of servingRows(point)) {
    for (const text of [name, value, text80, text95]) {
      expect(table).toContain(text);
      expect(bundle["text/plain"]).toContain(text);
    }
  }
  // A report keeps the table only, so that what was chosen and what it rests on stand in it.
  expect(table).toContain("Llama-3.1-8B in bf16 on 1 × b200-sxm-180gb, vllm");
  expect(table).toContain("calibrated on (");
});

test("five models and six cards are handed over in less than 200 kB, a tenth of it without the constants", () => {
  const five = ["Llama-3.1-8B", "Llama-3.1-70B", "gpt-oss-120b", "DeepSeek-V3", "MiniMax-M2.5"];
  const { widget } = servingPanel({
    models: Object.fromEntries(five.map((name) => [name, modelNamed(name)])),
    accelerators: [
      "a100-sxm-80gb",
      "h100-sxm-80gb",
      "h200-sxm-141gb",
      "b200-sxm-180gb",
      "gb200-186gb",
      "mi300x-192gb",
    ],
    caption: "What does a token cost?",
  });
  const { record, ...rest } = widget;
  expect(JSON.stringify(rest).length).toBeLessThan(20_000);
  expect(JSON.stringify(record).length).toBeLessThan(180_000);
});

test("no caption, nothing to choose from, what is not offered and half a device are refused", () => {
  expect(() => servingPanel({ ...options, caption: " " })).toThrow("needs a caption");
  expect(() => servingPanel({ ...options, models: {} })).toThrow("needs a model");
  expect(() => servingPanel({ ...options, accelerators: [] })).toThrow("an accelerator");
  expect(() => servingPanel({ ...options, accelerators: ["h100"] as never })).toThrow("accelerator must be");
  expect(() => servingPanel({ ...options, precisions: {} })).toThrow("needs a precision");
  expect(() => servingPanel({ ...options, engines: "vllm" as never })).toThrow("an engine to offer");
  const start = (one: object) => () => servingPanel({ ...options, start: one });
  expect(start({ model: "gpt-9" })).toThrow("model must be Llama-3.1-8B or gpt-oss-120b, got gpt-9");
  expect(start({ tensorParallel: 0.5 })).toThrow("tensorParallel must be");
  expect(start({ concurrency: 0 })).toThrow("concurrency must be");
  expect(start({ promptTokens: Number.NaN })).toThrow("promptTokens must be");
  expect(start({ usdPerHour: -1 })).toThrow("usdPerHour must be");
  expect(start({ tp: 2 })).toThrow("tp");
});

test("a choice is the scenario that a row of a table with the same words is, so that the command line says the same", () => {
  const { widget } = servingPanel({
    ...options,
    accelerators: ["b200-sxm-180gb", "h100-sxm-80gb", "a100-sxm-80gb"],
  });
  let compared = 0;
  for (const { key: model } of widget.models) {
    for (const { key: accelerator } of widget.accelerators) {
      for (const { name: precision } of widget.precisions) {
        for (const engine of widget.engines) {
          const scenario = servingOf(widget, { ...widget.start, model, accelerator, precision, engine });
          const row = readServingRow({
            ...{ model, hardware: accelerator, precision, engine, tp: 1, batch: 32 },
            ...{ load: "closed loop, concurrency", isl: 1024, osl: 1024 },
          });
          if ("why" in row) throw new Error(row.why);
          expect({ bits: scenario.bits, format: scenario.format }).toEqual({
            bits: row.bits,
            format: row.format,
          });
          const [ours, theirs] = [scenario, row].map((one) => estimateEngine(one).tpotS.value);
          expect(ours).toBe(theirs);
          compared++;
        }
      }
    }
  }
  expect(compared).toBe(2 * 3 * 3 * 3);
  // Bits that are given are taken as they are.
  const precisions = { mine: { weights: 6, activations: 16, kv: 8 } };
  const own = servingPanel({ ...options, precisions }).widget;
  expect(servingOf(own, own.start).bits).toEqual(precisions.mine);
});

test("devices that do not divide heads or experts are refused, as the address of a page can ask for them", () => {
  const { widget } = servingPanel(options);
  const of = (more: object) => () => servingOf(widget, { ...widget.start, ...more });
  expect(of({ tensorParallel: 3 })).toThrow("tensorParallel must divide the 32 attention heads, got 3");
  expect(of({ tensorParallel: 1e9 })).toThrow("must divide the 32 attention heads, got 1000000000");
  expect(of({ model: "gpt-oss-120b", tensorParallel: 3, experts: "whole" })).toThrow("must divide");
  expect(
    of({ model: "gpt-oss-120b", tensorParallel: 8, experts: "whole" })().serve.layout.expertParallel,
  ).toBe(8);
});

test("weights that do not fit, and requests that wait for the cache, are said beside the estimate", () => {
  const says = (start: object) => {
    const { point } = servingPanel({
      models: { "Llama-3.1-70B": modelNamed("Llama-3.1-70B") },
      accelerators: ["h100-sxm-80gb"],
      caption: "What does a token cost?",
      start,
    });
    return servingSays(point.estimate);
  };
  expect(says({})).toMatch(/Does not fit: weights take 141 GB of each device, which has \d+\.$/);
  expect(says({ precision: "fp8", tensorParallel: 2, concurrency: 1024 })).toMatch(
    /The cache holds \d+ of 1024 requests/,
  );
  expect(says({ precision: "fp8", tensorParallel: 4, promptTokens: 1e7 })).toMatch(
    /Does not fit: the cache of one request takes \d+ GB of each device beside 18 GB of weights, which has \d+\.$/,
  );
  expect(says({ precision: "fp8", tensorParallel: 4 })).toMatch(
    /^Model, accelerator and engine are each among what was calibrated on \([^)]*\)\.$/,
  );
});

test("a scenario that is none is named, not its missing fields", () => {
  expect(() => estimateEngine(undefined as never)).toThrow("scenario must be one of readServingRow or alike");
  expect(() => estimateEngine({} as never)).toThrow("with a model of modelNamed");
});
