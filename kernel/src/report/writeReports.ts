import { availableParallelism } from "node:os";
import { basename, dirname, join, resolve } from "node:path";
import { checkOutputs } from "../files/checkOutputs.ts";
import { checkWritable } from "../files/checkWritable.ts";
import { shownPath } from "../files/shownPath.ts";
import { type CellFailure, executeNotebook, type Progress } from "../notebook/executeNotebook.ts";
import { kernelFor } from "../notebook/foreign/kernelFor.ts";
import type { KernelCommand } from "../notebook/KernelProcess.ts";
import type { Notebook } from "../notebook/Notebook.ts";
import { injectIntoAll } from "../notebook/parameters/injectIntoAll.ts";
import { notebookName } from "../notebook/percent/scriptKind.ts";
import { readNotebook } from "../notebook/readNotebook.ts";
import { writeFileAtomically } from "../notebook/writeFileAtomically.ts";
import { inOneLine } from "../text/inOneLine.ts";
import type { IndexEntry } from "./entries/IndexEntry.ts";
import { readStoredEntries, withStoredEntries } from "./entries/storedEntries.ts";
import { pageNames } from "./pageNames.ts";
import { findProvenance } from "./provenance.ts";
import { renderIndex } from "./renderIndex.ts";
import { renderReport } from "./renderReport.ts";
import { savedFailures } from "./savedFailures.ts";

/** How reports are written. */
export interface WriteReportsOptions {
  /** Folder of the pages; made if needed. */
  output: string;
  /** What starts the kernel; by default isoflop's own, as `kernelFor` of `isoflop-kernel/runner` gives it. */
  kernel?: KernelCommand | undefined;
  /** Render the outputs the notebooks were saved with instead of running them. */
  noRun?: boolean;
  /** Parameters to set, by name, in the notebooks that declare them; see `injectParameters` of `isoflop-kernel/runner`. */
  parameters?: ReadonlyMap<string, unknown>;
  /** Notebooks run at the same time. */
  jobs?: number;
  /** Seconds a cell may take. */
  cellTimeout?: number;
  /** Interrupts the running cells and ends the run. */
  signal?: AbortSignal;
  /** Called when a notebook makes progress. */
  onProgress?: (path: string, progress: Progress) => void;
  /** Called when a notebook's page is written, or when the notebook could not be used at all. */
  onDone?: (path: string, result: ReportResult) => void;
}

/** What came of one notebook. */
export interface ReportResult extends IndexEntry {
  /** As it was given. */
  path: string;
  /** Cells that failed. */
  failures: readonly CellFailure[];
}

/**
 * Runs notebooks and writes a page for each, then `index.html` and `claims.json` over all of them and over the pages that
 * earlier runs left in the folder. A notebook that fails does not keep the others from their pages; its own page shows how
 * far it came and why it stopped. One that cannot be read has no page, and its result says why.
 *
 * ```ts
 * import { scoreboardText, writeReports } from "isoflop-kernel/report";
 * const results = await writeReports(["a.ipynb"], { output: "reports" });
 * console.log(scoreboardText(results));
 * ```
 *
 * A notebook called like the index, or like another but for case, has its page under another name, `page` of its result.
 *
 * @throws RangeError when two notebooks share a name, and so a page; ParameterError as `injectParameters`; Error when nothing can be written into the folder, or
 *   when no notebook can be read, with the reason for each
 */
