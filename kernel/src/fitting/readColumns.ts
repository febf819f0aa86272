import { createReadStream, existsSync } from "node:fs";
import { createInterface } from "node:readline";
import { createGunzip } from "node:zlib";
import Papa from "papaparse";
import { type ChooseColumns, ColumnBuilder, type ColumnTable } from "./ColumnTable.ts";

/** Called now and then with the rows read so far. */
export type OnRows = (rows: number) => void;

/**
 * Reads columns of a CSV, TSV, JSONL (.jsonl, .ndjson) or Parquet file, the text formats also as .gz, row by row, so that
 * only the columns asked for are held.
 *
 * @throws Error when the file is missing, empty, or of another kind
 */
export async function readColumns(
  path: string,
  choose: ChooseColumns,
  onRows?: OnRows,
): Promise<ColumnTable> {
  if (!existsSync(path)) throw new Error(`${path} does not exist; check the path`);
  const kind = /\.(csv|tsv|txt|jsonl|ndjson|parquet)(\.gz)?$/i.exec(path)?.[1]?.toLowerCase();
  let table: ColumnTable | undefined;
  if (kind === "parquet") table = await readParquet(path, choose, onRows);
  else if (kind === "jsonl" || kind === "ndjson") table = await readJsonLines(path, choose, onRows);
  else if (kind) table = await readSeparated(path, kind === "tsv" ? "\t" : "", choose, onRows);
  else throw new Error(`${path} is of a kind that is not read; use .csv, .tsv, .jsonl or .parquet`);
  if (!table || table.n === 0)
    throw new Error(`${path} has no rows of data; a header and one row a run are needed`);
  return table;
}

function textStream(path: string): NodeJS.ReadableStream {
  const stream = createReadStream(path);
  return path.endsWith(".gz") ? stream.pipe(createGunzip()) : stream;
}

function readSeparated(
  path: string,
  delimiter: string,
  choose: ChooseColumns,
  onRows?: OnRows,
): Promise<ColumnTable | undefined> {
  let builder: ColumnBuilder | undefined;
  let place = new Map<string, number>();
  return new Promise((resolve, reject) => {
    const stream = textStream(path);
    stream.on("error", reject);
    Papa.parse<string[]>(stream, {
      delimiter,
      skipEmptyLines: "greedy",
      chunk: ({ data }, parser) => {
        try {
          let rows = data;
          if (!builder) {
            const header = data[0]?.map((name) => name.replace(/^\uFEFF/, "").trim()) ?? [];
            if (header.length === 0) return;
            builder = new ColumnBuilder(choose(header));
            place = new Map(header.map((name, k) => [name, k]));
            rows = data.slice(1);
          }
          for (const row of rows) builder.add((column) => row[place.get(column)!]);
          onRows?.(builder.n);
        } catch (error) {
          // Aborting completes the parse: the promise must have its error before.
          reject(error);
          parser.abort();
        }
      },
      complete: () => resolve(builder?.build()),
      error: reject,
    });
  });
}

async function readJsonLines(
  path: string,
  choose: ChooseColumns,
  onRows?: OnRows,
): Promise<ColumnTable | undefined> {
  let builder: ColumnBuilder | undefined;
  let line = 0;
  for await (const text of createInterface({ input: textStream(path), crlfDelay: Infinity })) {
    line++;
    if (text.trim() === "") continue;
    let record: Record<string, unknown>;
    try {
      record = JSON.parse(text);
    } catch (cause) {
      throw new Error(`${path}, line ${line} is not JSON: ${(cause as Error).message}`, { cause });
    }
    if (record === null || typeof record !== "object" || Array.isArray(record)) {
      throw new Error(
        `${path}, line ${line} must be an object such as {"n_params": 7e9, …}, got ${text.slice(0, 60)}`,
      );
    }
    builder ??= new ColumnBuilder(choose(Object.keys(record)));
    builder.add((column) => record[column]);
    if (builder.n % 50_000 === 0) onRows?.(builder.n);
  }
  return builder?.build();
}

async function readParquet(
  path: string,
  choose: ChooseColumns,
  onRows?: OnRows,
): Promise<ColumnTable | undefined> {
  const { asyncBufferFromFile, parquetMetadataAsync, parquetReadObjects, parquetSchema } = await import(
    "hyparquet"
  );
  const file = await asyncBufferFromFile(path);
  const metadata = await parquetMetadataAsync(file);
  const wanted = choose(parquetSchema(metadata).children.map((column) => column.element.name));
  const builder = new ColumnBuilder(wanted);
  const columns = [...new Set([...wanted.numbers, ...wanted.texts])];
  const total = Number(metadata.num_rows);
  // In slices: rows as objects are only held a hundred thousand at a time.
  for (let rowStart = 0; rowStart < total; rowStart += 100_000) {
    const rowEnd = Math.min(total, rowStart + 100_000);
    const rows = await parquetReadObjects({ file, metadata, columns, rowStart, rowEnd });
    for (const row of rows) builder.add((column) => row[column]);
    onRows?.(builder.n);
  }
  return builder.build();
}
