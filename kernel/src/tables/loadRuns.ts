import { formatCount, formatNumber, type Law } from "isoflop";
import { excerpt } from "isoflop-datasets/csv";
import { shownPath } from "../files/shownPath.ts";
import { fittedTable } from "../text/fittedTable.ts";
import type { ChooseColumns, ColumnTable, OnRows } from "./ColumnTable.ts";
import { checkRows, type RowCheck } from "./checkRows.ts";
import type { FieldSource } from "./chooseColumns.ts";
import { type DerivedColumns, withDerived, withoutDerived } from "./columns/derivedColumns.ts";
import { type RunColumns, runColumns } from "./columns/runColumns.ts";
import { countReplicates, type Duplicates, findRepeats } from "./duplicates/findRepeats.ts";
import type { RunTable } from "./RunTable.ts";
import { readColumns } from "./readColumns.ts";
import { leaveOutRows, type RowFilter } from "./rowFilter.ts";
import { runsOf } from "./runsOf.ts";
import type { TableFormat } from "./tableKind.ts";
import { isUnchecked } from "./uncheckedPacking.ts";

export interface LoadedRuns {
  readonly runs: RunTable;
  /** What was taken from which column, in words. */
  readonly notes: readonly string[];
  readonly sources: readonly FieldSource[];
  /** Which training run each row belongs to, where `group` was given. */
  readonly groups?: readonly string[];
  /** By column what stands in it, a text a run, for the columns that `texts` names. */
  readonly texts: ReadonlyMap<string, readonly string[]>;
  readonly dropped: number;
  /** Where a run stands: "line 5" of a text file, "row 5" of any other, behind the file's name where there are several. */
  placeOf(run: number): string;
}

