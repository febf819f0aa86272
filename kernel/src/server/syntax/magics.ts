export interface Magics {
  /** The cell without its magic lines, which are blanked so that line numbers stay. */
  code: string;
  /** `%check off | on` on a line of its own, alone in the cell: for the session. In a cell with code: for it. */
  check: "on" | "off" | undefined;
  /** Arguments of each `%npm` line, in order. */
  npm: string[][];
  /** Magic lines nobody knows. */
  unknown: string[];
  /** Nothing but magic lines and blank lines. */
  isAlone: boolean;
}

/** Takes `%…` lines out of a cell. Only lines before the first code are magics: `%` may open a later line of an expression. */
export function splitMagics(source: string): Magics {
  const magics: Magics = { code: source, check: undefined, npm: [], unknown: [], isAlone: false };
  if (!/^[^\S\r\n\u2028\u2029]*%/m.test(source)) return magics;
  const lines = source.split("\n");
  let at = 0;
  for (; at < lines.length; at++) {
    const line = (lines[at] as string).trim();
    if (line === "" || line.startsWith("//")) continue;
    if (!line.startsWith("%")) break;
    lines[at] = "";
    const [name, ...rest] = line.replace(/^%+/, "").trim().split(/\s+/);
    if (name === "check" && (rest[0] === "on" || rest[0] === "off")) magics.check = rest[0];
    else if (name === "npm" && rest.length > 0) magics.npm.push(rest);
    else magics.unknown.push(line);
  }
  magics.code = lines.join("\n");
  magics.isAlone = lines.every((line) => line.trim() === "");
  return magics;
}
