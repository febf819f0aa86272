import { analyzeCell, type CellAnalysis } from "./analyzeCell.ts";
import { type Certainty, certaintyOf } from "./cannotFail.ts";
import { parseCell } from "./parseCell.ts";

/** What is to be known of a cell, without its tree: it may come from another process. */
export interface ReadCell {
  readonly code: string;
  /** It is free of syntax errors. */
  readonly parses: boolean;
  readonly hasJsx: boolean;
  readonly isObjectLiteral: boolean;
  readonly analysis: CellAnalysis;
  readonly certainty: Certainty | undefined;
}

export function readCell(code: string): ReadCell {
  const parsed = parseCell(code);
  const { errors, hasJsx, isObjectLiteral } = parsed;
  const parses = errors.length === 0;
  return {
    code,
    parses,
    hasJsx,
    isObjectLiteral,
    analysis: analyzeCell(parsed),
    certainty: certaintyOf(parsed),
  };
}
