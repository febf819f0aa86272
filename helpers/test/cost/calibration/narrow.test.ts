import { calibrateParts, narrowCalibration, predictParts, readPartsRecord, writePartsRecord } from "isoflop";
import { expect, test } from "vitest";
import { type Labels, machine, simulated } from "./simulated.ts";

const rows = simulated(900, 3);
const all = calibrateParts(machine, rows);
const offered = rows
  .map(({ labels }) => labels)
  .filter(({ model, engine }) => ["m1", "m2", "m3"].includes(model) && engine !== "e0");
const few = narrowCalibration(all, offered);
const queries = offered.flatMap((labels) =>
  ["ttft", "tpot"].map((kind) => ({ labels, kind, parts: [1, 0.5, 2] })),
);

test("predictions for the labels kept are the same, layouts that were eliminated included", () => {
  expect(all.posterior.dense).toBeLessThan(all.posterior.mean.length);
  expect(queries.length).toBeGreaterThan(50);
  for (const query of queries) {
    const [before, after] = [all, few].map((one) => predictParts(one, query));
    for (const field of ["logMean", "deviation", "levelDeviation"] as const) {
      expect(after![field]).toBeCloseTo(before![field], 10);
    }
    expect(after!.novelty).toEqual(before!.novelty);
    expect(after!.ends).toEqual(before!.ends);
  }
});

test("its record is a small part of that of all, and predicts to the record's digits", () => {
  const [whole, part] = [all, few].map((one) => JSON.stringify(writePartsRecord(one)));
  expect(part!.length).toBeLessThan(whole!.length / 2);
  const read = readPartsRecord(machine, JSON.parse(part!));
  for (const query of queries) {
    const [before, after] = [all, read].map((one) => predictParts(one, query));
    expect(after!.logMean).toBeCloseTo(before!.logMean, 4);
    expect(Math.abs(after!.deviation / before!.deviation - 1)).toBeLessThan(2e-3);
  }
});

test("labels that were not kept are new to it, and told more widely", () => {
  const labels: Labels = { engine: "e0", accelerator: "a1", model: "m9", layout: "m9|0" };
  const query = { labels, kind: "tpot", parts: [1, 0.5, 2] };
  const [before, after] = [all, few].map((one) => predictParts(one, query));
  expect(before!.novelty).toEqual([]);
  expect(after!.novelty).toEqual(["model", "engine"]);
  expect(after!.deviation).toBeGreaterThan(before!.deviation);
});

test("no labels are refused", () => {
  expect(() => narrowCalibration(all, [])).toThrow("one set of labels or more");
});
