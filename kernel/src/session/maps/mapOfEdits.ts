import type { EditedText } from "./EditedText.ts";
import { PiecedText } from "./PiecedText.ts";

/** The pieces of an edited text, as JSON; none where nothing was edited. */
export function mapOfEdits({ source, edits }: EditedText): string | undefined {
  if (edits.length === 0) return undefined;
  const text = new PiecedText(source);
  for (const { start, end, text: by } of edits) {
    if (start === end) text.appendLeft(start, by);
    else text.overwrite(start, end, by);
  }
  return JSON.stringify(text.build().pieces);
}
