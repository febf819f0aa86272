const names: Readonly<Record<string, string>> = { "\n": "\\n", "\r": "\\r", "\t": "\\t" };

// Control characters, line and paragraph ends, what turns the direction of writing, and halves of characters.
const unseen = /[\p{Cc}\p{Zl}\p{Zp}\p{Cs}\u061C\u200E\u200F\u202A-\u202E\u2066-\u2069]/gu;

/**
 * The name of a file as messages show it: names may hold line ends, and characters that a terminal obeys, which are
 * written out as in JavaScript. Every name in a message goes through here.
 */
export function shownPath(path: string): string {
  return (otherNames.get(path) ?? path).replace(unseen, escaped);
}

const otherNames = new Map<string, string>();

/** Lets messages call a file otherwise: the copy of what came on standard input has a path that nobody gave. */
export function showAs(path: string, name: string): void {
  otherNames.set(path, name);
}

/** A message of several lines without characters that a terminal obeys, wherever they came from. */
export function shownMessage(message: string): string {
  return message.replace(unseen, (mark) => (mark === "\n" || mark === "\t" ? mark : escaped(mark)));
}

function escaped(mark: string): string {
  const code = mark.charCodeAt(0);
  return names[mark] ?? (code < 256 ? `\\x${hex(code, 2)}` : `\\u${hex(code, 4)}`);
}

const hex = (code: number, digits: number) => code.toString(16).padStart(digits, "0");
