import { type Fit, type FitOptions, fit, formatNumber, formatPercent, type Law } from "isoflop";
import type { LoadedRun } from "../../tables/loadRuns.ts";

/** A fit to the runs that have one value in a column. */
export interface GroupFit {
  readonly value: string;
  readonly runs: number;
  readonly fit: Fit;
  /** Root mean square of the residuals. */
  readonly missed: number;
}

/**
 * One fit for each value of a column, in the order in which the values come.
 *
 * @param values the column, one value a run
 */
export function fitByGroups(
  law: Law,
  runs: readonly LoadedRun[],
  values: readonly string[],
  options: FitOptions,
  onGroup: (done: number, total: number) => void,
): GroupFit[] {
  const groups = new Map<string, LoadedRun[]>();
  for (const [k, value] of values.entries()) {
    const members = groups.get(value);
    if (members) members.push(runs[k]!);
    else groups.set(value, [runs[k]!]);
  }
  const weights = (run: unknown) => (run as LoadedRun).weight!;
  return [...groups].map(([value, members], k) => {
    onGroup(k, groups.size);
    const fitted = fit(law, members, { ...options, weights });
    const residuals = fitted.residuals();
    const squares = residuals.reduce((sum, r) => sum + r * r, 0);
    return { value, runs: members.length, fit: fitted, missed: Math.sqrt(squares / residuals.length) };
  });
}

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
        value === "" ? "(empty)" : value,
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
    return `${values
      .slice(0, 5)
      .map((value) => (value === "" ? "(empty)" : value))
      .join(", ")}${more}: ${reason}`;
  });
  return reasons.size > 10 ? [...shown, `and ${reasons.size - 10} more reasons; --json has them all`] : shown;
}
