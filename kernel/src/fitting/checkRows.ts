import { formatNumber } from "isoflop";
import type { ColumnTable } from "./ColumnTable.ts";
import type { FieldSource } from "./chooseColumns.ts";

/** A row that cannot be used, and why. */
export interface BadRow {
  /** Row of data, from 1 (the header does not count). */
  readonly row: number;
  readonly column: string;
  readonly value: string;
  readonly reason: string;
}

export interface RowCheck {
  /** The first bad rows, at most `limit`. */
  readonly bad: readonly BadRow[];
  /** All rows that cannot be used. */
  readonly badRows: ReadonlySet<number>;
}

// Below these a count is surely in millions or billions: no language model has 10,000 parameters.
const smallest: Readonly<Record<string, readonly [number, string]>> = {
  nParams: [1e4, "parameters are counted in ones (7e9, not 7)"],
  nTokens: [1e5, "tokens are counted in ones (1.4e12, not 1.4)"],
  flops: [1e9, "compute is in FLOPs (5.88e23)"],
};

/**
 * Looks at every row for what a law cannot take or what surely is a slip: missing and unreadable numbers, values that are
 * not positive, counts in billions, perplexities in place of losses, rows that repeat another.
 *
 * @param positive fields that must be > 0
 */
export function checkRows(
  table: ColumnTable,
  sources: readonly FieldSource[],
  positive: ReadonlySet<string>,
  limit = 10,
): RowCheck {
  const bad: BadRow[] = [];
  const badRows = new Set<number>();
  const report = (row: number, column: string, value: string, reason: string) => {
    badRows.add(row);
    if (bad.length < limit) bad.push({ row: row + 1, column, value, reason });
  };
  const columns = sources.map(({ column }) => table.numbers.get(column)!);
  const seen = new RowSet(columns, table.n);
  for (let row = 0; row < table.n; row++) {
    const before = badRows.size;
    for (const [k, { field, column, factor }] of sources.entries()) {
      const value = columns[k]![row]! * factor;
      const reason = whyBad(field, value, positive.has(field));
      if (!reason) continue;
      const shown = Number.isNaN(value)
        ? (table.unreadable.get(`${column}:${row}`) ?? "NaN")
        : formatNumber(value);
      report(row, column, shown === "" ? "(empty)" : shown, Number.isNaN(value) ? "not a number" : reason);
      break;
    }
    if (badRows.size > before) continue;
    if (!seen.add(row)) report(row, "(all)", "", "repeats an earlier row exactly");
  }
  return { bad, badRows };
}

/** Rows by their contents: an open hash table of row numbers, four to eight bytes a row where text keys take a hundred. */
class RowSet {
  private readonly columns: readonly Float64Array[];
  private readonly slots: Int32Array;
  private readonly value = new Float64Array(1);
  private readonly words = new Uint32Array(this.value.buffer);

  constructor(columns: readonly Float64Array[], n: number) {
    this.columns = columns;
    this.slots = new Int32Array(2 ** Math.ceil(Math.log2(2 * n + 2))).fill(-1);
  }

  /** False when an equal row is in the set already. */
  add(row: number): boolean {
    const { slots, columns } = this;
    const mask = slots.length - 1;
    for (let slot = this.hash(row) & mask; ; slot = (slot + 1) & mask) {
      const other = slots[slot]!;
      if (other < 0) {
        slots[slot] = row;
        return true;
      }
      if (columns.every((column) => column[row] === column[other])) return false;
    }
  }

  private hash(row: number): number {
    let hash = 0x811c9dc5;
    for (const column of this.columns) {
      this.value[0] = column[row]!;
      hash = Math.imul(hash ^ this.words[0]!, 0x01000193);
      hash = Math.imul(hash ^ this.words[1]! ^ (hash >>> 15), 0x85ebca6b);
    }
    return hash ^ (hash >>> 13);
  }
}

function whyBad(field: string, value: number, positive: boolean): string | undefined {
  if (!Number.isFinite(value)) return "not a finite number";
  if (positive && !(value > 0)) return "must be > 0";
  const least = smallest[field];
  if (least && value < least[0]) return `${least[1]}; scale it with --map ${field}=COLUMN*1e9`;
  if (field === "loss" && value > 20)
    return "too large for nats per token; is it a perplexity? take its logarithm";
  return undefined;
}
