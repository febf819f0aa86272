/**
 * What a datasheet says of its columns, a row each. `column` is the name without backticks, `isQuoted` whether it has
 * them.
 *
 * @param {string} sheet the datasheet, Markdown with a table whose first column is called `column`
 * @returns {{ column: string, isQuoted: boolean, type: string, unit: string, meaning: string }[]}
 */
export function describedColumns(sheet) {
  const [, body = ""] = /^\| *column *\|.*\n\|[-:| ]*\n((?:\|.*(?:\n|$))*)/m.exec(sheet) ?? [];
  return body
    .split("\n")
    .filter(Boolean)
    .map((row) => {
      const cells = row.split(/(?<!\\)\|/).map((cell) => cell.trim().replaceAll("\\|", "|"));
      const [, name = "", type = "", unit = "", meaning = ""] = cells;
      return { column: name.replaceAll("`", ""), isQuoted: /^`[^`]+`$/.test(name), type, unit, meaning };
    });
}
