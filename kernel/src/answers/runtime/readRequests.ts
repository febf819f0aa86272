import { readFile, stat } from "node:fs/promises";
import {
  isServingLog,
  type ReadServingLogOptions,
  readServingLog,
  runtimeColumnsOf,
  runtimeRowsOf,
} from "isoflop";
import { shownPath } from "../../files/shownPath.ts";
import type { OnRows } from "../../tables/ColumnTable.ts";
import { type ColumnChoice, readChosen } from "../../tables/readNumbers.ts";
import type { TableFormat } from "../../tables/tableKind.ts";
import type { MeasuredRequests } from "./predictRequest.ts";

/** Measured requests of a file, and what to know of them. */
export interface ReadRequests {
  readonly rows: MeasuredRequests;
  readonly notes: readonly string[];
  /** The benchmark that wrote the file; absent of a table. */
  readonly tool?: string;
}

/** Lengths and batch that a log may lack. */
export type LogLengths = Pick<ReadServingLogOptions, "promptTokens" | "outputTokens" | "batch">;

/** No log of a benchmark is larger; a table may be. */
const mostBytes = 512 * 1024 ** 2;

/** Reads measured requests from a benchmark's log, told by its content, or from a table. */
export async function readRequests(
  path: string,
  options: {
    readonly format?: TableFormat | undefined;
    readonly lengths: LogLengths;
    readonly onRows?: OnRows;
  },
): Promise<ReadRequests> {
  const text = await textOf(path, options.format);
  if (text !== undefined && isServingLog(text)) {
    const log = readServingLog(text, { name: shownPath(path), ...options.lengths });
    const { rows, notes } = runtimeRowsOf(log);
    return { rows, notes: [...log.notes, ...notes], tool: log.tool };
  }
  return readRequestTable(path, options.onRows, options.format);
}

type Field = "promptTokens" | "outputTokens" | "runtimeS" | "ttftS" | "tpotS";

async function readRequestTable(
  path: string,
  onRows: OnRows | undefined,
  format: TableFormat | undefined,
): Promise<ReadRequests> {
  const notes: string[] = [];
  const choose = (header: readonly string[], place: string): ColumnChoice<Field> => {
    try {
      const { notes: said, ...columns } = runtimeColumnsOf(header);
      notes.push(...said);
      return columns;
    } catch (error) {
      throw new RangeError(`${place}: ${(error as Error).message}`);
    }
  };
  const records = await readChosen<Field>(path, choose, onRows, format);
  const rows = records.flatMap(({ promptTokens, outputTokens, runtimeS, ttftS, tpotS }) => {
    const size = { promptTokens: promptTokens!, outputTokens: outputTokens! };
    const whole = runtimeS ?? ttftS! + (size.outputTokens - 1) * tpotS!;
    const last = { ...size, runtimeS: whole };
    // With a time to first token a request tells both: its first token is a request of one.
    if (ttftS === undefined || size.outputTokens === 1) return [last];
    return [{ ...size, outputTokens: 1, runtimeS: ttftS }, last];
  });
  return { rows, notes };
}

/** The text of a file that may be a log; undefined of what is packed, binary or too large. */
async function textOf(path: string, format: TableFormat | undefined): Promise<string | undefined> {
  if (format === "parquet" || format === "tfevents" || /\.(gz|zst|parquet)$/i.test(path)) return undefined;
  try {
    const { size } = await stat(path);
    if (size > mostBytes || size === 0) return undefined;
    return await readFile(path, "utf8");
  } catch {
    // Why it cannot be read is told by the reader of tables.
    return undefined;
  }
}
