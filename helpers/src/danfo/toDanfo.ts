import type { DataFrame } from "danfojs-node";
import { requireRows } from "../numerics/arguments/requireRows.ts";
import { loadDanfo } from "./loadDanfo.ts";

/**
 * Records as a danfojs DataFrame, one column a field of the first record.
 *
 * Stay with column (`Series`) arithmetic, groupby, sort, query and describe: they work on doubles. Arithmetic on whole
 * frames (`df.mul`, `df.add`, `df.diff`) and `.tensor` go through float32 and int32 tensors and corrupt counts of
 * parameters: 70e9 comes back as 70000001024, or as 1280523264.
 *
 * @param rows records with the same fields; an empty array has no columns to make
 * @throws RangeError for no rows, or rows whose fields differ
 * @throws Error where danfojs-node is not installed
 *
 * @example
 * import { toDanfo } from "isoflop/danfo";
 * const frame = await toDanfo([{ nParams: 70e9, loss: 1.94 }, { nParams: 7e9, loss: 2.1 }]);
 * frame.shape; // => [2, 2]
 */
export async function toDanfo(rows: readonly object[]): Promise<DataFrame> {
  requireRows("toDanfo", rows);
  const [first] = rows;
  if (first === undefined)
    throw new RangeError("toDanfo needs at least one row to know the columns, got none");
  const columns = Object.keys(first);
  const values = rows.map((row, i) => {
    const fields = Object.keys(row);
    if (fields.length !== columns.length || fields.some((field) => !columns.includes(field))) {
      throw new RangeError(`row ${i} has the fields ${fields.join(", ")}, row 0 has ${columns.join(", ")}`);
    }
    return columns.map((column) => (row as Record<string, unknown>)[column]);
  });
  const { DataFrame } = await loadDanfo();
  return new DataFrame(values as never, { columns });
}
