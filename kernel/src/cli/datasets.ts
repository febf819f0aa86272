import { Argument, type Command, Option } from "commander";
import { allDatasets, findDataset, searchDatasets } from "../answers/datasets/catalogue.ts";
import { readDatasheet, tablesFolder } from "../answers/datasets/Datasheet.ts";
import { datasetsJson, datasetsText } from "../answers/datasets/datasetsList.ts";
import { datasetJson, datasetText } from "../answers/datasets/describeDataset.ts";
import {
  type ExportFormat,
  exportDataset,
  exportFormats,
  exportKind,
} from "../answers/datasets/exportDataset.ts";
import { checkOutputs } from "../files/checkOutputs.ts";
import { checkWritable } from "../files/checkWritable.ts";
import { shownPath } from "../files/shownPath.ts";
import { writeFileAtomically } from "../notebook/writeFileAtomically.ts";
import { nearestWord } from "../text/nearestWord.ts";
import { completeWith } from "./completion/completeWith.ts";
import { helpText } from "./options/examplesHelp.ts";
import { parseOutput } from "./options/pathValues.ts";
import { asUsage, UsageError } from "./options/UsageError.ts";
import { parseWhole } from "./optionValues.ts";
import { say } from "./terminal/quiet.ts";
import { terminalWidth } from "./terminal/terminalWidth.ts";

const help = helpText(
  [],
  [
    ["isoflop datasets", "every table, with its paper"],
    ["isoflop datasets chinchilla tokens", "those that speak of both"],
    ["isoflop datasets describe chinchilla_figure4", "source, licence, columns, limits, first rows"],
    ["isoflop datasets export chinchilla_figure4 -o runs.csv", "the table as a file"],
  ],
);
const listHelp = helpText(
  ["Words are looked for in names, summaries, papers and columns."],
  [
    ["isoflop datasets list loss batch", "tables that speak of both"],
    ["isoflop datasets list --json | jq -r '.[].name'", "the names alone"],
  ],
);
const describeHelp = helpText(
  [],
  [
    ["isoflop datasets describe chinchilla_figure4"],
    ["isoflop datasets describe step_law_dense --rows 20", "more of its rows"],
  ],
);
const exportHelp = helpText(
  [
    "Columns have the names of the datasheet, numbers every digit; what was not published is an empty cell, or null.",
  ],
  [
    ["isoflop datasets export chinchilla_figure4 -o runs.parquet", "the name tells the kind"],
    ["isoflop datasets export porian_isoflops | isoflop fit - --format csv", "straight into a fit"],
    ["isoflop datasets export tts_flops --format jsonl | head -3", "a row a line"],
  ],
);

/** Adds `isoflop datasets`: the published tables, from the command line. */
export function addDatasetsCommand(program: Command): void {
  const datasets = program
    .command("datasets")
    .description("List, describe and export the published tables that come with isoflop.")
    .addHelpText("after", help);
  datasets
    .command("list", { isDefault: true })
    .description("list tables: name, rows, what they hold, paper")
    .argument("[words...]", "only tables that speak of all of these")
    .option("--json", "print the list as JSON, with columns")
    .addHelpText("after", listHelp)
    .action(list);
  datasets
    .command("describe")
    .description("a table's datasheet: source, licence, columns, known limits; and its first rows")
    .addArgument(tableArgument())
    .option("--rows <n>", "rows to show", parseWhole, 5)
    .option("--json", "print it as JSON")
    .addHelpText("after", describeHelp)
    .action(describe);
  datasets
    .command("export")
    .description("write a table as CSV, TSV, JSON, JSON Lines or Parquet")
    .addArgument(tableArgument())
    .option("-o, --output <file>", "the file; without it, or with -, the table is printed", parseOutput)
    .addOption(exportFormatOption())
    .addHelpText("after", exportHelp)
    .action(exportTable);
}

/** Its words are for help and completion; `parseExportFormat` understands ".CSV" as well. */
function exportFormatOption(): Option {
  const option = new Option("--format <format>", "the kind of file, where its name does not say it");
  option.argChoices = [...exportFormats];
  return option;
}

function parseExportFormat(text: string | undefined): ExportFormat | undefined {
  const format = exportFormats.find((one) => one === text?.toLowerCase().replace(/^\./, ""));
  if (text !== undefined && format === undefined)
    throw new UsageError(`--format must be csv, tsv, json, jsonl or parquet, got "${text}"`);
  return format;
}

/** The names are for completion; whoever misspells one is told the nearest. */
function tableArgument(): Argument {
  const argument = new Argument("<name>", "a table of `isoflop datasets`");
  completeWith(argument, () => allDatasets().map(({ name }) => name));
  return argument;
}

function list(words: string[], { json }: { json?: boolean }): void {
  const entries = searchDatasets(words);
  if (entries.length === 0) throw new Error(nothingFound(words));
  const text = json
    ? JSON.stringify(datasetsJson(entries), undefined, 2)
    : datasetsText(entries, terminalWidth(process.stdout));
  process.stdout.write(`${text}\n`);
}

function nothingFound(words: readonly string[]): string {
  const names = ["describe", "export", "list"];
  const meant = words.length === 2 && nearestWord(words[0]!, names);
  if (meant)
    return `no table speaks of "${words.join(" ")}". Did you mean isoflop datasets ${meant} ${words[1]}?`;
  const table = nearestWord(
    words.join("_"),
    allDatasets().map(({ name }) => name),
  );
  return `no table speaks of "${words.join(" ")}"${table ? `. Did you mean ${table}?` : "; use fewer words"}`;
}

function describe(name: string, { rows, json }: { rows: number; json?: boolean }): void {
  const dataset = asUsage(() => findDataset(name));
  const sheet = readDatasheet(dataset.name);
  const text = json
    ? JSON.stringify(datasetJson(dataset, sheet, rows), undefined, 2)
    : datasetText(dataset, sheet, rows, terminalWidth(process.stdout));
  process.stdout.write(`${text}\n`);
}

async function exportTable(
  name: string,
  { output: given, format }: { output?: string; format?: string },
): Promise<void> {
  const output = given === "-" ? undefined : given;
  const dataset = asUsage(() => findDataset(name));
  const kind = parseExportFormat(format) ?? (output === undefined ? "csv" : exportKind(output));
  if (kind === undefined)
    throw new UsageError(
      `${shownPath(output!)} has no name that tells its kind; call it .csv, .tsv, .json, .jsonl or .parquet, or add --format csv`,
    );
  if (output === undefined && kind === "parquet" && process.stdout.isTTY)
    throw new UsageError("a terminal shows no Parquet; name a file with -o, or send the output to one");
  if (output !== undefined) {
    checkOutputs([["--output", output]], [["the table", `${tablesFolder()}/${dataset.name}.csv`]]);
    checkWritable(output);
  }
  const content = await exportDataset(dataset, kind);
  if (output === undefined) process.stdout.write(content);
  else {
    writeFileAtomically(output, content);
    say(`${shownPath(output)}: ${dataset.load().length} rows of ${dataset.name}`);
  }
}
