// What the published calibration does for runs that it has never seen: steps of the dataset gpuTraining (one H100 or H200,
// plain PyTorch, software not named); beside it the simplest rule, a fixed MFU, on llm-foundry's rows, and by how much the
// interval is wider where the software is not named.
//   node bench/cost/timeOutside.js
import { accelerators, publishedCalibration, TimePrediction, trainingStep } from "isoflop";
import { gpuTraining, measuredTraining } from "isoflop-datasets";
import { publishedTimedRuns } from "../../scripts/cost-calibration.js";

const mean = (values) => values.reduce((sum, value) => sum + value, 0) / values.length;
const percent = (share) => `${(100 * share).toFixed(1)} %`;

function measured(row) {
  const { nHeads, nKvHeads, hiddenSize, recompute, microBatch, sequenceTokens, seconds } = row;
  const { nLayers, vocabSize, ffnSize } = row;
  const attention = { kind: "grouped", nHeads, nKvHeads, headSize: hiddenSize / nHeads };
  const model = { nLayers, hiddenSize, vocabSize, ffnSize, attention, tiedEmbeddings: false, gated: true };
  const accelerator = accelerators[row.accelerator.includes("H200") ? "h200-sxm-141gb" : "h100-sxm-80gb"];
  const step = trainingStep(model, { devices: 1, microBatch, recompute }, accelerator, { sequenceTokens });
  const within = ([low, high]) => (low <= seconds && seconds <= high ? 1 : 0);
  return {
    accelerator: accelerator.name,
    tokens: microBatch * sequenceTokens,
    error: Math.abs(seconds / step.seconds.value - 1),
    in80: within(step.seconds.interval80),
    in95: within(step.seconds.interval95),
    isLike: step.inDistribution,
  };
}

function line(name, steps) {
  const share = (what) => percent(mean(steps.map((one) => one[what])));
  console.log(
    `${name.padEnd(44)} ${String(steps.length).padStart(4)}   error ${share("error")}   80 %: ${share("in80")}   95 %: ${share("in95")}`,
  );
}

const steps = gpuTraining().map(measured);
line(
  "gpuTraining, 4,096 tokens or more",
  steps.filter(({ tokens }) => tokens >= 4096),
);
const small = steps.filter(({ tokens }) => tokens < 4096);
line("gpuTraining, fewer", small);
for (const accelerator of new Set(small.map((one) => one.accelerator))) {
  line(
    `  of them on ${accelerator}`,
    small.filter((one) => one.accelerator === accelerator),
  );
}

line(
  "gpuTraining, said to be in distribution",
  steps.filter(({ isLike }) => isLike),
);
line(
  "gpuTraining, said to be out of it",
  steps.filter(({ isLike }) => !isLike),
);

const foundry = measuredTraining().filter(
  ({ source, quantity, precision }) =>
    source === "llm-foundry" && quantity === "MFU" && !precision.includes("fp8"),
);
for (const hardware of new Set(foundry.map((row) => row.hardware))) {
  const own = foundry.filter((row) => row.hardware === hardware);
  const error = mean(own.map(({ value }) => Math.abs(40 / value - 1)));
  console.log(`MFU 40 % for all, llm-foundry ${hardware}, ${own.length} bf16 rows: ${percent(error)}`);
}

const calibration = publishedCalibration();
const wider = publishedTimedRuns().map(({ labels, ideal, bubble }) => {
  const reach = (of) => {
    const prediction = new TimePrediction(calibration, of);
    prediction.logMean(ideal, bubble);
    return prediction.factors.p95 * Math.sqrt(prediction.variance());
  };
  return reach({ ...labels, stack: "", release: "" }) / reach(labels);
});
wider.sort((a, b) => a - b);
const at = (share) => wider[Math.floor(share * wider.length)].toFixed(1);
console.log(
  `interval of 95 % where the software is not named: ${at(0.1)} to ${at(0.9)} times as wide (eight of ten runs), median ${at(0.5)}`,
);
