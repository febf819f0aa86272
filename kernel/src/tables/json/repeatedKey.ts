const [quote, backslash, colon] = ['"', "\\", ":"].map((mark) => mark.charCodeAt(0));
const [openObject, closeObject, openArray, closeArray] = ["{", "}", "[", "]"].map((mark) =>
  mark.charCodeAt(0),
);

/**
 * A key, as a JSON string, that an object has twice on its top level, however the two are written: `JSON.parse` keeps the
 * last one without a word.
 *
 * @param text of the object, which is JSON
 * @param keys how many different ones it has
 */
export function repeatedKey(text: string, keys: number): string | undefined {
  // Every member has a colon; the text of most objects has no other.
  let colons = 0;
  for (let at = text.indexOf(":"); at >= 0 && colons <= keys; at = text.indexOf(":", at + 1)) colons += 1;
  if (colons <= keys || countMembers(text) === keys) return undefined;
  const seen = new Set<string>();
  let repeated: string | undefined;
  eachMember(text, (from, to) => {
    // Escapes may write one key in several ways.
    const key = JSON.stringify(JSON.parse(text.slice(from, to)));
    if (seen.has(key)) repeated ??= key;
    seen.add(key);
  });
  return repeated;
}

/** How many members an object has on its top level; of a text that is no object, a number all the same. */
export function countMembers(text: string): number {
  let members = 0;
  eachMember(text, () => {
    members += 1;
  });
  return members;
}

/**
 * A number on the top level of an object as its text writes it, which `JSON.parse` may round.
 *
 * @param text of the object, which is JSON
 * @param key whose value is a number
 */
export function writtenNumber(text: string, key: string): string {
  let written = "";
  eachMember(text, (from, to, colonAt) => {
    if (written !== "" || JSON.parse(text.slice(from, to)) !== key) return;
    number.lastIndex = colonAt + 1;
    written = number.exec(text)![1]!;
  });
  return written;
}

const number = /\s*([-+.\deE]+)/y;

/** Calls for each key on the top level of an object with its place, quotes included; looks at every character once. */
export function eachMember(text: string, take: (from: number, to: number, colonAt: number) => void): void {
  let depth = 0;
  let [from, to] = [0, 0];
  for (let at = 0; at < text.length; at++) {
    const mark = text.charCodeAt(at);
    if (mark === quote) {
      const end = endOfString(text, at);
      if (depth === 1) [from, to] = [at, end];
      at = end - 1;
    } else if (mark === openObject || mark === openArray) depth += 1;
    else if (mark === closeObject || mark === closeArray) depth -= 1;
    else if (mark === colon && depth === 1) take(from, to, at);
  }
}

/** @returns the place behind the closing quote of the string that opens at `at` */
function endOfString(text: string, at: number): number {
  for (let end = at + 1; ; end++) {
    end = text.indexOf('"', end);
    if (end < 0) return text.length;
    let escapes = 0;
    while (text.charCodeAt(end - 1 - escapes) === backslash) escapes += 1;
    if (escapes % 2 === 0) return end + 1;
  }
}
