import { basename } from "node:path";
import type { Command } from "commander";
import { parseAgainst } from "../answers/fit/against.ts";
import { refuseUnplannable } from "../answers/fit/analyse.ts";
import { analysisNotebook } from "../answers/fit/analysisNotebook.ts";
import { emitGroups, emitLaw } from "../answers/fit/emit/emitLaw.ts";
import { parseLaw } from "../answers/fit/parseLaw.ts";
import { runRecords } from "../answers/fit/runRecords.ts";
import { isFormula } from "../answers/fit/table/tableLaw.ts";
import { rowFormatOf } from "../answers/fit/writeRows.ts";
import { shownPath } from "../files/shownPath.ts";
import { writeFileAtomically } from "../notebook/writeFileAtomically.ts";
import { fitHelp } from "./fit/fitHelp.ts";
import { addFitOptions, type FitCommandOptions } from "./fit/fitOptions.ts";
import { type LoadedTable, loadTable } from "./fit/loadTable.ts";
import { checkParameterNames } from "./fit/parameterValues.ts";
import { predictByGroups, predictPoints } from "./fit/predictPoints.ts";
import { printed, printedGroups } from "./fit/printed.ts";
import { type FitQuestion, readQuestion } from "./fit/readQuestion.ts";
import { runAnalysis, runGroups } from "./fit/runAnalysis.ts";
import { formatOption } from "./inputs/formatOption.ts";
import { type FilesOfCommand, type OptionalPath, type Watching, withTables } from "./inputs/withTables.ts";
import { parsePaths } from "./options/pathValues.ts";
import { asUsage, asUsageLater } from "./options/UsageError.ts";
import { say } from "./terminal/quiet.ts";
import { writePage } from "./writePage.ts";
import { writeTable } from "./writeTable.ts";

/** Adds `isoflop fit`: fit a law to a file of runs. */
export function addFitCommand(program: Command): void {
  const command = program
    .command("fit")
    .description(
      "Fit a scaling law to a file of runs (CSV, TSV, JSON, JSONL, Parquet, TensorBoard's events) and say how far to trust it.",
    )
    .argument("<runs...>", "files with one run a row; - for standard input", parsePaths)
    .addOption(formatOption());
  addFitOptions(command).addHelpText("after", fitHelp).action(fitCommand);
}

async function fitCommand(given: string[], options: FitCommandOptions): Promise<void> {
  const question = asUsage(() => readQuestion(options));
  await asUsageLater(() => checkLaws(options, question));
  const asked: FilesOfCommand = {
    format: options.format,
    reads: [["--predict", options.predict]],
    writes: outputsOf(options),
  };
  await withTables(given, asked, async ({ files, name }, watching) => {
    const { progress } = watching;
    const table = await loadTable(files, options, question, watching);
    const { loaded } = table;
    progress.step(`${name}: fitting ${table.laws[0]!.law.name} to ${loaded.runs.length} runs`);
    const source = [`${loaded.runs.length} runs from ${name}`, ...table.notes];
    if (options.by !== undefined) {
      await answerByGroups(table, options, question, source, watching);
      return;
    }
    const analysis = await runAnalysis(name, table, options, question, watching);
    const interval = { level: question.interval, bootstrap: analysis.bootstrap };
    const predictions =
      options.predict === undefined
        ? undefined
        : await predictPoints(options.predict, table, analysis.fit, options, question, interval);
    progress.clear();
    const text =
      options.emit === undefined
        ? printed(options, analysis, source, predictions && { rows: predictions, level: question.interval })
        : await emitLaw(analysis.fit, options.emit, { ...table.laws[0]!, source });
    process.stdout.write(`${text}\n`);
    if (options.output !== undefined) {
      writeTable("--output", options.output, runRecords(analysis.fit, loaded, table.texts, interval));
    }
    if (options.predictions !== undefined) writeTable("--predictions", options.predictions, predictions!);
    if (options.save !== undefined) {
      writeFileAtomically(options.save, `${JSON.stringify(analysis.fit)}\n`);
      say(`${shownPath(options.save)}: written`);
    }
    if (options.report !== undefined) {
      const title = `${analysis.law.name} fitted to ${basename(name)}`;
      const command = `// isoflop ${process.argv.slice(2).join(" ")}`;
      const notebook = analysisNotebook(analysis, title, command, source);
      await writePage(options.report, notebook, basename(options.report, ".html"));
    }
  });
}

/** One fit a value of `--by`: the same questions, each fit's answer under its value. */
async function answerByGroups(
  table: LoadedTable,
  options: FitCommandOptions,
  question: FitQuestion,
  source: readonly string[],
  watching: Watching,
): Promise<void> {
  const groups = await runGroups(table, options, question, watching);
  if (question.planFlops !== undefined && groups.every(({ plan }) => plan === null)) {
    throw new RangeError(
      `--plan needs a law that the runs determine, and no value of ${options.by} has one: ${groups[0]!.fit.reason}`,
    );
  }
  const rows =
    options.predict === undefined
      ? undefined
      : await predictByGroups(options.predict, table, groups, options, question);
  watching.progress.clear();
  const asked = table.laws[0]!;
  const text =
    options.emit === undefined
      ? printedGroups(options, asked.law, groups, source, rows && { rows, level: question.interval })
      : await emitGroups(groups, options.by!, options.emit, { ...asked, source });
  process.stdout.write(`${text}\n`);
  if (options.output !== undefined) {
    writeTable(
      "--output",
      options.output,
      groups.flatMap((group) => group.rows()),
    );
  }
  if (options.predictions !== undefined) writeTable("--predictions", options.predictions, rows!);
}

/** What can be told of laws by their names before a table is open; formulas need its columns. */
async function checkLaws(options: FitCommandOptions, { parameters, planFlops }: FitQuestion): Promise<void> {
  for (const text of [options.law, ...(options.compare ?? [])]) if (!isFormula(text)) await parseLaw(text);
  if (options.against !== undefined) parseAgainst(options.against);
  if (isFormula(options.law)) return;
  const law = await parseLaw(options.law);
  checkParameterNames(law, parameters);
  if (planFlops !== undefined) refuseUnplannable(law);
}

function outputsOf(options: FitCommandOptions): OptionalPath[] {
  for (const name of ["output", "predictions"] as const) {
    const file = options[name];
    if (file !== undefined) asUsage(() => rowFormatOf(`--${name}`, file));
  }
  return (["save", "report", "output", "predictions"] as const).map((name) => [`--${name}`, options[name]]);
}
