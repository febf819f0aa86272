import { readColumns } from "../readColumns.ts";
import type { TableFormat } from "../tableKind.ts";

/** Ends a reading when the header is known. */
class HeaderKnown extends Error {}

/**
 * The names of a table's columns, of which little more than the beginning is read.
 *
 * @throws Error when the file cannot be read, see `readColumns`
 */
export async function readHeader(
  path: string,
  format?: TableFormat,
  decimal?: "point" | "comma",
): Promise<readonly string[]> {
  let header: readonly string[] | undefined;
  try {
    await readColumns(
      path,
      (names) => {
        header = names;
        throw new HeaderKnown();
      },
      undefined,
      format,
      decimal,
    );
  } catch (error) {
    if (header === undefined || !(error instanceof HeaderKnown)) throw error;
  }
  return header ?? [];
}
