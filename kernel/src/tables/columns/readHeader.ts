import { numberOf } from "../numbers/numberOf.ts";
import { readColumns } from "../readColumns.ts";
import { hasRunMaps } from "../separated/readRunMaps.ts";
import type { TableFormat } from "../tableKind.ts";

/** Ends a reading when the header is known. */
class HeaderKnown extends Error {}

/**
 * The names of a table's columns, of which little more than the beginning is read. Comments before the header of a file of
 * separated values are passed over, as when it is read.
 *
 * @throws Error when the file cannot be read, see `readColumns`
 */
export async function readHeader(
  path: string,
  format?: TableFormat,
  decimal?: "point" | "comma",
): Promise<readonly string[]> {
  let first: readonly string[] | undefined;
  let header: readonly string[] | undefined;
  try {
    await readColumns(
      path,
      (names) => {
        first ??= names;
        // The reader looks for a header further down where one is refused so.
        const isData = names !== first && names.some((name) => !Number.isNaN(numberOf(name)));
        // Dicts in cells have the columns within them.
        const isMaps = names === first && hasRunMaps(names);
        if (names[0]?.startsWith("#") || isData || isMaps) throw new RangeError("no header");
        header = names;
        return { numbers: [], texts: [] };
      },
      () => {
        if (header) throw new HeaderKnown();
      },
      format,
      decimal,
    );
  } catch (error) {
    if (first === undefined) throw error;
    if (!(error instanceof HeaderKnown) && header !== undefined) throw error;
  }
  // A header may begin with # itself, as NumPy writes it.
  return header ?? first ?? [];
}
