import { type LoadAllOptions, loadAllRuns, type TableFile } from "../../src/tables/loadAllRuns.ts";
import { type LoadedRuns, type LoadOptions, loadRuns as load } from "../../src/tables/loadRuns.ts";
import type { LoadedRun } from "../../src/tables/RunTable.ts";

export { BadRowsError, type LoadOptions } from "../../src/tables/loadRuns.ts";

/** What was loaded, with its runs as objects, as tests write them. */
export type LoadedRecords = Omit<LoadedRuns, "runs"> & { readonly runs: readonly LoadedRun[] };

const asRecords = (loaded: LoadedRuns): LoadedRecords => ({ ...loaded, runs: loaded.runs.records() });

export const loadRuns = async (path: string, law: Parameters<typeof load>[1], options: LoadOptions) =>
  asRecords(await load(path, law, options));

export const loadAllRecords = async (
  files: readonly TableFile[],
  law: Parameters<typeof load>[1],
  options: LoadAllOptions,
) => asRecords(await loadAllRuns(files, law, options));
