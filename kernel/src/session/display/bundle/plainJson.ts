import { types } from "node:util";

/** What nests deeper is not shown: readers of notebooks take a thousand levels at most. */
const deepest = 500;
/** More would not fit into a message, and an array may say that it is longer than memory. */
const mostItems = 10_000_000;

/**
 * A copy of any value that JSON can hold, made of nothing but plain objects and arrays: as `JSON.stringify` has it, and
 * where that would throw or lose what is there, the nearest that JSON has. Typed arrays, Sets and iterable Maps become
 * arrays and objects, whole numbers of any length stay numbers while they are exact, what contains itself or throws when
 * asked is said in words.
 */
export function plainJson(value: unknown): unknown {
  return new Copy().of(value, "", 0) ?? null;
}

class Copy {
  /** The objects around the place. */
  readonly #around = new Set<object>();
  #items = 0;

  /** Undefined for what JSON leaves out. */
  of(value: unknown, key: string, depth: number): unknown {
    switch (typeof value) {
      case "string":
      case "boolean":
        return value;
      case "number":
        return Number.isFinite(value) ? value + 0 : null; // -0 is 0 in JSON
      case "bigint":
        return Number.isSafeInteger(Number(value)) ? Number(value) : String(value);
      case "object":
        return value === null ? null : this.#ofObject(value, key, depth);
      default:
        return undefined;
    }
  }

  #ofObject(given: object, key: string, depth: number): unknown {
    if (this.#around.has(given)) return "[contains itself]";
    if (depth >= deepest) return `[nested deeper than ${deepest} levels]`;
    this.#around.add(given);
    try {
      return this.#members(given, key, depth);
    } catch (error) {
      return `[cannot be read: ${wordsOf(error)}]`;
    } finally {
      this.#around.delete(given);
    }
  }

  #members(given: object, key: string, depth: number): unknown {
    const { toJSON } = given as { toJSON?: unknown };
    if (typeof toJSON === "function" && !ArrayBuffer.isView(given)) {
      const own: unknown = toJSON.call(given, key);
      if (own !== given) return this.of(own, key, depth + 1);
    }
    if (types.isBoxedPrimitive(given) && !types.isSymbolObject(given))
      return this.of(given.valueOf(), key, depth);
    if (types.isTypedArray(given)) return this.#list(given as Float64Array, depth);
    if (Array.isArray(given)) return this.#list(given, depth);
    if (types.isSet(given)) return this.#list([...given], depth);
    if (types.isMap(given)) return this.#record([...given], depth, (name) => given.get(name));
    return this.#record(
      Object.keys(given).map((name) => [name, undefined]),
      depth,
      (name) => (given as Record<string, unknown>)[name as string],
    );
  }

  #list(items: ArrayLike<unknown>, depth: number): unknown[] {
    const copy: unknown[] = [];
    const { length } = items;
    for (let at = 0; at < length; at++) {
      if (++this.#items > mostItems) {
        copy.push(`[${length - at} more items]`);
        break;
      }
      copy.push(this.of(items[at], String(at), depth + 1) ?? null);
    }
    return copy;
  }

  #record(
    entries: readonly (readonly [unknown, unknown])[],
    depth: number,
    read: (name: unknown) => unknown,
  ): Record<string, unknown> {
    const copy: Record<string, unknown> = {};
    for (const [name] of entries) {
      const key = String(name);
      let value: unknown;
      try {
        value = this.of(read(name), key, depth + 1);
      } catch (error) {
        value = `[cannot be read: ${wordsOf(error)}]`;
      }
      // not by assignment, which would take `__proto__` for the prototype
      if (value !== undefined)
        Object.defineProperty(copy, key, { value, writable: true, enumerable: true, configurable: true });
    }
    return copy;
  }
}

/** What an error says of itself, which it may refuse. */
export function wordsOf(error: unknown): string {
  try {
    return String((error as Error | null)?.message ?? error).slice(0, 200);
  } catch {
    return "an error without words";
  }
}
