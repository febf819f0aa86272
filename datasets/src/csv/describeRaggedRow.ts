/**
 * What is wrong with a row that has not as many cells as the header, in words.
 *
 * @param cells how many cells the row has
 * @param columns how many columns the header has
 *
 * @example
 * ```ts
 * import { describeRaggedRow } from "isoflop-datasets/csv";
 *
 * describeRaggedRow(3, 4); // => "3 cells where the header has 4 columns; is a value missing?"
 * ```
 */
export function describeRaggedRow(cells: number, columns: number): string {
  const many = (count: number, noun: string) => `${count} ${noun}${count === 1 ? "" : "s"}`;
  const hint =
    cells > columns ? "a text or a number with the delimiter in it needs quotes" : "is a value missing?";
  return `${many(cells, "cell")} where the header has ${many(columns, "column")}; ${hint}`;
}
