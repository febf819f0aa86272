import { describeGiven } from "../../numerics/arguments/describeGiven.ts";
import { copiesReadKey, fixesCount } from "./countingKeys.ts";

const mostLayers = 10_000;
const mostOfACount = 1e9;

/**
 * The keys of a configuration as they are asked for, so that one that fixes a count and was never asked for can be
 * named.
 */
export class ConfigKeys {
  readonly #json: Readonly<Record<string, unknown>>;
  readonly #read = new Set<string>();
  readonly #where: string;

  constructor(json: unknown, where = "") {
    if (typeof json !== "object" || json === null || Array.isArray(json)) {
      throw new TypeError(
        `${where || "a configuration"} must be an object as in config.json, got ${describeGiven(json)}`,
      );
    }
    this.#json = json as Readonly<Record<string, unknown>>;
    this.#where = where;
  }

  /** Whether a key is there and not null. */
  has(key: string): boolean {
    this.#read.add(key);
    return this.#json[key] !== undefined && this.#json[key] !== null;
  }

  /** Whether a key, the first of several that is there, is written down as null. */
  isNull(key: string | readonly string[]): boolean {
    const names = typeof key === "string" ? [key] : key;
    for (const name of names) this.#read.add(name);
    const there = names.find((name) => this.#json[name] !== undefined);
    return there !== undefined && this.#json[there] === null;
  }

  /** The value as it stands, null taken for absent. */
  raw(key: string): unknown {
    return this.has(key) ? this.#json[key] : undefined;
  }

  /** A whole number of at least `least`; `standard` where the key is absent. */
  whole(key: string | readonly string[], standard?: number, least = 1): number {
    const value = this.#number(key, standard);
    if (!(Number.isSafeInteger(value) && value >= least)) {
      throw new RangeError(
        `${this.name(key)} must be a whole number of at least ${least}, got ${describeGiven(value)}; fix the configuration`,
      );
    }
    // A slip of the keyboard must not build a list of a billion layers, nor counts that no number holds exactly.
    const most = /layer/.test(String(key)) ? mostLayers : mostOfACount;
    if (value > most) {
      throw new RangeError(
        `${this.name(key)} must be at most ${most}, got ${describeGiven(value)}; fix the configuration`,
      );
    }
    return value;
  }

  /** A finite number; `standard` where the key is absent. */
  number(key: string | readonly string[], standard?: number): number {
    const value = this.#number(key, standard);
    if (!Number.isFinite(value)) {
      throw new RangeError(`${this.name(key)} must be a finite number, got ${describeGiven(value)}`);
    }
    return value;
  }

  /** True or false (1 and 0 count too); `standard` where the key is absent. */
  flag(key: string | readonly string[], standard: boolean): boolean {
    const value = this.#first(key);
    if (value === undefined) return standard;
    if (value === true || value === 1) return true;
    if (value === false || value === 0) return false;
    throw new TypeError(`${this.name(key)} must be true or false, got ${describeGiven(value)}`);
  }

  /** A text; `standard` where the key is absent. */
  text(key: string | readonly string[], standard?: string): string {
    const value = this.#first(key) ?? standard;
    if (typeof value !== "string") {
      throw new TypeError(`${this.name(key)} must be a text, got ${describeGiven(value)}`);
    }
    return value;
  }

  /** A list, each element read by `read`; undefined where the key is absent. */
  list<T>(key: string, read: (value: unknown, index: number) => T): T[] | undefined {
    const value = this.raw(key);
    if (value === undefined) return undefined;
    if (!Array.isArray(value)) {
      throw new TypeError(`${this.name(key)} must be a list, got ${describeGiven(value)}`);
    }
    return value.map(read);
  }

  /** The keys of a part, such as text_config; undefined where there is none. */
  part(key: string): ConfigKeys | undefined {
    const value = this.raw(key);
    return value === undefined ? undefined : new ConfigKeys(value, this.name(key));
  }

  /** The keys as layer `index` has them, where `lists` may hold a value a layer. */
  at(index: number, ...lists: string[]): ConfigKeys {
    const layer = { ...this.#json };
    for (const key of lists) {
      const value = this.raw(key);
      if (!Array.isArray(value)) continue;
      if (index >= value.length) {
        throw new RangeError(
          `${this.name(key)} must hold a value for each layer, got ${value.length} values`,
        );
      }
      layer[key] = value[index];
    }
    return new ConfigKeys(layer, this.#where);
  }

  /** Says that a key, if it holds this value, only repeats what follows from others. */
  repeats(key: string, value: number): void {
    if (this.#json[key] === value) this.#read.add(key);
  }

  /** Says that keys were looked at and fix no count here. */
  ignore(...keys: string[]): void {
    for (const key of keys) this.#read.add(key);
  }

  /**
   * To be called when a reader is done.
   *
   * @throws RangeError naming the keys that look as if they fixed a count and that nothing asked for
   */
  refuseUnread(family: string): void {
    const unread = Object.entries(this.#json).filter(
      ([key, value]) =>
        !this.#read.has(key) && fixesCount(key, value) && !copiesReadKey(key, this.#json, this.#read),
    );
    if (unread.length === 0) return;
    const names = unread.map(([key, value]) => `${this.name(key)} (${describeGiven(value)})`).join(", ");
    throw new RangeError(
      `${names}: not known for model_type "${family}", and may change the counts; leave ${unread.length > 1 ? "them" : "it"} out if ${unread.length > 1 ? "they do" : "it does"} not`,
    );
  }

  #first(key: string | readonly string[]): unknown {
    let found: unknown;
    for (const each of typeof key === "string" ? [key] : key) {
      const value = this.raw(each);
      found ??= value;
    }
    return found;
  }

  #number(key: string | readonly string[], standard?: number): number {
    const value = this.#first(key) ?? standard;
    if (value === undefined) {
      throw new RangeError(`the configuration lacks ${this.name(key)}; take it from the model's config.json`);
    }
    if (typeof value !== "number") {
      throw new TypeError(`${this.name(key)} must be a number, got ${describeGiven(value)}`);
    }
    return value;
  }

  /** A key as messages call it, with the part that it stands in. */
  name(key: string | readonly string[]): string {
    const name = typeof key === "string" ? key : key.join(" or ");
    return this.#where ? `${this.#where}.${name}` : name;
  }
}
