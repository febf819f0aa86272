import { CsvReader } from "isoflop-datasets/csv";
import { ColumnBuilder } from "./ColumnBuilder.ts";
import type { ChooseColumns, ColumnTable, OnRows } from "./ColumnTable.ts";
import { fileBytes } from "./fileBytes.ts";

/**
 * Reads columns of a file of separated values.
 *
 * @param delimiter undefined where the file shall show it
 * @returns undefined where the file has not even a header
 * @throws MalformedFileError where the file can be read in more than one way
 */
export async function readSeparated(
  path: string,
  delimiter: string | undefined,
  choose: ChooseColumns,
  onRows?: OnRows,
): Promise<ColumnTable | undefined> {
  let builder: ColumnBuilder | undefined;
  const reader = new CsvReader(
    {
      onHeader(names, line) {
        const header = names.map((name) => name.trim());
        builder = new ColumnBuilder(path, choose(header, line), header);
      },
      onRow: (cells, line) => builder!.add(cells, line),
      onRaggedRow: (cells, line) => builder!.addRagged(cells.length, line),
    },
    { file: path, ...(delimiter !== undefined && { delimiter }) },
  );
  for await (const bytes of fileBytes(path)) {
    reader.push(bytes);
    if (builder) onRows?.(builder.n);
  }
  reader.end();
  return builder?.build();
}
