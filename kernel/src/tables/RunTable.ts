/** A row of the file as a run: the fields of the law and of the options, and the run's weight. */
export type LoadedRun = Readonly<Record<string, number>>;

/** The field that holds what a run weighs. */
const weightField = "weight";

/**
 * Runs as columns: eight bytes a number, where a million objects cost ten times that, and a second to make and clear away.
 * Objects are made of those runs only that are asked for.
 */
export class RunTable {
  readonly length: number;
  readonly #columns: ReadonlyMap<string, Float64Array>;
  #make: ((row: number) => LoadedRun) | undefined;

  /** @param columns by field, all of one length, among them `weight`; NaN where a run has not the field */
  constructor(columns: ReadonlyMap<string, Float64Array>) {
    this.#columns = columns;
    this.length = this.weights.length;
  }

  /** One behind the other; a run has the fields of its own table. */
  static joined(tables: readonly RunTable[]): RunTable {
    const fields = new Set(tables.flatMap((table) => [...table.#columns.keys()]));
    const length = tables.reduce((sum, table) => sum + table.length, 0);
    const join = (field: string): [string, Float64Array] => {
      const column = new Float64Array(length).fill(Number.NaN);
      let at = 0;
      for (const table of tables) {
        const own = table.column(field);
        if (own) column.set(own, at);
        at += table.length;
      }
      return [field, column];
    };
    return new RunTable(new Map([...fields].map(join)));
  }

  get weights(): Float64Array {
    return this.#columns.get(weightField)!;
  }

  /** A field of all runs; undefined where none has it. */
  column(field: string): Float64Array | undefined {
    return this.#columns.get(field);
  }

  /** The columns by their fields. */
  columns(): Record<string, Float64Array> {
    return Object.fromEntries(this.#columns);
  }

  /** The table with other weights. */
  weighed(weights: Float64Array): RunTable {
    return new RunTable(new Map([...this.#columns, [weightField, weights]]));
  }

  /** Some of the runs, in the order of `rows`. */
  pick(rows: ArrayLike<number>): RunTable {
    const picked = (column: Float64Array) => {
      const own = new Float64Array(rows.length);
      for (let k = 0; k < own.length; k++) own[k] = column[rows[k]!]!;
      return own;
    };
    return new RunTable(new Map([...this.#columns].map(([field, column]) => [field, picked(column)])));
  }

  /** At most `most` of the runs, evenly spread. */
  thinned(most: number): RunTable {
    const { length } = this;
    if (length <= most) return this;
    return this.pick(Float64Array.from({ length: most }, (_, k) => Math.floor((k * length) / most)));
  }

  /** The run of a row as an object. */
  run(row: number): LoadedRun {
    this.#make ??= runMaker(this.#columns);
    return this.#make(row);
  }

  /** All runs as objects, for what asks for such. */
  records(): LoadedRun[] {
    const runs = new Array<LoadedRun>(this.length);
    for (let row = 0; row < runs.length; row++) runs[row] = this.run(row);
    return runs;
  }
}

/**
 * Makes the function that makes runs with these fields. Objects of one literal have their fields laid out from the start,
 * which takes a quarter of the time of adding a million times the same names to an empty one.
 */
function runMaker(fields: ReadonlyMap<string, Float64Array>): (row: number) => LoadedRun {
  const columns = [...fields];
  if (columns.some(([, column]) => column.some(Number.isNaN))) {
    return (row) =>
      Object.fromEntries(
        columns.map(([field, column]) => [field, column[row]!] as const).filter(([, x]) => !Number.isNaN(x)),
      );
  }
  const members = columns.map(([field], k) => `${keyOf(field)}: column${k}[row]`);
  const names = columns.map((_, k) => `column${k}`);
  return new Function(...names, `return (row) => ({ ${members.join(", ")} });`)(
    ...columns.map(([, column]) => column),
  );
}

// In brackets, so that one called __proto__ is a field like any.
const keyOf = (field: string) => (field === "__proto__" ? `["__proto__"]` : JSON.stringify(field));
