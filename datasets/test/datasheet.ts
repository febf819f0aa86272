import { datasheetType } from "../../scripts/api/datasheetType.js";
import { describedColumns } from "../../scripts/api/describedColumns.js";
// Not by the index, which needs every loader.
import { optional, text } from "../src/csv/column.ts";
import { parseTable, type Schema } from "../src/csv/parseTable.ts";
import { readCsv } from "../src/csv/readCsv.ts";
import { datasheetDomain, typeForms } from "./datasheetDomain.ts";

/** What a datasheet must say besides its table, as a paragraph that begins with these words. */
const paragraphs = ["**Source.**", "**Licence.**", "**Dropped", "**Cautions.**"];
const numeral = /^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?$/;

/**
 * What is wrong with a datasheet, a sentence each, which says what to write; empty when all is well.
 *
 * A column holds numbers when every cell that is there is one and the datasheet does not call it text or `0 or 1`. Its
 * unit is what one is counted or measured in: `tokens`, `FLOPs`, `nats per token`, `s`; `1` for a plain number, such
 * as an exponent, a ratio or a share of 1.
 *
 * @param schema what the loader reads; without it, a type need only have one of the usual forms
 */
export function datasheetErrors(name: string, csv: string, sheet: string, schema: Schema = {}): string[] {
  const place = `tables/${name}.md`;
  const { header } = readCsv(csv, { file: `${name}.csv`, delimiter: "," });
  const described = new Map(describedColumns(sheet).map((one) => [one.column, one]));
  const errors = paragraphs
    .filter((words) => !sheet.includes(words))
    .map((words) => `${place} has no paragraph that begins with ${words}${words.endsWith("*") ? "" : ".**"}`);
  if (rowsSaid(sheet) === undefined) {
    errors.push(`${place} does not say how many rows there are; add the paragraph "**Rows.** 245."`);
  }
  if (described.size === 0) {
    errors.push(`${place} has no table of columns; begin it with | column | type | unit | meaning |`);
    return errors;
  }
  for (const column of described.keys()) {
    if (!header.includes(column)) {
      errors.push(
        `${place} describes \`${column}\`, which ${name}.csv has not; drop the row or mend the name`,
      );
    }
  }
  const read = new Map(Object.values(schema).map((column) => [column.header, column]));
  const asText = Object.fromEntries(header.map((column) => [column, optional(text(column))]));
  const rows = parseTable(csv, asText, `${name}.csv`);
  for (const column of header) {
    const sheetRow = described.get(column);
    if (!sheetRow) {
      errors.push(
        `${place} does not describe the column ${column}; add a row for it to the table of columns, its name in ` +
          `backticks: | \`${column}\` | type | unit | meaning |`,
      );
      continue;
    }
    const { isQuoted, type, unit, meaning } = sheetRow;
    if (!isQuoted) {
      errors.push(
        `${place} has the column ${column} without both its backticks; write | \`${column}\` | type | unit | meaning |`,
      );
    }
    const reading = read.get(column);
    if (reading && type !== datasheetType(reading)) {
      errors.push(
        `${place} gives \`${column}\` the type "${type}", the loader reads "${datasheetType(reading)}"; write that, or ` +
          "change the loader",
      );
    } else if (!datasheetDomain(type)) {
      errors.push(`${place} gives \`${column}\` the type "${type}"; write one of: ${typeForms}`);
    }
    if (meaning === "")
      errors.push(`${place} does not say what \`${column}\` means, in the fourth cell of its row`);
    const present = rows.map((one) => one[column]).filter((cell) => cell !== undefined);
    const isNumeric = present.length > 0 && present.every((cell) => numeral.test(cell));
    if (isNumeric && !/^(0 or 1|text)/.test(type) && !/[\p{L}\d%]/u.test(unit)) {
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
