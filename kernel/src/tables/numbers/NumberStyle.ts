/** What may stand between groups of three digits. */
export type GroupMark = "," | "." | "'" | " ";

/** How a file writes its numbers. */
export interface NumberStyle {
  readonly decimal: "." | ",";
  readonly group: GroupMark | undefined;
}

/** 1234.5, as programs write it. */
export const plainStyle: NumberStyle = { decimal: ".", group: undefined };

const blanks = /[ \u00a0\u2009\u202f]/g;

/** One mark for each of the ways to write it. */
export const withUsualMarks = (text: string) => text.replace(blanks, " ").replaceAll("’", "'");

const escaped: Readonly<Record<GroupMark, string>> = { ",": ",", ".": "\\.", "'": "'", " ": " " };
const grammars = new Map<string, RegExp>();

function grammarOf({ decimal, group }: NumberStyle): RegExp {
  const key = `${decimal}${group}`;
  let grammar = grammars.get(key);
  if (!grammar) {
    const point = escaped[decimal];
    // A single underscore between two digits is how Python and Rust group them.
    const grouped = group === undefined ? "" : `|[1-9]\\d{0,2}(?:${escaped[group]}\\d{3})+(?:${point}\\d*)?`;
    grammar = new RegExp(
      `^[+-]?(?:\\d+(?:_\\d+)*(?:${point}(?:\\d+(?:_\\d+)*)?)?|${point}\\d+${grouped})(?:[eE][+-]?\\d+)?$`,
    );
    grammars.set(key, grammar);
  }
  return grammar;
}

/** A number of that style as 1234.5; undefined where it is none. */
export function plainNumber(text: string, style: NumberStyle): string | undefined {
  const { decimal, group } = style;
  const usual = group === " " || group === "'" ? withUsualMarks(text) : text;
  if (!grammarOf(style).test(usual)) return undefined;
  const digits = (group === undefined ? usual : usual.replaceAll(group, "")).replaceAll("_", "");
  return decimal === "," ? digits.replace(",", ".") : digits;
}
