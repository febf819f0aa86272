/** How a piece came into a text: written where it stands, in place of what stood there, or kept as it was. */
export const written = 0;
export const replaced = 1;
export const kept = 2;

/**
 * Where a piece of a text begins, and where that is in the text it was made from: line (1-based) and column (0-based) of
 * each. A piece ends where the next one begins.
 */
export type Piece = [line: number, column: number, fromLine: number, fromColumn: number, kind: 0 | 1 | 2];

export interface At {
  /** 1-based */
  line: number;
  /** 0-based */
  column: number;
}

/** Where a place of the text comes from; what was written comes from where it stands. */
export function toSource(pieces: readonly Piece[], at: At): At | undefined {
  const piece = lastBefore(
    pieces,
    ([line, column]) => line < at.line || (line === at.line && column <= at.column),
  );
  if (!piece) return undefined;
  const [line, column, fromLine, fromColumn, kind] = piece;
  return moved(at, { line, column }, { line: fromLine, column: fromColumn }, kind);
}

/** Where a place of the source is in the text, where that has anything of it. */
export function toText(pieces: readonly Piece[], at: At): At | undefined {
  const ofSource = pieces.filter(([, , , , kind]) => kind !== written);
  ofSource.sort((a, b) => a[2] - b[2] || a[3] - b[3]);
  const piece = lastBefore(
    ofSource,
    ([, , line, column]) => line < at.line || (line === at.line && column <= at.column),
  );
  if (!piece) return undefined;
  const [line, column, fromLine, fromColumn, kind] = piece;
  return moved(at, { line: fromLine, column: fromColumn }, { line, column }, kind);
}

function moved(at: At, start: At, to: At, kind: Piece[4]): At {
  if (kind !== kept) return to;
  if (at.line === start.line) return { line: to.line, column: to.column + at.column - start.column };
  return { line: to.line + at.line - start.line, column: at.column };
}

/** The last piece for which it holds, where it holds for the first ones only. */
function lastBefore(pieces: readonly Piece[], holds: (piece: Piece) => boolean): Piece | undefined {
  let low = 0;
  let high = pieces.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (holds(pieces[middle] as Piece)) low = middle + 1;
    else high = middle;
  }
  return pieces[low - 1];
}
