import { estimateEngine, publishedServing, readServingRow, writePartsRecord } from "isoflop";
import { expect, test } from "vitest";
import { calibrateText } from "../../../src/answers/cost/serving/calibrateText.ts";
import { calibrationText, parseCalibration } from "../../../src/answers/cost/serving/calibrationFile.ts";
import { learnOwn } from "../../../src/answers/cost/serving/learnOwn.ts";
import { ownRows } from "../../../src/answers/cost/serving/ownRows.ts";

interface Widths {
  factors: Record<string, Record<string, Record<string, unknown>>>;
  spreads: Record<string, unknown>;
}

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
const placed = (rows: readonly Record<string, string>[]) =>
  rows.map((each, i) => ({ row: each, file: "runs.csv", place: `runs.csv, line ${i + 2}` }));
const scenarioAt = (batch: number) => {
  const scenario = readServingRow({ ...row, batch });
  if ("why" in scenario) throw new Error(scenario.why);
  return scenario;
};
const quiet = async () => {};

test.each([
  ["ttft", "80", "ms", "ttft", 0.08],
  ["TPOT mean", "0.01", "s", "tpot", 0.01],
  ["output throughput", "512", "tokens/s, all devices", "throughput", 1 / 512],
  ["output throughput", "512", "tokens/s per device", "throughput", 1 / 512],
])("%s %s %s is learned from", (quantity, value, unit, kind, si) => {
  const { used, refused } = ownRows(placed([{ ...row, quantity, value, unit }]));
  expect(refused).toEqual([]);
  expect(used).toMatchObject([{ observation: { kind }, place: "runs.csv, line 2" }]);
  expect(used[0]!.observation.value).toBeCloseTo(si, 12);
});

test.each([
  ["ttft p99", "80", "ms", /p99 of ttft/],
  ["power, whole system", "80", "W", /power/],
  ["ttft", "80", "min", /"min"/],
  ["ttft", "-3", "ms", /"-3"/],
  ["ttft", "NaN", "ms", /NaN/],
  ["ttft", "", "ms", /value/],
  ["", "3", "ms", /quantity/],
])("%s %s %s is not, and says why", (quantity, value, unit, why) => {
  const { used, refused } = ownRows(placed([{ ...row, quantity, value, unit }]));
  expect(used).toEqual([]);
  expect(refused).toEqual([{ why: expect.stringMatching(why), rows: 1, first: "runs.csv, line 2" }]);
});

test("rows are counted by what they are refused for, and one that is there twice counts once", () => {
  const measured = { ...row, quantity: "ttft", value: "80", unit: "ms" };
  const { hardware: _, ...bare } = measured;
  const rows = [measured, measured, { ...measured, model: "Borges 1T" }, bare, { ...bare, value: "0" }];
  const { used, refused } = ownRows(placed(rows), { hardware: "h200_sxm" });
  // The cell of a row goes before what is known of all.
  expect(used.map(({ observation }) => observation.labels.accelerator)).toEqual([
    "h100-sxm-80gb",
    "h200-sxm-141gb",
  ]);
  expect(refused.map(({ rows, first }) => [rows, first])).toEqual([
    [1, "runs.csv, line 3"],
    [1, "runs.csv, line 4"],
    [1, "runs.csv, line 6"],
  ]);
  expect(refused[0]!.why).toContain("the same in every cell");
});

test("both times of a load are one run, and runs of two files are not one", () => {
  const times = [
    { ...row, quantity: "ttft", value: "80", unit: "ms" },
    { ...row, quantity: "tpot", value: "9", unit: "ms" },
  ];
  const other = { row: { ...times[0]!, value: "85" }, file: "more.csv", place: "more.csv, line 2" };
  const { used } = ownRows([...placed(times), other]);
  expect(new Set(used.map(({ observation }) => observation.labels.run)).size).toBe(2);
});

/** A machine whose tokens take half as long again as published ones would have it. */
const slow = placed(
  [1, 2, 4, 8, 16, 32].map((batch) => ({
    ...row,
    batch: String(batch),
    quantity: "tpot",
    value: String(1.5 * estimateEngine(scenarioAt(batch)).tpotS.value),
    unit: "s",
  })),
);

test("runs of a slower machine move estimates to it, whole runs left out say how far, and the file keeps it", async () => {
  const folds: number[] = [];
  const { used } = ownRows(slow);
  const { calibration, learned } = await learnOwn(used, async (done, of) => {
    folds.push(done);
    expect(of).toBe(7);
  });
  expect(folds).toEqual([0, 1, 2, 3, 4, 5, 6]);
  const [error] = learned.errors;
  expect(error).toMatchObject({ stack: "h100-sxm-80gb, vllm", quantity: "tpot", rows: 6 });
  expect(error!.before).toBeCloseTo(1 - 1 / 1.5, 6);
  expect(error!.leftOut).toBeLessThan(0.6 * error!.before);
  const read = parseCalibration(calibrationText(calibration, learned));
  const asked = scenarioAt(12);
  const [own, again, published] = [calibration, read, publishedServing()].map(
    (each) => estimateEngine(asked, { calibration: each }).tpotS.value,
  );
  expect(again! / own!).toBeCloseTo(1, 3);
  expect(own! / published!).toBeGreaterThan(1.3);
  const text = calibrateText(learned, [], 80);
  expect(Math.max(...text.split("\n").map((line) => line.length))).toBeLessThanOrEqual(80);
});

test.each([
  ["a width that is null", (record: Widths) => (record.factors.known!.tpot!.upper80 = null)],
  ["a width below 0", (record: Widths) => (record.factors.known!.tpot!.lower95 = -1)],
  ["a spread that is text", (record: Widths) => (record.spreads["engine: launches"] = "x")],
])("a calibration with %s is refused, where it was printed as a figure", (_, change) => {
  const record = writePartsRecord(publishedServing()) as unknown as Widths;
  change(record);
  const text = JSON.stringify({ kind: "isoflop serving calibration", version: 1, record });
  expect(() => parseCalibration(text)).toThrow("changed or cut short; make it with isoflop cost calibrate");
});

test("one run cannot be left out", async () => {
  const { used } = ownRows(slow.slice(0, 1));
  const { learned } = await learnOwn(used, quiet);
  expect(learned.errors).toMatchObject([{ rows: 1, before: expect.any(Number) }]);
  expect(learned.errors[0]!.leftOut).toBeUndefined();
});

test.each([
  ["", /not JSON/],
  ["{", /not JSON/],
  ["[]", /no serving calibration/],
  ['{"kind":"isoflop serving calibration","version":2}', /version 2/],
  ['{"kind":"isoflop serving calibration","version":1}', /another version|changed or cut short/],
  ['{"kind":"isoflop serving calibration","version":1,"record":{"parts":[]}}', /another version of isoflop/],
])("%s is no calibration", (text, message) => {
  expect(() => parseCalibration(text)).toThrow(message);
});
