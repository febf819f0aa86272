import { parseDecimal } from "./parseDecimal.ts";

/**
 * How one column of a table is read: its name in the CSV header, what is accepted (in words, for the
 * error message) and the conversion. `read` returns `undefined` for a cell outside the domain.
 */
export interface Column<T> {
  readonly header: string;
  readonly expected: string;
  readonly read: (cell: string) => T | undefined;
  readonly optional: boolean;
}

/** Limits of a numeric column; every limit given is part of the error message. */
export interface Domain {
  /** The value must be greater than this. */
  readonly above?: number;
  /** The value must be this or greater. */
  readonly min?: number;
  /** The value must be this or smaller. */
  readonly max?: number;
}

/** A misspelt limit would be no limit, and one that is no number either accepts everything or nothing. */
function checkDomain(header: string, domain: Domain): void {
  for (const [name, limit] of Object.entries(domain)) {
    if (limit === undefined) continue;
    if (name !== "above" && name !== "min" && name !== "max") {
      throw new RangeError(`column ${header}: a domain has no limit ${name}; there are above, min and max`);
    }
    if (typeof limit !== "number" || Number.isNaN(limit)) {
      throw new RangeError(
        `column ${header}: the limit ${name} must be a number, got ${typeof limit} ${limit}`,
      );
    }
  }
}

function describe(noun: string, { above, min, max }: Domain): string {
  const limits = [
    above === undefined ? "" : `> ${above}`,
    min === undefined ? "" : `>= ${min}`,
    max === undefined ? "" : `<= ${max}`,
  ].filter((limit) => limit !== "");
  return limits.length === 0 ? noun : `${noun} ${limits.join(" and ")}`;
}

/**
 * A finite decimal number, within `domain` where one is given. `NaN`, `inf` and hexadecimal are refused.
 *
 * @param header the column's name in the CSV header
 * @param domain limits, in the column's unit
 *
 * @example
 * import { number } from "isoflop-datasets";
 *
 * const accuracy = number("accuracy", { min: 0, max: 1 });
 * accuracy.expected; // => "a number >= 0 and <= 1"
 * accuracy.read(".75"); // => 0.75
 * accuracy.read("75"); // => undefined
 */
export function number(header: string, domain: Domain = {}): Column<number> {
  checkDomain(header, domain);
  const { above = -Infinity, min = -Infinity, max = Infinity } = domain;
  const read = (cell: string) => {
    const value = parseDecimal(cell);
    return Number.isFinite(value) && value > above && value >= min && value <= max ? value : undefined;
  };
  return { header, expected: describe("a number", domain), read, optional: false };
}

/**
 * A number > 0: counts of parameters and tokens, FLOPs, losses.
 *
 * @param header the column's name in the CSV header
 *
 * @example
 * import { positive } from "isoflop-datasets";
 *
 * positive("n_params").read("7e9"); // => 7000000000
 * positive("n_params").read("0"); // => undefined
 */
export function positive(header: string): Column<number> {
  return number(header, { above: 0 });
}

/**
 * A whole number a double holds exactly, written in any decimal form (`1e9` is whole).
 *
 * @param header the column's name in the CSV header
 * @param domain limits, in the column's unit
 *
 * @example
 * import { integer } from "isoflop-datasets";
 *
 * const batch = integer("batch", { min: 1 });
 * batch.read("1e3"); // => 1000
 * batch.read("0"); // => undefined
 * batch.read("1.5"); // => undefined
 */
export function integer(header: string, domain: Domain = {}): Column<number> {
  const decimal = number(header, domain);
  const read = (cell: string) => {
    const value = decimal.read(cell);
    return Number.isSafeInteger(value) ? value : undefined;
  };
  return { ...decimal, expected: describe("a whole number", domain), read };
}

/**
 * A yes-or-no column, written 1 or 0.
 *
 * @param header the column's name in the CSV header
 *
 * @example
 * import { flag } from "isoflop-datasets";
 *
 * flag("is_outlier").read("1"); // => true
 * flag("is_outlier").read("0"); // => false
 * flag("is_outlier").read("yes"); // => undefined
 */
export function flag(header: string): Column<boolean> {
  const read = (cell: string) => (cell === "1" ? true : cell === "0" ? false : undefined);
  return { header, expected: "0 or 1", read, optional: false };
}

/**
 * Any text except none.
 *
 * @param header the column's name in the CSV header
 *
 * @example
 * import { text } from "isoflop-datasets";
 *
 * text("model").read("Llama 2, 7B"); // => "Llama 2, 7B"
 * text("model").read(""); // => undefined
 */
export function text(header: string): Column<string> {
  return { header, expected: "some text", read: (cell) => cell || undefined, optional: false };
}

/**
 * One of the words listed.
 *
 * @param header the column's name in the CSV header
 * @param words all that may stand in the column; the row's type knows them, too
 *
 * @example
 * import { oneOf } from "isoflop-datasets";
 *
 * const hardware = oneOf("hardware", ["a100", "v100"]);
 * hardware.read("a100"); // => "a100"
 * hardware.read("A100"); // => undefined
 * hardware.expected; // => "one of a100, v100"
 */
export function oneOf<const W extends string>(header: string, words: readonly W[]): Column<W> {
  const read = (cell: string) => words.find((word) => word === cell);
  return { header, expected: `one of ${words.join(", ")}`, read, optional: false };
}

/**
 * The same column, where an empty cell means "not published" and reads as `undefined`.
 *
 * @param column the column as it is where there is something in it
 *
 * @example
 * import { optional, parseTable, positive } from "isoflop-datasets";
 *
 * const schema = { nTokens: optional(positive("n_tokens")), nParams: positive("n_params") };
 * parseTable("n_params,n_tokens\n7e9,\n1e9,2e10\n", schema, "runs.csv").map((run) => run.nTokens); // => [undefined, 2e10]
 */
export function optional<T>(column: Column<T>): Column<T | undefined> {
  return { ...column, expected: `${column.expected}, or nothing`, optional: true };
}
