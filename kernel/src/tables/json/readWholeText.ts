import { MalformedFileError, StrictText } from "isoflop-datasets/csv";
import { shownPath } from "../../files/shownPath.ts";
import { fileBytes } from "../fileBytes.ts";

/** The longest text that is read at once, in characters; JSON lines and CSV have no such end. */
const longest = 268_435_456;

/** @throws MalformedFileError where the file is no text, or longer than is read at once */
export async function readWholeText(path: string): Promise<string> {
  const decoder = new StrictText();
  const pieces: string[] = [];
  let length = 0;
  const add = (piece: string) => {
    pieces.push(piece);
    length += piece.length;
    if (decoder.fault !== undefined) {
      const line = pieces.join("").split("\n").length;
      throw new MalformedFileError({ file: shownPath(path), line }, decoder.fault);
    }
    if (length > longest)
      throw new MalformedFileError(
        { file: shownPath(path) },
        `one JSON text of more than ${longest} characters is not read; write one object a line and name the file .jsonl`,
      );
  };
  for await (const bytes of fileBytes(path)) add(decoder.push(bytes));
  add(decoder.end());
  return pieces.join("");
}
