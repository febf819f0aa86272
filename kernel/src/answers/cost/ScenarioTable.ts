/** Cells of a row of a table, by column. */
export type GivenRow = Readonly<Record<string, string | number | undefined>>;

/** A row of the answer: the columns that were given, and those that are added. */
export type ScenarioRow = Record<string, string | number | boolean>;

/** A figure and where it lies in 80 and 95 of 100 cases. */
export interface RangedFigure {
  readonly value: number;
  readonly interval80: readonly number[];
  readonly interval95: readonly number[];
}

/** How the rows of a kind of table are answered. */
export interface ScenarioTable {
  /** Figures that are added; each becomes five columns. */
  readonly figures: readonly string[];
  /** Columns without which no row can be answered. */
  readonly needed: readonly string[];
  /** The other columns that are read. */
  readonly read: readonly string[];
  /** Columns that do not come back. */
  readonly dropped: readonly string[];
  /**
   * Figures of a row, or why there are none. What a cell cannot mean may be thrown as a RangeError.
   *
   * @param others rows of the same `measurement`, which may say of the run what this one does not
   */
  answer(row: GivenRow, others: readonly GivenRow[]): ScenarioAnswer | { readonly why: string };
}

/** What is said of one row. */
export interface ScenarioAnswer {
  readonly figures: Readonly<Record<string, RangedFigure>>;
  readonly inDistribution: boolean;
  /** What to know of it, each in a few words. */
  readonly notes: readonly string[];
}

const ends = ["", "_lo80", "_hi80", "_lo95", "_hi95"];

/** The columns that a kind of table gets, in their order. */
export const addedColumns = ({ figures }: ScenarioTable): readonly string[] => [
  ...figures.flatMap((name) => ends.map((end) => `${name}${end}`)),
  "in_distribution",
  "note",
];

/** A row with its answer in the columns that are added, or in `note` why there is none. */
export function answeredRow(
  table: ScenarioTable,
  row: GivenRow,
  others: readonly GivenRow[] = [],
): ScenarioRow {
  let why: string;
  try {
    const answer = table.answer(row, others);
    if (!("why" in answer)) {
      const cells = keptColumns(table, row);
      for (const name of table.figures) Object.assign(cells, figureCells(name, answer.figures[name]!));
      cells.in_distribution = answer.inDistribution;
      cells.note = inOneLine(answer.notes.join("; "));
      return cells;
    }
    why = answer.why;
  } catch (error) {
    // What a cell cannot mean is said of its row; the others have their answers.
    if (!(error instanceof RangeError)) throw error;
    why = error.message;
  }
  return unreadRow(table, row, why);
}

/** A row without an answer, and why there is none. */
export function unreadRow(table: ScenarioTable, row: GivenRow, why: string): ScenarioRow {
  return { ...keptColumns(table, row), note: `no answer: ${inOneLine(why)}` };
}

function keptColumns(table: ScenarioTable, row: GivenRow): ScenarioRow {
  const kept: ScenarioRow = {};
  const added = addedColumns(table);
  for (const [name, cell] of Object.entries(row)) {
    if (!table.dropped.includes(name) && !added.includes(name)) kept[name] = cell ?? "";
  }
  for (const name of added) kept[name] = "";
  return kept;
}

function figureCells(name: string, { value, interval80, interval95 }: RangedFigure): ScenarioRow {
  const numbers = [value, ...interval80, ...interval95];
  return Object.fromEntries(ends.map((end, i) => [`${name}${end}`, Number(numbers[i]!.toPrecision(6))]));
}

const inOneLine = (text: string) => text.replace(/\s+/g, " ");
