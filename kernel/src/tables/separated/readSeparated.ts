import { CsvReader, MalformedFileError } from "isoflop-datasets/csv";
import { shownPath } from "../../files/shownPath.ts";
import { ColumnBuilder } from "../ColumnBuilder.ts";
import type { ChooseColumns, ColumnTable, Reading } from "../ColumnTable.ts";
import { fileBytes } from "../fileBytes.ts";
import { listNames } from "../listNames.ts";
import { refuseManyColumns } from "../refuseManyColumns.ts";
import { findHeader, type HeaderPlace } from "./findHeader.ts";
import { LinesTakenOff } from "./LinesTakenOff.ts";
import { RowEnds } from "./RowEnds.ts";
import { refuseSwallowedRows, type SeparatedLayout } from "./refuseSwallowedRows.ts";

const quote = '"'.charCodeAt(0);

/**
 * Reads columns of a file of separated values. Comments before the header (lines that begin with #) are passed over where
 * the first line has not the columns that are needed; other lines there are told.
 *
 * @param delimiter undefined where the file shall show it
 * @returns undefined where the file has not even a header
 * @throws MalformedFileError where the file can be read in more than one way, or a quoted cell holds rows
 */
export async function readSeparated(
  path: string,
  delimiter: string | undefined,
  choose: ChooseColumns,
  reading: Reading = {},
): Promise<ColumnTable | undefined> {
  let hasHeader = false;
  const chooseOnce: ChooseColumns = (header, line) => {
    const wanted = choose(header, line);
    hasHeader = true;
    return wanted;
  };
  try {
    return await readFrom(path, undefined, delimiter, chooseOnce, reading);
  } catch (error) {
    const isOfContent = error instanceof RangeError || error instanceof MalformedFileError;
    const header = hasHeader || !isOfContent ? undefined : await findHeader(path, delimiter, choose);
    if (!header) throw error;
    const { line, names, isBehindComments } = header;
    if (isBehindComments) return await readFrom(path, header, delimiter, choose, reading);
    const before = line === 2 ? "the line before it" : `the ${line - 1} lines before it`;
    throw new MalformedFileError(
      { file: shownPath(path), line },
      `the header is not the first line but this one, it seems (${listNames(names)}); take out ${before}`,
    );
  }
}

/** @param place of the header, where it is not the first line that is not empty */
async function readFrom(
  path: string,
  place: HeaderPlace | undefined,
  delimiter: string | undefined,
  choose: ChooseColumns,
  reading: Reading = {},
): Promise<ColumnTable | undefined> {
  let builder: ColumnBuilder | undefined;
  let ends: RowEnds | undefined;
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
        builder = new ColumnBuilder(path, wanted, header, reading);
        ends = new RowEnds(builder, header);
      },
      onRow(cells, line) {
        check(cells, line);
        ends!.add(cells, line);
      },
      onRaggedRow(cells, line) {
        check(cells, line);
        ends!.addRagged(cells, line);
      },
    },
    { file: shownPath(path), firstLine: place?.line ?? 1, ...(delimiter !== undefined && { delimiter }) },
  );
  const before = place && new LinesTakenOff(place);
  for await (const piece of fileBytes(path)) {
    const bytes = before?.rest(piece) ?? piece;
    // Without a quote, as most files are, no cell goes over several lines.
    hasQuotes ||= bytes.includes(quote);
    reader.push(bytes);
    if (builder) reading.onRows?.(builder.n);
  }
  reader.end();
  const table = builder?.build([...(place ? [describeComments(place)] : []), ...(ends?.notes ?? [])]);
  return table && { ...table, delimiter: reader.delimiter! };
}

function describeComments({ line }: HeaderPlace): string {
  const lines = line === 2 ? "line 1, a comment, was" : `lines 1 to ${line - 1}, comments, were`;
  return `${lines} passed over; line ${line} is the header`;
}
