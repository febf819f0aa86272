import { basename } from "node:path";
import type { Command } from "commander";
import type { FitOptions } from "isoflop";
import { analyse } from "../answers/fit/analyse.ts";
import { analysisJson } from "../answers/fit/analysisJson.ts";
import { analysisNotebook } from "../answers/fit/analysisNotebook.ts";
import { analysisText } from "../answers/fit/analysisText.ts";
import { parseCondition } from "../answers/fit/Condition.ts";
import { parseLaw } from "../answers/fit/parseLaw.ts";
import { parseLoss } from "../answers/fit/parseLoss.ts";
import { checkOutputs, type NamedPath } from "../files/checkOutputs.ts";
import { checkWritable } from "../files/checkWritable.ts";
import { shownPath } from "../files/shownPath.ts";
import { writeFileAtomically } from "../notebook/writeFileAtomically.ts";
import { parseMap } from "../tables/chooseColumns.ts";
import { loadRuns } from "../tables/loadRuns.ts";
import { abortOnInterrupt } from "./abortOnInterrupt.ts";
import { parseNumbers, parseShare, parseWhole } from "./optionValues.ts";
import { ProgressLine } from "./ProgressLine.ts";
import { parseFilePath, parsePath } from "./pathValues.ts";
import { writePage } from "./writePage.ts";

interface FitCommandOptions {
  law: string;
  map?: string;
  loss: string;
  raw?: boolean;
  fix?: string;
  bootstrap: number;
  seed: number;
  level: number;
  group?: string;
  holdout?: string;
  plan?: string;
  dropBad?: boolean;
  json?: boolean;
  save?: string;
  report?: string;
}

const examples = `
Columns are found by their usual names (n_params, tokens, val_loss, …); what was taken is said. Counts are plain
numbers: a column in billions is scaled by --map nParams=params_b*1e9.

Examples:
  isoflop fit runs.csv                                             Chinchilla's law, Huber loss
  isoflop fit runs.csv --bootstrap 4000 --plan flops=1e24          with intervals, and the best split of a budget
  isoflop fit runs.jsonl --holdout "flops>1e21"                    fit the small runs, predict the large ones
  isoflop fit runs.parquet --law "powerLaw(flops)" --group run_id  checkpoints of one run belong together
  isoflop fit runs.csv --law "L = E + A/N^alpha + B/D^beta"        a law of your own`;

/** Adds `isoflop fit`: fit a law to a file of runs. */
export function addFitCommand(program: Command): void {
  program
    .command("fit")
    .description(
      "Fit a scaling law to a file of runs (CSV, TSV, JSONL, Parquet) and say how far to trust it.",
    )
    .argument("<runs>", "the file, one run a row", parsePath)
    .option("--law <law>", "a law of `isoflop laws`, or a formula", "chinchilla")
    .option("--map <fields>", "FIELD=COLUMN[*FACTOR], separated by commas")
    .option("--loss <loss>", "squared, l1, huber:DELTA or logcosh:SCALE", "huber:1e-3")
    .option("--raw", "take residuals of the response itself, not of its logarithm")
    .option("--fix <parameters>", "hold parameters at values, such as E=1.69")
    .option("--bootstrap <resamples>", "standard errors and intervals from so many replicates", parseWhole, 0)
    .option("--seed <number>", "seed of the bootstrap", parseWhole, 42)
    .option("--level <share>", "mass of the intervals", parseShare, 0.95)
    .option("--group <column>", "rows with the same value are one training run")
    .option("--holdout <condition>", 'keep runs out of a second fit and predict them, such as "flops>1e21"')
    .option("--plan <flops=NUMBER>", "the best model size and token count for a budget")
    .option("--drop-bad", "leave out rows that cannot be used instead of refusing the file")
    .option("--json", "print the result as JSON")
    .option("--save <file>", "write the fit itself, for `isoflop plan --law` and loadFit", parseFilePath)
    .option("--report <file>", "write the result with figures as a self-contained HTML page", parseFilePath)
    .addHelpText("after", examples)
    .action(fitCommand);
}

async function fitCommand(path: string, options: FitCommandOptions): Promise<void> {
  const law = await parseLaw(options.law);
  const map = options.map === undefined ? [] : parseMap(options.map);
  const condition = options.holdout === undefined ? undefined : parseCondition(options.holdout);
  const planFlops = options.plan === undefined ? undefined : parsePlan(options.plan);
  const fitOptions: FitOptions = {
    loss: parseLoss(options.loss),
    residual: options.raw ? "raw" : "log",
    ...(options.fix !== undefined && { fixed: parseNumbers("--fix", options.fix) }),
  };
  const outputs = (["save", "report"] as const).flatMap((name): NamedPath[] => {
    const file = options[name];
    return file === undefined ? [] : [[`--${name}`, file]];
  });
  checkOutputs(outputs, [["the table", path]]);
  checkWritable(...outputs.map(([, file]) => file));
  const progress = new ProgressLine();
  const interrupt = abortOnInterrupt(() => progress.log("stopping"));
  try {
    const loaded = await loadRuns(path, law, {
      map,
      fields: condition ? [condition.field] : [],
      group: options.group,
      dropBad: options.dropBad ?? false,
      onRows(rows) {
        interrupt.signal.throwIfAborted();
        progress.step(`${shownPath(path)}: ${rows} rows read`);
      },
      onChecked(rows) {
        progress.step(`${shownPath(path)}: ${rows} rows looked at`);
      },
    });
    progress.step(`${shownPath(path)}: fitting ${law.name} to ${loaded.runs.length} runs`);
    const analysis = await analyse(law, loaded, {
      fit: fitOptions,
      resamples: options.bootstrap,
      seed: options.seed,
      level: options.level,
      condition,
      planFlops,
      signal: interrupt.signal,
      onProgress: (done, total) =>
        progress.step(`${shownPath(path)}: ${done} of ${total} bootstrap replicates`),
    });
    progress.clear();
    const source = [`${loaded.runs.length} runs from ${shownPath(path)}`, ...loaded.notes];
    const text = options.json
      ? JSON.stringify(analysisJson(analysis, source), undefined, 2)
      : analysisText(analysis, source);
    process.stdout.write(`${text}\n`);
    if (options.save !== undefined) {
      writeFileAtomically(options.save, `${JSON.stringify(analysis.fit)}\n`);
      console.error(`${shownPath(options.save)}: written`);
    }
    if (options.report !== undefined) {
      const title = `${law.name} fitted to ${basename(path)}`;
      const command = `// isoflop ${process.argv.slice(2).join(" ")}`;
      const notebook = analysisNotebook(analysis, title, command, source);
      await writePage(options.report, notebook, basename(options.report, ".html"));
    }
  } catch (error) {
    progress.clear();
    if (!interrupt.signal.aborted) throw error;
    console.error("isoflop: interrupted; nothing was written");
    process.exitCode = 130;
  } finally {
    interrupt.dispose();
  }
}

/** `flops=1e24`, the one thing that can be planned for. */
function parsePlan(text: string): number {
  const { flops, ...others } = parseNumbers("--plan", text);
  if (flops === undefined || !(flops > 0) || Object.keys(others).length > 0) {
    throw new RangeError(`--plan takes a budget such as flops=1e24, got "${text}"`);
  }
  return flops;
}
