import { basename } from "node:path";
import type { Command } from "commander";
import type { Discovery } from "isoflop";
import { discoveryJson } from "../answers/discover/discoveryJson.ts";
import { discoveryNotebook } from "../answers/discover/discoveryNotebook.ts";
import { discoveryRows } from "../answers/discover/discoveryRows.ts";
import { discoveryText } from "../answers/discover/discoveryText.ts";
import type { DiscoverTableRows } from "../answers/discover/readDiscoverRows.ts";
import { type KnownCost, runCost } from "../answers/discover/runCost.ts";
import { rowFormatOf, writeRows } from "../answers/fit/writeRows.ts";
import {
  addSearchOptions,
  checkResponse,
  readPoints,
  readSearched,
  type SearchOptions,
  searchOf,
} from "./discover/discoverOptions.ts";
import { searchLaws } from "./discover/searchLaws.ts";
import { type FilesOfCommand, withTables } from "./inputs/withTables.ts";
import { helpText } from "./options/examplesHelp.ts";
import { parseFilePath, parsePath } from "./options/pathValues.ts";
import { asUsage, UsageError } from "./options/UsageError.ts";
import { writePage } from "./writePage.ts";
import { writeTable } from "./writeTable.ts";

interface DiscoverCommandOptions extends SearchOptions {
  predict?: string;
  out?: string;
  json?: boolean;
  report?: string;
}

const help = helpText(
  [
    "Every column of numbers that no option names is a variable. Laws of a grammar are fitted to the rows; the top levels of each scale are held out. The smallest law is taken that all rows speak for and that what is held out does not contradict; where there is none, the smallest whose error on what is held out is within a standard error of the least. Where the rows do not tell laws apart, all are named, and the intervals hold how far they are from the one that predicts.",
    "The table of points needs no response. Its columns come back with prediction, lo80, hi80, lo95, hi95, law and note, a row a point in its order; the intervals are of a new run there.",
  ],
  [
    ["isoflop discover runs.csv --response loss --scale N,D"],
    [
      "isoflop discover runs.csv --response loss --predict points.csv --out predictions.csv",
      "what the rows say of larger runs",
    ],
    ["isoflop discover runs.csv --response loss --group corpus --json", "amplitudes for each corpus"],
    ["isoflop discover runs.csv --response loss --report law.html", "laws, residuals and bands as a page"],
    ['isoflop fit runs.csv --law "loss = E + A1*(N/1e8)^(-p1)"', "one of its laws, with all that fit tells"],
  ],
);

/** Adds `isoflop discover`: find the law of a table, and predict with it. */
export function addDiscoverCommand(program: Command): void {
  const command = program
    .command("discover")
    .description("Find the scaling law of a table, and predict with it beyond the rows.");
  addSearchOptions(command)
    .option("--predict <file>", "a table of points to predict", parsePath)
    .option("--out <file>", "write the predictions (.csv, .json, .md or .tex)", parseFilePath)
    .option("--json", "write JSON")
    .option(
      "--report <file>",
      "write the laws with figures of what they leave and say further on as a self-contained HTML page",
      parseFilePath,
    )
    .addHelpText("after", help)
    .action(discoverCommand);
}

async function discoverCommand(given: string[], options: DiscoverCommandOptions): Promise<void> {
  checkResponse(options);
  const { predict, out, report } = options;
  if (out !== undefined && predict === undefined)
    throw new UsageError("--out writes predictions, and none are asked for; add --predict points.csv");
  if (out !== undefined) asUsage(() => rowFormatOf("--out", out));
  const files: FilesOfCommand = {
    format: options.format,
    reads: [["--predict", predict]],
    writes: [
      ["--out", out],
      ["--report", report],
    ],
  };
  await withTables(given, files, async (tables, watching) => {
    const table = await readSearched(tables.files, options);
    const points = predict === undefined ? undefined : await readPoints(predict, options);
    const found = await searchLaws(tables.name, table, searchOf(options, points), watching);
    watching.progress.clear();
    const notes = [...table.notes, ...(points?.notes ?? []), ...found.notes];
    const rows = points && discoveryRows(found, points.cells);
    if (options.json) process.stdout.write(`${discoveryJson(found, notes, rows)}\n`);
    else {
      process.stdout.write(`${discoveryText(tables.name, table.rows.length, found, notes)}\n`);
      if (rows && out === undefined) process.stdout.write(`\n${writeRows(rows, "md")}`);
    }
    if (out !== undefined) writeTable("--out", out, rows!);
    if (report !== undefined) {
      const page = {
        name: basename(tables.name),
        command: `// isoflop ${process.argv.slice(2).join(" ")}`,
        found,
        table,
        points,
        predictions: rows,
        responses: options.response,
        group: options.group,
        cost: costIfKnown(found, table),
        notes,
      };
      await writePage(report, discoveryNotebook(page), basename(report, ".html"));
    }
  });
}

/** A page is worth having where nothing says what runs cost, too. */
function costIfKnown(found: Discovery, table: DiscoverTableRows): KnownCost | undefined {
  try {
    return runCost(found, table, [], undefined);
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}
