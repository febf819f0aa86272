import type { Command } from "commander";
import { predictRequest, requestColumns } from "../answers/runtime/predictRequest.ts";
import { requestText } from "../answers/runtime/requestText.ts";
import { formatOption } from "./inputs/formatOption.ts";
import { readTables } from "./inputs/readTables.ts";
import { helpText } from "./options/examplesHelp.ts";
import { parsePaths } from "./options/pathValues.ts";
import { parseAmount, parseCount } from "./optionValues.ts";
import { terminalWidth } from "./terminal/terminalWidth.ts";

interface RuntimeOptions {
  prompt: number;
  output: number;
  accelerators?: number;
  usdPerHour?: number;
  format?: string;
  json?: boolean;
}

const help = helpText(
  [
    "The file has one measured request a row: prompt_tokens, output_tokens and runtime_s (CSV, TSV, JSONL or Parquet). Measure some prompt sizes with 1 output token and with more. T(p, o) = F(p) + (o - 1) G is fitted to it.",
  ],
  [
    ["isoflop runtime profile.csv --prompt 2048 --output 512"],
    ["isoflop runtime profile.csv --prompt 2048 --output 512 --accelerators 8 --usd-per-hour 2.5"],
    ["isoflop runtime - --format jsonl --prompt 2048 --output 512 < profile.log", "from standard input"],
    ["isoflop runtime profile.csv --prompt 2048 --output 512 --json | jq .seconds"],
  ],
);

/** Adds `isoflop runtime`: predict the runtime and price of a request from measured ones. */
export function addRuntimeCommand(program: Command): void {
  program
    .command("runtime")
    .description(
      "Fit prefill time and time per output token to measured requests, and predict another request.",
    )
    .argument("<profile...>", "files of measured requests; - for standard input", parsePaths)
    .requiredOption("--prompt <tokens>", "prompt tokens of the request to predict", parseCount)
    .requiredOption("--output <tokens>", "output tokens of the request to predict", parseCount)
    .option("--accelerators <count>", "accelerators that one replica occupies (default 1)", parseCount)
    .option("--usd-per-hour <price>", "price of one accelerator for one hour", parseAmount)
    .addOption(formatOption())
    .option("--json", "write JSON")
    .addHelpText("after", help)
    .action(async (given: string[], { prompt, output, format, json, ...price }: RuntimeOptions) => {
      const { rows, name } = await readTables(given, format, requestColumns);
      const answer = predictRequest(rows, { promptTokens: prompt, outputTokens: output, ...price });
      const width = terminalWidth(process.stdout);
      process.stdout.write(json ? `${JSON.stringify(answer, null, 2)}\n` : requestText(name, answer, width));
    });
}
