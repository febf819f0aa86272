import { unitOf } from "./unitOf.ts";
import { plainName } from "./usualNames.ts";

/** A column whose name ends with a unit. */
interface ScaledColumn {
  readonly column: string;
  readonly factor: number;
  readonly unit: string;
}

/** The columns of a header by what their names say, so that many of them are looked at once. */
export class HeaderIndex {
  readonly columns: readonly string[];
  readonly #plain = new Map<string, string[]>();
  /** By the last part of a path such as config.n_params. */
  readonly #ends = new Map<string, string[]>();
  readonly #scaled = new Map<string, Map<string, ScaledColumn[]>>();

  constructor(header: readonly string[]) {
    this.columns = [...new Set(header)];
    for (const column of this.columns) {
      push(this.#plain, plainName(column), column);
      const at = Math.max(column.lastIndexOf("."), column.lastIndexOf("/"));
      if (at > 0) push(this.#ends, plainName(column.slice(at + 1)), column);
    }
  }

  called(name: string): readonly string[] {
    return this.#plain.get(name) ?? [];
  }

  endingWith(name: string): readonly string[] {
    return this.#ends.get(name) ?? [];
  }

  /** Columns called so but for a unit that a field may have. */
  scaled(field: string, name: string): readonly ScaledColumn[] {
    let byName = this.#scaled.get(field);
    if (!byName) {
      byName = new Map();
      for (const column of this.columns) {
        const named = unitOf(field, column);
        if (named) push(byName, plainName(named.base), { column, factor: named.factor, unit: named.unit });
      }
      this.#scaled.set(field, byName);
    }
    return byName.get(name) ?? [];
  }

  /** Columns whose name without case and punctuation matches. */
  matching(pattern: RegExp): readonly string[] {
    return [...this.#plain].filter(([name]) => pattern.test(name)).flatMap(([, columns]) => columns);
  }
}

function push<T>(map: Map<string, T[]>, key: string, value: T): void {
  const list = map.get(key);
  if (list) list.push(value);
  else map.set(key, [value]);
}

const indexes = new WeakMap<readonly string[], HeaderIndex>();

/** The index of a header, made once. */
export function indexOf(header: readonly string[]): HeaderIndex {
  let index = indexes.get(header);
  if (!index) {
    index = new HeaderIndex(header);
    indexes.set(header, index);
  }
  return index;
}
