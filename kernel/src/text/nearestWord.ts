/**
 * The word that a misspelt one may mean: what begins alike or holds it first, then the fewest letters to be put in, taken
 * out, replaced or exchanged. Case and what joins words count for nothing.
 *
 * @returns undefined where none is near enough to be meant
 */
export function nearestWord(word: string, known: readonly string[]): string | undefined {
  // Longer than any name, and the time grows with it.
  const given = plain(word).slice(0, 80);
  const distances = known.map((each) => distance(given, plain(each)));
  const least = Math.min(...distances);
  return least <= Math.max(2, given.length / 3) ? known[distances.indexOf(least)] : undefined;
}

const plain = (word: string) => word.toLowerCase().replace(/[\s_-]/g, "");

function distance(a: string, b: string): number {
  if (a.length > 2 && (b.startsWith(a) || a.startsWith(b))) return 0.5;
  if (a.length > 2 && b.includes(a)) return 0.75;
  let [above, row]: number[][] = [[], Array.from({ length: b.length + 1 }, (_, j) => j)];
  for (let i = 1; i <= a.length; i++) {
    const before = above!;
    above = row!;
    row = [i];
    for (let j = 1; j <= b.length; j++) {
      const replaced = above[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1);
      const isExchanged = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
      const exchanged = isExchanged ? before[j - 2]! + 1 : replaced;
      row.push(Math.min(replaced, exchanged, above[j]! + 1, row[j - 1]! + 1));
    }
  }
  return row!.at(-1)!;
}
