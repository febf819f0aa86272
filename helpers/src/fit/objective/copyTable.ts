import type { Table } from "./readRuns.ts";

/** The same runs in storage of their own, for work that overwrites rows (resampling, leaving runs out). */
export function copyTable({ n, x, y, w }: Table): Table {
  return { n, x: x.map((column) => column.slice()), y: y.slice(), w: w.slice() };
}
