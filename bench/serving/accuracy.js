// Times of serving predicted without each model, and without each accelerator: node bench/serving/accuracy.js
import {
  boards,
  mean,
  median,
  percent,
  publishedObservations,
  withoutAccelerators,
  withoutModels,
} from "./leftOut.js";

const bars = { H100: 0.18, H200: 0.25, B200: 0.22 };
const howModel =
  "constants, spreads and interval factors calibrated anew without each model (what it is built of: DeepSeek-R1 leaves with V3), every engine and machine of it";

const isToken = ({ one }) => one.kind === "tpot" && !one.labels.split;
const errors = (list) => list.map(({ error }) => error);

/** Mean error over the rows of the table, where some runs are printed again. */
function overRows(list) {
  const { copies } = publishedObservations();
  const rows = list.flatMap(({ one, error }) => Array(1 + (copies.get(one.labels.run) ?? 0)).fill(error));
  return `${percent(mean(rows))} of the ${rows.length} rows that print them`;
}

export function rows() {
  const left = withoutModels();
  const out = [];
  for (const [name, board] of Object.entries(boards)) {
    const list = left.filter((one) => isToken(one) && one.one.labels.accelerator === board);
    const got = mean(errors(list));
    out.push({
      bar: `time per output token, aggregated, ${name}, model left out`,
      wanted: `mean error <= ${percent(bars[name], 0)}`,
      got: `${percent(got)} of ${list.length} runs (median ${percent(median(errors(list)))}); ${overRows(list)}`,
      held: got <= bars[name],
      howHeldOut: howModel,
    });
  }
  const worst = [...new Set(left.map(({ group }) => group))]
    .map((group) => left.filter((one) => isToken(one) && one.group === group))
    .filter((list) => list.length >= 40)
    .map((list) => ({ model: list[0].one.source.model, error: mean(errors(list)), n: list.length }))
    .sort((a, b) => b.error - a.error);
  out.push({
    bar: "worst model of 40 rows or more",
    wanted: "mean error <= 40 %",
    got: worst.map(({ model, error, n }) => `${model} ${percent(error)} (${n})`).join(", "),
    held: worst[0].error <= 0.4,
    howHeldOut: howModel,
  });
  const machines = withoutAccelerators();
  for (const [name, board] of Object.entries(boards)) {
    const list = machines.filter((one) => isToken(one) && one.one.labels.accelerator === board);
    const got = mean(errors(list));
    out.push({
      bar: `time per output token, aggregated, ${name}, accelerator left out`,
      wanted: "mean error <= 30 %",
      got: `${percent(got)} of ${list.length}`,
      held: got <= 0.3,
      howHeldOut: "calibrated anew without every row of the accelerator",
    });
  }
  const first = left.filter(({ one }) => one.kind === "ttft" && one.source.batch <= 32);
  out.push({
    bar: "time to first token, concurrency <= 32",
    wanted: "median error <= 35 %",
    got: `${percent(median(errors(first)))} of ${first.length}; aggregated alone ${percent(median(errors(first.filter(({ one }) => !one.labels.split))))}`,
    held: median(errors(first)) <= 0.35,
    howHeldOut: howModel,
  });
  const split = left.filter(({ one }) => one.kind === "tpot" && one.labels.split);
  out.push({
    bar: "time per output token, prefill apart",
    wanted: "mean error <= 30 %",
    got: `${percent(mean(errors(split)))} of ${split.length}`,
    held: mean(errors(split)) <= 0.3,
    howHeldOut: howModel,
  });
  const h100 = left.filter((one) => isToken(one) && one.one.labels.accelerator === boards.H100);
  const far = h100.filter(({ error }) => error > 2);
  out.push({
    bar: "H100 without the runs that are off by a factor 3 or more",
    wanted: "shown",
    got: `${percent(mean(errors(h100.filter(({ error }) => error <= 2))))} of ${h100.length - far.length}; left away: ${far.map(({ one }) => `${one.source.model} ${one.source.engine} at ${one.source.batch}, ${(1e3 * one.value).toFixed(1)} ms`).join("; ")}`,
    howHeldOut: howModel,
  });
  const offline = left.filter(
    ({ one }) => one.kind === "throughput" && /TensorRT-LLM/.test(one.source.source),
  );
  out.push({
    bar: "TensorRT-LLM's offline throughput",
    wanted: "median error <= 20 %",
    got: `${percent(median(errors(offline)))} of ${offline.length}`,
    held: median(errors(offline)) <= 0.2,
    howHeldOut: howModel,
  });
  return out;
}

if (process.argv[1]?.endsWith("accuracy.js")) {
  for (const { bar, wanted, got, held } of rows()) console.log(held ? "held  " : "MISSED", bar, wanted, got);
}
