/** Whether one character (a code point) fits a place of the pattern. */
type Place = (character: number) => boolean;

const anyRun = Symbol("*");

/** A pattern as SQLite's GLOB has it, which answers ipykernel's history: `*`, `?`, `[abc]`, `[a-z]`, `[^a-z]`. */
export type Glob = readonly (Place | typeof anyRun)[];

/** Characters a search may look at before it is given up: some tenths of a second. */
export const longestSearch = 50_000_000;

export function parseGlob(pattern: string): Glob {
  const characters = Array.from(pattern, (each) => each.codePointAt(0) as number);
  const glob: (Place | typeof anyRun)[] = [];
  for (let at = 0; at < characters.length; at++) {
    const character = characters[at] as number;
    if (character === code("*")) {
      if (glob.at(-1) !== anyRun) glob.push(anyRun);
    } else if (character === code("?")) glob.push(() => true);
    else if (character === code("[")) {
      const set = parseSet(characters, at + 1);
      glob.push(set.fits);
      at = set.end;
    } else glob.push((other) => other === character);
  }
  return glob;
}

const code = (character: string): number => character.charCodeAt(0);

/** The set after `[`: a `]` that comes first belongs to it; one that never ends fits nothing. */
function parseSet(pattern: readonly number[], start: number): { fits: Place; end: number } {
  let at = start;
  const isInverted = pattern[at] === code("^");
  if (isInverted) at++;
  const ranges: [number, number][] = [];
  let prior: number | undefined;
  if (pattern[at] === code("]")) {
    ranges.push([code("]"), code("]")]);
    at++;
  }
  for (; at < pattern.length && pattern[at] !== code("]"); at++) {
    const character = pattern[at] as number;
    const next = pattern[at + 1];
    if (character === code("-") && prior !== undefined && next !== undefined && next !== code("]")) {
      ranges.push([prior, next]);
      prior = undefined;
      at++;
    } else {
      ranges.push([character, character]);
      prior = character;
    }
  }
  if (at >= pattern.length) return { fits: () => false, end: at };
  const isListed: Place = (character) =>
    ranges.some(([first, last]) => first <= character && character <= last);
  return { fits: isInverted ? (character) => !isListed(character) : isListed, end: at };
}

/**
 * Whether the whole text fits. Only the latest `*` is ever tried at another length, so that the steps are at most the
 * length of the text times that of the pattern.
 *
 * @throws RangeError when `effort`, which is counted down, is used up
 */
export function fitsGlob(glob: Glob, text: string, effort: { left: number }): boolean {
  let place = 0;
  let at = 0;
  let afterRun = -1;
  let runEnd = 0;
  while (at < text.length) {
    if (--effort.left < 0) throw new RangeError("the search takes too long");
    const character = text.codePointAt(at) as number;
    const wanted = glob[place];
    if (wanted === anyRun) {
      afterRun = ++place;
      runEnd = at;
      if (place === glob.length) return true;
    } else if (wanted?.(character)) {
      place++;
      at += widthOf(character);
    } else if (afterRun >= 0) {
      place = afterRun;
      runEnd += widthOf(text.codePointAt(runEnd) as number);
      at = runEnd;
    } else return false;
  }
  while (glob[place] === anyRun) place++;
  return place === glob.length;
}

const widthOf = (character: number): number => (character > 0xffff ? 2 : 1);
