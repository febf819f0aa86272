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
 * describeRaggedRow(3, 4); // => "the row has 3 cells, the header 4; is a value missing?"
 * ```
 */
export function describeRaggedRow(cells: number, columns: number): string {
  const hint =
    cells > columns ? "a text or a number with the delimiter in it needs quotes" : "is a value missing?";
  return `the row has ${cells} cell${cells === 1 ? "" : "s"}, the header ${columns}; ${hint}`;
}
