/** Mean tokens of a data set. */
export interface DataSetLengths {
  readonly prompt: number;
  readonly output: number;
}

/**
 * Mean lengths of MLPerf's data sets, by the model's name in the catalogue. Prompts: means of the token lengths of every sample
 * (github:openshift-psap/performance-dashboard@7100702, mlperf-data/summaries: 24,576, 8,313, 13,368, 15,000 and 4,388 samples).
 * Outputs: the reference's tokens a sample (github:mlcommons/inference@b66003e1, language/MODEL/README.md), of Llama-3.1-8B
 * what the v5.1 submissions completed, tokens over requests a second (median of 12).
 */
const dataSets: Readonly<Record<string, DataSetLengths>> = {
  "Llama-2-70b-hf": { prompt: 222, output: 294 },
  "Llama-3.1-405B": { prompt: 9429, output: 685 },
  "Llama-3.1-8B": { prompt: 871, output: 129 },
  "Mixtral-8x7B-v0.1": { prompt: 427, output: 145 },
  "DeepSeek-V3": { prompt: 804, output: 3886 },
};

/**
 * Mean length of MLPerf's data set for a model.
 *
 * @throws RangeError for a model that has none
 */
export function dataSetLength(modelKey: string, which: "prompt" | "output"): number {
  const found = Object.hasOwn(dataSets, modelKey) ? dataSets[modelKey]![which] : undefined;
  if (found === undefined) {
    throw new RangeError(
      `MLPerf has no data set for ${modelKey} whose lengths are known; give tokens in the column ${which === "prompt" ? "isl" : "osl"}`,
    );
  }
  return found;
}
