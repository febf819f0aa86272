import { shownPath } from "../../files/shownPath.ts";
import { type ColumnNames, readNumbers } from "../../tables/readNumbers.ts";
import { ProgressLine } from "../ProgressLine.ts";
import { openTables, parseFormat } from "./openTables.ts";

/**
 * Reads records of numbers out of the tables that arguments name, one behind the other.
 *
 * @returns the rows, and what to call where they came from
 * @throws Error that names what is wrong with every file that cannot be used
 */
export async function readTables<Field extends string>(
  given: readonly string[],
  format: string | undefined,
  columns: ColumnNames<Field>,
): Promise<{ rows: Record<Field, number>[]; name: string }> {
  const progress = new ProgressLine();
  const tables = await openTables(given, parseFormat(format), {
    onBytes: (bytes) => progress.step(`standard input: ${bytes} bytes read`),
  });
  try {
    const rows: Record<Field, number>[] = [];
    const faults: Error[] = [];
    for (const { path, format } of tables.files) {
      const onRows = (count: number) => progress.step(`${shownPath(path)}: ${count} rows read`);
      try {
        for (const row of await readNumbers(path, columns, onRows, format)) rows.push(row);
      } catch (error) {
        faults.push(error as Error);
      }
    }
    progress.clear();
    if (faults.length === 1) throw faults[0];
    if (faults.length > 1) throw new Error(faults.map(({ message }) => message).join("\n"));
    return { rows, name: tables.name };
  } finally {
    tables.close();
  }
}
