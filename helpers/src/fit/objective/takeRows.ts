import type { Table } from "./Table.ts";

/** Some rows of a table, in this order. */
export function takeRows({ x, y, w }: Table, rows: Int32Array): Table {
  const n = rows.length;
  const take = (column: Float64Array) => {
    const taken = new Float64Array(n);
    for (let k = 0; k < n; k++) taken[k] = column[rows[k]!]!;
    return taken;
  };
  return { n, x: x.map(take), y: take(y), w: take(w) };
}
