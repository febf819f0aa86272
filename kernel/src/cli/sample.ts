import type { Command } from "commander";
import { sampleColumns, sampleCurve } from "../answers/sampling/sampleCurve.ts";
import { sampleText } from "../answers/sampling/sampleText.ts";
import { formatOption } from "./inputs/formatOption.ts";
import { readTables } from "./inputs/readTables.ts";
import { helpText } from "./options/examplesHelp.ts";
import { parsePaths } from "./options/pathValues.ts";
import { parseCounts } from "./optionValues.ts";
import { terminalWidth } from "./terminal/terminalWidth.ts";

interface SampleOptions {
  counts: string[];
  k?: number[];
  format?: string;
  json?: boolean;
}

const help = helpText(
  [
    "The file has one problem a row: n_samples and n_correct, how many of its samples were right (JSONL, CSV, TSV or Parquet). pass@k is the unbiased estimate, averaged over problems; coverage c(k) = exp(a k^-b) is fitted to its curve.",
  ],
  [
    ["isoflop sample --counts results.jsonl"],
    ["isoflop sample --counts results.csv --k 1,10,100 --json"],
    ["isoflop sample --counts math.csv code.csv", "the problems of two files"],
    ["my-eval | isoflop sample --counts - --format jsonl", "what another program prints"],
  ],
);

/** Adds `isoflop sample`: the pass@k curve and its fit from counts of right samples. */
export function addSampleCommand(program: Command): void {
  program
    .command("sample")
    .description("Say how many problems k samples solve, from counts of right samples, and fit the curve.")
    .requiredOption(
      "--counts <files...>",
      "files with samples drawn and samples right, a problem a row; - for standard input",
      parsePaths,
    )
    .option("--k <list>", "sample counts to show, such as 1,10,100 (default: powers of ten)", parseCounts)
    .addOption(formatOption())
    .option("--json", "write JSON")
    .addHelpText("after", help)
    .action(async ({ counts: given, k, format, json }: SampleOptions) => {
      const { rows, name } = await readTables(given, format, sampleColumns);
      const curve = sampleCurve(rows, k);
      const width = terminalWidth(process.stdout);
      process.stdout.write(
        json ? `${JSON.stringify(curve, null, 2)}\n` : sampleText(name, rows, curve, width),
      );
    });
}
