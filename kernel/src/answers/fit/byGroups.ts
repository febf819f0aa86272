import { type Bootstrap, type Fit, fitColumns, formatNumber, formatPercent, type Law } from "isoflop";
import type { LoadedRuns } from "../../tables/loadRuns.ts";
import {
  type AnalyseOptions,
  bootstrapOf,
  type Candidate,
  candidateOf,
  type Plan,
  planFor,
} from "./analyse.ts";
import { type Uncertainty, uncertaintyOf } from "./uncertainty.ts";

/** A fit to the runs that have one value in a column, and what is asked of each such fit. */
export interface GroupFit {
  readonly value: string;
  /** The group's own runs, which go by their places in the file. */
  readonly loaded: LoadedRuns;
  readonly runs: number;
  readonly fit: Fit;
  /** Root mean square of the residuals. */
  readonly missed: number;
  readonly bootstrap: Bootstrap | null;
  readonly uncertainty: Uncertainty | null;
  /** Null also where the runs do not determine the law. */
  readonly plan: Plan | null;
  /** The fit itself first; empty where no law is to be set beside it. */
  readonly compared: readonly Candidate[];
}

/**
 * One fit for each value of a column, in the order in which the values come.
 *
 * @param values the column, one value a run
 * @param options what is asked of each; hold-outs and published laws are not
 * @throws RangeError naming the value where something cannot be done with its runs
 */
export async function fitByGroups(
  law: Law,
  loaded: LoadedRuns,
  values: readonly string[],
  options: AnalyseOptions,
  onGroup: (done: number, total: number) => void,
): Promise<GroupFit[]> {
  const members = new Map<string, number[]>();
  for (const [k, value] of values.entries()) {
    const known = members.get(value);
    if (known) known.push(k);
    else members.set(value, [k]);
  }
  const found: GroupFit[] = [];
  for (const [value, rows] of members) {
    onGroup(found.length, members.size);
    const own: LoadedRuns = {
      ...loaded,
      runs: loaded.runs.pick(rows),
      placeOf: (k) => loaded.placeOf(rows[k]!),
      ...(loaded.groups && { groups: rows.map((k) => loaded.groups![k]!) }),
    };
    try {
      found.push(await fitGroup(law, value, own, options));
    } catch (error) {
      if (!(error instanceof RangeError)) throw error;
      throw new RangeError(`${nameOf(value)}: ${error.message}`, { cause: error });
    }
  }
  return found;
}

async function fitGroup(
  law: Law,
  value: string,
  loaded: LoadedRuns,
  options: AnalyseOptions,
): Promise<GroupFit> {
  const { runs, groups } = loaded;
  const columns = runs.columns();
  const own = { ...options.fit, weights: runs.weights };
  const fitted = fitColumns(law, columns, own);
  const residuals = fitted.residuals();
  const squares = residuals.reduce((sum, r) => sum + r * r, 0);
  const bootstrap = await bootstrapOf(fitted, groups, options);
  options.signal?.throwIfAborted();
  const { planFlops, level, others = [] } = options;
  const isPlanned = planFlops !== undefined && fitted.status !== "not-identified";
  const settled = { ...own, loss: fitted.options.loss };
  const laws = others.map((other) => fitColumns(other.law, columns, { ...settled, ...other.fit }));
  return {
    value,
    loaded,
    runs: runs.length,
    fit: fitted,
    missed: Math.sqrt(squares / residuals.length),
    bootstrap,
    uncertainty: uncertaintyOf(fitted, groups, level),
    plan: isPlanned ? planFor(fitted, bootstrap, planFlops, level) : null,
    compared: laws.length > 0 ? [fitted, ...laws].map((one) => candidateOf(one, groups)) : [],
  };
}

/** A value as it is called where an empty one would not be seen. */
export const nameOf = (value: string) => (value === "" ? "(empty)" : value);

/** The fits as a table: a group a row, a parameter a column. */
export function groupTable(
  law: Law,
  column: string,
  groups: readonly GroupFit[],
): { columns: string[]; rows: string[][] } {
  const names = law.parameters.map(({ name }) => name);
  return {
    columns: [column, "runs", ...names, "residuals", "status"],
    rows: groups.map(({ value, runs, fit: fitted, missed }) => {
      const isOpen = fitted.status === "not-identified";
      return [
        nameOf(value),
        String(runs),
        ...names.map((name) => (isOpen ? "–" : formatNumber(fitted.parameters[name]!, 5))),
        isOpen ? "–" : formatShare(fitted, missed),
        fitted.status,
      ];
    }),
  };
}

const formatShare = (fitted: Fit, missed: number) =>
  fitted.options.residual === "raw" ? formatNumber(missed, 3) : formatPercent(missed);

/** Why groups are not determined, said once for all that have the same reason. */
export function groupNotes(groups: readonly GroupFit[]): string[] {
  const reasons = new Map<string, string[]>();
  for (const { value, fit: fitted } of groups) {
    if (fitted.reason === "a minimum inside the bounds") continue;
    const reason = `${fitted.status}: ${fitted.reason}`;
    const values = reasons.get(reason);
    if (values) values.push(value);
    else reasons.set(reason, [value]);
  }
  const shown = [...reasons].slice(0, 10).map(([reason, values]) => {
    const more = values.length > 5 ? `, … and ${values.length - 5} more` : "";
    return `${values.slice(0, 5).map(nameOf).join(", ")}${more}: ${reason}`;
  });
  return reasons.size > 10 ? [...shown, `and ${reasons.size - 10} more reasons; --json has them all`] : shown;
}
