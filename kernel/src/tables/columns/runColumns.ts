import type { Law } from "isoflop";
import { excerpt } from "isoflop-datasets/csv";
import { shownPath } from "../../files/shownPath.ts";
import type { WantedColumns } from "../ColumnTable.ts";
import { type FieldSource, findColumn, meant, otherColumns } from "../chooseColumns.ts";
import { listNames } from "../listNames.ts";

/** What is wanted of a file of runs. */
export interface WantedRuns {
  readonly law: Law;
  readonly map: readonly FieldSource[];
  /** Fields beside the law's own. */
  readonly fields: readonly string[];
  /** Columns of texts, with the option that names each. */
  readonly texts: readonly { readonly column: string; readonly option: string }[];
  /** Columns of numbers by their names in the file, with the option that names each. */
  readonly numbers: readonly { readonly column: string; readonly option: string }[];
  readonly wholeRows: boolean;
}

export interface RunColumns {
  readonly sources: readonly FieldSource[];
  /** The field that follows from the other two of size, data and compute. */
  readonly derived: string | undefined;
  readonly notes: readonly string[];
  readonly wanted: WantedColumns;
}

const derivable = ["nParams", "nTokens", "flops"];

/**
 * Finds the columns of a file that the runs are made of.
 *
 * @throws RangeError where a column is missing, two may be meant, or an option names one that is not there
 */
export function runColumns(
  path: string,
  header: readonly string[],
  headerLine: number | undefined,
  { law, map, fields, texts, numbers, wholeRows }: WantedRuns,
): RunColumns {
  const wanted = [...new Set([...law.variables.map(({ name }) => name), law.response.name, ...fields])];
  refuseUnknownFields(map, [...new Set([...wanted, ...derivable])]);
  for (const { field } of map) if (!wanted.includes(field)) wanted.push(field);
  const found = new Map(wanted.map((field) => [field, findColumn(field, header, map, headerLine)]));
  // Of size, data and compute two give the third.
  const missing = wanted.find((field) => derivable.includes(field) && !found.get(field));
  const others = derivable.filter((field) => field !== missing);
  const ofOthers = others.map((field) => found.get(field) ?? findColumn(field, header, map, headerLine));
  let derived: string | undefined;
  if (missing && ofOthers.every((source) => source !== undefined)) {
    derived = missing;
    for (const [k, field] of others.entries()) found.set(field, ofOthers[k]);
  }
  for (const [field, source] of found) {
    if (source || field === derived) continue;
    throw new RangeError(
      `${shownPath(path)} has no column for ${field}; it has ${listNames(header)}; say which with --map ${field}=COLUMN`,
    );
  }
  const sources = [...found.values()].filter((source) => source !== undefined);
  const notes = sources.map((source) => describeSource(source, header));
  if (derived) notes.push(`${derived} computed from flops = 6 nParams nTokens`);
  for (const { column, option } of [...texts, ...numbers]) {
    if (header.includes(column)) continue;
    throw new RangeError(
      `${option} names the column "${column}", which the file has not; ${meant(column, header)}it has ${listNames(header)}`,
    );
  }
  return {
    sources,
    derived,
    notes,
    wanted: {
      numbers: [...new Set([...sources.map(({ column }) => column), ...numbers.map(({ column }) => column)])],
      texts: [...new Set(texts.map(({ column }) => column))],
      wholeRows,
    },
  };
}

function refuseUnknownFields(map: readonly FieldSource[], known: readonly string[]): void {
  for (const { field, column } of map) {
    if (known.includes(field)) continue;
    throw new RangeError(
      `--map gives ${field}=${column}, but neither the law nor another option has ${field}; ${meant(field, known)}there are ${known.join(", ")}`,
    );
  }
}

function describeSource(source: FieldSource, header: readonly string[]): string {
  const { field, column, factor, given, unit } = source;
  const scale = factor === 1 ? "" : ` × ${factor < 1e7 ? factor : factor.toExponential().replace("e+", "e")}`;
  const why = unit === undefined || factor === 1 ? "" : ` (its name says ${unit})`;
  const others = given ? [] : otherColumns(source, header);
  const also = others.length > 0 ? ` (not ${listNames(others)}; --map ${field}=… takes another)` : "";
  return `${field} from column "${excerpt(column, 80)}"${scale}${why}${also}`;
}
