import { excerpt } from "isoflop-datasets/csv";
import { shownPath } from "../../files/shownPath.ts";

/**
 * A number of a parsed JSON text as a text of its own: two identifiers that differ must not become one.
 *
 * @throws RangeError where the number may have been rounded
 */
export function unroundedText(path: string, place: string, column: string, value: unknown): string {
  if (Number.isInteger(value) && !Number.isSafeInteger(value)) {
    throw new RangeError(
      `${shownPath(path)}, ${place}, column "${excerpt(column)}": the number ${value} is too large to be kept exactly as a name; write it in quotes`,
    );
  }
  return String(value);
}
