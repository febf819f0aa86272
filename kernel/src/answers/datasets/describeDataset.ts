import { formatNumber } from "isoflop";
import { fittedTable } from "../../text/fittedTable.ts";
import { wrapText } from "../../text/wrapText.ts";
import type { Dataset } from "./catalogue.ts";
import { type CellValue, recordsOf } from "./cells.ts";
import type { Datasheet } from "./Datasheet.ts";

/** Paragraphs that have a place of their own. */
const placed = ["Rows"];

/**
 * A table as its datasheet describes it, and its first rows, for a terminal of so many columns.
 *
 * @param most rows to show
 */
export function datasetText(
  dataset: Dataset,
  sheet: Datasheet,
  most: number,
  width = Number.POSITIVE_INFINITY,
): string {
  const columns = sheet.columns.map(({ name, type, unit, meaning }) => [name, type, unit, meaning]);
  const records = recordsOf(dataset);
  const names = Object.keys(records[0] ?? {});
  const shown = records.slice(0, most).map((record) => names.map((name) => cellShown(record[name]!)));
  const paragraphs = [...sheet.paragraphs].filter(([words]) => !placed.includes(words));
  return [
    `${dataset.name}: ${sheet.rows} rows`,
    wrapText(sheet.summary, width).join("\n"),
    fittedTable(["column", "a cell is", "unit", "meaning"], columns, { width }),
    ...paragraphs.map(([words, text]) => wrapText(`${words}. ${text}`, width).join("\n")),
    ...(shown.length > 0
      ? [
          `The first ${shown.length === 1 ? "row" : `${shown.length} rows`}, rounded:`,
          fittedTable(names, shown, { width }),
        ]
      : []),
    [
      `In a notebook: import { ${dataset.loader} } from "isoflop-datasets"`,
      `As a file:     isoflop datasets export ${dataset.name} -o ${dataset.name}.csv`,
    ].join("\n"),
  ].join("\n\n");
}

/** A table as its datasheet describes it, and its first rows, as plain data. */
export function datasetJson(dataset: Dataset, sheet: Datasheet, most: number): object {
  const fields = new Map(Object.entries(dataset.load.schema).map(([field, { header }]) => [header, field]));
  return {
    name: dataset.name,
    loader: dataset.loader,
    rows: sheet.rows,
    summary: sheet.summary,
    paper: sheet.paper ?? null,
    columns: sheet.columns.map((column) => ({ ...column, field: fields.get(column.name) ?? null })),
    notes: Object.fromEntries([...sheet.paragraphs].filter(([words]) => !placed.includes(words))),
    firstRows: recordsOf(dataset).slice(0, most),
  };
}

function cellShown(cell: CellValue): string {
  if (cell === null) return "";
  if (typeof cell === "boolean") return cell ? "1" : "0";
  if (typeof cell !== "number") return cell;
  // A vocabulary of 50304 is not one of 50300.
  return Number.isInteger(cell) && Math.abs(cell) < 1e6 ? String(cell) : formatNumber(cell);
}
