// Writes helpers/src/cost/time/publishedRuns.ts: what this package calibrates the time of training steps on, and the constants
// that come out, from the datasets measuredTraining and megatronSteps. Run after `npm run build`; a test fits again and
// compares.
import { execFileSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { calibrateTime, timedRunOf } from "isoflop";
import { measuredTraining, megatronSteps } from "isoflop-datasets";

/** Rows as the files have them, with the columns of measured_training.csv. */
export function publishedTrainingRows() {
  const measured = measuredTraining().map(({ nDevices, sourceRef, valueHigh, ...row }) => ({
    ...row,
    n_devices: nDevices,
    source_ref: sourceRef,
    value_high: valueHigh,
  }));
  const megatron = megatronSteps().map((row) => ({
    source: "Megatron-LM",
    engine: "Megatron-LM",
    model: row.model,
    hardware: "A100-SXM-80GB",
    n_devices: row.nDevices,
    precision: "fp16",
    parallel: `TP${row.tensorParallel} PP${row.pipelineParallel} VP${row.interleave}`,
    batch: row.globalBatch,
    isl: row.sequenceTokens,
    quantity: "step time",
    value: row.stepS,
    unit: "s",
    measurement: `megatron-${row.model}-${row.recompute}`,
    notes:
      `micro batch ${row.microBatch}; unfused attention; ` +
      (row.recompute === "full" ? "activation checkpointing True" : "selective recompute"),
  }));
  return [...measured, ...megatron];
}

/** Runs to calibrate on: of every row that states the time of a step or its tokens per second. */
export function publishedTimedRuns() {
  return publishedTrainingRows().flatMap((row) => {
    if (/decode|output tokens/.test(row.quantity)) return [];
    const run = timedRunOf(row);
    return "why" in run ? [] : [{ ...run, row }];
  });
}

const short = (x, digits = 5) => Number(x.toPrecision(digits));

/** What helpers/src/cost/time/publishedRuns.ts holds. */
export function publishedRunsRecord() {
  const { logConstants, deviations, factors, runs } = calibrateTime(publishedTimedRuns());
  const labels = [];
  const known = new Map();
  const rounded = runs.map(({ labels: { layout, ...rest }, residual, shares }) => {
    const key = JSON.stringify(rest);
    if (!known.has(key)) {
      known.set(key, labels.length);
      labels.push(rest);
    }
    return [known.get(key), layout, short(residual), shares.map((share) => Math.round(1000 * share))];
  });
  return {
    logConstants: logConstants.map((x) => short(x)),
    deviations: deviations.map((x) => short(x)),
    factors: JSON.parse(JSON.stringify(factors), (_, x) => (typeof x === "number" ? short(x, 4) : x)),
    labels,
    runs: rounded,
  };
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const file = fileURLToPath(new URL("../helpers/src/cost/time/publishedRuns.ts", import.meta.url));
  const record = publishedRunsRecord();
  writeFileSync(
    file,
    `// Written by scripts/cost-calibration.js.\nimport type { PublishedRuns } from "./calibrate/TimeCalibration.ts";\n\n` +
      `/** Parsed when it is first asked for. */\nexport const publishedRuns = (): PublishedRuns => JSON.parse(\`${JSON.stringify(record)}\`);\n`,
  );
  execFileSync("npx", ["biome", "format", "--write", file], { stdio: "inherit" });
}
