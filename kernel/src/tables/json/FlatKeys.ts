import { excerpt } from "isoflop-datasets/csv";
import { shownPath } from "../../files/shownPath.ts";
import { refuseManyColumns } from "../refuseManyColumns.ts";
import { isObject } from "./isObject.ts";
import type { JsonRecord } from "./JsonRecord.ts";

/** Objects within objects become columns such as config.lr down to this depth; what is deeper stays an object. */
const deepest = 8;

/** Whether a record has an object among its values, whose keys are columns, too. */
export function isNested(record: JsonRecord): boolean {
  for (const key in record) if (Object.hasOwn(record, key) && isObject(record[key])) return true;
  return false;
}

/** The columns of all records seen, in the order in which they were first met, and where in a record each one is. */
export class FlatKeys {
  readonly #path: string;
  readonly #places = new Map<string, readonly string[]>();
  #last: readonly string[] = [];

  constructor(path: string) {
    this.#path = path;
  }

  get names(): string[] {
    return [...this.#places.keys()];
  }

  get size(): number {
    return this.#places.size;
  }

  /** @throws Error where two keys of a record are one column */
  add(record: JsonRecord): void {
    if (isNested(record)) {
      this.#addNested(record, []);
      refuseManyColumns(shownPath(this.#path), this.#places.size);
      return;
    }
    const keys = Object.keys(record);
    const last = this.#last;
    // Most records have the keys of the one before, which is told sooner than whether each is known.
    if (keys.length === last.length && keys.every((key, k) => key === last[k])) return;
    this.#last = keys;
    for (const key of keys) this.#place(key, [key]);
    refuseManyColumns(shownPath(this.#path), this.#places.size);
  }

  /** What a record has in a column; undefined where it has nothing there. */
  valueOf(record: JsonRecord, column: string): unknown {
    let value: unknown = record;
    for (const key of this.#places.get(column)!) {
      if (!isObject(value) || !Object.hasOwn(value, key)) return undefined;
      value = value[key];
    }
    return value;
  }

  #addNested(record: JsonRecord, above: readonly string[]): void {
    for (const [key, value] of Object.entries(record)) {
      const place = [...above, key];
      if (isObject(value) && place.length < deepest && Object.keys(value).length > 0)
        this.#addNested(value, place);
      else this.#place(place.join("."), place);
    }
  }

  #place(name: string, place: readonly string[]): void {
    const other = this.#places.get(name);
    if (other === undefined) this.#places.set(name, place);
    else if (other.length !== place.length || other.some((key, k) => key !== place[k])) {
      throw new Error(
        `${shownPath(this.#path)} has the column "${excerpt(name)}" twice: as one key, and as a key within an object; give one of them another name`,
      );
    }
  }
}
