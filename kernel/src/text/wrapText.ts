/**
 * Text in lines of at most so many columns, broken at single spaces: columns that are set apart by more stay together. A
 * word longer than a line, such as a path, stays whole: the terminal breaks it, and it can still be copied.
 *
 * @param width columns of a line; Infinity for one line
 * @param hang spaces before every line but the first
 */
export function wrapText(text: string, width: number, hang = 0): string[] {
  if (text.length <= width) return [text];
  const lines: string[] = [];
  let line = "";
  for (const word of text.split(/(?<=\S) (?=\S)/)) {
    if (line.trim() !== "" && line.length + 1 + word.length > width) {
      lines.push(line);
      line = " ".repeat(hang) + word;
    } else line += line === "" ? word : ` ${word}`;
  }
  return [...lines, line];
}
