/**
 * A message of several lines as one, where there is room for one: its first line alone may end in the midst of a
 * sentence whose second half says what to do.
 *
 * @param longest in characters; what is longer ends in an ellipsis
 */
export function inOneLine(message: string, longest = 300): string {
  const line = message.replace(/\s+/g, " ").trim();
  if (line.length <= longest) return line;
  // Not in the midst of a character that takes two units.
  return `${line.slice(0, longest - 1).replace(/[\uD800-\uDBFF]$/, "")}…`;
}
