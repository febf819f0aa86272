import type { Fit } from "isoflop";
import { type IntervalOptions, type OutputRow, predictionRecords } from "../../answers/fit/runRecords.ts";
import { askTable } from "../../answers/fit/table/askTable.ts";
import { mapForFile } from "../../answers/fit/table/mapForFile.ts";
import { readHeader } from "../../tables/columns/readHeader.ts";
import { inFile, loadAllRuns } from "../../tables/loadAllRuns.ts";
import { tableOptions } from "../inputs/tableOptions.ts";
import { terminalWidth } from "../terminal/terminalWidth.ts";
import type { FitCommandOptions } from "./fitOptions.ts";
import type { LoadedTable } from "./loadTable.ts";
import type { FitQuestion } from "./readQuestion.ts";

/** Predictions at the points of a table, which has the columns of the runs without what is predicted. */
export async function predictPoints(
  path: string,
  { laws, headers }: LoadedTable,
  fit: Fit,
  options: FitCommandOptions,
  question: FitQuestion,
  interval: IntervalOptions,
): Promise<OutputRow[]> {
  const { law } = laws[0]!;
  const header = await readHeader(path, undefined, options.decimal);
  const fields = law.variables.map(({ name }) => name);
  // A column that the table of points has itself is not reckoned again.
  const lets = question.table.lets.filter(({ name }) => fields.includes(name) && !header.includes(name));
  const map = mapForFile(header, headers, question.map, fields).filter(
    ({ field, column }) => fields.includes(field) && header.includes(column),
  );
  const { derived } = inFile(path, () =>
    askTable({ lets: needed(lets, question), holdouts: [] }, header, map),
  );
  const points = await loadAllRuns(
    [{ path }],
    { ...law, response: law.variables[0]! },
    {
      map,
      fields: [],
      ...(derived && { derived }),
      ...tableOptions({ ...options, duplicates: "keep" }),
      dropBad: options.dropBad ?? false,
      width: terminalWidth(process.stderr),
    },
  );
  return predictionRecords(fit, points, interval);
}

/** The reckoned columns that are asked for, with those that they are reckoned from. */
function needed(lets: FitQuestion["table"]["lets"], { table }: FitQuestion): FitQuestion["table"]["lets"] {
  return lets.length === 0 ? [] : table.lets;
}
