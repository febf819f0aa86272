import { estimateEngine, readServingRow } from "isoflop";
import { expect, test } from "vitest";
import { calibrateServing, estimateCalibrated } from "../../../src/answers/cost/serving/calibrateServing.ts";
import { calibrateText } from "../../../src/answers/cost/serving/calibrateText.ts";
import { measuredFigure } from "../../../src/answers/cost/serving/measuredFigure.ts";
import { ownRows } from "../../../src/answers/cost/serving/ownRows.ts";
import { parseCalibration } from "../../../src/answers/cost/serving/parseCalibration.ts";

const row = {
  model: "Llama-3.1-8B",
  hardware: "h100_sxm",
  engine: "vllm",
  precision: "fp8",
  tp: "1",
  batch: "8",
  load: "closed loop, concurrency",
  isl: "1024",
  osl: "256",
};
const scenario = readServingRow(row);
if ("why" in scenario) throw new Error(scenario.why);
const estimate = estimateEngine(scenario);

test.each([
  [
    { quantity: "ttft", value: "80", unit: "ms" },
    { figure: "ttftS", value: 0.08 },
  ],
  [
    { quantity: "TPOT mean", value: "0.01", unit: "s" },
    { figure: "tpotS", value: 0.01 },
  ],
  [
    { quantity: "output throughput", value: "512", unit: "tokens/s, all devices" },
    { figure: "tokensPerS", value: 512 },
  ],
  [
    { quantity: "throughput, whole system", value: "512", unit: "Tokens/s" },
    { figure: "tokensPerS", value: 512 },
  ],
  [
    { quantity: "output throughput", value: "64", unit: "tokens/s per device" },
    { figure: "tokensPerS", value: 512 },
  ],
])("%j is learned from", (cells, figure) => {
  expect(measuredFigure(cells, 8)).toEqual({ ...figure, value: expect.closeTo(figure.value, 12) });
});

test.each([
  [{ quantity: "ttft p99", value: "80", unit: "ms" }, /ttft p99/],
  [{ quantity: "power, whole system", value: "80", unit: "W" }, /power/],
  [{ quantity: "ttft", value: "80", unit: "min" }, /unit of ttft must be ms or s, got "min"/],
  [{ quantity: "ttft", value: "-3", unit: "ms" }, /value must be a number > 0, got "-3"/],
  [{ quantity: "ttft", value: "NaN", unit: "ms" }, /value must be/],
  [{ quantity: "ttft", value: "", unit: "ms" }, /no value/],
])("%j is not, and says why", (cells, why) => {
  const read = measuredFigure(cells, 8);
  expect("why" in read && read.why).toMatch(why);
});

test("rows are counted by what they are refused for, and one that is there twice counts once", () => {
  const measured = { ...row, quantity: "ttft", value: "80", unit: "ms" };
  const { hardware: _, ...bare } = measured;
  const rows = [measured, measured, { ...measured, model: "Borges 1T" }, bare, { ...bare, value: "0" }];
  const own = ownRows(
    rows.map((each, i) => ({ row: each, place: `line ${i + 2}` })),
    { hardware: "h200_sxm" },
  );
  // The cell of a row goes before what is known of all.
  expect(own.measured.map((one) => one.scenario.acceleratorKey)).toEqual(["h100-sxm-80gb", "h200-sxm-141gb"]);
  expect(own.refused.map(({ rows, first }) => [rows, first])).toEqual([
    [1, "line 3"],
    [1, "line 4"],
    [1, "line 6"],
  ]);
  expect(own.refused[0]!.why).toContain("the same in every cell");
});

test("a calibration survives its file, is used for its machine and engine only, and says so elsewhere", () => {
  const measured = [1, 2, 3].map((i) => ({
    scenario,
    figure: "tpotS" as const,
    value: 2 * estimate.tpotS.value,
    from: `line ${i}`,
  }));
  const calibration = calibrateServing(measured);
  const read = parseCalibration(JSON.stringify(calibration));
  expect(read).toEqual(calibration);
  const { tpotS, ttftS } = estimateCalibrated(scenario, read);
  expect(tpotS.value).toBeGreaterThan(1.5 * estimate.tpotS.value);
  expect(tpotS.value).toBeLessThan(2 * estimate.tpotS.value);
  expect(ttftS).toEqual(estimate.ttftS);
  const other = { ...scenario, engine: "sglang" };
  const { assumptions, ...figures } = estimateCalibrated(other, read);
  expect(figures.tpotS).toEqual(estimateEngine(other).tpotS);
  expect(assumptions.at(-1)).toContain(
    "of h100-sxm-80gb with vllm, and not used for h100-sxm-80gb with sglang",
  );
  const text = calibrateText(calibration, { measured, refused: [] }, 80);
  expect(Math.max(...text.split("\n").map((line) => line.length))).toBeLessThanOrEqual(80);
});

test.each([
  ["", /not JSON/],
  ["{", /not JSON/],
  ["[]", /no serving calibration/],
  ['{"kind":"isoflop serving calibration","version":2}', /version 2/],
  ['{"kind":"isoflop serving calibration","version":1,"stacks":[]}', /changed or cut short/],
  ['{"kind":"isoflop serving calibration","version":1,"stacks":[null]}', /changed or cut short/],
])("%s is no calibration", (text, message) => {
  expect(() => parseCalibration(text)).toThrow(message);
});
