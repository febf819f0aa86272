import { basename } from "node:path";

/** The kinds of tables that are read, as `--format` takes them. */
export const tableFormats = ["csv", "tsv", "json", "jsonl", "parquet", "tfevents"] as const;
export type TableFormat = (typeof tableFormats)[number];

/** What the name of a file says that it holds; undefined where it says nothing of tables. */
export function tableKind(path: string): TableFormat | undefined {
  // TensorBoard's files are called events.out.tfevents.TIME.HOST.PID.N.
  if (/\btfevents\b/.test(basename(path))) return "tfevents";
  const ending = /\.(csv|tsv|txt|json|jsonl|ndjson|parquet)(\.gz|\.zst)?$/i.exec(path)?.[1]?.toLowerCase();
  if (ending === "txt") return "csv";
  return ending === "ndjson" ? "jsonl" : (ending as TableFormat | undefined);
}

const otherKinds: readonly (readonly [RegExp, string])[] = [
  [
    /\.(xlsx|xlsm|xls|xlsb|ods|numbers)$/i,
    "is a spreadsheet; save the sheet as CSV (semicolons and decimal commas are read)",
  ],
  [
    /\.(pkl|pickle|pt|pth|npz|npy|mat|rds|rdata)$/i,
    "holds objects of a program; write the table as CSV, JSON lines or Parquet",
  ],
  [/\.(db|sqlite3?|duckdb)$/i, "is a database; write the query's answer as CSV"],
  [/\.(feather|arrow|h5|hdf5)$/i, "is of a kind that is not read; write the table as Parquet or CSV"],
  [/\.(zip|tar|tgz|7z|rar|bz2|xz|lz4)$/i, "is an archive; unpack it, or pack the table as .gz or .zst"],
];

/** Why a file of another name is not read, with the way out. */
export function whyNotRead(path: string): string {
  const [, why] = otherKinds.find(([name]) => name.test(path)) ?? [];
  return (
    why ??
    "is of a kind that is not read; use .csv, .tsv, .jsonl or .parquet, .json or TensorBoard's event files, or say it with --format"
  );
}
