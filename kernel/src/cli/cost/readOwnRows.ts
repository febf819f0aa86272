import { readFileSync } from "node:fs";
import { isServingLog, readServingLog, type ServingLog, type ServingRow, servingRowsOf } from "isoflop";
import type { PlacedRow } from "../../answers/cost/serving/ownRows.ts";
import { describeReadFailure } from "../../files/describeReadFailure.ts";
import { shownPath } from "../../files/shownPath.ts";
import type { TableFile } from "../../tables/loadAllRuns.ts";
import { readColumns } from "../../tables/readColumns.ts";
import { tableKind } from "../../tables/tableKind.ts";
import type { Watching } from "../inputs/withTables.ts";
import { say } from "../terminal/quiet.ts";

/** What the options say of a machine, a model and a load. */
export interface KnownOfRows {
  readonly model?: string | undefined;
  readonly accelerator?: string | undefined;
  readonly engine?: string | undefined;
  readonly precision?: string | undefined;
  readonly tp?: number | undefined;
  readonly pp?: number | undefined;
  readonly dp?: number | undefined;
  readonly prompt?: number | undefined;
  readonly output?: number | undefined;
}

/** Rows of measurements in a file: of a table, or of the log of a benchmark, which is JSON or text. */
export async function readOwnRows(
  file: TableFile,
  known: KnownOfRows,
  watching: Watching,
): Promise<readonly PlacedRow[]> {
  const kind = file.format ?? tableKind(file.path);
  if (kind !== "csv" && kind !== "tsv" && kind !== "parquet") return readLog(file, known);
  try {
    return await readTable(file, watching);
  } catch (error) {
    // Some benchmarks export CSV.
    if (kind === "parquet" || !(error instanceof RangeError) || !isServingLog(textOf(file))) throw error;
    return readLog(file, known);
  }
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
      file: name,
      place: `${name}, ${table.unit} ${table.place(i)}`,
      ...(cells !== undefined && { why: `a row of ${cells} cells where the header has ${table.columns}` }),
    };
  });
}

function readLog(file: TableFile, known: KnownOfRows): readonly PlacedRow[] {
  const name = shownPath(file.path);
  const log = readServingLog(textOf(file), {
    name,
    ...(known.prompt !== undefined && { promptTokens: known.prompt }),
    ...(known.output !== undefined && { outputTokens: known.output }),
    ...(known.model !== undefined && { model: known.model }),
  });
  for (const note of log.notes) say(`${name}: ${note}`);
  const rows = rowsOf(log, name, known);
  if (rows.length === 0) say(`${name}: this log of ${log.tool} tells no time to the first token or a token`);
  return rows.map((row) => ({ row: { ...row }, file: name, place: `${name}, ${row.quantity}` }));
}

function rowsOf(log: ServingLog, name: string, known: KnownOfRows): readonly ServingRow[] {
  try {
    return servingRowsOf(log, {
      ...(known.accelerator !== undefined && { hardware: known.accelerator }),
      ...(known.model !== undefined && { model: known.model }),
      ...(known.engine !== undefined && { engine: known.engine }),
      ...(known.precision !== undefined && { precision: known.precision }),
      ...(known.tp !== undefined && { tensorParallel: known.tp }),
      ...(known.pp !== undefined && { pipelineParallel: known.pp }),
      ...(known.dp !== undefined && { dataParallel: known.dp }),
    });
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    const message = error.message
      .replace("give model", "give --model NAME")
      .replace(/give hardware, such as .*/, "give --accelerator NAME, such as h100-sxm");
    throw new RangeError(`${name}: ${message}`, { cause: error });
  }
}

function textOf({ path }: TableFile): string {
  try {
    return readFileSync(path, "utf8");
  } catch (cause) {
    throw new Error(`${shownPath(path)} cannot be read: ${describeReadFailure(cause as Error)}`, { cause });
  }
}
