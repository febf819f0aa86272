import { analyzeCell, type CellAnalysis } from "./analyzeCell.ts";
import { type ParsedCell, parseCell } from "./parseCell.ts";

/** A cell, read. */
export interface ReadCell {
  readonly code: string;
  readonly parsed: ParsedCell;
  readonly analysis: CellAnalysis;
}

/** Reads cells; the latest is remembered, because a cell is read to check it and again to commit it. */
export class CellReader {
  #last: ReadCell | undefined;

  read(code: string): ReadCell {
    if (this.#last?.code !== code) {
      const parsed = parseCell(code);
      this.#last = { code, parsed, analysis: analyzeCell(parsed) };
    }
    return this.#last;
  }
}
