import { execFile } from "node:child_process";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { predictParts, publishedServing } from "isoflop";
import { expect, test } from "vitest";
import {
  publishedServingCalibration,
  publishedServingObservations,
} from "../../../scripts/serving-calibration.js";

const root = fileURLToPath(new URL("../../../", import.meta.url));

// Intervals, own rows and the best configuration calibrate for minutes: they are measured by hand, as speed is.
const parts = ["accuracy", "mlperf", "rows", "static"];

test("every bar of serving holds but those that are known not to, and the docs quote what the bench prints", {
  timeout: 300_000,
}, async () => {
  const run = promisify(execFile);
  const { stdout } = await run(process.execPath, ["bench/run.js", "serving", ...parts], { cwd: root });
  const lines = stdout.split("\n");
  const named = (mark: string) =>
    lines.filter((line) => line.startsWith(mark)).map((line) => line.slice(mark.length).trim());
  expect(named("MISSED")).toEqual([
    "time per output token, aggregated, H100, model left out",
    "time per output token, aggregated, H200, model left out",
    "MLPerf's 99th percentiles at its own arrival rates",
  ]);
  expect(named("held").length).toBeGreaterThan(10);
  const page = readFileSync(`${root}docs/serving.md`, "utf8");
  const got = (bar: string) => {
    const at = lines.findIndex((line) => line.includes(bar));
    return /got ([\d.]+)/.exec(lines[at + 1] ?? "")![1]!;
  };
  for (const bar of [
    ...["H100", "H200", "B200"].map((board) => `aggregated, ${board}, model left out`),
    ...["H100", "H200", "B200"].map((board) => `aggregated, ${board}, accelerator left out`),
    "time to first token, concurrency <= 32",
    "time per output token, prefill apart",
    "TensorRT-LLM's offline throughput",
    "99th percentiles",
  ]) {
    expect(page, bar).toContain(got(bar));
  }
});

test("the record of the published calibration is what the published rows give", { timeout: 120_000 }, () => {
  const anew = publishedServingCalibration();
  const { observations } = publishedServingObservations();
  expect(publishedServing().nRows).toBe(observations.length);
  for (let i = 0; i < observations.length; i += 41) {
    const [read, fitted] = [publishedServing(), anew].map((one) => predictParts(one, observations[i]!));
    expect(read!.value / fitted!.value).toBeCloseTo(1, 3);
    expect(read!.interval80[1] / fitted!.interval80[1]).toBeCloseTo(1, 2);
    expect(read!.interval95[0] / fitted!.interval95[0]).toBeCloseTo(1, 2);
  }
});
