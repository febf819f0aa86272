import { type MeasuredServing, measuredServingOf, readServingRow } from "isoflop";
import { measuredServing, servingRuns } from "isoflop-datasets";
import { expect, test } from "vitest";

const run = {
  model: "Llama-2-70B",
  hardware: "NVIDIA B200-SXM-180GB",
  n_devices: "8",
  precision: "fp4",
  engine: "TensorRT 10.11, CUDA 12.9",
  mode: "Server",
  parallel: "unstated in summary",
  load: "Poisson arrivals under TTFT/TPOT limits",
  isl: "dataset",
  osl: "dataset",
};
const latency = {
  ...run,
  quantity: "ttft p99",
  value: "1500",
  unit: "ms",
  notes: "arrivals 200 requests/s scheduled",
};

function measured(
  row: typeof run & Record<string, string>,
  others: readonly (typeof run)[] = [],
): MeasuredServing {
  const found = measuredServingOf(row, others);
  if ("why" in found) throw new Error(found.why);
  return found;
}

test.each([
  ["ttft p99", "1500", "ms", "ttft", "p99", 1.5],
  ["ttft p50", "500", "ms", "ttft", "p50", 0.5],
  ["tpot mean", "20", "ms", "tpot", "mean", 0.02],
  ["tpot", "20", "ms", "tpot", "mean", 0.02],
  ["ITL", "0.02", "s", "tpot", "mean", 0.02],
  ["Latency (ms)", "3500", "Latency (ms)", "latency", "p90", 3.5],
  ["throughput, whole system", "98000", "Tokens/s", "output throughput", "mean", 98000],
  ["output throughput", "98000", "tokens/s, all devices", "output throughput", "mean", 98000],
  ["output throughput", "1000", "tokens/s per device", "output throughput", "mean", 8000],
  ["Queries/s", "98000", "Queries/s", "output throughput", "mean", 98000],
  ["power, whole system", "9600", "W", "power", "mean", 9600],
  ["energy per output token", "0.1", "J", "energy per token", "mean", 0.1],
])("%s of %s %s", (quantity, value, unit, expected, statistic, si) => {
  const found = measured({ ...latency, quantity, value, unit });
  expect(found).toMatchObject({ quantity: expected, statistic });
  expect(found.value).toBeCloseTo(si, 9);
});

test("a rate of arrivals that a row does not state is that of its run, else its tokens over the mean output", () => {
  const throughput = {
    ...run,
    quantity: "throughput, whole system",
    value: "58800",
    unit: "Tokens/s",
    notes: "",
  };
  expect(measured(throughput, [latency]).scenario.load).toEqual({ kind: "open", requestsPerS: 200 });
  expect(measured(throughput).scenario.load).toEqual({ kind: "open", requestsPerS: 200 });
  const energy = {
    ...run,
    quantity: "energy per output token",
    value: "0.1",
    unit: "J",
    notes: "9603 W / 29400 tokens/s",
  };
  expect(measured(energy).scenario.load).toEqual({ kind: "open", requestsPerS: 100 });
});

test.each([
  [{ value: "0" }, /^value must be > 0, got "0"/],
  [{ value: "fast" }, /^value must be > 0, got "fast"/],
  [{ value: "-3" }, /^value must be > 0/],
  [{ unit: "furlongs" }, /^unit of ttft p99 must be s or ms, got "furlongs"/],
  [{ quantity: "joy" }, /^no quantity that is known: joy in ms/],
  [{ quantity: "" }, /^no quantity/],
  [{ notes: "" }, /^no rate of arrivals/],
  [{ model: "NoSuch" }, /^no model "NoSuch"/],
])("%j has no answer, with the reason", (change, why) => {
  expect(measuredServingOf({ ...latency, ...change })).toEqual({ why: expect.stringMatching(why) });
});

test("every figure of the table is read but those of accelerators that the catalogue has not, or that are mixed", () => {
  const rows = measuredServing();
  const runs = new Map<string, (typeof rows)[number][]>();
  for (const row of rows) runs.set(row.measurement, [...(runs.get(row.measurement) ?? []), row]);
  const unread = rows.filter((row) => "why" in measuredServingOf(row, runs.get(row.measurement)));
  expect(rows.length).toBe(4903);
  expect([...new Set(unread.map(({ hardware }) => hardware))].sort()).toEqual([
    "AMD Instinct MI300X 192GB HBM3 (x32), AMD Instinct MI325X 256GB HBM3e (x16)",
    "AMD Instinct MI325X 256GB HBM3E (x16), AMD Instinct MI300X 192GB HBM3 (x8)",
    "[MAXSUN] MS-Intel Arc Pro B60 Dual 48G Turbo",
    undefined,
  ]);
  expect(unread.length).toBe(59);
});

test("no layout has more devices than its machine joins, but where a row says so", () => {
  for (const row of servingRuns().filter(({ source }) => source === "aiconfigurator")) {
    const scenario = readServingRow({ ...row, load: "closed" });
    if ("why" in scenario) throw new Error(scenario.why);
    const { serve, accelerator } = scenario;
    const { tensorParallel, attentionDataParallel } = serve.layout;
    const most = accelerator.perDomain ?? 16;
    expect(tensorParallel * attentionDataParallel).toBeLessThanOrEqual(most);
  }
});
