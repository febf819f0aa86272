import { readFileSync } from "node:fs";
import type { PlacedRow } from "../../answers/cost/serving/ownRows.ts";
import { servingRowsOf } from "../../answers/cost/serving/servingRowsOf.ts";
import { describeReadFailure } from "../../files/describeReadFailure.ts";
import { shownPath } from "../../files/shownPath.ts";
import type { TableFile } from "../../tables/loadAllRuns.ts";
import { readColumns } from "../../tables/readColumns.ts";
import { tableKind } from "../../tables/tableKind.ts";
import type { Watching } from "../inputs/withTables.ts";
import { say } from "../terminal/quiet.ts";

/** Rows of measurements in a file: of a table, or of the log of a benchmark, which is JSON or text. */
export async function readOwnRows(file: TableFile, watching: Watching): Promise<readonly PlacedRow[]> {
  const kind = file.format ?? tableKind(file.path);
  return kind === "csv" || kind === "tsv" || kind === "parquet" ? readTable(file, watching) : readLog(file);
}

async function readTable(file: TableFile, { progress }: Watching): Promise<readonly PlacedRow[]> {
  const name = shownPath(file.path);
  const choose = (header: readonly string[]) => {
    const missing = ["quantity", "value", "unit"].filter((column) => !header.includes(column));
    if (missing.length > 0) {
      throw new RangeError(
        `${name} has no column ${missing.join(" and no ")}; a row says what was measured in quantity (ttft, tpot, output throughput), value and unit`,
      );
    }
    return { numbers: [], texts: header };
  };
  const onRows = (count: number) => progress.step(`${name}: ${count} rows read`);
  const table = await readColumns(file.path, choose, onRows, file.format);
  for (const note of table.notes) say(`${name}: ${note}`);
  return Array.from({ length: table.n }, (_, i) => {
    const cells = table.raggedCells(i);
    return {
      row: Object.fromEntries([...table.texts].map(([column, texts]) => [column, texts[i]!])),
      place: `${name}, ${table.unit} ${table.place(i)}`,
      ...(cells !== undefined && { why: `a row of ${cells} cells where the header has ${table.columns}` }),
    };
  });
}

function readLog(file: TableFile): readonly PlacedRow[] {
  const name = shownPath(file.path);
  let text: string;
  try {
    text = readFileSync(file.path, "utf8");
  } catch (cause) {
    throw new Error(`${name} cannot be read: ${describeReadFailure(cause as Error)}`, { cause });
  }
  const { rows, notes } = servingRowsOf(text, name);
  for (const note of notes) say(`${name}: ${note}`);
  return rows.map((row, i) => ({ row, place: rows.length > 1 ? `${name}, figure ${i + 1}` : name }));
}
