import { optional, parseTable, text } from "isoflop-datasets";

/** What a datasheet says of one column. */
export interface DescribedColumn {
  readonly column: string;
  readonly type: string;
  readonly unit: string;
  readonly meaning: string;
}

/** The rows of a datasheet's table of columns, names without their backticks. */
export function describedColumns(sheet: string): DescribedColumn[] {
  const rows = sheet.split("\n").filter((line) => /^\| *`/.test(line));
  return rows.map((row) => {
    const [, name = "", type = "", unit = "", meaning = ""] = row.split("|").map((cell) => cell.trim());
    return { column: name.replaceAll("`", ""), type, unit, meaning };
  });
}

/** What a datasheet must say besides its table, as a paragraph that begins with these words. */
const paragraphs = ["**Source.**", "**Licence.**", "**Dropped", "**Cautions.**"];
const numeral = /^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?$/;

/**
 * What is wrong with a datasheet, in sentences that say what to write; empty when all is well.
 *
 * A column holds numbers when every cell that is there is one and the datasheet does not call it text or `0 or 1`. Its
 * unit is what one is counted or measured in: `tokens`, `FLOPs`, `nats per token`, `s`; `1` for a plain number, such
 * as an exponent, a ratio or a share of 1.
 */
export function datasheetErrors(name: string, csv: string, sheet: string): string[] {
  const [header = ""] = csv.split(/\r?\n/);
  const columns = header.split(",");
  const place = `tables/${name}.md`;
  const described = new Map(describedColumns(sheet).map((one) => [one.column, one]));
  const errors = paragraphs
    .filter((words) => !sheet.includes(words))
    .map((words) => `${place} has no paragraph that begins with ${words}${words.endsWith("*") ? "" : ".**"}`);
  if (rowsSaid(sheet) === undefined) {
    errors.push(`${place} does not say how many rows there are; add the paragraph "**Rows.** 245."`);
  }
  for (const column of described.keys()) {
    if (!columns.includes(column)) errors.push(`${place} describes \`${column}\`, which ${name}.csv has not`);
  }
  const schema = Object.fromEntries(columns.map((column) => [column, optional(text(column))]));
  const cells = parseTable(csv, schema, `${name}.csv`);
  for (const column of columns) {
    const row = described.get(column);
    if (!row) {
      errors.push(
        `${place} does not describe the column ${column}; add a row for it to the table of columns, its name in ` +
          `backticks: | \`${column}\` | type | unit | meaning |`,
      );
      continue;
    }
    if (row.meaning === "") errors.push(`${place} does not say what \`${column}\` means`);
    const present = cells.map((one) => one[column]).filter((cell) => cell !== undefined);
    const isNumeric = present.length > 0 && present.every((cell) => numeral.test(cell));
    if (isNumeric && !/^(0 or 1|text)/.test(row.type) && !/[\p{L}\d%]/u.test(row.unit)) {
      errors.push(
        `${place} gives no unit for \`${column}\`; write what one is counted or measured in (tokens, FLOPs, nats per ` +
          "token, s), as its source says, or 1 for a plain number such as an exponent, a ratio or a share",
      );
    }
  }
  return errors;
}

/** The number of rows that a datasheet gives. */
export function rowsSaid(sheet: string): number | undefined {
  const said = /^\*\*Rows\.\*\* (\d+)\.$/m.exec(sheet)?.[1];
  return said === undefined ? undefined : Number(said);
}
