import { CsvReader, StrictText } from "isoflop-datasets/csv";
import type { ChooseColumns } from "../ColumnTable.ts";
import { fileBytes } from "../fileBytes.ts";

/** Where the header of a file stands that does not begin with it. */
export interface HeaderPlace {
  /** From 2. */
  readonly line: number;
  readonly names: readonly string[];
  /** What the lines end with, as far as counting them goes: LF also stands for CR LF. */
  readonly lineEnd: "\n" | "\r";
  /** Whether the lines before it are comments or empty, and so may be passed over. */
  readonly isBehindComments: boolean;
  /** The delimiter that the first line names, as Excel's `sep=;` does. */
  readonly delimiter?: string;
}

/** Excel's own first line, which it writes and reads so that a list of another country opens. */
const namesDelimiter = /^"?sep=([,;|\t])"?\r?$/i;

/** So many lines may stand before the header, and so many bytes are looked at. */
const [linesLooked, bytesLooked] = [100, 262_144];

/**
 * Looks for the line of a file that has the columns which its first line lacks.
 *
 * @param choose throws where a header lacks a column
 * @returns undefined where no line has them
 */
export async function findHeader(
  path: string,
  delimiter: string | undefined,
  choose: ChooseColumns,
): Promise<HeaderPlace | undefined> {
  const { text, isPlain } = await beginning(path);
  const lineEnd = text.includes("\n") ? "\n" : "\r";
  const lines = text.split(lineEnd);
  const named = delimiter === undefined && isPlain ? namesDelimiter.exec(lines[0]!)?.[1] : undefined;
  if (named !== undefined) {
    const names = namesIn(lines.slice(1).join("\n"), named);
    if (names.length > 1 && lines[1]!.trim() !== "" && isChosen(names, 2, choose))
      return { line: 2, names, lineEnd, isBehindComments: true, delimiter: named };
  }
  for (let k = 1; k < Math.min(lines.length, linesLooked); k++) {
    if (lines[k]!.trim() === "") continue;
    const names = namesIn(lines.slice(k).join("\n"), delimiter);
    if (names.length < 2 || !isChosen(names, k + 1, choose)) continue;
    const isBehindComments = isPlain && lines.slice(0, k).every((line) => /^\uFEFF?\s*(#|$)/.test(line));
    return { line: k + 1, names, lineEnd, isBehindComments };
  }
  return undefined;
}

async function beginning(path: string): Promise<{ text: string; isPlain: boolean }> {
  const decoder = new StrictText();
  let text = "";
  let bytesRead = 0;
  let isPlain = true;
  for await (const bytes of fileBytes(path)) {
    text += decoder.push(bytes);
    // In UTF-16 a line end has two bytes.
    isPlain &&= !bytes.includes(0);
    bytesRead += bytes.length;
    if (bytesRead >= bytesLooked || decoder.fault !== undefined) break;
  }
  return { text, isPlain };
}

/** The cells of the first row; none where there is no table. */
function namesIn(text: string, delimiter: string | undefined): readonly string[] {
  let names: readonly string[] = [];
  const reader = new CsvReader(
    {
      onHeader(cells) {
        names = cells.map((cell) => cell.trim());
      },
      onRow() {},
      onRaggedRow() {},
    },
    delimiter === undefined ? {} : { delimiter },
  );
  try {
    reader.push(text.slice(0, 65_536));
    reader.end();
  } catch {
    // What is wrong behind the header is told when the table is read.
  }
  return names;
}

function isChosen(names: readonly string[], line: number, choose: ChooseColumns): boolean {
  try {
    choose(names, line);
    return true;
  } catch {
    return false;
  }
}
