import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { offsetAt, type Position } from "../cells/textPosition.ts";

export interface Location {
  uri: string;
  range: { start: Position; end: Position };
}

/** Only the first few places are looked at: for a common name the server may find hundreds. */
const mostPlaces = 8;

/**
 * The text of the declaration of a function, class or variable, at the first of some places that is one.
 * Imports, parameters and mere mentions are not.
 */
export async function declarationSource(
  places: readonly Location[],
  declarationAt: (path: string, text: string, offset: number) => Promise<string | undefined>,
): Promise<string | undefined> {
  for (const { uri, range } of places.slice(0, mostPlaces)) {
    if (!uri.startsWith("file:")) continue;
    const path = fileURLToPath(uri);
    const text = readText(path);
    if (text === undefined) continue;
    const found = await declarationAt(path, text, offsetAt(text, range.start));
    if (found) return found;
  }
  return undefined;
}

function readText(path: string): string | undefined {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return undefined;
  }
}
