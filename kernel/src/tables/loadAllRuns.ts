import type { Law } from "isoflop";
import { shownPath } from "../files/shownPath.ts";
import { type LoadedRuns, type LoadOptions, loadRuns } from "./loadRuns.ts";
import { RunTable } from "./RunTable.ts";
import { weightsByGroup } from "./runsOf.ts";
import type { TableFormat } from "./tableKind.ts";

/** A file of rows, and what it holds where its name does not say it. */
export interface TableFile {
  readonly path: string;
  readonly format?: TableFormat;
}

/** What the options of `loadRuns` are, with the file that is at work. */
export interface LoadAllOptions extends Omit<LoadOptions, "format" | "onRows" | "onChecked"> {
  readonly onRows?: (path: string, rows: number) => void;
  readonly onChecked?: (path: string, rows: number) => void;
  /** What is asked of a file in its own names, by its place among the files. */
  readonly ofFile?: (k: number) => Partial<Pick<LoadOptions, "map" | "fields" | "derived" | "where">>;
  /** Ends the reading between two files. */
  readonly signal?: AbortSignal;
}

/**
 * Reads the runs for a law out of files, one behind the other, as if they were one: each file's columns are found by
 * their own names, and training runs that are called the same in two files are one.
 *
 * @throws Error that names what is wrong with every file that cannot be used
 */
export async function loadAllRuns(
  files: readonly TableFile[],
  law: Law,
  options: LoadAllOptions,
): Promise<LoadedRuns> {
  const { onRows, onChecked, signal, ofFile, ...shared } = options;
  const loaded: LoadedRuns[] = [];
  const faults: unknown[] = [];
  for (const [k, { path, format }] of files.entries()) {
    try {
      const one = await loadRuns(path, law, {
        ...shared,
        ...ofFile?.(k),
        ...(format !== undefined && { format }),
        ...(onRows && { onRows: (rows) => onRows(path, rows) }),
        ...(onChecked && { onChecked: (rows) => onChecked(path, rows) }),
      });
      loaded.push(one);
    } catch (error) {
      signal?.throwIfAborted();
      faults.push(files.length > 1 ? naming(path, error) : error);
    }
  }
  if (faults.length === 1) throw faults[0];
  if (faults.length > 1) throw new Error(faults.map((fault) => (fault as Error).message).join("\n"));
  return loaded.length === 1 ? loaded[0]! : together(files, loaded);
}

/** Does what may find fault with a file, and names the file in the fault. */
export function inFile<T>(path: string | undefined, work: () => T): T {
  try {
    return work();
  } catch (error) {
    throw path === undefined ? error : naming(path, error);
  }
}

function naming(path: string, error: unknown): unknown {
  const name = shownPath(path);
  if (!(error instanceof RangeError) || error.message.includes(name)) return error;
  return new RangeError(`${name}: ${error.message}`, { cause: error });
}

function together(files: readonly TableFile[], loaded: readonly LoadedRuns[]): LoadedRuns {
  const runs = RunTable.joined(loaded.map((one) => one.runs));
  const groups = loaded.every((one) => one.groups) ? loaded.flatMap((one) => one.groups!) : undefined;
  const notes = files.map(({ path }, k) => `${shownPath(path)}: ${loaded[k]!.runs.length} runs`);
  const ends: number[] = [];
  for (const one of loaded) ends.push((ends.at(-1) ?? 0) + one.runs.length);
  const first = loaded[0]!;
  for (const note of first.notes) {
    // What is so in all of them is said once.
    if (loaded.every((one) => one.notes.includes(note))) notes.push(note);
  }
  for (const [k, one] of loaded.entries()) {
    for (const note of one.notes)
      if (!notes.includes(note)) notes.push(`${shownPath(files[k]!.path)}: ${note}`);
  }
  return {
    // The rows of one training run share a weight of 1, in whichever files they are.
    runs: groups ? runs.weighed(weightsByGroup(groups)) : runs,
    notes,
    sources: first.sources,
    texts: new Map(
      [...first.texts.keys()].map((column) => [column, loaded.flatMap((one) => one.texts.get(column)!)]),
    ),
    placeOf(run) {
      const k = ends.findIndex((end) => run < end);
      return `${shownPath(files[k]!.path)}, ${loaded[k]!.placeOf(run - (ends[k - 1] ?? 0))}`;
    },
    dropped: loaded.reduce((sum, one) => sum + one.dropped, 0),
    ...(groups && { groups }),
  };
}
