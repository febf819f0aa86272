import { formatNumber } from "isoflop";
import { describeRaggedRow, excerpt } from "isoflop-datasets/csv";
import type { ColumnTable, OnRows } from "./ColumnTable.ts";
import type { FieldSource } from "./chooseColumns.ts";
import { boundsOf } from "./valueBounds.ts";

/** A row that cannot be used, and why. */
export interface BadRow {
  /** Line of a text file, row of any other, from 1. */
  readonly place: number;
  readonly column: string;
  readonly value: string;
  readonly reason: string;
}

export interface RowCheck {
  /** The first bad rows, at most ten. */
  readonly bad: readonly BadRow[];
  /** By row 1 where it cannot be used; a Set holds less than every row of a large file. */
  readonly isBad: Uint8Array;
  /** How many rows cannot be used. */
  readonly badCount: number;
  /** How many of them there are of each kind, in words that follow a count. */
  readonly kinds: ReadonlyMap<string, number>;
}

export interface RowChecks {
  /** Fields that must be > 0. */
  readonly positive: ReadonlySet<string>;
  /** Column of texts that every row must have. */
  readonly group?: string | undefined;
  /** By row 1 where it is not asked for, and so may be anything. */
  readonly isLeftOut?: Uint8Array | undefined;
  /** The earlier row that a row repeats, where that makes it bad. */
  readonly repeats?: ReadonlyMap<number, number> | undefined;
  /** Whether to look for counts in billions and perplexities. */
  readonly unitCheck: boolean;
  /** Told now and then how many rows were looked at. */
  readonly onRows?: OnRows | undefined;
}

const shownRows = 10;

/**
 * Looks at every row for what a law cannot take or what surely is a slip: missing and unreadable numbers, rows with more or
 * fewer cells than the header, values that are not positive, counts in billions, perplexities in place of losses.
 */
export function checkRows(table: ColumnTable, sources: readonly FieldSource[], checks: RowChecks): RowCheck {
  const { positive, group, isLeftOut, repeats, unitCheck, onRows } = checks;
  const { n } = table;
  const isBad = new Uint8Array(n);
  const fields = sources.map((source) => ({
    ...source,
    values: table.numbers.get(source.column)!,
    bounds: boundsOf(source, positive.has(source.field), unitCheck),
  }));
  for (const { values, factor, bounds } of fields) {
    const { least, above, most } = bounds;
    for (let row = 0; row < n; row++) {
      const value = values[row]! * factor;
      // NaN is in no bounds.
      if (!(value >= least && value > above && value <= most)) isBad[row] = 1;
    }
    onRows?.(n);
  }
  const groups = group === undefined ? undefined : table.texts.get(group);
  if (groups) for (let row = 0; row < n; row++) if (groups[row]!.trim() === "") isBad[row] = 1;
  for (const row of repeats?.keys() ?? []) isBad[row] = 1;

  const bad: BadRow[] = [];
  let badCount = 0;
  const kinds = new Map<string, number>();
  const report = (row: number, kind: string, column: string, value: string, reason: string) => {
    badCount += 1;
    kinds.set(kind, (kinds.get(kind) ?? 0) + 1);
    if (bad.length < shownRows) bad.push({ place: table.place(row), column, value, reason });
  };
  for (let row = isBad.indexOf(1); row >= 0; row = isBad.indexOf(1, row + 1)) {
    if (isLeftOut?.[row]) {
      isBad[row] = 0;
      continue;
    }
    const cells = table.raggedCells(row);
    if (cells !== undefined) {
      const kind = cells > table.columns ? "with too many cells" : "with too few cells";
      report(row, kind, "(all)", "", describeRaggedRow(cells, table.columns));
      continue;
    }
    const fault = fields.find(
      ({ values, factor, bounds }) => bounds.why(values[row]! * factor) !== undefined,
    );
    if (!fault) {
      const repeated = repeats?.get(row);
      if (repeated === undefined) report(row, "without a group", group!, "(empty)", "names no group");
      else {
        const earlier = `repeats ${table.unit} ${table.place(repeated)} as a whole`;
        report(row, "that repeat an earlier one", "(all)", "", `${earlier}; --duplicates keep takes both`);
      }
      continue;
    }
    const { column, factor, values, bounds } = fault;
    const value = values[row]! * factor;
    if (Number.isNaN(value)) {
      const { text, why } = table.unreadable.get(`${column}:${row}`) ?? { text: "NaN", why: "not a number" };
      const shown = text === "" ? "(empty)" : text;
      report(row, `without a number in ${excerpt(column)}`, column, shown, why);
    } else {
      report(row, `out of bounds in ${excerpt(column)}`, column, formatNumber(value), bounds.why(value)!);
    }
  }
  return { bad, isBad, badCount, kinds };
}
