import type { Fit } from "isoflop";
import type { GroupFit } from "../../answers/fit/byGroups.ts";
import { type IntervalOptions, type OutputRow, predictionRecords } from "../../answers/fit/runRecords.ts";
import { askTable } from "../../answers/fit/table/askTable.ts";
import { mapForFile } from "../../answers/fit/table/mapForFile.ts";
import { shownPath } from "../../files/shownPath.ts";
import { readHeader } from "../../tables/columns/readHeader.ts";
import { listNames } from "../../tables/listNames.ts";
import { inFile, loadAllRuns } from "../../tables/loadAllRuns.ts";
import type { LoadedRuns } from "../../tables/loadRuns.ts";
import { tableOptions } from "../inputs/tableOptions.ts";
import { terminalWidth } from "../terminal/terminalWidth.ts";
import type { FitCommandOptions } from "./fitOptions.ts";
import type { LoadedTable } from "./loadTable.ts";
import type { FitQuestion } from "./readQuestion.ts";

/** Predictions at the points of a table, which has the columns of the runs without what is predicted. */
export async function predictPoints(
  path: string,
  table: LoadedTable,
  fit: Fit,
  options: FitCommandOptions,
  question: FitQuestion,
  interval: IntervalOptions,
): Promise<OutputRow[]> {
  const { points } = await readPoints(path, table, options, question);
  return predictionRecords(fit, points, interval);
}

/**
 * Predictions of the fit of each value of `--by`: at the points that have its value, where the table of points has that
 * column, else at all of them.
 *
 * @throws RangeError where a point has a value that no run has
 */
export async function predictByGroups(
  path: string,
  table: LoadedTable,
  groups: readonly GroupFit[],
  options: FitCommandOptions,
  question: FitQuestion,
): Promise<OutputRow[]> {
  const by = options.by!;
  const { points, values } = await readPoints(path, table, options, question);
  const known = new Set(groups.map(({ value }) => value));
  const stray = values?.findIndex((value) => !known.has(value)) ?? -1;
  if (stray >= 0) {
    throw new RangeError(
      `${shownPath(path)}: no run has the ${by} "${values![stray]}" of ${points.placeOf(stray)}; there are ${listNames([...known])}`,
    );
  }
  return groups.flatMap(({ value, fit, bootstrap }) => {
    const all = Array.from({ length: points.runs.length }, (_, k) => k);
    const rows = values === undefined ? all : all.filter((k) => values[k] === value);
    const own = {
      ...points,
      runs: points.runs.pick(rows),
      placeOf: (k: number) => points.placeOf(rows[k]!),
    };
    const records = predictionRecords(fit, own, { level: question.interval, bootstrap });
    return records.map((record): OutputRow => ({ [by]: value, ...record }));
  });
}

async function readPoints(
  path: string,
  { laws, headers }: LoadedTable,
  options: FitCommandOptions,
  question: FitQuestion,
): Promise<{ points: LoadedRuns; values: readonly string[] | undefined }> {
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
  const hasGroups = options.by !== undefined && header.includes(options.by);
  const points = await loadAllRuns(
    [{ path }],
    { ...law, response: law.variables[0]! },
    {
      map,
      fields: [],
      ...(derived && { derived }),
      ...(hasGroups && { texts: [options.by!] }),
      ...tableOptions({ ...options, duplicates: "keep" }),
      dropBad: options.dropBad ?? false,
      width: terminalWidth(process.stderr),
    },
  );
  return { points, values: hasGroups ? points.texts.get(options.by!) : undefined };
}

/** The reckoned columns that are asked for, with those that they are reckoned from. */
function needed(lets: FitQuestion["table"]["lets"], { table }: FitQuestion): FitQuestion["table"]["lets"] {
  return lets.length === 0 ? [] : table.lets;
}
