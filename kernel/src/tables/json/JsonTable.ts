import type { JsonRecord } from "./JsonRecord.ts";

/** A JSON text as rows. */
export interface JsonTable {
  readonly records: readonly JsonRecord[];
  /** What the file was taken for, in words, where that is not a list of runs. */
  readonly notes: readonly string[];
  /** Whether the rows are of a log, which has lines for other things: those without the numbers wanted are passed over. */
  readonly isLog: boolean;
}

/** A JSON text that is no table, or several; the message goes behind the name of the file. */
export class NoJsonTable extends Error {
  override readonly name = "NoJsonTable";
}
