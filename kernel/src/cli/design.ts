import { basename } from "node:path";
import type { Command } from "commander";
import { designRuns, type RunSetting } from "isoflop";
import { designJson } from "../answers/design/designJson.ts";
import { designNotebook } from "../answers/design/designNotebook.ts";
import { designRows } from "../answers/design/designRows.ts";
import { designText } from "../answers/design/designText.ts";
import { readTarget } from "../answers/design/readTarget.ts";
import type { DiscoverTableRows } from "../answers/discover/readDiscoverRows.ts";
import { computeColumns, type KnownCost, runCost } from "../answers/discover/runCost.ts";
import { rowFormatOf } from "../answers/fit/writeRows.ts";
import { parseMap } from "../tables/chooseColumns.ts";
import {
  addSearchOptions,
  checkResponse,
  readSearched,
  type SearchOptions,
  searchOf,
} from "./discover/discoverOptions.ts";
import { searchLaws } from "./discover/searchLaws.ts";
import { type FilesOfCommand, withTables } from "./inputs/withTables.ts";
import { helpText } from "./options/examplesHelp.ts";
import { parseFilePath } from "./options/pathValues.ts";
import { asUsage } from "./options/UsageError.ts";
import { parseCount, parsePositive } from "./optionValues.ts";
import { terminalWidth } from "./terminal/terminalWidth.ts";
import { writePage } from "./writePage.ts";
import { writeTable } from "./writeTable.ts";

interface DesignCommandOptions extends SearchOptions {
  budget: number;
  target?: string;
  map?: string;
  cost?: string;
  runs?: number;
  out?: string;
  json?: boolean;
  report?: string;
}

const help = helpText(
  [
    "The law of the rows is found as by `isoflop discover`. Runs are chosen so that together, within the budget, they leave as little as possible of the interval of what the law says at the target: by what the rows leave open of its parameters, by how far the laws that the rows do not tell apart differ, and by how far another law may be from them away from the rows. Scales go from the least of the rows to the most of rows and target, in proportions that rows or target have; other columns are as at the target.",
    "A run costs 6 N D FLOPs where columns are called what parameters and tokens usually are; --map says which they are, --cost gives another formula. Without --target it lies at ten times the cost of the dearest row, split as the law found calls best, or in that row's proportions; which of both is told.",
  ],
  [
    ["isoflop design runs.csv --response loss --budget 1e21"],
    [
      "isoflop design runs.csv --response loss --budget 1e21 --target n_params=7e10,n_tokens=1.4e12",
      "runs that narrow one prediction",
    ],
    [
      'isoflop design runs.csv --response loss --budget 500 --cost "6*N*D/1.4e18" --runs 3',
      "a budget in hours of accelerators",
    ],
    ["isoflop design runs.csv --response loss --budget 1e21 --out next.csv --report next.html"],
  ],
);

/** Adds `isoflop design`: which runs to make next. */
export function addDesignCommand(program: Command): void {
  const command = program
    .command("design")
    .description(
      "Which runs to make next, so that within a budget a prediction becomes as narrow as can be.",
    );
  addSearchOptions(command)
    .requiredOption(
      "--budget <number>",
      "what all runs together may cost, in FLOPs or the unit of --cost",
      parsePositive,
    )
    .option("--target <values>", "where the prediction shall be narrow: COLUMN=VALUE, separated by commas")
    .option("--map <fields>", "FIELD=COLUMN[*FACTOR] for nParams, nTokens or flops, separated by commas")
    .option("--cost <formula>", "what a run costs, by its columns")
    .option("--runs <count>", "the most runs (default 6)", parseCount)
    .option("--out <file>", "write the runs (.csv, .json, .md or .tex)", parseFilePath)
    .option("--json", "write JSON")
    .option("--report <file>", "write the runs with figures as a self-contained HTML page", parseFilePath)
    .addHelpText("after", help)
    .action(designCommand);
}

async function designCommand(given: string[], options: DesignCommandOptions): Promise<void> {
  checkResponse(options);
  const { out, report } = options;
  if (out !== undefined) asUsage(() => rowFormatOf("--out", out));
  const map = asUsage(() => (options.map === undefined ? [] : parseMap(options.map)));
  const files: FilesOfCommand = {
    format: options.format,
    writes: [
      ["--out", out],
      ["--report", report],
    ],
  };
  await withTables(given, files, async (tables, watching) => {
    const table = await readSearched(tables.files, options);
    const compute =
      options.cost === undefined
        ? computeColumns(table.header, map).filter((name) => !named(options).includes(name))
        : [];
    const search = searchOf({ ...options, ignore: [...(options.ignore ?? []), ...compute] });
    const found = await searchLaws(tables.name, table, search, watching);
    const cost = runCost(found, table, map, options.cost);
    const target =
      options.target === undefined
        ? undefined
        : readTarget(options.target, found, options.group, table, dearest(table, cost));
    const design = designRuns(found, {
      budget: options.budget,
      cost: cost.of,
      ...(target && { target }),
      ...(options.runs !== undefined && { mostRuns: options.runs }),
    });
    watching.progress.clear();
    const notes = [
      ...table.notes,
      ...compute.map((name) => `${name} is what a run costs, and is left out of the laws`),
      ...found.notes,
      ...design.notes,
    ];
    const asked = {
      name: tables.name,
      rows: table.rows.length,
      found,
      design,
      budget: options.budget,
      cost,
      notes,
    };
    process.stdout.write(
      `${options.json ? designJson(asked) : designText(asked, terminalWidth(process.stdout))}\n`,
    );
    if (out !== undefined) writeTable("--out", out, designRows(design));
    if (report !== undefined) {
      const notebook = designNotebook(
        { ...asked, name: basename(tables.name) },
        `// isoflop ${process.argv.slice(2).join(" ")}`,
        table.rows,
      );
      await writePage(report, notebook, basename(report, ".html"));
    }
  });
}

/** Columns that the options speak of. */
const named = ({
  response,
  scale = [],
  decreasing = [],
  group,
  ignore = [],
}: DesignCommandOptions): string[] => [
  ...response,
  ...scale,
  ...decreasing,
  ...ignore,
  ...(group === undefined ? [] : [group]),
];

/** The row that costs most, whose setting fills what a target leaves open. */
function dearest({ rows }: DiscoverTableRows, cost: KnownCost): RunSetting {
  return rows.reduce((most, row) => (cost.of(row) > cost.of(most) ? row : most));
}
