import { basename } from "node:path";
import type { Command } from "commander";
import type { FitOptions, Law } from "isoflop";
import { analyse, refuseUnplannable } from "../answers/fit/analyse.ts";
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
import { loadAllRuns } from "../tables/loadAllRuns.ts";
import { formatOption } from "./inputs/formatOption.ts";
import { type OpenTables, openTables, parseFormat } from "./inputs/openTables.ts";
import { addTableOptions, type TableOptions, tableOptions } from "./inputs/tableOptions.ts";
import { helpText } from "./options/examplesHelp.ts";
import { parseFilePath, parsePaths } from "./options/pathValues.ts";
import { asUsage, asUsageLater } from "./options/UsageError.ts";
import { parseNumbers, parseShare, parseWhole } from "./optionValues.ts";
import { ProgressLine } from "./ProgressLine.ts";
import { abortOnInterrupt } from "./terminal/abortOnInterrupt.ts";
import { say } from "./terminal/quiet.ts";
import { terminalWidth } from "./terminal/terminalWidth.ts";
import { writePage } from "./writePage.ts";

interface FitCommandOptions extends TableOptions {
  format?: string;
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

const help = helpText(
  [
    "Columns are found by their usual names (n_params, tokens, val_loss, …); what was taken is said. Counts are plain numbers: a column in billions is scaled by --map nParams=params_b*1e9. Several files are fitted as one.",
  ],
  [
    ["isoflop fit runs.csv", "Chinchilla's law, Huber loss"],
    [
      "isoflop fit runs.csv --bootstrap 4000 --plan flops=1e24",
      "with intervals, and the best split of a budget",
    ],
    ["isoflop fit small.csv large.jsonl", "the runs of two files"],
    ["zcat runs.csv.gz | isoflop fit - --format csv", "what another program prints"],
    ['isoflop fit runs.jsonl --holdout "flops>1e21"', "fit the small runs, predict the large ones"],
    [
      'isoflop fit runs.parquet --law "powerLaw(flops)" --group run_id',
      "checkpoints of one run belong together",
    ],
    ['isoflop fit runs.csv --law "L = E + A/N^alpha + B/D^beta"', "a law of your own"],
  ],
);

/** Adds `isoflop fit`: fit a law to a file of runs. */
export function addFitCommand(program: Command): void {
  const command = program
    .command("fit")
    .description(
      "Fit a scaling law to a file of runs (CSV, TSV, JSON, JSONL, Parquet, TensorBoard's events) and say how far to trust it.",
    )
    .argument("<runs...>", "files with one run a row; - for standard input", parsePaths)
    .addOption(formatOption())
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
    .option("--drop-bad", "leave out rows that cannot be used instead of refusing the file");
  addTableOptions(command)
    .option("--json", "print the result as JSON")
    .option("--save <file>", "write the fit itself, for `isoflop plan --law` and loadFit", parseFilePath)
    .option("--report <file>", "write the result with figures as a self-contained HTML page", parseFilePath)
    .addHelpText("after", help)
    .action(fitCommand);
}

async function fitCommand(given: string[], options: FitCommandOptions): Promise<void> {
  const format = parseFormat(options.format);
  const law = await asUsageLater(() => parseLaw(options.law));
  const question = asUsage(() => readQuestion(law, options));
  const outputs = (["save", "report"] as const).flatMap((name): NamedPath[] => {
    const file = options[name];
    return file === undefined ? [] : [[`--${name}`, file]];
  });
  const progress = new ProgressLine();
  const interrupt = abortOnInterrupt(() => progress.log("stopping"));
  const { signal } = interrupt;
  let tables: OpenTables | undefined;
  try {
    tables = await openTables(given, format, {
      signal,
      onBytes: (bytes) => progress.step(`standard input: ${bytes} bytes read`),
    });
    const { files, name } = tables;
    checkOutputs(
      outputs,
      files.map(({ path }) => ["the table", path]),
    );
    checkWritable(...outputs.map(([, file]) => file));
    const loaded = await loadAllRuns(files, law, {
      map: question.map,
      fields: question.condition ? [question.condition.field] : [],
      group: options.group,
      dropBad: options.dropBad ?? false,
      ...tableOptions(options),
      width: terminalWidth(process.stderr),
      signal,
      onRows(path, rows) {
        signal.throwIfAborted();
        progress.step(`${shownPath(path)}: ${rows} rows read`);
      },
      onChecked: (path, rows) => progress.step(`${shownPath(path)}: ${rows} rows looked at`),
    });
    progress.step(`${name}: fitting ${law.name} to ${loaded.runs.length} runs`);
    const analysis = await analyse(law, loaded, {
      fit: question.fit,
      resamples: options.bootstrap,
      seed: options.seed,
      level: options.level,
      condition: question.condition,
      planFlops: question.planFlops,
      signal,
      onProgress: (done, total) => progress.step(`${name}: ${done} of ${total} bootstrap replicates`),
    });
    progress.clear();
    const source = [`${loaded.runs.length} runs from ${name}`, ...loaded.notes];
    const text = options.json
      ? JSON.stringify(analysisJson(analysis, source), undefined, 2)
      : analysisText(analysis, source, terminalWidth(process.stdout));
    process.stdout.write(`${text}\n`);
    if (options.save !== undefined) {
      writeFileAtomically(options.save, `${JSON.stringify(analysis.fit)}\n`);
      say(`${shownPath(options.save)}: written`);
    }
    if (options.report !== undefined) {
      const title = `${law.name} fitted to ${basename(name)}`;
      const command = `// isoflop ${process.argv.slice(2).join(" ")}`;
      const notebook = analysisNotebook(analysis, title, command, source);
      await writePage(options.report, notebook, basename(options.report, ".html"));
    }
  } catch (error) {
    progress.clear();
    if (!signal.aborted) throw error;
    console.error("isoflop: interrupted; nothing was written");
    process.exitCode = 130;
  } finally {
    tables?.close();
    interrupt.dispose();
  }
}

/** What the options ask, as far as that can be told without a run. */
function readQuestion(law: Law, options: FitCommandOptions) {
  const { map, holdout, plan, loss, raw, fix } = options;
  const fixed = fix === undefined ? undefined : parseNumbers("--fix", fix);
  const known = law.parameters.map(({ name }) => name);
  const unknown = Object.keys(fixed ?? {}).find((name) => !known.includes(name));
  if (unknown !== undefined) {
    throw new RangeError(
      `fixed names ${unknown}, but ${law.name} has the parameters ${known.join(", ")}; --fix ${known[0]}=1 holds one`,
    );
  }
  const planFlops = plan === undefined ? undefined : parsePlan(plan);
  if (planFlops !== undefined) refuseUnplannable(law);
  const fit: FitOptions = {
    loss: parseLoss(loss),
    residual: raw ? "raw" : "log",
    ...(fixed !== undefined && { fixed }),
  };
  return {
    map: map === undefined ? [] : parseMap(map),
    condition: holdout === undefined ? undefined : parseCondition(holdout),
    planFlops,
    fit,
  };
}

/** `flops=1e24`, the one thing that can be planned for. */
function parsePlan(text: string): number {
  const { flops, ...others } = parseNumbers("--plan", text);
  if (flops === undefined || !(flops > 0) || Object.keys(others).length > 0) {
    throw new RangeError(`--plan takes a budget such as flops=1e24, got "${text}"`);
  }
  return flops;
}
