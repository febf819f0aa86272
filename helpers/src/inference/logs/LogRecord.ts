/** One JSON object of a log, asked for its fields by name. A field of another type than asked for is absent. */
export class LogRecord {
  readonly fields: Readonly<Record<string, unknown>>;

  constructor(fields: Readonly<Record<string, unknown>>) {
    this.fields = fields;
  }

  has(...names: string[]): boolean {
    return names.every((name) => Object.hasOwn(this.fields, name));
  }

  /** The first of the names that holds a number; numbers written as text count, as older writers do it. */
  number(...names: string[]): number | undefined {
    for (const name of names) {
      const value = this.#own(name);
      if (typeof value === "number" && !Number.isNaN(value)) return value;
      if (typeof value === "string" && /^\s*[+-]?(\d|\.\d)[\d.]*(e[+-]?\d+)?\s*$/i.test(value)) {
        return Number(value);
      }
    }
    return undefined;
  }

  /** A finite number of 0 or more: a time, a count, a rate. */
  amount(...names: string[]): number | undefined {
    const value = this.number(...names);
    return value !== undefined && Number.isFinite(value) && value >= 0 ? value : undefined;
  }

  text(...names: string[]): string | undefined {
    for (const name of names) {
      const value = this.#own(name);
      if (typeof value === "string" && value.trim() !== "") return value;
    }
    return undefined;
  }

  list(name: string): readonly unknown[] | undefined {
    const value = this.#own(name);
    return Array.isArray(value) ? value : undefined;
  }

  /** The object in a field; an empty one where there is none, so that paths can be asked for. */
  at(...path: string[]): LogRecord {
    let fields: unknown = this.fields;
    for (const name of path) fields = isObject(fields) && Object.hasOwn(fields, name) ? fields[name] : {};
    return new LogRecord(isObject(fields) ? fields : {});
  }

  #own(name: string): unknown {
    return Object.hasOwn(this.fields, name) ? this.fields[name] : undefined;
  }
}

export function isObject(value: unknown): value is Record<string, unknown> {
  return value !== null && typeof value === "object" && !Array.isArray(value);
}
