import { magicTable } from "./magicTable.ts";

/** Programs that IPython has as magics, too. */
const programs = new Set("cat cp less ls ll man mkdir more mv rm rmdir".split(" "));
const longestShown = 80;

/** What to say of a magic that there is none of: which one may be meant. */
export function unknownMagic(line: string, name: string, mark: "%" | "%%"): string {
  const shown = line.length > longestShown ? `${line.slice(0, longestShown)}…` : line;
  const other = magicTable.find((each) => each.name === name);
  if (other) return `unknown magic ${shown}: it is written ${other.usage}; %lsmagic lists all`;
  if (programs.has(name)) return `unknown magic ${shown}; did you mean !${name}? %lsmagic lists all`;
  const { kind, name: meant } = nearestMagic(name);
  const isCell = kind === "cell" || (kind === "both" && mark === "%%");
  return `unknown magic ${shown}; did you mean ${isCell ? "%%" : "%"}${meant}? %lsmagic lists all`;
}

function nearestMagic(name: string) {
  const distances = magicTable.map((each) => distance(name.toLowerCase().slice(0, 40), each.name));
  return magicTable[distances.indexOf(Math.min(...distances))] as (typeof magicTable)[number];
}

/** Letters to be put in, taken out, replaced or exchanged; what begins alike is nearest. */
function distance(a: string, b: string): number {
  if (a !== "" && (a.startsWith(b) || b.startsWith(a))) return 0.5;
  const rows = [Array.from({ length: b.length + 1 }, (_, j) => j)];
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    const above = rows[i - 1] as number[];
    for (let j = 1; j <= b.length; j++) {
      const replaced = (above[j - 1] as number) + (a[i - 1] === b[j - 1] ? 0 : 1);
      const isExchanged = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
      const exchanged = isExchanged ? ((rows[i - 2] as number[])[j - 2] as number) + 1 : replaced;
      row.push(Math.min(replaced, exchanged, (above[j] as number) + 1, (row[j - 1] as number) + 1));
    }
    rows.push(row);
  }
  return rows.at(-1)?.at(-1) as number;
}
