import type { Command } from "commander";
import { fitRuntime, formatNumber, predictRuntime, type RuntimeModel, runtimeCost } from "isoflop";
import { readNumbers } from "../tables/readNumbers.ts";
import { parseAmount, parseCount } from "./parseCount.ts";

interface RuntimeOptions {
  prompt: number;
  output: number;
  accelerators?: number;
  usdPerHour?: number;
  json?: boolean;
}

const columns = {
  promptTokens: ["prompt_tokens", "promptTokens", "input_tokens", "prompt"],
  outputTokens: ["output_tokens", "outputTokens", "generated_tokens", "output"],
  runtimeS: ["runtime_s", "runtimeS", "seconds", "latency_s", "time_s", "runtime"],
};

const help = `
The file has one measured request a row: prompt_tokens, output_tokens and runtime_s (CSV, TSV, JSONL or Parquet).
Measure some prompt sizes with 1 output token and with more. T(p, o) = F(p) + (o - 1) G is fitted to it.

Examples:
  isoflop runtime profile.csv --prompt 2048 --output 512
  isoflop runtime profile.csv --prompt 2048 --output 512 --accelerators 8 --usd-per-hour 2.5
  isoflop runtime profile.csv --prompt 2048 --output 512 --json | jq .seconds`;

/** Adds `isoflop runtime`: predict the runtime and price of a request from measured ones. */
export function addRuntimeCommand(program: Command): void {
  program
    .command("runtime")
    .description(
      "Fit prefill time and time per output token to measured requests, and predict another request.",
    )
    .argument("<profile>", "file of measured requests")
    .requiredOption("--prompt <tokens>", "prompt tokens of the request to predict", parseCount)
    .requiredOption("--output <tokens>", "output tokens of the request to predict", parseCount)
    .option("--accelerators <count>", "accelerators that one replica occupies (default 1)", parseCount)
    .option("--usd-per-hour <price>", "price of one accelerator for one hour", parseAmount)
    .option("--json", "write JSON")
    .addHelpText("after", help)
    .action(async (path: string, options: RuntimeOptions) => {
      const { text, json } = await predictFromProfile(path, options);
      process.stdout.write(options.json ? `${JSON.stringify(json, null, 2)}\n` : text);
    });
}

/** What the command says, as text and as data. */
export async function predictFromProfile(path: string, options: RuntimeOptions) {
  const model = fitRuntime(await readNumbers(path, columns));
  const request = { promptTokens: options.prompt, outputTokens: options.output };
  const seconds = predictRuntime(model, request);
  const prefillSeconds = predictRuntime(model, { ...request, outputTokens: 0 });
  const { usdPerHour, accelerators = 1 } = options;
  const usd = usdPerHour === undefined ? undefined : runtimeCost(seconds, { accelerators, usdPerHour });
  const notes = cautions(model, options.prompt);
  const json = { ...request, seconds, prefillSeconds, usd, accelerators, usdPerHour, model, notes };
  const price =
    usd === undefined
      ? ""
      : `\nprice    $${formatNumber(usd)} on ${accelerators} accelerator${accelerators === 1 ? "" : "s"} at $${usdPerHour} an hour each`;
  const text = `${describeModel(path, model)}
request  ${options.prompt} prompt tokens, ${options.output} output tokens
runtime  ${formatNumber(seconds)} s: ${formatNumber(prefillSeconds)} s to the first token, ${formatNumber(seconds - prefillSeconds)} s for the others${price}
${notes.map((note) => `note     ${note}\n`).join("")}`;
  return { text, json };
}

function describeModel(path: string, model: RuntimeModel): string {
  const { promptTimes, secondsPerOutputToken, r2, maxSquaredError, nMeasurements } = model;
  const [first, last] = [promptTimes[0]!, promptTimes.at(-1)!];
  return `${path}: ${nMeasurements} requests, ${promptTimes.length} prompt sizes
T(p, o) = F(p) + (o - 1) G
G        ${formatNumber(secondsPerOutputToken * 1000)} ms per output token (R2 ${formatNumber(r2, 5)}, largest error ${formatNumber(Math.sqrt(maxSquaredError), 2)} s)
F        ${formatNumber(first.seconds)} s at ${first.promptTokens} tokens to ${formatNumber(last.seconds)} s at ${last.promptTokens}
`;
}

function cautions({ promptTimes, r2 }: RuntimeModel, promptTokens: number): string[] {
  const [first, last] = [promptTimes[0]!.promptTokens, promptTimes.at(-1)!.promptTokens];
  const notes: string[] = [];
  if (promptTokens > last) {
    notes.push(`the prompt is longer than any measured (${last}); its prefill is taken in proportion`);
  }
  if (promptTokens < first) {
    notes.push(`the prompt is shorter than any measured (${first}); its prefill is taken as for ${first}`);
  }
  if (r2 < 0.98) {
    notes.push(`R2 is ${formatNumber(r2, 3)}: the time per token is not constant; was the machine shared?`);
  }
  return notes;
}