export interface LoadOptions {
  readonly map: readonly FieldSource[];
  /** Fields wanted beside the law's own (for a hold-out condition). */
  readonly fields: readonly string[];
  /** Columns wanted as texts, by their names in the file. */
  readonly texts?: readonly string[];
  /** Columns that are reckoned from others before anything is looked for. */
  readonly derived?: DerivedColumns;
  /** Which rows are wanted; the others are not even looked at. */
  readonly where?: RowFilter;
  /** Column of texts: of the rows that are equal in it only the last is wanted. */
  readonly lastOf?: string;
  /** Column whose equal values mark one training run. */
  readonly group?: string;
  /** Leave bad rows out instead of refusing the file. */
  readonly dropBad: boolean;
  /** What to do with rows that repeat another of the file in every column, "keep" by default: replicates are data. */
  readonly duplicates?: Duplicates;
  /** Whether to refuse counts in billions and losses above 20; true by default. */
  readonly unitCheck?: boolean;
  /** What the decimal sign is, where the file does not show it. */
  readonly decimal?: "point" | "comma";
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

/** In so many rows replicates are counted unasked: a moment. */
const rowsForReplicates = 100_000;

/**
 * Reads the runs for a law out of a file.
 *
 * @throws RangeError when a column is missing
 * @throws BadRowsError when rows cannot be used and `dropBad` is not set
 */
export async function loadRuns(path: string, law: Law, options: LoadOptions): Promise<LoadedRuns> {
  const {
    group,
    where,
    derived: reckoned,
    lastOf,
    texts = [],
    dropBad,
    duplicates = "keep",
    unitCheck = true,
  } = options;
  let found: RunColumns | undefined;
  const choose: ChooseColumns = (own, headerLine) => {
    const header = [...own, ...(reckoned?.names ?? [])];
    found = runColumns(path, header, headerLine, {
      law,
      map: options.map,
      fields: options.fields,
      texts: [
        ...(reckoned?.texts ?? []),
        ...texts.map((column) => ({ column, option: "--by" })),
        ...(where?.texts ?? []).map((column) => ({ column, option: "--where" })),
        ...(lastOf === undefined ? [] : [{ column: lastOf, option: "--last-of" }]),
        ...(group === undefined ? [] : [{ column: group, option: "--group" }]),
      ],
      numbers: [
        ...(reckoned?.numbers ?? []),
        ...(where?.numbers ?? []).map((column) => ({ column, option: "--where" })),
      ],
      wholeRows: duplicates !== "keep",
    });
    return reckoned ? withoutDerived(found.wanted, reckoned) : found.wanted;
  };
  const read = await readColumns(path, choose, options.onRows, options.format, options.decimal);
  const table = reckoned ? withDerived(read, reckoned) : read;
  const { sources, derived } = found!;
  refuseTwoUnits(path, sources, read.suffixed);
  const notes = [...found!.notes, ...table.notes];
  if (isUnchecked(path)) notes.push("unpacked without its checksum, which Node 22.15 and newer look at");

  const out = leaveOutRows(table, where, lastOf);
  notes.push(...out.notes);
  const repeats = findRepeats(table);
  if (duplicates === "drop" && repeats.size > 0) {
    for (const row of repeats.keys()) out.mask[row] = 1;
    notes.push(`${repeats.size} of ${table.n} rows repeat an earlier one as a whole and were left out`);
  }
  const real = new Set(
    [...law.variables, law.response].filter(({ domain }) => domain === "real").map(({ name }) => name),
  );
  const check = checkRows(table, sources, {
    positive: new Set(sources.map(({ field }) => field).filter((field) => !real.has(field))),
    group,
    isLeftOut: out.mask,
    repeats: duplicates === "refuse" ? repeats : undefined,
    unitCheck,
    onRows: options.onChecked,
  });
  const { badCount, kinds, isBad } = check;
  if (badCount > 0 && !dropBad) throw new BadRowsError(describeBadRows(path, table, check, options.width));

  const kept = keptRows(table.n, isBad, out.mask);
  if (kept.length === 0) {
    const why = where ? ` is one where ${where.text}, or none of those can be used` : " can be used";
    throw new RangeError(`no row of ${shownPath(path)}${why}`);
  }
  const keys = group === undefined ? undefined : table.texts.get(group)!;
  const groups = keys && Array.from(kept, (row) => keys[row]!);
  const runs = runsOf(table, sources, derived, kept, groups);
  if (badCount > 0) {
    const counts = [...kinds].map(([kind, count]) => `${count} ${kind}`);
    notes.push(`${badCount} of ${table.n} rows left out as unusable`, `rows left out: ${counts.join(", ")}`);
  }
  if (duplicates === "keep" && !group && kept.length <= rowsForReplicates) {
    const columns = sources.map(({ column }) => table.numbers.get(column)!);
    const replicates = countReplicates(columns, kept);
    if (replicates > 0)
      notes.push(
        `${replicates} rows have the same numbers as an earlier one and are kept (--duplicates drop leaves out those that repeat in every column)`,
      );
  }
  if (groups) {
    notes.push(
      `${formatCount(new Set(groups).size)} training runs by ${group}: the rows of one share a weight of 1 and are resampled together`,
    );
  }
  return {
    runs,
    notes,
    sources,
    texts: new Map(
      texts.map((column) => [column, Array.from(kept, (row) => table.texts.get(column)![row]!)]),
    ),
    dropped: badCount,
    placeOf: (run) => `${table.unit} ${table.place(kept[run]!)}`,
    ...(groups && { groups }),
  };
}

/** 70M in a column "params (M)": scaled once by the cell, and once more by the name. */
function refuseTwoUnits(
  path: string,
  sources: readonly FieldSource[],
  suffixed: ColumnTable["suffixed"] = new Map(),
): void {
  for (const { field, column, factor, given } of sources) {
    const cell = suffixed.get(column);
    if (cell === undefined || factor === 1 || given) continue;
    throw new RangeError(
      `${shownPath(path)}, column "${excerpt(column)}": the cell ${excerpt(cell)} has a suffix, and the column's name scales it by ${formatNumber(factor)} once more; say --map '${field}="${column}"' for the suffix alone, or --map '${field}="${column}"*${factor}' for both`,
    );
  }
}

function keptRows(n: number, isBad: Uint8Array, isLeftOut: Uint8Array): Uint32Array {
  const kept = new Uint32Array(n);
  let count = 0;
  for (let row = 0; row < n; row++) if (!isBad[row] && !isLeftOut[row]) kept[count++] = row;
  return kept.slice(0, count);
}

function describeBadRows(
  path: string,
  table: ColumnTable,
  { bad, badCount }: RowCheck,
  width = Number.POSITIVE_INFINITY,
): string {
  const rows = bad.map(({ place, column, value, reason }) => [String(place), excerpt(column), value, reason]);
  const more = badCount > bad.length ? `\n… ${badCount - bad.length} more` : "";
  const shown = fittedTable([table.unit, "column", "value", "why"], rows, { width });
  return (
    `${badCount} of ${table.n} rows of ${shownPath(path)} cannot be used:\n${shown}${more}\n` +
    "Fix the file, or leave them out with --drop-bad."
  );
}
