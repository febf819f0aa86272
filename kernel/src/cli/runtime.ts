import type { Command } from "commander";
import { predictRequest, requestColumns } from "../answers/runtime/predictRequest.ts";
import { requestText } from "../answers/runtime/requestText.ts";
import { shownPath } from "../files/shownPath.ts";
import { readNumbers } from "../tables/readNumbers.ts";
import { parseAmount, parseCount } from "./optionValues.ts";
import { ProgressLine } from "./ProgressLine.ts";
import { parsePath } from "./pathValues.ts";

interface RuntimeOptions {
  prompt: number;
  output: number;
  accelerators?: number;
  usdPerHour?: number;
  json?: boolean;
}

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
    .argument("<profile>", "file of measured requests", parsePath)
    .requiredOption("--prompt <tokens>", "prompt tokens of the request to predict", parseCount)
    .requiredOption("--output <tokens>", "output tokens of the request to predict", parseCount)
    .option("--accelerators <count>", "accelerators that one replica occupies (default 1)", parseCount)
    .option("--usd-per-hour <price>", "price of one accelerator for one hour", parseAmount)
    .option("--json", "write JSON")
    .addHelpText("after", help)
    .action(async (path: string, { prompt, output, json, ...price }: RuntimeOptions) => {
      const progress = new ProgressLine();
      const measured = await readNumbers(path, requestColumns, (rows) =>
        progress.step(`${shownPath(path)}: ${rows} rows read`),
      );
      progress.clear();
      const answer = predictRequest(measured, { promptTokens: prompt, outputTokens: output, ...price });
      process.stdout.write(json ? `${JSON.stringify(answer, null, 2)}\n` : requestText(path, answer));
    });
}
