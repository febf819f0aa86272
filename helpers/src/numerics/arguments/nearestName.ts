/** Of the names the one that takes the fewest insertions, deletions and replacements of a letter; for "did you mean". */
export function nearestName(word: string, names: readonly string[]): string {
  const distances = names.map((name) => editDistance(word.toLowerCase(), name.toLowerCase()));
  return names[distances.indexOf(Math.min(...distances))]!;
}

/** Whether somebody who wrote the one may have meant the other: other case, other marks, or a letter or two in ten. */
export function isNearly(word: string, name: string): boolean {
  const [a, b] = [word, name].map((each) => each.toLowerCase().replace(/[^a-z0-9]/g, "")) as [string, string];
  return word !== name && editDistance(a, b) <= Math.ceil(b.length / 5);
}

function editDistance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (const [i, letter] of [...a].entries()) {
    const above = row;
    row = [i + 1];
    for (let j = 0; j < b.length; j++) {
      row.push(Math.min(above[j]! + (letter === b[j] ? 0 : 1), above[j + 1]! + 1, row[j]! + 1));
    }
  }
  return row.at(-1)!;
}
