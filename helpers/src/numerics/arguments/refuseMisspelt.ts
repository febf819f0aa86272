import { isNearly } from "./nearestName.ts";

/**
 * Throws where a record that may hold more than is read, such as a row of a table, has a field that is nearly one that is
 * read: left alone, `nKVHeads` is a model whose heads were not set.
 *
 * @param of what the record is, as messages call it
 * @param names all fields that are read
 */
export function refuseMisspelt<T extends object>(
  of: string,
  record: T,
  names: readonly (keyof T & string)[],
): void {
  for (const field of Object.keys(record)) {
    if (names.includes(field as keyof T & string)) continue;
    const meant = names.find((name) => record[name] === undefined && isNearly(field, name));
    if (meant) throw new RangeError(`${of} has no field ${field}; did you mean ${meant}?`);
  }
}
