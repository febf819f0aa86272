/**
 * Throws unless `names` is a list of `least` or more different texts, none of them empty: a list with one twice, or a text in
 * the place of a list, would name fields that no run has.
 *
 * @param of what the names are of, as messages call it
 */
export function requireNames(of: string, names: unknown, least: number, wayOut: string): void {
  const isName = (name: unknown) => typeof name === "string" && name !== "";
  const list = Array.isArray(names) ? names : undefined;
  if (list && list.length >= least && list.every(isName) && new Set(list).size === list.length) return;
  const counts = ["a list of", "one or more", "two or more"];
  const got = list ? `[${list.join(", ")}]` : String(names);
  throw new RangeError(
    `${of} must be ${counts[least] ?? `${least} or more`} different names, got ${got}; ${wayOut}`,
  );
}
