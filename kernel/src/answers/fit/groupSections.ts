import { formatNumber } from "isoflop";
import type { Analysis } from "./analyse.ts";
import { comparisonTable, parameterTable, planTable, predictionTable } from "./analysisText.ts";
import { type GroupFit, groupNotes, groupTable, nameOf } from "./byGroups.ts";
import type { OutputRow } from "./runRecords.ts";
import { mostPredictions, type Section } from "./sections.ts";

type Table = NonNullable<Section["table"]>;

/** What fits to groups came to, in parts: a table a question, with the group in front. */
export function groupSections(
  law: Analysis["law"],
  column: string,
  groups: readonly GroupFit[],
  source: readonly string[],
  level: number,
  predictions?: { readonly rows: readonly OutputRow[]; readonly level: number },
): Section[] {
  const notes = groupNotes(groups);
  const asked = (
    title: string,
    tableOf: (group: GroupFit) => Table | undefined,
    lines: readonly string[] = [],
  ) => stacked(title, column, groups, tableOf, lines);
  return [
    { title: "Runs", lines: source },
    { title: `Law ${law.name} by ${column}`, table: groupTable(law, column, groups) },
    ...asked("Intervals", ({ fit, bootstrap }) => {
      if (!bootstrap) return undefined;
      const { columns, rows } = parameterTable({ law, fit, bootstrap, uncertainty: null, level });
      // What a parameter means is the same for all.
      return { columns: columns.slice(0, -1), rows: rows.map((row) => row.slice(0, -1)) };
    }),
    ...asked(
      "Laws side by side",
      ({ compared: [own, ...others] }) => own && comparisonTable({ ...own, others }),
      ["k: parameters; error: root mean square on runs not in the fit"],
    ),
    ...asked(
      "Plan",
      ({ plan }) => (plan ? planTable(plan, level) : undefined),
      groups.map(
        ({ value, plan }) =>
          `${nameOf(value)}: ${plan ? plan.note : "not planned with, since the runs do not determine the law"}`,
      ),
    ),
    ...(predictions ? [predictionSection(column, groups, predictions)] : []),
    ...(notes.length > 0 ? [{ title: "Notes", lines: notes, isList: true }] : []),
  ];
}

/** The tables of the groups as one, where any has one. */
function stacked(
  title: string,
  column: string,
  groups: readonly GroupFit[],
  tableOf: (group: GroupFit) => Table | undefined,
  lines: readonly string[],
): Section[] {
  const tables = groups.flatMap((group): [string, Table][] => {
    const table = tableOf(group);
    return table ? [[nameOf(group.value), table]] : [];
  });
  const first = tables[0]?.[1];
  if (!first) return [];
  const rows = tables.flatMap(([value, table]) => table.rows.map((row) => [value, ...row]));
  return [{ title, table: { ...first, columns: [column, ...first.columns], rows }, lines }];
}

function predictionSection(
  column: string,
  groups: readonly GroupFit[],
  { rows, level }: { readonly rows: readonly OutputRow[]; readonly level: number },
): Section {
  const shown = rows.slice(0, mostPredictions);
  const fit = groups[0]!.fit;
  const table = predictionTable(fit, shown, level);
  const rest = rows.length - shown.length;
  return {
    title: "Predictions",
    table: {
      ...table,
      columns: [column, ...table.columns],
      rows: table.rows.map((row, k) => [nameOf(String(shown[k]![column])), ...row]),
    },
    lines: rest > 0 ? [`and ${formatNumber(rest)} more; --predictions FILE writes them all`] : [],
  };
}
