import { MalformedFileError } from "isoflop-datasets/csv";
import { shownPath } from "../../files/shownPath.ts";
import type { ChooseColumns, ColumnTable, Reading } from "../ColumnTable.ts";
import { fileBytes } from "../fileBytes.ts";
import { listNames } from "../listNames.ts";
import { findHeader, type HeaderPlace } from "./findHeader.ts";
import { LinesTakenOff } from "./LinesTakenOff.ts";
import { RowSource } from "./RowSource.ts";
import { RowTaker } from "./RowTaker.ts";
import { hasRunMaps, readRunMaps } from "./readRunMaps.ts";

/**
 * Reads columns of a file of separated values. Comments before the header (lines that begin with #) are passed over where
 * the first line has not the columns that are needed, and Excel's line `sep=;`; other lines there are told.
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
  let firstNames: readonly string[] = [];
  const chooseOnce: ChooseColumns = (header, line) => {
    firstNames = header;
    const wanted = choose(header, line);
    hasHeader = true;
    return wanted;
  };
  try {
    return await readFrom(path, undefined, delimiter, chooseOnce, reading);
  } catch (error) {
    if (!hasHeader && hasRunMaps(firstNames)) return await readRunMaps(path, delimiter, choose, reading);
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
  const taker = new RowTaker(path, choose, reading);
  const source = new RowSource(taker, shownPath(path), place?.line ?? 1, place?.delimiter ?? delimiter);
  const before = place && new LinesTakenOff(place);
  for await (const piece of fileBytes(path)) {
    const bytes = before?.rest(piece) ?? piece;
    source.push(bytes);
    if (taker.builder) reading.onRows?.(taker.builder.n);
  }
  source.end();
  return taker.builder && taker.build(place ? [describeComments(place)] : []);
}

function describeComments({ line, delimiter }: HeaderPlace): string {
  if (delimiter !== undefined) return "line 1 names the delimiter, as Excel does; line 2 is the header";
  const lines = line === 2 ? "line 1, a comment, was" : `lines 1 to ${line - 1}, comments, were`;
  return `${lines} passed over; line ${line} is the header`;
}
