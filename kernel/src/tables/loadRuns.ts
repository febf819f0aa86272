import { formatCount, type Law } from "isoflop";
import { excerpt } from "isoflop-datasets/csv";
import { shownPath } from "../files/shownPath.ts";
import { fittedTable } from "../text/fittedTable.ts";
import type { ChooseColumns, OnRows } from "./ColumnTable.ts";
import { checkRows } from "./checkRows.ts";
import { type FieldSource, findColumn, otherColumns } from "./chooseColumns.ts";
import { listNames } from "./listNames.ts";
import { readColumns, type TableFormat } from "./readColumns.ts";

/** A row of the file as a run: the fields of the law and of the options, and the run's weight. */
export type LoadedRun = Readonly<Record<string, number>>;

export interface LoadedRuns {
  readonly runs: readonly LoadedRun[];
  /** What was taken from which column, in words. */
  readonly notes: readonly string[];
  readonly sources: readonly FieldSource[];
  /** Which training run each row belongs to, where `group` was given. */
  readonly groups?: readonly string[];
  readonly dropped: number;
}

export interface LoadOptions {
  readonly map: readonly FieldSource[];
  /** Fields wanted beside the law's own (for a hold-out condition). */
  readonly fields: readonly string[];
  /** Column whose equal values mark one training run. */
  readonly group?: string;
  /** Leave bad rows out instead of refusing the file. */
  readonly dropBad: boolean;
  /** What the file holds, where its name does not say it. */
  readonly format?: TableFormat;
  /** Columns of the terminal that rows which cannot be used are shown in. */
  readonly width?: number;
  readonly onRows?: OnRows;
  /** Called while the rows read are looked at, with how many were. */
  readonly onChecked?: OnRows;
}

/** The rows of a file that cannot be used, as a table in the message. */
export class BadRowsError extends Error {
  override readonly name = "BadRowsError";
}

/**
 * Reads the runs for a law out of a file.
 *
 * @throws RangeError when a column is missing
 * @throws BadRowsError when rows cannot be used and `dropBad` is not set
 */
export async function loadRuns(path: string, law: Law, options: LoadOptions): Promise<LoadedRuns> {
  const { map, group, dropBad, width = Number.POSITIVE_INFINITY } = options;
  const notes: string[] = [];
  let sources: FieldSource[] = [];
  let derived: string | undefined;
  const choose: ChooseColumns = (header, headerLine) => {
    notes.length = 0;
    derived = undefined;
    const wanted = [
      ...new Set([...law.variables.map(({ name }) => name), law.response.name, ...options.fields]),
    ];
    for (const { field } of map) {
      if (!wanted.includes(field)) wanted.push(field);
    }
    const found = new Map(wanted.map((field) => [field, findColumn(field, header, map, headerLine)]));
    // Of size, data and compute two give the third.
    const missing = wanted.find((field) => isDerivable(field) && !found.get(field));
    const others = derivable.filter((field) => field !== missing);
    const sourcesOfOthers = others.map(
      (field) => found.get(field) ?? findColumn(field, header, map, headerLine),
    );
    if (missing && sourcesOfOthers.every((source) => source !== undefined)) {
      derived = missing;
      for (const [k, field] of others.entries()) found.set(field, sourcesOfOthers[k]);
    }
    for (const [field, source] of found) {
      if (source || field === derived) continue;
      throw new RangeError(
        `${shownPath(path)} has no column for ${field}; it has ${listNames(header)}; say which with --map ${field}=COLUMN`,
      );
    }
    sources = [...found.values()].filter((source) => source !== undefined);
    for (const source of sources) notes.push(describeSource(source, header));
    if (derived) notes.push(`${derived} computed from flops = 6 nParams nTokens`);
    if (group !== undefined && !header.includes(group)) {
      throw new RangeError(
        `--group names the column "${group}", which the file has not; it has ${listNames(header)}`,
      );
    }
    return {
      numbers: [...new Set(sources.map(({ column }) => column))],
      texts: group === undefined ? [] : [group],
    };
  };
  const table = await readColumns(path, choose, options.onRows, options.format);
  notes.push(...table.notes);
  const real = new Set(
    [...law.variables, law.response].filter(({ domain }) => domain === "real").map(({ name }) => name),
  );
  const positive = new Set(sources.map(({ field }) => field).filter((field) => !real.has(field)));
  const { bad, isBad, badCount, kinds } = checkRows(table, sources, positive, group, options.onChecked);
  if (badCount > 0 && !dropBad) {
    const rows = bad.map(({ place, column, value, reason }) => [
      String(place),
      excerpt(column),
      value,
      reason,
    ]);
    const more = badCount > bad.length ? `\n… ${badCount - bad.length} more` : "";
    throw new BadRowsError(
      `${badCount} of ${table.n} rows of ${shownPath(path)} cannot be used:\n${fittedTable([table.unit, "column", "value", "why"], rows, { width })}${more}\n` +
        "Fix the file, or leave them out with --drop-bad.",
    );
  }
  const columns = sources.map(({ field, column, factor }) => ({
    field,
    factor,
    values: table.numbers.get(column)!,
  }));
  const keys = group === undefined ? undefined : table.texts.get(group)!;
  const kept = Array.from({ length: table.n }, (_, row) => row).filter((row) => isBad[row] === 0);
  const sizes = new Map<string, number>();
  for (const row of keys ? kept : []) sizes.set(keys![row]!, (sizes.get(keys![row]!) ?? 0) + 1);
  const runs = kept.map((row) => {
    const run: Record<string, number> = {};
    for (const { field, factor, values } of columns) run[field] = values[row]! * factor;
    if (derived === "nTokens") run.nTokens = run.flops! / (6 * run.nParams!);
    if (derived === "nParams") run.nParams = run.flops! / (6 * run.nTokens!);
    if (derived === "flops") run.flops = 6 * run.nParams! * run.nTokens!;
    run.weight = keys ? 1 / sizes.get(keys[row]!)! : 1;
    return run;
  });
  if (runs.length === 0) throw new RangeError(`no row of ${shownPath(path)} can be used`);
  if (badCount > 0) {
    const counts = [...kinds].map(([kind, count]) => `${count} ${kind}`);
    notes.push(`${badCount} of ${table.n} rows left out as unusable`, `rows left out: ${counts.join(", ")}`);
  }
  if (keys) {
    notes.push(
      `${formatCount(sizes.size)} training runs by ${group}: the rows of one share a weight of 1 and are resampled together`,
    );
  }
  return {
    runs,
    notes,
    sources,
    dropped: badCount,
    ...(keys && { groups: kept.map((row) => keys[row]!) }),
  };
}

const derivable = ["nParams", "nTokens", "flops"];
const isDerivable = (field: string) => derivable.includes(field);

function describeSource(source: FieldSource, header: readonly string[]): string {
  const { field, column, factor, given } = source;
  const scale = factor === 1 ? "" : ` × ${factor}`;
  const others = given ? [] : otherColumns(source, header);
  const also = others.length > 0 ? ` (not ${listNames(others)}; --map ${field}=… takes another)` : "";
  return `${field} from column "${excerpt(column, 80)}"${scale}${also}`;
}