export async function writeReports(
  paths: readonly string[],
  options: WriteReportsOptions,
): Promise<ReportResult[]> {
  const names = paths.map(notebookName);
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (twice !== undefined) throw new RangeError(sameName(paths.filter((_, k) => names[k] === twice)));
  const others = (entry: IndexEntry) => !names.includes(entry.name);
  const pages = pageNames(
    names,
    readStoredEntries(options.output)
      .filter(others)
      .map(({ name, page = name }) => page),
  );
  // That nothing can be read, and a place where nothing can be written, is told before anything runs for minutes.
  const notebooks = withParameters(readAll(paths, options), options.parameters);
  const files = [...pages.map((page) => `${page}.html`), "claims.json", "index.html"];
  const written = files.map((file) => join(options.output, file));
  checkOutputs(
    written.map((file) => ["the page", file]),
    paths.map((path) => ["the notebook", path]),
  );
  checkWritable(...written);
  const date = new Date();
  const results: ReportResult[] = [];
  // The longest first, as far as the length of the code tells, so that none is left to run alone at the end.
  const codeLength = (index: number) => {
    const notebook = notebooks[index]!;
    const cells = notebook instanceof Error ? [] : notebook.cells;
    return cells.reduce((sum, cell) => sum + (cell.cell_type === "code" ? cell.source.length : 0), 0);
  };
  const queue = [...paths.keys()].sort((a, b) => codeLength(b) - codeLength(a));
  const work = async () => {
    for (let index = queue.shift(); index !== undefined; index = queue.shift()) {
      options.signal?.throwIfAborted();
      const path = paths[index]!;
      const result = await writeReport(path, names[index]!, pages[index]!, notebooks[index]!, date, options);
      results[index] = result;
      options.onDone?.(path, result);
    }
  };
  const jobs = Math.min(options.jobs ?? availableParallelism(), paths.length);
  const settled = await Promise.allSettled(Array.from({ length: jobs }, work));
  for (const one of settled) if (one.status === "rejected") throw one.reason;
  // Read again: another run may have written into the folder meanwhile.
  const kept = readStoredEntries(options.output).filter(others);
  const entries = kept.length === 0 ? results : [...results, ...kept].sort(byName);
  const claims = entries.flatMap(({ name, claims }) => claims.map((claim) => ({ notebook: name, ...claim })));
  writeFileAtomically(join(options.output, "claims.json"), `${JSON.stringify(claims, null, 2)}\n`);
  writeFileAtomically(
    join(options.output, "index.html"),
    withStoredEntries(renderIndex(entries, date), entries),
  );
  return results;
}

async function writeReport(
  path: string,
  name: string,
  page: string,
  notebook: Notebook | Error,
  date: Date,
  options: WriteReportsOptions,
): Promise<ReportResult> {
  const { kernel, noRun, cellTimeout, signal, onProgress } = options;
  const folder = dirname(resolve(path));
  const nothing = { path, name, title: name, summary: "", claims: [], figures: 0 };
  const unwritten = ({ message }: Error): ReportResult => ({
    ...nothing,
    failures: [],
    failure: message,
    hasNoPage: true,
  });
  if (notebook instanceof Error) return unwritten(notebook);
  try {
    const executed = noRun
      ? { notebook, failures: savedFailures(notebook), seconds: undefined }
      : await executeNotebook(notebook, {
          kernel,
          cwd: folder,
          cellTimeout,
          signal,
          onProgress: (progress) => onProgress?.(path, progress),
        });
    const { html, ...report } = renderReport({
      ...executed,
      name,
      file: basename(path),
      provenance: findProvenance(folder),
      date,
      hasIndex: true,
    });
    writeFileAtomically(join(options.output, `${page}.html`), html);
    const { failures, seconds } = executed;
    const named = { path, name, ...(page !== name && { page }) };
    return { ...named, ...report, seconds, failures, failure: failures[0] && failureLine(failures[0]) };
  } catch (error) {
    if (signal?.aborted) throw error;
    // The kernel did not start, or two claims share an id: there is no page, the index says why.
    return unwritten(error as Error);
  }
}

function sameName([one, other]: readonly string[]): string {
  const [name, otherName] = [one!, other!].map((path) => shownPath(basename(path)));
  return name === otherName
    ? `two notebooks are called ${name}; give one another name`
    : `${name} and ${otherName} would have one page; give one another name`;
}

const byName = (a: IndexEntry, b: IndexEntry) => (a.name < b.name ? -1 : 1);

/** Every notebook, or why it cannot be read, or run. */
function readAll(paths: readonly string[], { kernel, noRun }: WriteReportsOptions): (Notebook | Error)[] {
  const read = paths.map((path) => {
    try {
      const notebook = readNotebook(path);
      if (!kernel && !noRun) kernelFor(notebook, path);
      return notebook;
    } catch (error) {
      return error as Error;
    }
  });
  const faults = read.filter((one) => one instanceof Error);
  if (faults.length === 1 && paths.length === 1) throw faults[0];
  if (faults.length > 0 && faults.length === paths.length)
    throw new Error(faults.map(({ message }) => message).join("\n"));
  return read;
}

function withParameters(
  read: readonly (Notebook | Error)[],
  values: ReadonlyMap<string, unknown> = new Map(),
): readonly (Notebook | Error)[] {
  if (values.size === 0) return read;
  const set = injectIntoAll(
    read.flatMap((one) => (one instanceof Error ? [] : [one])),
    values,
  );
  return read.map((one) => (one instanceof Error ? one : set.shift()!));
}

const failureLine = ({ index, ename, evalue }: CellFailure) =>
  `cell ${index + 1} failed: ${ename}: ${inOneLine(evalue)}`;
