// What a loader of a table reads, as Markdown: its columns by the loader's schema and the table's datasheet.
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { datasheetType } from "./datasheetType.js";
import { describedColumns } from "./describedColumns.js";
import { markdownTable } from "./markdownTable.js";

/**
 * The columns of an exported loader: field, header and what is accepted from its schema, unit and meaning from the
 * datasheet. Nothing for what is no loader. What the datasheet leaves out stays empty here: the tests of the tables say
 * so, and once it is written this page is stale.
 *
 * @param root the repository
 */
export function renderTable(value, root) {
  if (!isLoader(value)) return "";
  const sheet = `datasets/tables/${value.table}.md`;
  const text = existsSync(join(root, sheet)) ? readFileSync(join(root, sheet), "utf8") : "";
  const described = new Map(describedColumns(text).map((one) => [one.column, one]));
  const rows = Object.entries(value.schema).map(([field, column]) => {
    const { unit = "", meaning = "" } = described.get(column.header) ?? {};
    return [`\`${field}\``, `\`${column.header}\``, datasheetType(column), unit, meaning];
  });
  return [
    markdownTable(["field", "column", "accepts", "unit", "meaning"], rows),
    `Rows, source, licence and cautions: [${sheet}](../../${sheet})`,
  ].join("\n\n");
}

/** A loader's doc comment without its list of fields, which the table says in full. */
export function withoutFields(doc, value) {
  return isLoader(value) ? doc.replace(/^- `\w+`(, `\w+`)*:.*(\n {2}.*)*\n+/gm, "") : doc;
}

const isLoader = (value) => typeof value === "function" && value.schema !== undefined;
