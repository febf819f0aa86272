/** The lines around a position with a marker under it; `line` and `column` are 1-based. */
export function codeFrame(
  source: string,
  {
    line,
    column,
    endLine,
    endColumn,
  }: { line: number; column: number; endLine?: number; endColumn?: number },
  context = 2,
): string[] {
  const lines = source.split("\n");
  if (line < 1 || line > lines.length) return [];
  let first = Math.max(1, line - context);
  let last = Math.min(lines.length, line + context);
  // What is around the line tells something or is left out.
  while (first < line && lines[first - 1]?.trim() === "") first++;
  while (last > line && lines[last - 1]?.trim() === "") last--;
  const gutter = String(last).length;
  const frame: string[] = [];
  for (let number = first; number <= last; number++) {
    const text = (lines[number - 1] as string).replace(/\r$/, "");
    const mark = number === line ? ">" : " ";
    frame.push(`${mark} ${String(number).padStart(gutter)} | ${shorten(text, 500)}`.trimEnd());
    if (number === line && column <= 500) {
      const end =
        endLine === line && endColumn ? endColumn : endLine && endLine > line ? text.length + 1 : column + 1;
      const indent = text.slice(0, column - 1).replace(/[^\t]/g, " ");
      const width = Math.max(1, Math.min(end, text.length + 1) - column);
      frame.push(`  ${" ".repeat(gutter)} | ${indent}${"^".repeat(Math.min(width, 200))}`);
    }
  }
  return frame;
}

function shorten(text: string, length: number): string {
  return text.length > length ? `${text.slice(0, length)}…` : text;
}
