// MLPerf Inference v5.1, of which nothing is calibrated on: offline throughput, and 99th percentiles of open loops.
//   node bench/serving/mlperf.js
import { estimateEngine, measuredServingOf, simulatedPercentiles } from "isoflop";
import { publishedServingRows } from "../../scripts/serving-calibration.js";
import { median, percent, share } from "./leftOut.js";

export function rows() {
  const all = publishedServingRows().filter(({ source }) => /^MLPerf/.test(source));
  const runs = new Map();
  for (const row of all) runs.set(row.measurement, [...(runs.get(row.measurement) ?? []), row]);
  const offline = [];
  const tails = [];
  const percentiles = simulatedPercentiles();
  for (const run of runs.values()) {
    for (const row of run) {
      const measured = measuredServingOf(row, run);
      if ("why" in measured) continue;
      const { scenario, quantity, statistic, value } = measured;
      if (quantity === "output throughput" && scenario.load.kind === "offline") {
        const { tokensPerS, inDistribution } = estimateEngine(scenario);
        const inside = (ends) => ends[0] <= value && value <= ends[1];
        offline.push({
          error: Math.abs(tokensPerS.value / value - 1),
          in80: inside(tokensPerS.interval80),
          in95: inside(tokensPerS.interval95),
          inDistribution,
        });
      }
      if (
        statistic === "p99" &&
        (quantity === "ttft" || quantity === "tpot") &&
        scenario.load.kind === "open"
      ) {
        const said = percentiles(scenario, 0.99)[quantity === "ttft" ? "ttftS" : "tpotS"];
        tails.push({ quantity, factor: Math.exp(Math.abs(Math.log(said / value))), signed: said / value });
      }
    }
  }
  const within = (list) => share(list, ({ factor }) => factor <= 2);
  const of = (quantity) => tails.filter((one) => one.quantity === quantity);
  return [
    {
      bar: "MLPerf's 99th percentiles at its own arrival rates",
      wanted: "within a factor 2 for >= 80 %",
      got: `${percent(within(tails))} of ${tails.length} (time per token ${percent(within(of("tpot")))}, median ${median(of("tpot").map(({ signed }) => signed)).toFixed(2)} times; first token ${percent(within(of("ttft")))}, median ${median(of("ttft").map(({ signed }) => signed)).toFixed(2)} times)`,
      held: within(tails) >= 0.8,
      howHeldOut:
        "no row of MLPerf is calibrated on; layouts are not stated there and are assumed, lengths are the mean of the data set",
    },
    {
      bar: "MLPerf's offline throughput",
      wanted: "shown",
      got: `median error ${percent(median(offline.map(({ error }) => error)))} of ${offline.length}; ${percent(share(offline, ({ in80 }) => in80))} in the 80 % interval, ${percent(share(offline, ({ in95 }) => in95))} in the 95 %`,
      howHeldOut: "as above",
    },
  ];
}
