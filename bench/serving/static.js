// Static batches: the efficiency presets of the ideal roofline on the published static runs: node bench/serving/static.js
import { accelerators, efficiencyPresets, estimateServing, modelShape } from "isoflop";
import { costReference } from "isoflop-datasets";
import { mean, percent } from "./leftOut.js";

const boards = {
  "A100-SXM-80GB": ["a100-sxm-80gb", "a100-fp16-tensorrt"],
  "H100-SXM-80GB": ["h100-sxm-80gb", "h100-fp8-tensorrt"],
};

export function rows() {
  const errors = [];
  for (const row of costReference()) {
    // C rows are single requests and static batches; M rows of NIM run in flight.
    if (!row.source.startsWith("MEASURED") || !row.configId.startsWith("C") || !boards[row.hardware])
      continue;
    const [board, preset] = boards[row.hardware];
    const estimate = estimateServing(modelShape(row.model), {
      accelerator: accelerators[board],
      promptTokens: row.promptTokens,
      outputTokens: row.outputTokens,
      batchSize: row.batchSize,
      tensorParallel: row.tensorParallel,
      weightBits: row.weightBits,
      activationBits: row.activationBits,
      kvBits: row.kvBits,
      efficiency: efficiencyPresets[preset],
    });
    for (const [said, measured] of [
      [estimate.prefillS, row.prefillS],
      [estimate.meanStepS, row.decodeStepSMean],
      [estimate.totalS, row.totalS],
    ]) {
      if (measured > 0) errors.push(Math.abs(said / measured - 1));
    }
  }
  return [
    {
      bar: "static batches, presets of the roofline",
      wanted: "mean error <= 8 %",
      got: `${percent(mean(errors))} of ${errors.length} latencies of costReference (at most ${percent(Math.max(...errors))})`,
      held: mean(errors) <= 0.08,
      howHeldOut:
        "not held out: the presets were fitted to these and other rows of the same tables; nothing of them was changed",
    },
  ];
}
