// What other calculators say of the same rows, by rules read in their sources:
//   llm-analysis d841e40 (llm_analysis/analysis.py: get_num_params_total, with the output table counted once whether tied or
//   not), accelerate (src/accelerate/commands/estimate.py: "Training using Adam" is four times the float32 weights of the
//   model without its head).
//   node bench/cost/peers.js
import { readFileSync } from "node:fs";
import { countParams, modelFromConfig } from "isoflop";
import { gpuTraining } from "isoflop-datasets";
import { oneGpuErrors } from "./memoryMeasured.js";

const median = (values) => values.toSorted((p, q) => p - q)[Math.floor(values.length / 2)];
const mean = (values) => values.reduce((sum, value) => sum + value, 0) / values.length;
const percent = (value) => `${(100 * value).toFixed(2)} %`;

/** Parameters by llm-analysis's rule, given the right numbers; undefined of models that its rule has no numbers for. */
export function llmAnalysisParams(model) {
  const { layers, hiddenSize: d, vocabSize } = model;
  const blocks = layers.map((layer) => layer.blocks);
  const attention = blocks[0]?.find(({ kind }) => kind === "attention");
  const inner = blocks.at(-1)?.find(({ kind }) => kind === "feed-forward" || kind === "experts");
  if (!attention || !inner || model.towers.length > 0) return undefined;
  const { nHeads, nKvHeads } = attention;
  const experts = inner.kind === "experts" ? inner.nExperts : 1;
  const perLayer =
    2 * d ** 2 +
    (2 * d * d * nKvHeads) / nHeads +
    inner.matrices * d * inner.size * experts +
    (experts > 1 ? d * experts : 0) +
    2 * d;
  return layers.length * perLayer + d * vocabSize + d;
}

/** Both counts of the published configurations. */
export function counts() {
  const file = new URL("../../helpers/test/models/vectors/published.jsonl", import.meta.url);
  const lines = readFileSync(file, "utf8").trim().split("\n");
  return lines.map((line) => {
    const { name, config, total } = JSON.parse(line);
    const model = modelFromConfig(config);
    return { name, total, ours: countParams(model).total, theirs: llmAnalysisParams(model) };
  });
}

/** Errors of accelerate's training estimate against the measured peak of one device. */
export function accelerateErrors() {
  return gpuTraining()
    .filter((row) => row.recipe === "autocast")
    .map((row) => {
      const head = row.vocabSize * row.hiddenSize;
      return (4 * 4 * (row.nParams - head)) / row.peakBytes - 1;
    });
}

export function rows() {
  const all = counts();
  const theirs = all.filter(({ theirs }) => theirs !== undefined);
  const off = theirs.map((row) => Math.abs(row.theirs / row.total - 1));
  const exact = (key) => all.filter((row) => row[key] === row.total).length;
  const eager = oneGpuErrors(false);
  const accelerate = accelerateErrors();
  return [
    {
      bar: "parameters of published configurations",
      wanted: `${all.length} exact`,
      got: `${exact("ours")} exact; llm-analysis's rule, given the right numbers: ${exact("theirs")} of ${theirs.length} it has a rule for, median error ${percent(median(off))}, largest ${percent(Math.max(...off))}`,
      held: exact("ours") === all.length,
      howHeldOut: "nothing is fitted",
    },
    {
      bar: "peak memory of training steps on one device",
      wanted: "beside accelerate's estimate",
      got: `mean error ${percent(mean(eager.map(({ peak }) => Math.abs(peak))))} of ${eager.length} eager steps; accelerate's four times the weights ${percent(mean(accelerate.map(Math.abs)))} of ${accelerate.length} steps with float32 weights, which have activations that it leaves out`,
      held: null,
      howHeldOut:
        "no constant is fitted; see memoryMeasured.js for which rules were written with rows in view",
    },
  ];
}

if (import.meta.url === `file://${process.argv[1]}`) {
  for (const { bar, got } of rows()) console.log(`${bar}: ${got}`);
}
