import type { FieldSource } from "../../../tables/chooseColumns.ts";
import { findColumn } from "../../../tables/chooseColumns.ts";
import { listNames } from "../../../tables/listNames.ts";
import { nearestWord } from "../../../text/nearestWord.ts";
import type { Cells } from "../expressions/Expression.ts";

/** Fields that go by a letter in formulas. */
const letters: Readonly<Record<string, string>> = { N: "nParams", D: "nTokens", C: "flops", L: "loss" };
const fields = ["nParams", "nTokens", "flops", "loss"];

/** What a name is read from: columns of the file, and how their numbers make its own. */
export interface NamedNumber {
  readonly columns: readonly string[];
  value(cells: Cells): number;
}

/** The names that expressions may use, given a table's header: its columns, what options call by a name, the usual fields. */
export class ColumnNames {
  readonly #header: readonly string[];
  readonly #map: readonly FieldSource[];
  readonly #derived: readonly string[];

  constructor(header: readonly string[], map: readonly FieldSource[], derived: readonly string[] = []) {
    this.#header = header;
    this.#map = map;
    this.#derived = derived;
  }

  /** The names that formulas may read as they stand: columns, what `--map` and `--let` call by a name. */
  get all(): string[] {
    return [...new Set([...this.#derived, ...this.#map.map(({ field }) => field), ...this.#header])];
  }

  /** @throws RangeError where a name is none */
  number(name: string, option: string): NamedNumber {
    if (this.#derived.includes(name)) return column(name, 1);
    const mapped = this.#map.find(({ field }) => field === name);
    if (mapped) return column(this.#own(mapped.column, option), mapped.factor);
    const own = this.#column(name, option);
    if (own !== undefined) return column(own, 1);
    const found = this.#field(letters[name] ?? name);
    if (found) return found;
    throw this.#unknown(name, option);
  }

  /** @throws RangeError where a name is no column, or one that was reckoned */
  text(name: string, option: string): string {
    const mapped = this.#map.find(({ field }) => field === name);
    if (mapped) return this.#own(mapped.column, option);
    const own = this.#column(name, option);
    if (own !== undefined) return own;
    if (this.#derived.includes(name)) {
      throw new RangeError(
        `${option} compares ${name} with a text, but --let makes a number of it; compare it with one`,
      );
    }
    throw this.#unknown(name, option);
  }

  /** Whether a name is one of the usual fields, or stands for one, and no column of its own. */
  fieldOf(name: string): string | undefined {
    const field = letters[name] ?? name;
    if (!fields.includes(field) || this.#derived.includes(name)) return undefined;
    return name !== field && this.#header.includes(name) ? undefined : field;
  }

  #own(name: string, option: string): string {
    const found = this.#column(name, option);
    if (found === undefined) throw this.#unknown(name, option);
    return found;
  }

  /** A column by its name, or by the words of its name joined by _, as formulas write it. */
  #column(name: string, option: string): string | undefined {
    if (this.#header.includes(name)) return name;
    const found = this.#header.filter((one) => identifier(one) === name);
    if (found.length > 1) {
      const list = found.map((one) => `{${one}}`).join(" or ");
      throw new RangeError(`${option} names ${name}, which may be ${list}; write the one that is meant`);
    }
    return found[0];
  }

  #field(field: string): NamedNumber | undefined {
    if (!fields.includes(field)) return undefined;
    const [own, size, tokens] = [field, "nParams", "nTokens"].map((one) =>
      findColumn(one, this.#header, this.#map),
    );
    if (own) return column(own.column, own.factor);
    if (field !== "flops" || !size || !tokens) return undefined;
    const scale = 6 * size.factor * tokens.factor;
    return {
      columns: [size.column, tokens.column],
      value: (cells) => scale * cells.number(size.column) * cells.number(tokens.column),
    };
  }

  #unknown(name: string, option: string): RangeError {
    const near = nearestWord(name, this.all);
    return new RangeError(
      `${option} names ${name}, which is no column; ${near === undefined ? "" : `did you mean ${near}? `}there are ${listNames(this.all)}; a text stands in quotes: '${name}'`,
    );
  }
}

const column = (name: string, factor: number): NamedNumber => ({
  columns: [name],
  value: (cells) => cells.number(name) * factor,
});

/** Words that are numbers or signs to the reader of formulas, whoever writes them. */
const reserved = ["e", "pi", "not", "true", "false", "null", "undefined", "NaN", "Infinity", "end"];
const standIn = (word: string) => `${word}_column`;
const standIns = new Set(reserved.map(standIn));

/** A header as a formula can name it: letters, digits and `_`, and no word that formulas read as something else. */
export const identifier = (header: string) => {
  const word = header.replace(/[^\p{L}\p{N}_]+/gu, "_").replace(/^[_\d]+|_+$/gu, "");
  return reserved.includes(word) ? standIn(word) : word;
};

/** Whether a name stands for a column whose own is no name in formulas. */
export const isStandIn = (name: string) => standIns.has(name);
