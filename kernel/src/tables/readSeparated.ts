import { CsvReader } from "isoflop-datasets/csv";
import { shownPath } from "../files/shownPath.ts";
import { ColumnBuilder } from "./ColumnBuilder.ts";
import type { ChooseColumns, ColumnTable, OnRows } from "./ColumnTable.ts";
import { fileBytes } from "./fileBytes.ts";
import { refuseManyColumns } from "./refuseManyColumns.ts";
import { refuseSwallowedRows, type SeparatedLayout } from "./refuseSwallowedRows.ts";

const quote = '"'.charCodeAt(0);

/**
 * Reads columns of a file of separated values.
 *
 * @param delimiter undefined where the file shall show it
 * @returns undefined where the file has not even a header
 * @throws MalformedFileError where the file can be read in more than one way, or a quoted cell holds rows
 */
export async function readSeparated(
  path: string,
  delimiter: string | undefined,
  choose: ChooseColumns,
  onRows?: OnRows,
): Promise<ColumnTable | undefined> {
  let builder: ColumnBuilder | undefined;
  let layout: SeparatedLayout | undefined;
  let hasQuotes = false;
  const check = (cells: readonly string[], line: number) => {
    if (hasQuotes) refuseSwallowedRows(cells, line, layout!);
  };
  const reader = new CsvReader(
    {
      onHeader(names, line) {
        refuseManyColumns(`${shownPath(path)}, line ${line}`, names.length);
        const header = names.map((name) => name.trim());
        layout = { file: shownPath(path), delimiter: reader.delimiter!, header, numbersAt: undefined };
        check(names, line);
        const wanted = choose(header, line);
        layout = { ...layout, numbersAt: wanted.numbers.map((name) => header.indexOf(name)) };
        builder = new ColumnBuilder(path, wanted, header);
      },
      onRow(cells, line) {
        check(cells, line);
        builder!.add(cells, line);
      },
      onRaggedRow(cells, line) {
        check(cells, line);
        builder!.addRagged(cells.length, line);
      },
    },
    { file: shownPath(path), ...(delimiter !== undefined && { delimiter }) },
  );
  for await (const bytes of fileBytes(path)) {
    // Without a quote, as most files are, no cell goes over several lines.
    hasQuotes ||= bytes.includes(quote);
    reader.push(bytes);
    if (builder) onRows?.(builder.n);
  }
  reader.end();
  return builder?.build();
}
