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

function describe(noun: string, { above, min, max }: Domain): string {
  const limits = [
    above === undefined ? "" : `> ${above}`,
    min === undefined ? "" : `>= ${min}`,
    max === undefined ? "" : `<= ${max}`,
  ].filter((limit) => limit !== "");
  return limits.length === 0 ? noun : `${noun} ${limits.join(" and ")}`;
}

/** A finite decimal number, within `domain` where one is given. `NaN`, `inf` and hexadecimal are refused. */
export function number(header: string, domain: Domain = {}): Column<number> {
  const { above = -Infinity, min = -Infinity, max = Infinity } = domain;
  const read = (cell: string) => {
    const value = parseDecimal(cell);
    return Number.isFinite(value) && value > above && value >= min && value <= max ? value : undefined;
  };
  return { header, expected: describe("a number", domain), read, optional: false };
}

/** A number > 0: counts of parameters and tokens, FLOPs, losses. */
export function positive(header: string): Column<number> {
  return number(header, { above: 0 });
}

/** A whole number a double holds exactly, written in any decimal form (`1e9` is whole). */
export function integer(header: string, domain: Domain = {}): Column<number> {
  const decimal = number(header, domain);
  const read = (cell: string) => {
    const value = decimal.read(cell);
    return Number.isSafeInteger(value) ? value : undefined;
  };
  return { ...decimal, expected: describe("a whole number", domain), read };
}

/** A yes-or-no column, written 1 or 0. */
export function flag(header: string): Column<boolean> {
  const read = (cell: string) => (cell === "1" ? true : cell === "0" ? false : undefined);
  return { header, expected: "0 or 1", read, optional: false };
}

/** Any text except none. */
export function text(header: string): Column<string> {
  return { header, expected: "some text", read: (cell) => cell || undefined, optional: false };
}

/** One of the words listed. */
export function oneOf<const W extends string>(header: string, words: readonly W[]): Column<W> {
  const read = (cell: string) => words.find((word) => word === cell);
  return { header, expected: `one of ${words.join(", ")}`, read, optional: false };
}

/** The same column, where an empty cell means "not published" and reads as `undefined`. */
export function optional<T>(column: Column<T>): Column<T | undefined> {
  return { ...column, expected: `${column.expected}, or nothing`, optional: true };
}
