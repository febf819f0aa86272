/** Pages of a report that no notebook may take. */
const taken = ["index"];

/**
 * What the pages of notebooks are called, without ".html": as the notebook, save where the index or a page that stays has
 * that name, or where two names differ by case alone, which is one file on many systems.
 *
 * @param names the notebooks' names, each once
 * @param kept pages of other notebooks in the same folder
 */
export function pageNames(names: readonly string[], kept: readonly string[] = []): string[] {
  const key = (name: string) => name.normalize("NFC").toLowerCase();
  const used = new Set([...taken, ...kept.map(key)]);
  const pages = names.map((name): string | undefined => {
    if (used.has(key(name))) return undefined;
    used.add(key(name));
    return name;
  });
  return pages.map((page, k) => {
    if (page !== undefined) return page;
    let other = `${names[k]}-notebook`;
    for (let number = 2; used.has(key(other)); number++) other = `${names[k]}-notebook-${number}`;
    used.add(key(other));
    return other;
  });
}
