// Rows of `npm run bench -- cost` on the time of training steps. As a program it prints them with the accuracy by source:
// node bench/cost/time.js [group|model|accelerator|stack|halves]
import { fileURLToPath } from "node:url";
import { mfu, runGroup } from "isoflop";
import { megatronSteps } from "isoflop-datasets";
import { publishedTimedRuns } from "../../scripts/cost-calibration.js";
import { leftOutRuns, otherHalves } from "./timeFolds.js";

const held =
  "constants, spreads and interval factors calibrated anew without each group (model, accelerator, format, software)";
const percent = (share) => `${(100 * share).toFixed(1)} %`;
const mean = (values) => values.reduce((sum, value) => sum + value, 0) / values.length;
const meanError = (all) => mean(all.map(({ error }) => Math.abs(error)));
const share = (all, what) => all.filter((one) => one[what]).length / all.length;

function errorRow(bar, all, limit) {
  const got = meanError(all);
  return { bar, wanted: `<= ${percent(limit)}`, got: percent(got), held: got <= limit, howHeldOut: held };
}

function coverageRow(bar, all, what, [low, high]) {
  const got = share(all, what);
  const wanted = `${percent(low)} to ${percent(high)}`;
  return { bar, wanted, got: percent(got), held: got >= low && got <= high, howHeldOut: held };
}

/** Bars on the time of training steps: what was wanted, what came out, and how the scored rows were held out. */
export async function rows({ onFold } = {}) {
  const predicted = leftOutRuns(publishedTimedRuns(), undefined, onFold);
  const of = (source) => predicted.filter(({ run }) => run.row.source === source);
  const foundry = of("llm-foundry");
  const bridge = of("Megatron-Bridge");
  const megatron = predicted.filter(({ run }) => run.row.measurement.startsWith("megatron-"));
  const table = [errorRow(`time: llm-foundry MFU, mean error of ${foundry.length} rows`, foundry, 0.12)];
  for (const accelerator of new Set(foundry.map(({ run }) => run.labels.accelerator))) {
    const all = foundry.filter(({ run }) => run.labels.accelerator === accelerator);
    table.push(errorRow(`time: llm-foundry MFU on ${accelerator}, ${all.length} rows`, all, 0.15));
  }
  table.push(
    errorRow(`time: Megatron-Bridge tokens/s/device, mean error of ${bridge.length} rows`, bridge, 0.2),
  );
  table.push(
    errorRow(
      `time: Megatron's ${megatron.length} runs (Korthikanti et al. 2022), mean error`,
      megatron,
      0.05,
    ),
  );
  for (const [name, all] of [
    ["all", predicted],
    ["llm-foundry", foundry],
    ["Megatron-Bridge", bridge],
  ]) {
    table.push(coverageRow(`time: 80 % interval covers, ${name}`, all, "in80", [0.76, 0.84]));
    table.push(coverageRow(`time: 95 % interval covers, ${name}`, all, "in95", [0.92, 0.97]));
  }
  const a100 = { name: "A100-SXM-80GB", memoryBytesPerS: 2.039e12, peaks: { bf16: 312e12 } };
  const implied = mfu({ params: 70e9, tokens: 16.4e6, hours: 13.5, devices: 16, accelerator: a100 });
  table.push({
    bar: "mfu: 70B on 16 A100, 13.5 h, 16.4M tokens",
    wanted: "2.84 %",
    got: `${(100 * implied).toFixed(2)} %`,
    held: (100 * implied).toFixed(2) === "2.84",
    howHeldOut: "closed form",
  });
  return table;
}

const keys = {
  group: (run) => runGroup(run.labels),
  model: (run) => run.labels.model,
  accelerator: (run) => run.labels.accelerator,
  stack: (run) => run.labels.stack,
};

function line(name, all) {
  console.log(
    `${name.padEnd(28)} ${String(all.length).padStart(4)} rows   mean error ${percent(meanError(all)).padStart(6)}   ` +
      `80 %: ${percent(share(all, "in80"))}   95 %: ${percent(share(all, "in95"))}   ` +
      `half-width of 95 %: ${mean(all.map((one) => one.reach95)).toFixed(2)} (log)`,
  );
}

/** All that was predicted, and by source; with `kinds` also dense models and mixtures of experts. */
function lines(predicted, kinds = false) {
  line("all", predicted);
  for (const source of new Set(predicted.map(({ run }) => run.row.source))) {
    const own = predicted.filter(({ run }) => run.row.source === source);
    line(source, own);
    if (!kinds || source !== "Megatron-Bridge") continue;
    for (const kind of ["dense", "experts"]) {
      line(
        `  of it ${kind}`,
        own.filter(({ run }) => run.labels.kind === kind),
      );
    }
  }
}

/** What a calibration on half of the groups, and on half of the rows, does for the other half, in thirty random splits. */
function summaryOfHalves() {
  for (const [what, keyOf] of [
    ["groups", keys.group],
    ["rows", (_, i) => `${i}`],
  ]) {
    console.log(`half of the ${what} predicted by the other half, 30 random splits:`);
    lines(otherHalves(publishedTimedRuns(), keyOf), true);
  }
}

function summary(by) {
  if (by === "halves") return summaryOfHalves();
  const predicted = leftOutRuns(publishedTimedRuns(), keys[by]);
  console.log(`left out: ${by}`);
  lines(predicted, by === "group");
  if (by !== "group") return;
  const published = megatronSteps();
  for (const name of ["calculonStepS", "llmAnalysisStepS"]) {
    const errors = published.map((row) => Math.abs(row[name] / row.stepS - 1));
    console.log(
      `Megatron's 8 runs, ${name}: mean error ${percent(mean(errors))}, largest ${percent(Math.max(...errors))}`,
    );
  }
  const own = predicted.filter(({ run }) => run.row.measurement.startsWith("megatron-"));
  const errors = own.map(({ run, seconds }) => Math.abs(seconds / run.seconds - 1));
  console.log(
    `Megatron's 8 runs, ours held out: mean error ${percent(mean(errors))}, largest ${percent(Math.max(...errors))}`,
  );
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const start = performance.now();
  const by = process.argv[2];
  if (by) summary(by);
  else console.table(await rows());
  console.log(`${((performance.now() - start) / 1000).toFixed(0)} s`);
}
