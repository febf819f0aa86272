import MagicString from "magic-string";
import type { EditedText } from "./EditedText.ts";

/** A source map, as JSON, from an edited text back to its source; none where nothing was edited. */
export function mapOfEdits(file: string, { source, edits }: EditedText): string | undefined {
  if (edits.length === 0) return undefined;
  const text = new MagicString(source);
  for (const { start, end, text: by } of edits) {
    if (start === end) text.appendLeft(start, by);
    else text.overwrite(start, end, by, { contentOnly: true });
  }
  return text.generateMap({ hires: true, source: file }).toString();
}
