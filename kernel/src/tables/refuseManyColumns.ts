/** A table has less by far; what has more has its rows and columns swapped, or names of something in place of values. */
const mostColumns = 100_000;

/**
 * @param where the file, and the line if there is one
 * @throws RangeError where a file has more columns than are read
 */
export function refuseManyColumns(where: string, columns: number): void {
  if (columns <= mostColumns) return;
  throw new RangeError(
    `${where} has more than ${mostColumns} columns, which is the most that is read; write what differs from row to row as a value`,
  );
}
