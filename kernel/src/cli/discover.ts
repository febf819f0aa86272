import type { Command } from "commander";
import { discover } from "isoflop";
import { discoveryRows } from "../answers/discover/discoveryRows.ts";
import { discoveryText } from "../answers/discover/discoveryText.ts";
import { type DiscoverColumns, readDiscoverRows } from "../answers/discover/readDiscoverRows.ts";
import { rowFormatOf, writeRows } from "../answers/fit/writeRows.ts";
import { checkOutputs, type NamedPath } from "../files/checkOutputs.ts";
import { checkWritable } from "../files/checkWritable.ts";
import { shownPath } from "../files/shownPath.ts";
import { writeFileAtomically } from "../notebook/writeFileAtomically.ts";
import { formatOption } from "./inputs/formatOption.ts";
import { openTables, parseFormat } from "./inputs/openTables.ts";
import { helpText } from "./options/examplesHelp.ts";
import { parseFilePath, parsePath, parsePaths } from "./options/pathValues.ts";
import { asUsage, UsageError } from "./options/UsageError.ts";
import { parseCount } from "./optionValues.ts";
import { say } from "./terminal/quiet.ts";

interface DiscoverCommandOptions {
  response: string[];
  scale?: string[];
  group?: string;
  ignore?: string[];
  decreasing?: string[];
  maxParameters?: number;
  predict?: string;
  out?: string;
  format?: string;
  json?: boolean;
}

const help = helpText(
  [
    "Every column of numbers that no option names is a variable. Laws of a grammar are fitted to the rows; the top levels of each scale are held out, and the smallest law is taken whose error there is within a standard error of the best. Where the rows do not tell laws apart, all are named, and the intervals hold how far they are from the smallest, which predicts.",
    "The table of points needs no response. Its columns come back with prediction, lo80, hi80, lo95, hi95, law and note, a row a point in its order; the intervals are of a new run there.",
  ],
  [
    ["isoflop discover runs.csv --response loss --scale N,D"],
    [
      "isoflop discover runs.csv --response loss --predict points.csv --out predictions.csv",
      "what the rows say of larger runs",
    ],
    ["isoflop discover runs.csv --response loss --group corpus --json", "amplitudes for each corpus"],
    ['isoflop fit runs.csv --law "loss = E + A1*(N/1e8)^(-p1)"', "one of its laws, with all that fit tells"],
  ],
);

const names = (text: string): string[] =>
  text
    .split(",")
    .map((name) => name.trim())
    .filter((name) => name !== "");

/** Adds `isoflop discover`: find the law of a table, and predict with it. */
export function addDiscoverCommand(program: Command): void {
  program
    .command("discover")
    .description("Find the scaling law of a table by how well laws extrapolate, and predict with it.")
    .argument("<runs...>", "files with one run a row; - for standard input", parsePaths)
    .requiredOption("--response <columns>", "what to predict; several are separated by commas", names)
    .option("--scale <columns>", "along which the future lies, such as N,D", names)
    .option("--group <column>", "amplitudes are each group's own, exponents where the rows say so")
    .option("--ignore <columns>", "columns that are no variables", names)
    .option("--decreasing <columns>", "along which the response may only fall", names)
    .option("--max-parameters <count>", "the most a law may have, for one group", parseCount)
    .option("--predict <file>", "a table of points to predict", parsePath)
    .option("--out <file>", "write the predictions (.csv, .json, .md or .tex)", parseFilePath)
    .addOption(formatOption())
    .option("--json", "write JSON")
    .addHelpText("after", help)
    .action(discoverCommand);
}

async function discoverCommand(given: string[], options: DiscoverCommandOptions): Promise<void> {
  const { response, scale, group, ignore = [], decreasing, maxParameters, predict, out } = options;
  if (response.length === 0) throw new UsageError("--response must name a column, got nothing; such as loss");
  if (out !== undefined && predict === undefined)
    throw new UsageError("--out writes predictions, and none are asked for; add --predict points.csv");
  const format = out === undefined ? undefined : asUsage(() => rowFormatOf("--out", out));
  const tables = await openTables(given, parseFormat(options.format), {});
  try {
    if (out !== undefined) {
      checkOutputs(
        [["--out", out]],
        [
          ...tables.files.map(({ path }): NamedPath => ["the table", path]),
          ["--predict", predict!] as NamedPath,
        ],
      );
      checkWritable(out);
    }
    const variables = [...(scale ?? []), ...(decreasing ?? [])];
    const asked: DiscoverColumns = {
      numbers: [...response, ...variables],
      texts: group === undefined ? [] : [group],
      ignore,
    };
    const table = await readDiscoverRows(tables.files, asked);
    const points =
      predict === undefined
        ? undefined
        : await readDiscoverRows([{ path: predict }], {
            ...asked,
            numbers: variables,
            ignore: [...ignore, ...response],
          });
    const found = discover(table.rows, {
      response,
      ...(scale && { scale }),
      ...(group !== undefined && { group }),
      ignore,
      ...(decreasing && { decreasing }),
      ...(maxParameters !== undefined && { maxParameters }),
      ...(points && { points: points.rows }),
    });
    const notes = [...table.notes, ...(points?.notes ?? []), ...found.notes];
    const rows = points && discoveryRows(found, points.cells);
    if (options.json) {
      const { predictions, ...laws } = found;
      process.stdout.write(
        `${JSON.stringify({ ...laws, notes, ...(rows && { predictions: rows }) }, null, 2)}\n`,
      );
    } else {
      process.stdout.write(`${discoveryText(tables.name, table.rows.length, { ...found, notes })}\n`);
      if (rows && out === undefined) process.stdout.write(`\n${writeRows(rows, "md")}`);
    }
    if (out !== undefined) {
      writeFileAtomically(out, writeRows(rows!, format!));
      say(`${shownPath(out)}: written`);
    }
  } finally {
    tables.close();
  }
}
