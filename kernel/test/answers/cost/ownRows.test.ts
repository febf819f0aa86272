import { estimateEngine, readServingRow } from "isoflop";
import { expect, test } from "vitest";
import { calibrateServing, estimateCalibrated } from "../../../src/answers/cost/serving/calibrateServing.ts";
import { calibrateText } from "../../../src/answers/cost/serving/calibrateText.ts";
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
  ["ttft", "80", "ms", "ttftS", 0.08],
  ["TPOT mean", "0.01", "s", "tpotS", 0.01],
  ["output throughput", "512", "tokens/s, all devices", "tokensPerS", 512],
  ["output throughput", "512", "tokens/s per device", "tokensPerS", 512],
])("%s %s %s is learned from", (quantity, value, unit, figure, si) => {
  const { measured } = ownRows([{ row: { ...row, quantity, value, unit }, place: "line 2" }]);
  expect(measured).toEqual([{ scenario, figure, value: expect.closeTo(si, 12), from: "line 2" }]);
});

test.each([
  ["ttft p99", "80", "ms", /ttft p99 is not learned from/],
  ["power, whole system", "80", "W", /power is not learned from/],
  ["ttft", "80", "min", /"min"/],
  ["ttft", "-3", "ms", /"-3"/],
  ["ttft", "NaN", "ms", /NaN/],
  ["ttft", "", "ms", /value/],
  ["", "3", "ms", /quantity/],
])("%s %s %s is not, and says why", (quantity, value, unit, why) => {
  const { measured, refused } = ownRows([{ row: { ...row, quantity, value, unit }, place: "line 2" }]);
  expect(measured).toEqual([]);
  expect(refused).toEqual([{ why: expect.stringMatching(why), rows: 1, first: "line 2" }]);
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
