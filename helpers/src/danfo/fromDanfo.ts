/** The part of a danfojs DataFrame that is read. */
export interface DanfoFrame {
  readonly columns: readonly string[];
  readonly values: unknown;
}

/**
 * A danfojs DataFrame as records, ready for `fit` and the other helpers. Reads the frame's own values, which are doubles
 * as long as no arithmetic on whole frames was done (see `toDanfo`).
 *
 * @throws TypeError when the argument is not a frame of rows and columns
 *
 * @example
 * import { fromDanfo, toDanfo } from "isoflop/danfo";
 * const frame = await toDanfo([{ nParams: 70e9, loss: 1.94 }]);
 * fromDanfo(frame)[0]?.nParams; // => 70000000000
 */
export function fromDanfo<R extends object = Record<string, number>>(frame: DanfoFrame): R[] {
  const { columns, values } = frame;
  if (!Array.isArray(columns) || !Array.isArray(values) || !values.every(Array.isArray)) {
    throw new TypeError("fromDanfo needs a DataFrame; a Series becomes one by groupby or toDanfo");
  }
  return values.map((row) => Object.fromEntries(columns.map((column, j) => [column, row[j]])) as R);
}
