import { MalformedFileError, StrictText } from "isoflop-datasets/csv";
import { fileBytes } from "./fileBytes.ts";

/** The longest line in characters: what a file without line ends may cost. */
const longestLine = 16_777_216;

/**
 * Hands over the lines of a text file, without their ends, counted from 1.
 *
 * @throws MalformedFileError where the file is no text, or a line is too long
 */
export async function forEachLine(path: string, take: (text: string, line: number) => void): Promise<void> {
  const text = new StrictText();
  let line = 1;
  let pending = "";
  const refuse = (reason: string) => {
    const isWhole = line === 1 && pending === "";
    throw new MalformedFileError(isWhole ? { file: path } : { file: path, line }, reason);
  };
  const add = (piece: string) => {
    const [end, ...others] = piece.split("\n");
    pending += end;
    for (const next of others) {
      take(pending.endsWith("\r") ? pending.slice(0, -1) : pending, line++);
      pending = next;
    }
    if (text.fault !== undefined) refuse(text.fault);
    if (pending.length > longestLine) refuse(`the line is longer than ${longestLine} characters`);
  };
  for await (const bytes of fileBytes(path)) add(text.push(bytes));
  add(text.end());
  if (pending !== "") take(pending, line);
}
