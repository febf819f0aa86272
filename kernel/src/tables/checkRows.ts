import { formatNumber } from "isoflop";
import { describeRaggedRow, excerpt } from "isoflop-datasets/csv";
import type { ColumnTable, OnRows } from "./ColumnTable.ts";
import type { FieldSource } from "./chooseColumns.ts";

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

const shownRows = 10;

// Below these a count is surely in millions or billions: no language model has 10,000 parameters.
const smallest: ReadonlyMap<string, readonly [number, string]> = new Map([
  ["nParams", [1e4, "parameters are counted in ones (7e9, not 7)"]],
  ["nTokens", [1e5, "tokens are counted in ones (1.4e12, not 1.4)"]],
  ["flops", [1e9, "compute is in FLOPs (5.88e23)"]],
]);

/**
 * Looks at every row for what a law cannot take or what surely is a slip: missing and unreadable numbers, rows with more or
 * fewer cells than the header, values that are not positive, counts in billions, perplexities in place of losses, rows
 * that repeat another.
 *
 * @param positive fields that must be > 0
 * @param group column of texts that every row must have
 * @param onRows told now and then how many rows were looked at
 */
export function checkRows(
  table: ColumnTable,
  sources: readonly FieldSource[],
  positive: ReadonlySet<string>,
  group?: string,
  onRows?: OnRows,
): RowCheck {
  const bad: BadRow[] = [];
  const isBad = new Uint8Array(table.n);
  let badCount = 0;
  const kinds = new Map<string, number>();
  const report = (row: number, kind: string, column: string, value: string, reason: string) => {
    isBad[row] = 1;
    badCount += 1;
    kinds.set(kind, (kinds.get(kind) ?? 0) + 1);
    if (bad.length < shownRows) bad.push({ place: table.place(row), column, value, reason });
  };
  const fields = sources.map(({ field, column, factor }) => ({
    column,
    factor,
    values: table.numbers.get(column)!,
    whyBad: checkOf(field, positive.has(field)),
  }));
  const seen = new RowSet(
    fields.map(({ values }) => values),
    table.n,
  );
  const groups = group === undefined ? undefined : table.texts.get(group);
  for (let row = 0; row < table.n; row++) {
    if (row % 100_000 === 0) onRows?.(row);
    const fault = fields.find(({ values, factor, whyBad }) => whyBad(values[row]! * factor) !== undefined);
    if (!fault) {
      if (groups && groups[row]!.trim() === "")
        report(row, "without a group", group!, "(empty)", "names no group");
      else if (!seen.add(row)) {
        report(row, "that repeat an earlier one", "(all)", "", "repeats an earlier row exactly");
      }
      continue;
    }
    const cells = table.raggedCells(row);
    if (cells !== undefined) {
      const kind = cells > table.columns ? "with too many cells" : "with too few cells";
      report(row, kind, "(all)", "", describeRaggedRow(cells, table.columns));
      continue;
    }
    const { column, factor, values, whyBad } = fault;
    const value = values[row]! * factor;
    if (Number.isNaN(value)) {
      const { text, why } = table.unreadable.get(`${column}:${row}`) ?? { text: "NaN", why: "not a number" };
      const shown = text === "" ? "(empty)" : text;
      report(row, `without a number in ${excerpt(column)}`, column, shown, why);
    } else {
      report(row, `out of bounds in ${excerpt(column)}`, column, formatNumber(value), whyBad(value)!);
    }
  }
  return { bad, isBad, badCount, kinds };
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

/** What says why a value of a field cannot be used; undefined where it can. */
function checkOf(field: string, isPositive: boolean): (value: number) => string | undefined {
  const [least, advice] = smallest.get(field) ?? [-Infinity, ""];
  return (value) => {
    if (!Number.isFinite(value)) return "not a finite number";
    if (isPositive && !(value > 0)) return "must be > 0";
    if (value < least) return `${advice}; scale it with --map ${field}=COLUMN*1e9`;
    if (field === "loss" && value > 20)
      return "too large for nats per token; is it a perplexity? take its logarithm";
    return undefined;
  };
}
