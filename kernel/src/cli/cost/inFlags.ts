/** Names of arguments in messages of the helpers, and how the command line calls them. */
const flags: Readonly<Record<string, string>> = {
  tensorParallel: "--tp",
  pipelineParallel: "--pp",
  attentionDataParallel: "--dp",
  expertParallel: "--ep",
  promptTokens: "--prompt",
  outputTokens: "--output",
  batchSize: "--batch",
  weightBits: "--weights",
  activationBits: "--activations",
  kvBits: "--kv",
};

/** Says the messages of the helpers in the words of the command line. */
export function inFlags<Value>(ask: () => Value): Value {
  try {
    return ask();
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    const message = error.message.replace(/\b[a-z]+[A-Z][A-Za-z]*\b/g, (name) => flags[name] ?? name);
    throw new RangeError(message, { cause: error });
  }
}
