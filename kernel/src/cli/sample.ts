import type { Command } from "commander";
import { sampleColumns, sampleCurve } from "../answers/sampling/sampleCurve.ts";
import { sampleText } from "../answers/sampling/sampleText.ts";
import { shownPath } from "../files/shownPath.ts";
import { readNumbers } from "../tables/readNumbers.ts";
import { parseCounts } from "./optionValues.ts";
import { ProgressLine } from "./ProgressLine.ts";
import { parsePath } from "./pathValues.ts";

interface SampleOptions {
  counts: string;
  k?: number[];
  json?: boolean;
}

const help = `
The file has one problem a row: n_samples and n_correct, how many of its samples were right (JSONL, CSV, TSV or Parquet).
pass@k is the unbiased estimate, averaged over problems; coverage c(k) = exp(a k^-b) is fitted to its curve.

Examples:
  isoflop sample --counts results.jsonl
  isoflop sample --counts results.csv --k 1,10,100 --json`;

/** Adds `isoflop sample`: the pass@k curve and its fit from counts of right samples. */
export function addSampleCommand(program: Command): void {
  program
    .command("sample")
    .description("Say how many problems k samples solve, from counts of right samples, and fit the curve.")
    .requiredOption(
      "--counts <file>",
      "file with samples drawn and samples right, a problem a row",
      parsePath,
    )
    .option("--k <list>", "sample counts to show, such as 1,10,100 (default: powers of ten)", parseCounts)
    .option("--json", "write JSON")
    .addHelpText("after", help)
    .action(async ({ counts: path, k, json }: SampleOptions) => {
      const progress = new ProgressLine();
      const counts = await readNumbers(path, sampleColumns, (rows) =>
        progress.step(`${shownPath(path)}: ${rows} rows read`),
      );
      progress.clear();
      const curve = sampleCurve(counts, k);
      process.stdout.write(json ? `${JSON.stringify(curve, null, 2)}\n` : sampleText(path, counts, curve));
    });
}
