import { MalformedFileError } from "isoflop-datasets/csv";
import { numberOf } from "../numbers/numberOf.ts";

/** What is known of a file of separated values. */
export interface SeparatedLayout {
  readonly file: string;
  readonly delimiter: string;
  readonly header: readonly string[];
  /** Where the columns of numbers are, from 0; undefined where the row is the header, which may have lost some. */
  readonly numbersAt: readonly number[] | undefined;
}

/**
 * Refuses a row in which a quoted cell holds other rows of the file: a stray quote opens it, and one on a later line
 * closes it, each at a place where RFC 4180 allows one. A line inside the cell is taken for a row where it has as many
 * cells as the header and a number in one of the columns of numbers; text of several lines has commas, too.
 *
 * @param line the first of the row, from 1
 * @throws MalformedFileError naming the quotes and how many lines they hold
 */
export function refuseSwallowedRows(cells: readonly string[], line: number, layout: SeparatedLayout): void {
  let start = line;
  for (const [at, cell] of cells.entries()) {
    const lineEnd = cell.includes("\n") ? "\n" : "\r";
    if (!cell.includes(lineEnd)) continue;
    const lines = cell.split(lineEnd);
    const between = lines.slice(1, -1).filter((text) => text.trim() !== "");
    const rows = between.filter((text) => isRow(text.split(layout.delimiter), layout)).length;
    const hasRows = rows > 0 || isListOfRows(between, layout);
    if (hasRows || joinsTwoRows(lines, at, cells.length, layout)) {
      const end = start + lines.length - 1;
      const many = between.length;
      const which = rows === 0 || rows === many ? `the ${many}` : `${rows} of the ${many}`;
      const like = many === 1 ? "the line between looks like a row" : `${which} lines between look like rows`;
      const { file, header } = layout;
      throw new MalformedFileError(
        { file, line: start, column: at + 1, columnName: header[at] },
        `the quote that opens here closes on line ${end}; ${hasRows ? like : "both lines look like rows"}; ` +
          "take the two quotes out, or the line breaks if this is one text",
      );
    }
    start += lines.length - 1;
  }
}

function isRow(cells: readonly string[], { header, numbersAt }: SeparatedLayout): boolean {
  if (!numbersAt) return cells.length > 1 && cells.some(isNumber);
  return cells.length === header.length && numbersAt.some((at) => isNumber(cells[at]));
}

const isNumber = (cell: string | undefined) => cell !== undefined && !Number.isNaN(numberOf(cell));

/** So regular is no text, whatever is in the cells. */
function isListOfRows(lines: readonly string[], { header, delimiter }: SeparatedLayout): boolean {
  return (
    header.length > 2 &&
    lines.length > 1 &&
    lines.every((text) => text.split(delimiter).length === header.length)
  );
}

/** Whether the row on which the cell begins and the one on which it ends are both whole without the quotes. */
function joinsTwoRows(lines: readonly string[], at: number, width: number, layout: SeparatedLayout): boolean {
  const { header, delimiter, numbersAt } = layout;
  const first = lines[0]!.split(delimiter);
  const last = lines.at(-1)!.split(delimiter);
  const behind = width - at - 1;
  if (!numbersAt) return isRow(last, layout);
  if (at + first.length !== header.length || last.length + behind !== header.length) return false;
  // Two whole rows that together are none.
  if (width !== header.length && header.length > 2) return true;
  // What stands outside the quotes says nothing of the text inside, nor does a text without a delimiter.
  return numbersAt.some(
    (column) =>
      (first.length > 1 && column >= at && isNumber(first[column - at])) ||
      (last.length > 1 && column < last.length && isNumber(last[column])),
  );
}
