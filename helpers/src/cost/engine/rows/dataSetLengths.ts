/** Mean tokens of a data set. */
export interface DataSetLengths {
  readonly prompt?: number;
  readonly output: number;
}

/**
 * Mean lengths of MLPerf's data sets, by the model's name in the catalogue. Outputs are the reference's tokens per sample
 * (github:mlcommons/inference@b66003e1, language/MODEL/README.md), of Llama-3.1-8B what the v5.1 submissions completed, tokens
 * over requests a second (median of 12). Prompts of Llama 2 are OpenOrca's 24,576, tokenised with the benchmark's template
 * in a public study; those of Llama 3.1 405B as MLCommons states them in its announcement of v5.0; both were read second hand. Of
 * the others no mean prompt length was found at a source.
 */
const dataSets: Readonly<Record<string, DataSetLengths>> = {
  "Llama-2-70b-hf": { prompt: 221, output: 294 },
  "Llama-3.1-405B": { prompt: 9400, output: 685 },
  "Llama-3.1-8B": { output: 129 },
  "Mixtral-8x7B-v0.1": { output: 145 },
  "DeepSeek-V3": { output: 3886 },
};

/**
 * Mean length of MLPerf's data set for a model.
 *
 * @throws RangeError where none was found at a source
 */
export function dataSetLength(modelKey: string, which: "prompt" | "output"): number {
  const found = Object.hasOwn(dataSets, modelKey) ? dataSets[modelKey]![which] : undefined;
  if (found === undefined) {
    throw new RangeError(
      `no source was found for the mean ${which} length of MLPerf's data set for ${modelKey}; give tokens in the column ${which === "prompt" ? "isl" : "osl"}`,
    );
  }
  return found;
}
