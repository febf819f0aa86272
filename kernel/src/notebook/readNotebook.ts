import { closeSync, fstatSync, readFileSync } from "node:fs";
import { describeReadFailure } from "../files/describeReadFailure.ts";
import { openOrdinary } from "../files/openOrdinary.ts";
import { shownPath } from "../files/shownPath.ts";
import type { Notebook } from "./Notebook.ts";
import { NotebookFormatError } from "./parseNotebook.ts";
import { parseByName } from "./percent/parseByName.ts";

/** More bytes than this do not fit into one text of JavaScript. */
const mostBytes = 2 ** 29 - 25;

/**
 * Reads and checks an `.ipynb` file, see `parseNotebook` for what it accepts; or a script, by its extension, as `parseScript`
 * does.
 *
 * @throws NotebookFormatError when there is no such file or it cannot be used
 */
export function readNotebook(path: string): Notebook {
  return parseByName(readNotebookText(path), path);
}

/**
 * The content of an `.ipynb` file, unchecked but for its encoding: what is no UTF-8 would come back damaged when the
 * notebook is written again.
 *
 * @throws NotebookFormatError when it cannot be read
 */
export function readNotebookText(path: string): string {
  let bytes: Uint8Array;
  try {
    bytes = readBytes(path);
  } catch (error) {
    throw new NotebookFormatError(`cannot read ${shownPath(path)}: ${describeReadFailure(error as Error)}`);
  }
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    throw new NotebookFormatError(
      `cannot read ${shownPath(path)}: it is no UTF-8, as notebooks are; save it as UTF-8`,
    );
  }
}

function readBytes(path: string): Uint8Array {
  const file = openOrdinary(path);
  try {
    const { size } = fstatSync(file);
    if (size > mostBytes)
      throw new Error(`it has ${size} bytes, and ${mostBytes} are the most; is it a notebook?`);
    return readFileSync(file);
  } finally {
    closeSync(file);
  }
}
