import { excerpt } from "./excerpt.ts";

/** How rows of one file are written. */
export interface RowGrammar {
  readonly delimiter: string;
  /** What ends a line; CR LF ends it with LF, too. */
  readonly newline: "\n" | "\r";
  /** Matches one row with its line end where it begins; groups: the last cell if it is in quotes, the CR of a CR LF. */
  readonly row: RegExp;
  /** Matches one cell where it begins. */
  readonly cell: RegExp;
}

/** Where a row leaves the grammar, or where it stops in the midst of a cell. */
export interface Stop {
  /** Column, from 1. */
  readonly column: number;
  /** Line breaks of the row before that cell. */
  readonly lines: number;
  /** What is wrong; undefined where nothing is, as far as the text goes. */
  readonly reason?: string;
}

/** The grammar of RFC 4180, in which blanks may follow a closing quote and other cells may hold quotes. */
export function rowGrammar(delimiter: string, newline: "\n" | "\r"): RowGrammar {
  const end = `\\${delimiter}`.replace("\\\t", "\\t");
  // A quote before another is never the closing one.
  const quoted = `"[^"]*(?:""[^"]*)*"(?!") *`;
  const plain = `(?! *")[^${end}\\r\\n]*`;
  const lineEnd = newline === "\n" ? "(\\r?)\\n" : "()\\r";
  return {
    delimiter,
    newline,
    row: new RegExp(`(?:(?:${quoted}|${plain})${end})*(?:(${quoted})|${plain})${lineEnd}`, "y"),
    cell: new RegExp(`${quoted}|${plain}`, "y"),
  };
}

/** The line end of the first line that ends outside quotes; undefined where none does. */
export function firstLineEnd(text: string): "\n" | "\r" | undefined {
  const outside = text.replace(/(^|[,;|\t\r\n])"[^"]*(?:""[^"]*)*(?:"|$)/g, "$1");
  // A CR at the very end may be the half of a CR LF.
  const end = /\r\n|\n|\r(?!$)/.exec(outside)?.[0];
  return end === undefined ? undefined : end === "\r" ? "\r" : "\n";
}

/** Follows the cells of a row as far as the grammar goes. */
export function followRow(row: string, { cell, delimiter, newline }: RowGrammar): Stop {
  let lines = 0;
  let at = 0;
  for (let column = 1; ; column++) {
    cell.lastIndex = at;
    const found = cell.exec(row)?.[0];
    if (found === undefined) return { column, lines, reason: whyNoCell(row.slice(at)) };
    const next = row[at + found.length];
    const isOver =
      next === undefined || next === newline || (next === "\r" && row[at + found.length + 1] === "\n");
    if (isOver) return { column, lines };
    if (next !== delimiter) return { column, lines, reason: whyNoEnd(row.slice(at), next) };
    lines += found.split(newline).length - 1;
    at += found.length + 1;
  }
}

/** The reason where a row stops in the midst of quotes. */
export const notClosed = "the quote that opens here is not closed";

function whyNoCell(rest: string): string {
  return rest.startsWith('"') ? notClosed : "blanks stand before the opening quote; take them out";
}

function whyNoEnd(rest: string, next: string): string {
  if (next === "\r") return "a CR stands here where the lines end in LF; use one kind of line end";
  if (next === "\n") return "a LF stands here where the lines end in CR; use one kind of line end";
  const shown = excerpt(/^[^\r\n]*/.exec(rest)![0]);
  return `text stands behind a closing quote: ${shown}; double the quotes that belong to the text`;
}
