import type { RunDesign } from "isoflop";
import type { OutputRow } from "../fit/runRecords.ts";

/**
 * One row a run, in the order in which they narrow: its setting, its cost, and what it leaves. A column of the table that is
 * called as one of these keeps its name, and ours gets an underscore.
 */
export const designRows = ({ runs }: RunDesign): OutputRow[] =>
  runs.map(({ run, cost, left, alone, disagreement }, k) => {
    const free = (name: string) => (name in run ? `${name}_` : name);
    return {
      [free("run")]: k + 1,
      ...run,
      [free("cost")]: cost,
      [free("left")]: left.law,
      [free("left_of_run")]: left.run,
      [free("left_alone")]: alone.law,
      [free("disagreement")]: disagreement,
    };
  });
