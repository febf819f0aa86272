import { MalformedFileError, StrictText } from "isoflop-datasets/csv";
import { shownPath } from "../files/shownPath.ts";
import { fileBytes } from "./fileBytes.ts";

/** The longest line in characters: what a file without line ends may cost. */
const longestLine = 16_777_216;

/**
 * Hands over the lines of a text file, without their ends, counted from 1.
 *
 * @param take may return "enough", after which no more are read
 *
 * @throws MalformedFileError where the file is no text, or a line is too long
 */
export async function forEachLine(
  path: string,
  take: (text: string, line: number) => "enough" | undefined,
): Promise<void> {
  const text = new StrictText();
  let line = 1;
  let pending = "";
  const refuse = (reason: string) => {
    const isWhole = line === 1 && pending === "";
    throw new MalformedFileError(
      isWhole ? { file: shownPath(path) } : { file: shownPath(path), line },
      reason,
    );
  };
  const add = (piece: string): "enough" | undefined => {
    const [end, ...others] = piece.split("\n");
    pending += end;
    for (const next of others) {
      if (take(pending.endsWith("\r") ? pending.slice(0, -1) : pending, line++)) return "enough";
      pending = next;
    }
    if (text.fault !== undefined) refuse(text.fault);
    if (pending.length > longestLine) refuse(`the line is longer than ${longestLine} characters`);
    return undefined;
  };
  for await (const bytes of fileBytes(path)) if (add(text.push(bytes))) return;
  if (add(text.end())) return;
  if (pending !== "") take(pending, line);
}
